//! All metrics of the host in the OpenMetrics text format 1.0: one family for each name, in the order of first mention.
#![no_std]
#[macro_use]
#[path = "../sdk/rust/trinity.rs"]
mod trinity;
use trinity::*;

manifest!("openmetrics.json");

/// `variant measurement`: a tag, then the case's value, aligned to 8.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Measurement { tag: u8, value: Value }

#[repr(C)]
#[derive(Clone, Copy)]
pub union Value { number: f64, histogram: Histogram }

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Histogram { count: u64, sum: f64, buckets: List<Bucket> }

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Bucket { bound: f64, count: u64 }

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Sample { name: Bytes, unit: Bytes, labels: List<Pair>, value: Measurement }

const _: [(); 56] = [(); core::mem::size_of::<Sample>()];
const COUNTER: u8 = 0;
const HISTOGRAM: u8 = 2;

/// Text that grows in the arena: pieces are copied together when one is full.
struct Text { buffer: &'static mut [u8], len: usize }

impl Text {
    fn new() -> Self { Text { buffer: alloc(16 << 10), len: 0 } }
    fn push(&mut self, bytes: &[u8]) {
        if self.len + bytes.len() > self.buffer.len() {
            let larger = alloc((self.len + bytes.len()) * 2);
            larger[..self.len].copy_from_slice(&self.buffer[..self.len]);
            self.buffer = larger;
        }
        self.buffer[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }
    fn text(&mut self, text: &str) { self.push(text.as_bytes()) }

    /// Names have letters, digits and underscores only.
    fn name(&mut self, name: &[u8]) {
        if name.first().map_or(true, u8::is_ascii_digit) { self.push(b"_") }
        for &c in name { self.push(&[if c.is_ascii_alphanumeric() { c } else { b'_' }]) }
    }

    fn whole(&mut self, mut n: u64) {
        let mut digits = [0u8; 20];
        let mut at = 20;
        loop {
            at -= 1;
            digits[at] = b'0' + (n % 10) as u8;
            n /= 10;
            if n == 0 { break }
        }
        self.push(&digits[at..]);
    }

    /// Up to nine digits behind the point; very large and very small numbers with an exponent.
    fn number(&mut self, mut v: f64) {
        if v != v { return self.text("NaN") }
        if v < 0.0 { self.push(b"-"); v = -v }
        if v == f64::INFINITY { return self.text("+Inf") }
        let mut exponent = 0i32;
        if v != 0.0 {
            while v >= 1e15 { v /= 10.0; exponent += 1 }
            while v < 1e-6 { v *= 10.0; exponent -= 1 }
        }
        let mut whole = v as u64;
        let mut part = ((v - whole as f64) * 1e9 + 0.5) as u64;
        if part >= 1_000_000_000 { whole += 1; part -= 1_000_000_000 }
        self.whole(whole);
        if part > 0 {
            self.push(b".");
            let mut scale = 100_000_000;
            while part > 0 {
                self.push(&[b'0' + (part / scale) as u8]);
                part %= scale;
                scale /= 10;
            }
        }
        if exponent != 0 {
            self.push(if exponent < 0 { b"e-" } else { b"e+" });
            self.whole(exponent.unsigned_abs() as u64);
        }
    }

    fn labels(&mut self, labels: &[Pair], bound: Option<f64>) {
        if labels.is_empty() && bound.is_none() { return }
        self.push(b"{");
        for (i, l) in labels.iter().enumerate() {
            if i > 0 { self.push(b",") }
            self.name(l.name.get());
            self.push(b"=\"");
            for &c in l.value.get() {
                match c {
                    b'\\' => self.push(b"\\\\"),
                    b'"' => self.push(b"\\\""),
                    b'\n' => self.push(b"\\n"),
                    _ => self.push(&[c]),
                }
            }
            self.push(b"\"");
        }
        if let Some(b) = bound {
            if !labels.is_empty() { self.push(b",") }
            self.push(b"le=\"");
            self.number(b);
            self.push(b"\"");
        }
        self.push(b"}");
    }

    fn line(&mut self, s: &Sample, suffix: &str, bound: Option<f64>) {
        self.name(s.name.get());
        self.text(suffix);
        self.labels(s.labels.get(), bound);
        self.push(b" ");
    }

    fn sample(&mut self, s: &Sample) {
        if s.value.tag == HISTOGRAM {
            let h = unsafe { s.value.value.histogram };
            for b in h.buckets.get() {
                self.line(s, "_bucket", Some(b.bound));
                self.whole(b.count);
                self.push(b"\n");
            }
            self.line(s, "_count", None);
            self.whole(h.count);
            self.push(b"\n");
            self.line(s, "_sum", None);
            self.number(h.sum);
        } else {
            self.line(s, if s.value.tag == COUNTER { "_total" } else { "" }, None);
            self.number(unsafe { s.value.value.number });
        }
        self.push(b"\n");
    }
}

fn family(out: &mut Text, samples: &[Sample], first: usize) {
    let s = &samples[first];
    out.text("# TYPE ");
    out.name(s.name.get());
    out.text(match s.value.tag { COUNTER => " counter\n", HISTOGRAM => " histogram\n", _ => " gauge\n" });
    for other in &samples[first..] {
        if other.name.get() == s.name.get() && other.value.tag == s.value.tag { out.sample(other) }
    }
}

#[no_mangle]
pub extern "C" fn collect(samples: *const Sample, count: usize) -> *const Outcome {
    let samples = List { ptr: samples, len: count }.get();
    let mut out = Text::new();
    for i in 0..samples.len() {
        let s = &samples[i];
        if !samples[..i].iter().any(|o| o.name.get() == s.name.get()) { family(&mut out, samples, i) }
    }
    out.text("# EOF\n");
    ok(out.buffer.as_ptr() as *const Chunk, out.len)
}

#[no_mangle]
pub extern "C" fn cabi_post_collect(_: *const Outcome) { free_all() }
