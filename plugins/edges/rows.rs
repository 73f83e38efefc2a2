//! Rows of a picture: from packed samples to brightness to edges, one row behind.

pub const WIDEST: usize = 4096;
pub const TALLEST: usize = 65535;
/// A call has little time; a small piece can hold very many pixels.
pub const MOST_PIXELS_PER_CALL: usize = 1 << 20;
/// Pixels that the innermost functions are called for; see the note before `sub`.
pub const SPAN: usize = 32;
const LONGEST_ROW: usize = WIDEST * 8 + 1; // 16-bit RGBA, and PNG's filter byte

/// Where the result goes: its size first, then each row as soon as it is done.
pub trait Sink {
    fn size(&mut self, width: usize, height: usize);
    fn row(&mut self, pixels: &[u8]);
}

#[derive(Clone, Copy)]
pub struct Layout {
    pub width: usize,
    pub height: usize,
    /// Bits of one sample: 1, 2, 4, 8 or 16. With 16 the low byte is dropped.
    pub depth: usize,
    /// Samples of a pixel: 1 or 2 (the second is not looked at), 3 or 4 (nor is the fourth).
    pub channels: usize,
    /// Each row begins with a byte that names its filter.
    pub filtered: bool,
}
impl Layout {
    const NONE: Self = Layout { width: 0, height: 0, depth: 0, channels: 0, filtered: false };
    fn row_bytes(&self) -> usize { (self.width * self.channels * self.depth + 7) / 8 }
    fn pixel_bytes(&self) -> usize { (self.channels * self.depth / 8).max(1) }
}

pub struct Rows {
    pub layout: Layout,
    /// The brightness of each value of a sample, or of each colour of a palette.
    pub levels: [u8; 256],
    pub threshold: u32,
    /// 0 or 255 in place of how strong the edge is.
    pub binary: bool,
    /// Rows that came in.
    pub done: usize,
    /// Set to 0 at the beginning of a call.
    pub pixels_in_call: usize,
    pub edge_pixels: u64,
    pub brightness: u64,
    filled: usize,
    raw: [[u8; LONGEST_ROW]; 2],
    /// Three rows, each with its first and last pixel once more at its ends.
    grey: [[u8; WIDEST + 2]; 3],
    edge: [u8; WIDEST],
}

impl Rows {
    pub const NEW: Self = Rows {
        layout: Layout::NONE,
        levels: [0; 256],
        threshold: 0,
        binary: false,
        done: 0,
        pixels_in_call: 0,
        edge_pixels: 0,
        brightness: 0,
        filled: 0,
        raw: [[0; LONGEST_ROW]; 2],
        grey: [[0; WIDEST + 2]; 3],
        edge: [0; WIDEST],
    };

