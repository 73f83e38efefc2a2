//! Inflate (RFC 1951) that may run out of input anywhere and goes on with the next piece.
//!
//! It needs no memory of where it stopped inside a symbol: up to 64 bits of input wait in `bits`, the longest
//! thing that is read at once takes 48, and what cannot be read completely is not taken at all.

const WINDOW: usize = 32768;
/// So much may lie in the window before the caller fetches it.
const PAUSE: usize = 1024;
/// Symbols that are read in one go. Few: the engine makes a JVM method of `Inflate::codes`, and the JVM compiles it after
/// its first hundred calls.
const SPAN: usize = 32;

const LENGTH_BASE: [u16; 29] =
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_EXTRA: [u8; 29] = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE: [u16; 30] = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289,
    16385, 24577,
];
const DISTANCE_EXTRA: [u8; 30] =
    [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
const LENGTH_ORDER: [u8; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

pub enum Pause { Input, Fetch, End }
type Answer<T> = Result<T, &'static str>;

/// A Huffman code: codes of up to nine bits by one look into a table, longer ones by counting.
struct Code { fast: [u16; 512], count: [u16; 16], symbols: [u16; 288] }

enum Symbol { Known(u16, u32), MoreBits, Wrong }

impl Code {
    const EMPTY: Self = Code { fast: [0; 512], count: [0; 16], symbols: [0; 288] };

    #[inline(never)]
    fn build(&mut self, lengths: &[u8]) -> Answer<()> {
        self.count = [0; 16];
        self.fast = [0; 512];
        for &l in lengths { self.count[l as usize & 15] += 1 }
        self.count[0] = 0;
        let mut left = 1i32;
        let mut index = [0u16; 16]; // where the symbols of a length begin
        let mut next = [0u16; 16]; // the first code of a length
        for l in 1..16 {
            left = left * 2 - self.count[l] as i32;
            if left < 0 { return Err("a Huffman code has too many codes") }
            if l < 15 {
                index[l + 1] = index[l] + self.count[l];
                next[l + 1] = (next[l] + self.count[l]) << 1;
            }
        }
        for (symbol, &l) in lengths.iter().enumerate() {
            let l = l as usize & 15;
            if l == 0 { continue }
            self.symbols[index[l] as usize] = symbol as u16;
            index[l] += 1;
            if l <= 9 {
                let mut at = (next[l].reverse_bits() >> (16 - l)) as usize;
                while at < 512 {
                    self.fast[at] = (symbol as u16) << 4 | l as u16;
                    at += 1 << l;
                }
            }
            next[l] = next[l].wrapping_add(1);
        }
        Ok(())
    }

    #[inline]
    fn read(&self, bits: u64, have: u32) -> Symbol {
        let entry = self.fast[bits as usize & 511];
        let length = entry as u32 & 15;
        if entry == 0 { return self.read_long(bits, have) }
        if length > have { Symbol::MoreBits } else { Symbol::Known(entry >> 4, length) }
    }

    #[inline(never)]
    fn read_long(&self, bits: u64, have: u32) -> Symbol {
        let (mut code, mut first, mut index) = (0i32, 0i32, 0i32);
        for l in 1..16u32 {
            if l > have { return Symbol::MoreBits }
            code |= (bits >> (l - 1)) as i32 & 1;
            let count = self.count[l as usize] as i32;
            if code - count < first { return Symbol::Known(self.symbols[(index + code - first) as usize], l) }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        Symbol::Wrong
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Stage { ZlibHeader, BlockHeader, StoredHeader, Stored, CodeHeader, CodeLengths, Lengths, Codes, End }

pub struct Inflate {
    stage: Stage,
    last_block: bool,
    bits: u64,
    have: u32,
    window: [u8; WINDOW],
    written: usize,
    fetched: usize,
    stored_left: usize,
    literals: usize,
    distances: usize,
    code_lengths: usize,
    read: usize,
    lengths: [u8; 320],
    literal: Code,
    distance: Code,
}

impl Inflate {
    pub const NEW: Self = Inflate {
        stage: Stage::ZlibHeader,
        last_block: false,
        bits: 0,
        have: 0,
        window: [0; WINDOW],
        written: 0,
        fetched: 0,
        stored_left: 0,
        literals: 0,
        distances: 0,
        code_lengths: 0,
        read: 0,
        lengths: [0; 320],
        literal: Code::EMPTY,
        distance: Code::EMPTY,
    };

    pub fn restart(&mut self) {
        self.stage = Stage::ZlibHeader;
        self.bits = 0;
        self.have = 0;
        self.written = 0;
        self.fetched = 0;
    }

    /// The next bytes that came out, as far as they lie together in the window.
    pub fn fetch(&mut self) -> &[u8] {
        let from = self.fetched % WINDOW;
        let len = (self.written - self.fetched).min(WINDOW - from);
        self.fetched += len;
        &self.window[from..from + len]
    }

    /// Goes on until the input is used up, there is something to fetch, or the data end.
    #[inline(never)]
    pub fn run(&mut self, input: &mut &[u8]) -> Answer<Pause> {
        loop {
            if self.written - self.fetched >= PAUSE { return Ok(Pause::Fetch) }
            self.refill(input);
            let went_on = match self.stage {
                Stage::ZlibHeader => self.zlib_header()?,
                Stage::BlockHeader => self.block_header()?,
                Stage::StoredHeader => self.stored_header()?,
                Stage::Stored => self.stored(input),
                Stage::CodeHeader => self.code_header()?,
                Stage::CodeLengths => self.read_code_lengths(input)?,
                Stage::Lengths => self.read_lengths(input)?,
                Stage::Codes => self.codes(input)?,
                Stage::End => return Ok(if self.written > self.fetched { Pause::Fetch } else { Pause::End }),
            };
            if !went_on { return Ok(if self.written > self.fetched { Pause::Fetch } else { Pause::Input }) }
        }
    }

    /// At least 48 bits, if there is input.
    #[inline]
    fn refill(&mut self, input: &mut &[u8]) {
        if self.have <= 32 && input.len() >= 4 {
            let (now, rest) = input.split_at(4);
            self.bits |= (u32::from_le_bytes([now[0], now[1], now[2], now[3]]) as u64) << self.have;
            self.have += 32;
            *input = rest;
        }
        while self.have < 48 {
            match input.split_first() {
                Some((&b, rest)) => {
                    self.bits |= (b as u64) << self.have;
                    self.have += 8;
                    *input = rest;
                }
                None => return,
            }
        }
    }

    fn take(&mut self, n: u32) -> usize {
        let taken = self.bits & ((1 << n) - 1);
        self.bits >>= n;
        self.have -= n;
        taken as usize
    }

    // Each step says whether it went on; if not, it took nothing and needs more input.

    fn zlib_header(&mut self) -> Answer<bool> {
        if self.have < 16 { return Ok(false) }
        let (method, flags) = (self.take(8), self.take(8));
        if method & 15 != 8 || method >> 4 > 7 || (method << 8 | flags) % 31 != 0 || flags & 32 != 0 {
            return Err("its data are not in zlib's format");
        }
        self.stage = Stage::BlockHeader;
        Ok(true)
    }

    #[inline(never)]
    fn block_header(&mut self) -> Answer<bool> {
        if self.have < 3 { return Ok(false) }
        self.last_block = self.take(1) == 1;
        match self.take(2) {
            0 => {
                let odd = self.have % 8;
                self.take(odd);
                self.stage = Stage::StoredHeader;
            }
            1 => {
                self.lengths[..144].fill(8);
                self.lengths[144..256].fill(9);
                self.lengths[256..280].fill(7);
                self.lengths[280..288].fill(8);
                self.literal.build(&self.lengths[..288])?;
                self.lengths[..30].fill(5);
                self.distance.build(&self.lengths[..30])?;
                self.stage = Stage::Codes;
            }
            2 => self.stage = Stage::CodeHeader,
            _ => return Err("a block is of no known kind"),
        }
        Ok(true)
    }

    fn block_end(&mut self) {
        self.stage = if self.last_block { Stage::End } else { Stage::BlockHeader };
    }

    fn stored_header(&mut self) -> Answer<bool> {
        if self.have < 32 { return Ok(false) }
        let (length, check) = (self.take(16), self.take(16));
        if length != !check & 0xFFFF { return Err("a stored block is damaged") }
        self.stored_left = length;
        self.stage = Stage::Stored;
        Ok(true)
    }

    #[inline(never)]
    fn stored(&mut self, input: &mut &[u8]) -> bool {
        let mut room = PAUSE;
        while self.stored_left > 0 && room > 0 {
            self.refill(input);
            if self.have < 8 { return false }
            self.window[self.written % WINDOW] = self.take(8) as u8;
            self.written += 1;
            self.stored_left -= 1;
            room -= 1;
        }
        if self.stored_left == 0 { self.block_end() }
        true
    }

    fn code_header(&mut self) -> Answer<bool> {
        if self.have < 14 { return Ok(false) }
        self.literals = self.take(5) + 257;
        self.distances = self.take(5) + 1;
        self.code_lengths = self.take(4) + 4;
        if self.literals > 286 || self.distances > 30 { return Err("a block has too many codes") }
        self.lengths = [0; 320];
        self.read = 0;
        self.stage = Stage::CodeLengths;
        Ok(true)
    }

    #[inline(never)]
    fn read_code_lengths(&mut self, input: &mut &[u8]) -> Answer<bool> {
        while self.read < self.code_lengths {
            self.refill(input);
            if self.have < 3 { return Ok(false) }
            self.lengths[LENGTH_ORDER[self.read] as usize] = self.take(3) as u8;
            self.read += 1;
        }
        self.literal.build(&self.lengths[..19])?; // for the lengths only; the literals' own code comes next
        self.read = 0;
        self.stage = Stage::Lengths;
        Ok(true)
    }

    #[inline(never)]
    fn read_lengths(&mut self, input: &mut &[u8]) -> Answer<bool> {
        let all = self.literals + self.distances;
        while self.read < all {
            self.refill(input);
            let (symbol, length) = match self.literal.read(self.bits, self.have) {
                Symbol::Known(s, l) => (s, l),
                Symbol::MoreBits => return Ok(false),
                Symbol::Wrong => return Err("a code length is wrong"),
            };
            if symbol < 16 {
                self.take(length);
                self.lengths[self.read] = symbol as u8;
                self.read += 1;
                continue;
            }
            let (extra, base) = match symbol { 16 => (2, 3), 17 => (3, 3), _ => (7, 11) };
            if length + extra > self.have { return Ok(false) }
            self.take(length);
            let times = base + self.take(extra);
            if self.read + times > all || (symbol == 16 && self.read == 0) { return Err("a code length is wrong") }
            let value = if symbol == 16 { self.lengths[self.read - 1] } else { 0 };
            self.lengths[self.read..self.read + times].fill(value);
            self.read += times;
        }
        self.literal.build(&self.lengths[..self.literals])?;
        self.distance.build(&self.lengths[self.literals..all])?;
        self.stage = Stage::Codes;
        Ok(true)
    }

    #[inline(never)]
    fn codes(&mut self, input: &mut &[u8]) -> Answer<bool> {
        for _ in 0..SPAN {
            if self.have < 48 { self.refill(input) }
            match self.literal.read(self.bits, self.have) {
                Symbol::Known(symbol, length) if symbol < 256 => {
                    self.bits >>= length;
                    self.have -= length;
                    self.window[self.written % WINDOW] = symbol as u8;
                    self.written += 1;
                }
                Symbol::Known(256, length) => {
                    self.take(length);
                    self.block_end();
                    return Ok(true);
                }
                Symbol::Known(symbol, length) => {
                    if !self.copy(symbol as usize - 257, length)? { return Ok(false) }
                }
                Symbol::MoreBits => return Ok(false),
                Symbol::Wrong => return Err("a symbol is wrong"),
            }
        }
        Ok(true)
    }

    /// Copies what was before; `symbol` of `used` bits said that, and how long it is.
    #[inline(never)]
    fn copy(&mut self, symbol: usize, used: u32) -> Answer<bool> {
        if symbol >= 29 { return Err("a length is wrong") }
        let (mut bits, mut have) = (self.bits >> used, self.have - used);
        let extra = LENGTH_EXTRA[symbol] as u32;
        if extra > have { return Ok(false) }
        let length = LENGTH_BASE[symbol] as usize + (bits & ((1 << extra) - 1)) as usize;
        bits >>= extra;
        have -= extra;
        let (symbol, used) = match self.distance.read(bits, have) {
            Symbol::Known(s, l) => (s as usize, l),
            Symbol::MoreBits => return Ok(false),
            Symbol::Wrong => return Err("a distance is wrong"),
        };
        if symbol >= 30 { return Err("a distance is wrong") }
        bits >>= used;
        have -= used;
        let extra = DISTANCE_EXTRA[symbol] as u32;
        if extra > have { return Ok(false) }
        let distance = DISTANCE_BASE[symbol] as usize + (bits & ((1 << extra) - 1)) as usize;
        if distance > self.written { return Err("a distance leads to before the beginning") }
        self.bits = bits >> extra;
        self.have = have - extra;
        self.repeat(length, distance);
        Ok(true)
    }

    #[inline(never)]
    fn repeat(&mut self, length: usize, distance: usize) {
        for to in self.written..self.written + length { self.window[to % WINDOW] = self.window[to.wrapping_sub(distance) % WINDOW] }
        self.written += length;
    }
}
