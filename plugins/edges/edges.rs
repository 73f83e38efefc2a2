//! pipeline_stage `edges`: the edges of a picture, row by row as its file comes in. See README.md.
//!
//! picture.rs takes the file apart (inflate.rs unpacks PNG's data), rows.rs makes brightness of the pixels and edges of
//! the brightness, and here the finished rows become chunks that go on.
#![no_std]

#[macro_use]
#[path = "../sdk/rust/trinity.rs"]
mod trinity;
mod inflate;
mod picture;
mod rows;

use picture::{Format, Picture};
use rows::Sink;
use trinity::*;

manifest!("edges.json");

const OPEN_STREAMS: usize = 8;
/// Chunks of other streams without one of its own: then its place may be taken.
const ABANDONED_AFTER: u32 = 1024;
const MOST_PAYLOAD: usize = 65536;
const MOST_PAIRS: usize = 32;
const MOST_ATTRIBUTE_BYTES: usize = 4096;
/// Of one piece: its pixels, and the header.
const MOST_PIECES: usize = rows::MOST_PIXELS_PER_CALL / MOST_PAYLOAD + 2;

struct Stream { name: [u8; 64], name_len: usize, touched: u32, picture: Picture }
const FREE: Stream = Stream { name: [0; 64], name_len: 0, touched: 0, picture: Picture::NEW };

static mut STREAMS: [Stream; OPEN_STREAMS] = [FREE; OPEN_STREAMS];
static mut NOW: u32 = 0;

/// The chunks that a call returns: pieces of at most 64 KiB, made as they fill.
struct Out { chunks: &'static mut [Chunk], count: usize, buffer: &'static mut [u8], used: usize, like: Chunk }

impl Out {
    fn new(most: usize) -> Self { Out { chunks: alloc_array(most), count: 0, buffer: &mut [], used: 0, like: Chunk::EMPTY } }

    fn pass(&mut self, chunk: &Chunk) {
        self.chunks[self.count] = *chunk;
        self.count += 1;
    }

    fn write(&mut self, mut data: &[u8]) {
        while !data.is_empty() {
            if self.used == MOST_PAYLOAD { self.end_piece() }
            if self.used == 0 { self.buffer = alloc(MOST_PAYLOAD) }
            let n = data.len().min(MOST_PAYLOAD - self.used);
            self.buffer[self.used..self.used + n].copy_from_slice(&data[..n]);
            self.used += n;
            data = &data[n..];
        }
    }

    fn end_piece(&mut self) {
        let mut chunk = self.like;
        chunk.payload = Bytes::of(&self.buffer[..self.used]);
        chunk.content_type = Bytes::of(b"image/x-portable-graymap");
        self.pass(&chunk);
        self.used = 0;
    }
}

impl Sink for Out {
    fn size(&mut self, width: usize, height: usize) {
        self.write(Text::new().say("P5\n").number(width as u64).say(" ").number(height as u64).say("\n255\n").done());
    }
    fn row(&mut self, pixels: &[u8]) { self.write(pixels) }
}

struct Attributes { pairs: &'static mut [Pair], count: usize, bytes: usize }
impl Attributes {
    fn like(given: &[Pair]) -> Self {
        let mut a = Attributes { pairs: alloc_array(MOST_PAIRS), count: 0, bytes: 0 };
        for p in given { a.put(p.name.get(), p.value.get()) }
        a
    }
    /// Replaces one of the same name; left out where the contract's limits leave no room.
    fn put(&mut self, name: &'static [u8], value: &'static [u8]) {
        let pair = Pair { name: Bytes::of(name), value: Bytes::of(value) };
        if let Some(old) = self.pairs[..self.count].iter().position(|p| p.name.get() == name) {
            self.bytes -= name.len() + self.pairs[old].value.len;
            self.count -= 1;
            self.pairs[old] = self.pairs[self.count];
        }
        let size = name.len() + value.len();
        if self.count == MOST_PAIRS || self.bytes + size > MOST_ATTRIBUTE_BYTES { return }
        self.pairs[self.count] = pair;
        self.count += 1;
        self.bytes += size;
    }
    fn done(self) -> List<Pair> { List { ptr: self.pairs.as_ptr(), len: self.count } }
}

fn number(n: u64) -> &'static [u8] { Text::new().number(n).done() }

/// n / d with so many decimals, rounded down.
fn fraction(n: u64, d: u64, decimals: u32) -> &'static [u8] {
    let mut text = Text::new().number(n / d).say(".");
    let mut rest = n % d;
    for _ in 0..decimals {
        rest *= 10;
        text = text.number(rest / d);
        rest %= d;
    }
    text.done()
}