    pub fn begin(&mut self, layout: Layout, sink: &mut dyn Sink) -> Result<(), &'static str> {
        if layout.width == 0 || layout.height == 0 { return Err("it has no pixels") }
        if layout.width > WIDEST || layout.height > TALLEST { return Err("it is larger than 4,096 by 65,535") }
        self.layout = layout;
        self.done = 0;
        self.edge_pixels = 0;
        self.brightness = 0;
        self.raw[1].fill(0); // above the first row
        self.filled = if layout.filtered { 0 } else { 1 };
        sink.size(layout.width, layout.height);
        Ok(())
    }

    /// Nothing came in yet, not even the size.
    pub fn clear(&mut self) { self.layout = Layout::NONE }

    pub fn has_size(&self) -> bool { self.layout.height > 0 }

    pub fn complete(&self) -> bool { self.has_size() && self.done == self.layout.height }

    /// Takes the next bytes, however they are cut; what comes after the last row is not looked at.
    #[inline(never)]
    pub fn feed(&mut self, mut data: &[u8], sink: &mut dyn Sink) -> Result<(), &'static str> {
        let row = self.layout.row_bytes() + 1;
        while !data.is_empty() && !self.complete() {
            let n = data.len().min(row - self.filled);
            let (now, rest) = data.split_at(n);
            self.raw[self.done % 2][self.filled..self.filled + n].copy_from_slice(now);
            self.filled += n;
            data = rest;
            if self.filled == row {
                self.row(sink)?;
                self.filled = if self.layout.filtered { 0 } else { 1 };
            }
        }
        Ok(())
    }

    #[inline(never)]
    fn row(&mut self, sink: &mut dyn Sink) -> Result<(), &'static str> {
        let Layout { width, .. } = self.layout;
        self.pixels_in_call += width;
        if self.pixels_in_call > MOST_PIXELS_PER_CALL { return Err("one piece of it holds more than 1,048,576 pixels") }
        if self.layout.filtered { self.unfilter()? }
        let y = self.done;
        let raw = &self.raw[y % 2][1..self.layout.row_bytes() + 1];
        let grey = &mut self.grey[y % 3][..width + 2];
        let (pixel, sample) = (self.layout.pixel_bytes(), self.layout.depth / 8);
        for from in (0..width).step_by(SPAN) {
            let out = &mut grey[1 + from..1 + width.min(from + SPAN)];
            self.brightness += match (self.layout.channels, self.layout.depth) {
                (1, depth) if depth < 8 => unpack(&raw[from * depth / 8..], depth, &self.levels, out),
                (1 | 2, _) => grey_of_one(&raw[from * pixel..], pixel, &self.levels, out),
                _ => grey_of_three(&raw[from * pixel..], pixel, sample, &self.levels, out),
            } as u64;
        }
        grey[0] = grey[1];
        grey[width + 1] = grey[width];
        self.done += 1;
        // The row before has its neighbour now; the first and the last row are their own neighbours.
        if y > 0 { self.edges(y.max(2) - 2, y - 1, y, sink) }
        if self.complete() { self.edges(y.max(1) - 1, y, y, sink) }
        Ok(())
    }

    #[inline(never)]
    fn edges(&mut self, above: usize, at: usize, below: usize, sink: &mut dyn Sink) {
        let width = self.layout.width;
        let [a, b, c] = [above, at, below].map(|y| &self.grey[y % 3][..width + 2]);
        let out = &mut self.edge[..width];
        for (i, span) in out.chunks_mut(SPAN).enumerate() {
            let from = i * SPAN;
            self.edge_pixels += sobel(&a[from..], &b[from..], &c[from..], self.threshold, span) as u64;
        }
        if self.binary {
            for p in out.iter_mut() { *p = if *p as u32 >= self.threshold { 255 } else { 0 } }
        }
        sink.row(out);
    }

    /// PNG's filters (its specification, §9): each byte was written as the difference to what its neighbours foretell.
    fn unfilter(&mut self) -> Result<(), &'static str> {
        let n = self.layout.row_bytes() + 1;
        let step = self.layout.pixel_bytes();
        let [even, odd] = &mut self.raw;
        let (row, above) = if self.done % 2 == 0 { (even, odd) } else { (odd, even) };
        let (filter, row, above) = (row[0], &mut row[1..n], &above[1..n]);
        let n = row.len();
        for from in (0..n).step_by(SPAN * step) {
            let to = n.min(from + SPAN * step);
            match filter {
                0 => return Ok(()),
                1 => sub(row, step, from.max(step), to),
                2 => up(&mut row[from..to], &above[from..to]),
                3 => average(row, above, step, from, to),
                4 => (0..step).for_each(|first| paeth(row, above, step, from + first, to)),
                _ => return Err("a row has no known filter"),
            }
        }
        Ok(())
    }
}

// Functions of their own, called for short spans: the engine makes a JVM method of each, and the JVM compiles a method
// after its first hundred calls, while one that is called rarely is interpreted for long, however long it loops.

#[inline(never)]
fn sub(row: &mut [u8], step: usize, from: usize, to: usize) {
    for i in from..to { row[i] = row[i].wrapping_add(row[i - step]) }
}

