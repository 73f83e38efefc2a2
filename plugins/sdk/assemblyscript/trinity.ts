// trinity:plugin@0.1.0 for AssemblyScript without its runtime: what crosses the border lies in linear memory as the canonical
// ABI lays it out, and is read and written with load and store. All that a call takes comes out of one arena, which
// cabi_post_… gives back as a whole with freeAll().
//
//   asc plugin.ts -Oz --runtime stub --use abort= -o plugin.wasm && node sdk/assemblyscript/pack.mjs plugin.wasm plugin.json

let top: u32 = 0;

/** Room in the arena, aligned to 8; never given back but as a whole. */
export function alloc(size: u32): u32 {
  if (!top) top = <u32>__heap_base;
  const at = (top + 7) & ~7;
  const end = at + size;
  if (end < at) unreachable();
  const have = <u32>memory.size() << 16;
  if (end > have && memory.grow((end - have + 65535) >> 16) < 0) unreachable();
  top = end;
  return at;
}

export function freeAll(): void { top = <u32>__heap_base; }

export function cabi_realloc(old: u32, was: u32, align: u32, size: u32): u32 {
  const at = alloc(size);
  if (was) memory.copy(at, old, min(was, size));
  return at;
}

/** A result<list<T>, string>: both sides are a pointer and a length. */
export function outcome(failed: bool, pointer: u32, length: u32): u32 {
  const at = alloc(12);
  store<u32>(at, failed ? 1 : 0);
  store<u32>(at, pointer, 4);
  store<u32>(at, length, 8);
  return at;
}

/** Bytes of a text that has nothing but ASCII in it, in the arena. */
export function ascii(text: string): u32 {
  const at = alloc(text.length);
  for (let i = 0; i < text.length; i++) store<u8>(at + i, <u8>text.charCodeAt(i));
  return at;
}