/// The stream's place; none when all are taken. A stream that begins again, begins anew.
#[inline(never)]
fn stream_of(chunk: &Chunk) -> Option<&'static mut Stream> {
    let (streams, now) = unsafe { (&mut STREAMS, NOW) };
    let name = chunk.stream.get();
    let known = streams.iter().position(|s| s.name_len > 0 && s.name[..s.name_len] == *name);
    let place = known
        .or_else(|| streams.iter().position(|s| s.name_len == 0))
        .or_else(|| streams.iter().position(|s| now.wrapping_sub(s.touched) > ABANDONED_AFTER))?;
    let s = &mut streams[place];
    if known.is_none() || chunk.sequence == 0 {
        s.name[..name.len()].copy_from_slice(name);
        s.name_len = name.len();
        s.picture.restart();
        s.picture.rows.threshold = setting_number("threshold", 64);
        s.picture.rows.binary = setting("binary") == Some(b"true");
    }
    Some(s)
}

/// Works on one piece of a picture; the error is for people.
fn work(chunk: &Chunk, out: &mut Out) -> Result<(), &'static [u8]> {
    let name = chunk.stream.get();
    if name.is_empty() || name.len() > 64 { return Err(b"a stream's name has 1 to 64 bytes") }
    let stream = stream_of(chunk).ok_or(&b"8 pictures are open already; this one can begin when one of them has ended"[..])?;
    unsafe {
        NOW = NOW.wrapping_add(1);
        stream.touched = NOW;
    }
    let done = piece(&mut stream.picture, chunk, out);
    if done.is_err() || chunk.last { stream.name_len = 0 } // what follows an error does not begin as a picture, and errs too
    done
}

#[inline(never)]
fn piece(picture: &mut Picture, chunk: &Chunk, out: &mut Out) -> Result<(), &'static [u8]> {
    let wrong = |what| Text::new().say("the picture cannot be read: ").say(what).done();
    out.like = *chunk;
    picture.rows.pixels_in_call = 0;
    picture.feed(chunk.payload.get(), out).map_err(wrong)?;
    if !chunk.last && out.used == 0 { return Ok(()) }
    if chunk.last && !picture.rows.complete() {
        let (done, all) = (picture.rows.done as u64, picture.rows.layout.height as u64);
        return Err(Text::new().say("the picture ends after row ").number(done).say(" of ").number(all).done());
    }
    let mut attributes = Attributes::like(chunk.attributes.get());
    attributes.put(b"width", number(picture.rows.layout.width as u64));
    attributes.put(b"height", number(picture.rows.layout.height as u64));
    if chunk.last { findings(picture, &mut attributes) }
    out.like.attributes = attributes.done(); // from here on: so the last piece of this call has them
    out.end_piece();
    Ok(())
}

#[inline(never)]
fn findings(picture: &Picture, attributes: &mut Attributes) {
    let rows = &picture.rows;
    let pixels = (rows.layout.width * rows.layout.height) as u64;
    let format: &[u8] = match picture.format { Format::Png => b"png", Format::Pgm => b"pgm", _ => b"ppm" };
    let density = fraction(rows.edge_pixels, pixels, 4);
    let brightness = fraction(rows.brightness, pixels, 1);
    attributes.put(b"edge-density", density);
    attributes.put(b"brightness", brightness);
    attributes.put(b"source-format", format);
    let text = |name: &'static str, value| Pair { name: Bytes::of(name.as_bytes()), value: Bytes::of(value) };
    log(Level::Info, "picture done", &[
        text("width", number(rows.layout.width as u64)),
        text("height", number(rows.layout.height as u64)),
        text("edge-density", density),
        text("brightness", brightness),
        text("source-format", format),
    ]);
}

#[no_mangle]
pub extern "C" fn process(chunks: *const Chunk, count: usize) -> *const Outcome {
    let chunks = List { ptr: chunks, len: count }.get();
    let mut out = Out::new(count * MOST_PIECES);
    for chunk in chunks {
        if chunk.modality.get() != b"vision" {
            out.pass(chunk);
        } else if let Err(text) = work(chunk, &mut out) {
            return err(text);
        }
    }
    ok(out.chunks.as_ptr(), out.count)
}

#[no_mangle]
pub extern "C" fn cabi_post_process(_: *const Outcome) { free_all() }
