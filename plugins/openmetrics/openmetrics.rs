//! All metrics of the host in the OpenMetrics text format 1.0: one family for each name, in the order of first mention.
//! See README.md.
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

/// A name as it is written: letters, digits and underscores only, and no digit at its beginning.
fn written(name: &[u8]) -> impl Iterator<Item = u8> + '_ {
    let lead = if name.first().map_or(true, u8::is_ascii_digit) { Some(b'_') } else { None };
    lead.into_iter().chain(name.iter().map(|&c| if c.is_ascii_alphanumeric() { c } else { b'_' }))
}

#[inline(never)]
fn alike(a: &[u8], b: &[u8]) -> bool { written(a).eq(written(b)) }

/// Text that grows in the arena: pieces are copied together when one is full.
struct Text { buffer: &'static mut [u8], len: usize }

impl Text {
    fn new() -> Self { Text { buffer: alloc(16 << 10), len: 0 } }
    #[inline(never)]
    fn grow(&mut self, by: usize) {
        let larger = alloc((self.len + by) * 2);
        larger[..self.len].copy_from_slice(&self.buffer[..self.len]);
        self.buffer = larger;
    }
    #[inline(never)]
    fn push(&mut self, bytes: &[u8]) {
        if self.len + bytes.len() > self.buffer.len() { self.grow(bytes.len()) }
        self.buffer[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }
    fn put(&mut self, byte: u8) {
        if self.len == self.buffer.len() { self.grow(1) }
        self.buffer[self.len] = byte;
        self.len += 1;
    }
    fn text(&mut self, text: &str) { self.push(text.as_bytes()) }

    #[inline(never)]
    fn name(&mut self, name: &[u8]) {
        for c in written(name) { self.put(c) }
    }

    #[inline(never)]
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
    #[inline(never)]
    fn number(&mut self, mut v: f64) {
        if v != v { return self.text("NaN") }
        if v == f64::INFINITY { return self.text("+Inf") }
        if v == f64::NEG_INFINITY { return self.text("-Inf") }
        if v < 0.0 { self.push(b"-"); v = -v }
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
                self.put(b'0' + (part / scale) as u8);
                part %= scale;
                scale /= 10;
            }
        }
        if exponent != 0 {
            self.push(if exponent < 0 { b"e-" } else { b"e+" });
            self.whole(exponent.unsigned_abs() as u64);
        }
    }

    /// Of labels whose written names are the same the first stays; a bucket's bound goes before a label `le`.
    #[inline(never)]
    fn labels(&mut self, labels: &[Pair], bound: Option<f64>) {
        let mut before: &[u8] = b"{";
        for (i, l) in labels.iter().enumerate() {
            let name = l.name.get();
            if labels[..i].iter().any(|o| alike(o.name.get(), name)) || bound.is_some() && name == b"le" { continue }
            self.push(before);
            before = b",";
            self.name(name);
            self.push(b"=\"");
            for &c in l.value.get() {
                match c {
                    b'\\' => self.push(b"\\\\"),
                    b'"' => self.push(b"\\\""),
                    b'\n' => self.push(b"\\n"),
                    _ => self.put(c),
                }
            }
            self.push(b"\"");
        }
        if let Some(b) = bound {
            self.push(before);
            before = b",";
            self.push(b"le=\"");
            self.number(b);
            self.push(b"\"");
        }
        if before == b"," { self.push(b"}") }
    }

    fn line(&mut self, s: &Sample, suffix: &str, bound: Option<f64>) {
        self.name(s.name.get());
        self.text(suffix);
        self.labels(s.labels.get(), bound);
        self.push(b" ");
    }

    #[inline(never)]
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

const NONE: u32 = u32::MAX;

/// Which samples are of one family: chains through `next`, from the first one to `last[first]`.
struct Families { next: &'static mut [u32], last: &'static mut [u32] }

impl Families {
    fn of(samples: &[Sample]) -> Self {
        let mut f = Families { next: alloc_array(samples.len()), last: alloc_array(samples.len()) };
        f.next.fill(NONE);
        f.last.fill(NONE);
        let table = alloc_array(match samples.len().checked_mul(2) { Some(n) => n.next_power_of_two(), None => trap() });
        table.fill(NONE);
        for i in 0..samples.len() { f.add(table, samples, i) }
        f
    }

    #[inline(never)]
    fn add(&mut self, table: &mut [u32], samples: &[Sample], i: usize) {
        let name = samples[i].name.get();
        let hash = written(name).fold(0x811C9DC5u32, |h, c| (h ^ c as u32).wrapping_mul(0x01000193)); // FNV-1a
        let mut at = hash as usize & (table.len() - 1);
        while table[at] != NONE && !alike(samples[table[at] as usize].name.get(), name) { at = (at + 1) & (table.len() - 1) }
        if table[at] == NONE { table[at] = i as u32 } else { self.next[self.last[table[at] as usize] as usize] = i as u32 }
        self.last[table[at] as usize] = i as u32;
    }
}

/// The kind is that of the first sample; those of another kind are left out.
#[inline(never)]
fn family(out: &mut Text, samples: &[Sample], next: &[u32], first: usize) {
    let s = &samples[first];
    out.text("# TYPE ");
    out.name(s.name.get());
    out.text(match s.value.tag { COUNTER => " counter\n", HISTOGRAM => " histogram\n", _ => " gauge\n" });
    let mut i = first as u32;
    while i != NONE {
        if samples[i as usize].value.tag == s.value.tag { out.sample(&samples[i as usize]) }
        i = next[i as usize];
    }
}

#[no_mangle]
pub extern "C" fn collect(samples: *const Sample, count: usize) -> *const Outcome {
    let samples = List { ptr: samples, len: count }.get();
    let families = Families::of(samples);
    let mut out = Text::new();
    for i in 0..samples.len() {
        if families.last[i] != NONE { family(&mut out, samples, families.next, i) }
    }
    out.text("# EOF\n");
    ok(out.buffer.as_ptr() as *const Chunk, out.len)
}

#[no_mangle]
pub extern "C" fn cabi_post_collect(_: *const Outcome) { free_all() }