#[inline(never)]
fn up(row: &mut [u8], above: &[u8]) {
    for (x, b) in row.iter_mut().zip(above) { *x = x.wrapping_add(*b) }
}

#[inline(never)]
fn average(row: &mut [u8], above: &[u8], step: usize, from: usize, to: usize) {
    for i in from..to {
        let left = if i >= step { row[i - step] as u32 } else { 0 };
        row[i] = row[i].wrapping_add(((left + above[i] as u32) / 2) as u8);
    }
}

/// For the bytes `from`, `from + step`, … only: so the two neighbours to the left need not be read again.
#[inline(never)]
fn paeth(row: &mut [u8], above: &[u8], step: usize, from: usize, to: usize) {
    let (mut a, mut c) = if from >= step { (row[from - step] as i32, above[from - step] as i32) } else { (0, 0) };
    let (row, above) = (&mut row[..to], &above[..to]);
    let mut i = from;
    while i < to {
        let b = above[i] as i32;
        a = (row[i] as i32 + foretell(a, b, c)) & 255;
        row[i] = a as u8;
        c = b;
        i += step;
    }
}

#[inline]
fn foretell(a: i32, b: i32, c: i32) -> i32 {
    let (pa, pb, pc) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if pa <= pb && pa <= pc { a } else if pb <= pc { b } else { c }
}

// Each gives the sum of the brightness of the row.

#[inline(never)]
fn unpack(raw: &[u8], depth: usize, levels: &[u8; 256], grey: &mut [u8]) -> u32 {
    let mask = (1u32 << depth) - 1;
    let mut sum = 0;
    for (x, g) in grey.iter_mut().enumerate() {
        let bit = x * depth;
        *g = levels[(raw[bit / 8] as u32 >> (8 - depth - bit % 8) & mask) as usize];
        sum += *g as u32;
    }
    sum
}

#[inline(never)]
fn grey_of_one(raw: &[u8], pixel: usize, levels: &[u8; 256], grey: &mut [u8]) -> u32 {
    let mut sum = 0;
    for (g, p) in grey.iter_mut().zip(raw.chunks_exact(pixel)) {
        *g = levels[p[0] as usize];
        sum += *g as u32;
    }
    sum
}

#[inline(never)]
fn grey_of_three(raw: &[u8], pixel: usize, sample: usize, levels: &[u8; 256], grey: &mut [u8]) -> u32 {
    let mut sum = 0;
    for (g, p) in grey.iter_mut().zip(raw.chunks_exact(pixel)) {
        *g = luma(levels[p[0] as usize], levels[p[sample] as usize], levels[p[2 * sample] as usize]);
        sum += *g as u32;
    }
    sum
}

/// ITU-R BT.601 in 256ths.
pub fn luma(r: u8, g: u8, b: u8) -> u8 { ((77 * r as u32 + 150 * g as u32 + 29 * b as u32) >> 8) as u8 }

/// A quarter of |gx| + |gy|, at most 255; how many reach the threshold. The rows are at least two pixels longer than `out`.
#[inline(never)]
fn sobel(above: &[u8], at: &[u8], below: &[u8], threshold: u32, out: &mut [u8]) -> u32 {
    let n = out.len() + 2;
    let (above, at, below) = (&above[..n], &at[..n], &below[..n]);
    let mut count = 0;
    for (x, o) in out.iter_mut().enumerate() {
        let [a0, a1, a2] = [above[x] as i32, above[x + 1] as i32, above[x + 2] as i32];
        let [b0, b2] = [at[x] as i32, at[x + 2] as i32];
        let [c0, c1, c2] = [below[x] as i32, below[x + 1] as i32, below[x + 2] as i32];
        let gx = a2 - a0 + 2 * (b2 - b0) + c2 - c0;
        let gy = c0 - a0 + 2 * (c1 - a1) + c2 - a2;
        let strength = (((gx.abs() + gy.abs()) >> 2) as u32).min(255);
        count += (strength >= threshold) as u32;
        *o = strength as u8;
    }
    count
}
