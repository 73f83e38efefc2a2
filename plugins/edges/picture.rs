//! A picture file that comes in pieces, cut anywhere: PNG, or binary PGM and PPM.

use crate::inflate::{Inflate, Pause};
use crate::rows::{luma, Layout, Rows, Sink, SPAN};

type Answer = Result<(), &'static str>;

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 13, 10, 26, 10];

#[derive(Clone, Copy, PartialEq)]
enum Stage { Start, Pnm, PngChunk, PngBody, PngCheck, Pixels, End }

#[derive(Clone, Copy, PartialEq)]
pub enum Format { Unknown, Png, Pgm, Ppm }

pub struct Picture {
    pub rows: Rows,
    pub format: Format,
    stage: Stage,
    /// Beginning of the file, of a PNG chunk, or the number in PNM's header: what is too short to be used yet.
    held: [u8; 768],
    holding: usize,
    png: Png,
    pnm: Pnm,
}

#[derive(Clone, Copy, PartialEq)]
enum Palette { Unused, Missing, Known }

struct Png { kind: [u8; 4], left: usize, crc: u32, palette: Palette, inflate: Inflate }
struct Pnm { numbers: [usize; 3], known: usize, digits: bool, comment: bool }

impl Picture {
    pub const NEW: Self = Picture {
        rows: Rows::NEW,
        format: Format::Unknown,
        stage: Stage::Start,
        held: [0; 768],
        holding: 0,
        png: Png { kind: [0; 4], left: 0, crc: 0, palette: Palette::Unused, inflate: Inflate::NEW },
        pnm: Pnm { numbers: [0; 3], known: 0, digits: false, comment: false },
    };

    pub fn restart(&mut self) {
        self.format = Format::Unknown;
        self.stage = Stage::Start;
        self.holding = 0;
        self.rows.clear();
        self.png.inflate.restart();
        self.pnm = Pnm { numbers: [0; 3], known: 0, digits: false, comment: false };
    }

    pub fn feed(&mut self, mut data: &[u8], sink: &mut dyn Sink) -> Answer {
        while !data.is_empty() {
            match self.stage {
                Stage::Start => self.start(&mut data)?,
                Stage::Pnm => self.pnm_header(&mut data, sink)?,
                Stage::PngChunk => self.png_chunk(&mut data)?,
                Stage::PngBody => self.png_body(&mut data, sink)?,
                Stage::PngCheck => self.png_check(&mut data)?,
                Stage::Pixels => return self.rows.feed(data, sink),
                Stage::End => return Ok(()),
            }
        }
        Ok(())
    }

    /// Holds bytes until there are `n`; true when there are.
    fn hold(&mut self, data: &mut &[u8], n: usize) -> bool {
        let take = data.len().min(n - self.holding);
        self.held[self.holding..self.holding + take].copy_from_slice(&data[..take]);
        self.holding += take;
        *data = &data[take..];
        if self.holding < n { return false }
        self.holding = 0;
        true
    }

    fn held_number(&self, at: usize) -> usize { self.held[at..at + 4].iter().fold(0, |n, &b| n << 8 | b as usize) }

    fn start(&mut self, data: &mut &[u8]) -> Answer {
        if self.holding == 0 && data[0] == b'P' || self.holding == 1 && self.held[0] == b'P' {
            if !self.hold(data, 2) { return Ok(()) }
            self.format = match self.held[1] {
                b'5' => Format::Pgm,
                b'6' => Format::Ppm,
                _ => return Err("it begins with P, but is neither PGM (P5) nor PPM (P6)"),
            };
            self.stage = Stage::Pnm;
            return Ok(());
        }
        let full = self.hold(data, 8);
        let got = if full { 8 } else { self.holding };
        if self.held[..got] != SIGNATURE[..got] {
            return Err(match self.held[..got.min(2)] {
                [0xFF, 0xD8] => "it is a JPEG; only PNG, PGM and PPM are understood",
                [b'B', b'M'] => "it is a BMP; only PNG, PGM and PPM are understood",
                _ => "it does not begin as a PNG, PGM or PPM does (a stream joined after its beginning?)",
            });
        }
        if full {
            self.format = Format::Png;
            self.stage = Stage::PngChunk;
        }
        Ok(())
    }

    // ---- PNM: width, height and largest value in digits, comments from # to the end of the line, one blank, then pixels ----

    #[inline(never)]
    fn pnm_header(&mut self, data: &mut &[u8], sink: &mut dyn Sink) -> Answer {
        while let Some((&b, rest)) = data.split_first() {
            *data = rest;
            let p = &mut self.pnm;
            let known = p.known;
            if p.comment {
                p.comment = b != b'\n' && b != b'\r';
            } else if b.is_ascii_digit() {
                p.digits = true;
                p.numbers[known] = p.numbers[known] * 10 + (b - b'0') as usize;
                if p.numbers[known] > 99_999 { return Err("a number of its header is too large") }
            } else if b.is_ascii_whitespace() || b == 0x0B || b == b'#' {
                p.comment = b == b'#';
                if !p.digits { continue }
                p.digits = false;
                p.known += 1;
                if p.known == 3 { return self.pnm_pixels(sink) }
            } else {
                return Err("its header is damaged");
            }
        }
        Ok(())
    }

