//! trinity:plugin@0.1.0 for Rust without std. A struct here is byte for byte what the canonical ABI lays out.
//!
//! ```ignore
//! #![no_std]
//! #[macro_use] #[path = "../sdk/rust/trinity.rs"] mod trinity;
//! use trinity::*;
//! manifest!("plugin.json");
//! #[no_mangle] pub extern "C" fn process(chunks: *mut Chunk, count: usize) -> *const Outcome { ok(chunks, count) }
//! #[no_mangle] pub extern "C" fn cabi_post_process(_: *const Outcome) { free_all() }
//! ```
//!
//! One arena, as in sdk/c: all that a call takes lies one behind the other, what the host hands over (through
//! cabi_realloc) and what the plugin asks of `alloc`. `cabi_post_…` gives it back as a whole with `free_all`. What must
//! outlive the call belongs into statics. Host functions are imported when they are used, and only then.
#![allow(dead_code)]
use core::{mem, ptr, slice};

/// `list<T>` or, of bytes, a string: always UTF-8, never ends in 0.
#[repr(C)]
pub struct List<T> { pub ptr: *const T, pub len: usize }
impl<T> Clone for List<T> { fn clone(&self) -> Self { *self } }
impl<T> Copy for List<T> {}
impl<T> List<T> {
    pub const EMPTY: Self = List { ptr: ptr::null(), len: 0 };
    pub fn of(items: &[T]) -> Self { List { ptr: items.as_ptr(), len: items.len() } }
    /// What the host handed over is valid until `cabi_post_…`; do not keep it longer.
    pub fn get(&self) -> &'static [T] {
        if self.len == 0 { &[] } else { unsafe { slice::from_raw_parts(self.ptr, self.len) } }
    }
}
pub type Bytes = List<u8>;

/// An attribute, a field of a log line, a label.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Pair { pub name: Bytes, pub value: Bytes }

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Chunk {
    /// At most 65,536 bytes.
    pub payload: Bytes,
    pub content_type: Bytes,
    pub modality: Bytes,
    pub stream: Bytes,
    /// At most 32 pairs and 4 KiB; names with a dot are the host's.
    pub attributes: List<Pair>,
    pub sequence: u64,
    pub event_time_nanos: i64,
    pub last: bool,
}

impl Chunk {
    pub const EMPTY: Self = Chunk {
        payload: Bytes::EMPTY,
        content_type: Bytes::EMPTY,
        modality: Bytes::EMPTY,
        stream: Bytes::EMPTY,
        attributes: List::EMPTY,
        sequence: 0,
        event_time_nanos: 0,
        last: false,
    };
}

/// `result<list<T>, string>` or `result<_, string>`.
#[repr(C)]
pub struct Outcome { failed: bool, ptr: *const u8, len: usize }

const _: [(); 64] = [(); mem::size_of::<Chunk>()];
const _: [(); 12] = [(); mem::size_of::<Outcome>()];

static mut OUTCOME: Outcome = Outcome { failed: false, ptr: ptr::null(), len: 0 };

pub fn ok(chunks: *const Chunk, count: usize) -> *const Outcome { outcome(false, chunks as *const u8, count) }
pub fn err(text: &[u8]) -> *const Outcome { outcome(true, text.as_ptr(), text.len()) }
fn outcome(failed: bool, ptr: *const u8, len: usize) -> *const Outcome {
    unsafe {
        OUTCOME = Outcome { failed, ptr, len };
        ptr::addr_of!(OUTCOME)
    }
}

/// The manifest becomes the custom section that the host reads.
macro_rules! manifest {
    ($file:literal) => {
        #[link_section = "trinity:manifest"]
        #[used]
        pub static MANIFEST: [u8; include_bytes!($file).len()] = *include_bytes!($file);
    };
}

// ---- host functions (all of capability "always") ----