    fn pnm_pixels(&mut self, sink: &mut dyn Sink) -> Answer {
        let [width, height, most] = self.pnm.numbers;
        if most == 0 || most > 255 { return Err("its largest value is not 1 to 255 (only 8-bit PGM and PPM are understood)") }
        for (value, level) in self.rows.levels.iter_mut().enumerate() { *level = (value.min(most) * 255 / most) as u8 }
        self.stage = Stage::Pixels;
        let channels = if self.format == Format::Ppm { 3 } else { 1 };
        self.rows.begin(Layout { width, height, depth: 8, channels, filtered: false }, sink)
    }

    // ---- PNG: chunks of length, kind, body and check sum ----

    fn png_chunk(&mut self, data: &mut &[u8]) -> Answer {
        if !self.hold(data, 8) { return Ok(()) }
        let first = !self.rows.has_size();
        self.png.left = self.held_number(0);
        self.png.kind.copy_from_slice(&self.held[4..8]);
        self.png.crc = crc(!0, &self.png.kind);
        self.stage = if self.png.left > 0 { Stage::PngBody } else { Stage::PngCheck };
        match (&self.png.kind, self.png.left) {
            (b"IHDR", 13) if first => Ok(()),
            (b"IHDR", _) => Err("its header is damaged"),
            _ if first => Err("its header is missing"),
            (b"PLTE", n) if n > 768 || n % 3 > 0 => Err("its palette is damaged"),
            (b"IDAT", _) if self.png.palette == Palette::Missing => Err("its palette is missing"),
            (_, n) if n > 0x7FFF_FFFF => Err("a chunk of it is too long"),
            _ => Ok(()),
        }
    }

    #[inline(never)]
    fn png_body(&mut self, data: &mut &[u8], sink: &mut dyn Sink) -> Answer {
        let n = data.len().min(self.png.left);
        let (mut body, rest) = data.split_at(n);
        self.png.crc = crc(self.png.crc, body);
        self.png.left -= n;
        *data = rest;
        if self.png.left == 0 { self.stage = Stage::PngCheck }
        match &self.png.kind {
            b"IHDR" => if self.hold(&mut body, 13) { self.png_header(sink)? },
            b"PLTE" => {
                let all = self.holding + self.png.left + n;
                if self.hold(&mut body, all) { self.png_palette(all / 3) }
            }
            b"IDAT" => if !self.rows.complete() { self.png_pixels(body, sink)? },
            kind if kind[0] & 32 == 0 && kind != b"IEND" => return Err("it has a chunk that must be understood, and is not"),
            _ => {}
        }
        Ok(())
    }

    #[inline(never)]
    fn png_header(&mut self, sink: &mut dyn Sink) -> Answer {
        let (width, height) = (self.held_number(0), self.held_number(4));
        let (depth, colour) = (self.held[8] as usize, self.held[9]);
        let channels = match (colour, depth) {
            (0, 1 | 2 | 4 | 8 | 16) | (3, 1 | 2 | 4 | 8) => 1,
            (2, 8 | 16) => 3,
            (4, 8 | 16) => 2,
            (6, 8 | 16) => 4,
            _ => return Err("its header is damaged"),
        };
        if self.held[10] != 0 || self.held[11] != 0 { return Err("its header is damaged") }
        if self.held[12] != 0 { return Err("it is interlaced, which cannot be worked on row by row; save it without") }
        self.png.palette = if colour == 3 { Palette::Missing } else { Palette::Unused };
        let most = if depth < 8 { (1 << depth) - 1 } else { 255 };
        for (value, level) in self.rows.levels.iter_mut().enumerate() { *level = (value.min(most) * 255 / most) as u8 }
        self.rows.begin(Layout { width, height, depth, channels, filtered: true }, sink)
    }

    fn png_palette(&mut self, colours: usize) {
        if self.png.palette == Palette::Unused { return } // only a suggestion, in a picture with colours of its own
        self.png.palette = Palette::Known;
        self.rows.levels = [0; 256];
        for i in 0..colours { self.rows.levels[i] = luma(self.held[3 * i], self.held[3 * i + 1], self.held[3 * i + 2]) }
    }

    #[inline(never)]
    fn png_pixels(&mut self, mut body: &[u8], sink: &mut dyn Sink) -> Answer {
        loop {
            match self.png.inflate.run(&mut body)? {
                Pause::Fetch => {
                    let came = self.png.inflate.fetch();
                    self.rows.feed(came, sink)?;
                    if self.rows.complete() { return Ok(()) }
                }
                Pause::Input | Pause::End => return Ok(()),
            }
        }
    }

    fn png_check(&mut self, data: &mut &[u8]) -> Answer {
        if !self.hold(data, 4) { return Ok(()) }
        if self.held_number(0) as u32 != !self.png.crc { return Err("a check sum is wrong: it is damaged") }
        self.stage = if &self.png.kind == b"IEND" { Stage::End } else { Stage::PngChunk };
        Ok(())
    }
}

const fn crc_table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut n = 0;
    while n < 256 {
        let (mut c, mut k) = (n as u32, 0);
        while k < 8 {
            c = if c & 1 == 1 { 0xEDB8_8320 ^ c >> 1 } else { c >> 1 };
            k += 1;
        }
        table[n] = c;
        n += 1;
    }
    table
}
static CRC: [u32; 256] = crc_table();

fn crc(c: u32, data: &[u8]) -> u32 { data.chunks(SPAN).fold(c, crc_of_span) }

#[inline(never)]
fn crc_of_span(mut c: u32, span: &[u8]) -> u32 {
    for &b in span { c = CRC[((c ^ b as u32) & 255) as usize] ^ c >> 8 }
    c
}