#[link(wasm_import_module = "trinity:plugin/log@0.1.0")]
extern "C" { #[link_name = "log"] fn host_log(level: u32, text: *const u8, len: usize, fields: *const Pair, count: usize); }
#[link(wasm_import_module = "trinity:plugin/config@0.1.0")]
extern "C" { #[link_name = "get"] fn host_config(key: *const u8, len: usize, out: *mut Maybe); }
#[repr(C)]
struct Maybe { some: bool, value: Bytes }

#[derive(Clone, Copy)]
pub enum Level { Trace, Debug, Info, Warn, Error }

pub fn log(level: Level, text: &str, fields: &[Pair]) {
    unsafe { host_log(level as u32, text.as_ptr(), text.len(), fields.as_ptr(), fields.len()) }
}

/// The plugin's own setting; None when it is not declared, or has no value.
pub fn setting(key: &str) -> Option<&'static [u8]> {
    let mut out = Maybe { some: false, value: Bytes::EMPTY };
    unsafe { host_config(key.as_ptr(), key.len(), &mut out) };
    if out.some { Some(out.value.get()) } else { None }
}

/// A whole, not negative setting of up to nine digits, else `otherwise`.
pub fn setting_number(key: &str, otherwise: u32) -> u32 {
    match setting(key) {
        Some(t) if !t.is_empty() && t.len() <= 9 && t.iter().all(u8::is_ascii_digit) => t.iter().fold(0, |n, d| n * 10 + (d - b'0') as u32),
        _ => otherwise,
    }
}

// ---- the arena ----

extern "C" { static __heap_base: u8; }
static mut TOP: usize = 0;

/// So many zero bytes are not promised: they are as the call before left them.
pub fn alloc(size: usize) -> &'static mut [u8] {
    unsafe {
        let foot = ptr::addr_of!(__heap_base) as usize;
        let at = (if TOP == 0 { foot } else { TOP } + 7) & !7;
        let end = match at.checked_add(size) { Some(end) => end, None => trap() };
        let have = core::arch::wasm32::memory_size(0) << 16;
        if end > have && core::arch::wasm32::memory_grow(0, (end - have + 65535) >> 16) == usize::MAX { trap() }
        TOP = end;
        slice::from_raw_parts_mut(at as *mut u8, size)
    }
}
/// Room for records of the contract; they are to be written before they are read. (Every pattern of bits is one of
/// them, but for a chunk's `last`.)
pub fn alloc_array<T: Copy>(count: usize) -> &'static mut [T] {
    let size = match count.checked_mul(mem::size_of::<T>()) { Some(size) => size, None => trap() };
    unsafe { slice::from_raw_parts_mut(alloc(size).as_mut_ptr() as *mut T, count) }
}
pub fn free_all() { unsafe { TOP = 0 } }

/// # Safety
/// For the host: `old` is of size `was`, both as an earlier call gave them, or 0.
#[no_mangle]
pub unsafe extern "C" fn cabi_realloc(old: *const u8, was: usize, _align: usize, size: usize) -> *mut u8 {
    let new = alloc(size); // aligned to 8, and the contract knows nothing above
    let kept = if was < size { was } else { size };
    if kept > 0 { ptr::copy_nonoverlapping(old, new.as_mut_ptr(), kept) }
    new.as_mut_ptr()
}

pub fn trap() -> ! { core::arch::wasm32::unreachable() }
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! { trap() }

// ---- text ----

/// Text put together in the arena; what does not fit into 256 bytes is cut.
pub struct Text { buffer: &'static mut [u8], len: usize }
impl Text {
    pub fn new() -> Self { Text { buffer: alloc(256), len: 0 } }
    pub fn say(mut self, text: &str) -> Self {
        for &b in text.as_bytes() { self.put(b) }
        self
    }
    pub fn number(mut self, n: u64) -> Self {
        let mut place = 1u64;
        while n / place >= 10 { place *= 10 }
        while place > 0 {
            self.put(b'0' + (n / place % 10) as u8);
            place /= 10;
        }
        self
    }
    fn put(&mut self, b: u8) {
        if self.len < self.buffer.len() {
            self.buffer[self.len] = b;
            self.len += 1;
        }
    }
    pub fn done(self) -> &'static [u8] {
        let len = self.len;
        &self.buffer[..len]
    }
}
