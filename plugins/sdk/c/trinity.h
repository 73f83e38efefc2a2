// trinity:plugin@0.1.0 for C, without libc and with wasi-libc. A struct here is byte for byte what the canonical ABI lays out.
//
//   clang --target=wasm32 -O2 -mbulk-memory -I../sdk/c -c plugin.c -o plugin.o
//   wasm-ld --no-entry --strip-all plugin.o -o plugin.wasm
//
// (That is without libc; plugins/glossary/build.sh shows the other way, which has malloc and free in place of the arena.)
//
//   #include "trinity.h"
//   MANIFEST("plugin.json")
//   EXPORT(cabi_post_process) void done(result *r) { free_all(); }
//   EXPORT(process) result *process(chunk *chunks, u32 count) { return ok(chunks, count); }
//
// Include it in exactly one source file: it defines cabi_realloc and what stands behind it. A host function is imported when
// it is called, and only then; a module must not import what its manifest's capabilities do not cover.
#pragma once

typedef unsigned char u8;
typedef signed char s8;
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;
typedef long long s64;
typedef double f64;

#define EXPORT(name) __attribute__((export_name(#name)))
#define IMPORT(face, name) __attribute__((import_module("trinity:plugin/" face "@0.1.0"), import_name(name)))
// Not inlined. The engine makes a JVM method of each function; the JVM compiles small ones that are called often soon, and
// those of more than 8,000 bytes of bytecode never.
#define OWN_METHOD __attribute__((noinline))
// The manifest becomes the custom section that the host reads. The path is looked for along -I, and in the folder
// that clang runs in. The quotes around the section's name are needed, a section *attribute* would be dropped.
#define MANIFEST(file) __asm__(".section \".custom_section.trinity:manifest\",\"\",@\n.incbin \"" file "\"\n.text\n");

// ---- the words of the contract (interface types) ----

typedef struct { u8 *ptr; u32 len; } bytes;                       // list<u8>; string, always UTF-8, never ends in 0
typedef struct { bytes name, value; } pair;                       // an attribute, a field of a log line, a label
typedef struct { pair *ptr; u32 len; } pairs;
typedef struct {
  bytes payload;                                                  // at most 65,536 bytes
  bytes content_type, modality, stream;
  pairs attributes;                                               // at most 32 pairs and 4 KiB; a dot in the name: the host's
  u64 sequence;
  s64 event_time_nanos;
  u8 last;
} chunk;
typedef struct { u8 failed; void *ptr; u32 len; } result;         // result<list<T>, string>; result<_, string>
typedef struct { u8 some; bytes value; } maybe;                   // option<string>
typedef struct { u32 vector; s32 weight; } weighted;              // tuple<vector, s32>
typedef struct { u8 failed; u32 value; } answer32;                // result<u32, failure>; the failure is value's low byte
typedef struct { u8 failed; bytes value; } answer_bytes;          // result<list<u8>, failure>; the failure is the low byte of value.ptr
typedef struct { u8 failed, failure; } answer;                    // result<_, failure>
typedef struct { u32 kind; chunk *ptr; u32 len; } verdict;        // what postchunk says; a kind, and the chunks of CHANGE
typedef struct { u8 failed; verdict value; } answer_verdict;      // result<verdict, string>
enum { PASS, DROP, CHANGE };                                      // verdict.kind
enum { DENIED, INVALID, NOT_FOUND, LIMIT, TIMEOUT, UNAVAILABLE, FAILED };  // failure
enum { TRACE, DEBUG, INFO, WARN, ERROR };                         // log.level

_Static_assert(sizeof(pair) == 16 && sizeof(result) == 12 && sizeof(maybe) == 12, "layout");
_Static_assert(sizeof(answer_verdict) == 16, "layout");
_Static_assert(sizeof(chunk) == 64 && __builtin_offsetof(chunk, sequence) == 40 && __builtin_offsetof(chunk, last) == 56, "chunk");

#define TEXT(s) ((bytes){ (u8 *)(s), sizeof(s) - 1 })

// ---- host functions; the capability stands before each group ----

// always
IMPORT("host", "explain") void host_explain(bytes *out);          // why the last host function of this call failed
IMPORT("log", "log") void trinity_log(u32 level, const void *text, u32 len, const pair *fields, u32 count);
IMPORT("config", "get") void trinity_config(const void *key, u32 len, maybe *out);
// vsa_ops
IMPORT("vsa", "dimension") u32 vsa_dimension(void);
IMPORT("vsa", "random") u32 vsa_random(u64 seed);
IMPORT("vsa", "load") void vsa_load(const s8 *trits, u32 count, answer32 *out);
IMPORT("vsa", "copy") u32 vsa_copy(u32 v);
IMPORT("vsa", "bind") u32 vsa_bind(u32 a, u32 b);
IMPORT("vsa", "unbind") u32 vsa_unbind(u32 bound, u32 key);
IMPORT("vsa", "bundle") u32 vsa_bundle(const weighted *parts, u32 count);
IMPORT("vsa", "permute") u32 vsa_permute(u32 v, s32 shift);
IMPORT("vsa", "similarity") f64 vsa_similarity(u32 a, u32 b);
IMPORT("vsa", "release") void vsa_release(u32 v);
// stream_io
IMPORT("streams", "push") void streams_push(const chunk *chunks, u32 count, answer *out);
// metrics
IMPORT("metrics", "add") void metrics_add(const void *name, u32 len, f64 delta, const pair *labels, u32 count);
IMPORT("metrics", "set") void metrics_set(const void *name, u32 len, f64 value, const pair *labels, u32 count);
IMPORT("metrics", "observe") void metrics_observe(const void *name, u32 len, f64 value, const pair *labels, u32 count);
// file_read
IMPORT("files", "read") void files_read(const void *path, u32 len, u64 offset, u32 length, answer_bytes *out);

#ifdef __wasi__

// ---- memory of libc ----
//
// What the host hands over comes from realloc() and is the plugin's to free(), each list and each string by itself; an
// empty one has no memory. What a plugin returns is freed in cabi_post_…: of what it was given and returns again, all.

#include <stdlib.h>
#include <string.h>

EXPORT(cabi_realloc) void *cabi_realloc(void *old, u32 was, u32 align, u32 size) {
  (void)align;                                                    // the contract knows none above 8, malloc's is 16
  void *p = realloc(was ? old : 0, size);
  if (!p) abort();
  return p;
}
static inline bytes copy_of(const void *from, u32 len) {
  return (bytes){ len ? memcpy(cabi_realloc(0, 0, 1, len), from, len) : 0, len };
}
static inline void free_bytes(bytes b) { if (b.len) free(b.ptr); }
static inline void free_pairs(pairs p) {
  for (u32 i = 0; i < p.len; i++) { free_bytes(p.ptr[i].name); free_bytes(p.ptr[i].value); }
  if (p.len) free(p.ptr);
}
static inline void free_chunks(chunk *chunks, u32 count) {
  for (u32 i = 0; i < count; i++) {
    chunk *c = &chunks[i];
    free_bytes(c->payload); free_bytes(c->content_type); free_bytes(c->modality); free_bytes(c->stream);
    free_pairs(c->attributes);
  }
  if (count) free(chunks);
}

#else

// ---- one arena ----
//
// All that a call takes lies one behind the other: what the host hands over (through cabi_realloc) and what the
// plugin asks of alloc(). cabi_post_… gives it back as a whole with free_all(). What must outlive the call
// belongs into static variables (or, taken in _initialize, before keep()). Memory only grows, up to what
// the largest call needed; a host that refuses to grow it ends the call with a trap.

extern u8 __heap_base;                                            // the linker's: first byte behind the static variables
static u32 foot, top;

static inline void *alloc(u32 size) {
  if (!top) top = foot = (u32)&__heap_base;
  u32 at = (top + 7) & ~7u, end = at + size, have = (u32)__builtin_wasm_memory_size(0) << 16;
  if (at < top || end < at) __builtin_trap();                     // past 4 GiB
  if (end > have && __builtin_wasm_memory_grow(0, (end - have + 65535) >> 16) == (__SIZE_TYPE__)-1) __builtin_trap();
  top = end;
  return (void *)at;
}
static inline void free_all(void) { top = foot; }
static inline void keep(void) { foot = top; }                     // what was taken so far stays for good

EXPORT(cabi_realloc) void *cabi_realloc(void *old, u32 was, u32 align, u32 size) {
  (void)align;                                                    // the contract knows none above 8, alloc's
  u8 *p = alloc(size);
  if (was) __builtin_memcpy(p, old, was < size ? was : size);
  return p;
}
static inline void free_bytes(bytes b) { (void)b; }               // goes with the arena

#endif

// ---- small things that every plugin needs ----

static inline result *ok(void *ptr, u32 len) { static result r; r = (result){ 0, ptr, len }; return &r; }
static inline result *err(bytes text) { static result r; r = (result){ 1, text.ptr, text.len }; return &r; }

static inline u8 same(bytes a, bytes b) {
  if (a.len != b.len) return 0;
  for (u32 i = 0; i < a.len; i++) if (a.ptr[i] != b.ptr[i]) return 0;
  return 1;
}

#ifndef __wasi__                                                  // there is printf
// Decimal digits of n, in the arena.
static inline bytes decimal(u64 n) {
  u8 *end = (u8 *)alloc(20) + 20, *p = end;
  do *--p = '0' + n % 10; while (n /= 10);
  return (bytes){ p, end - p };
}
#endif

static inline bytes setting(bytes key) {                          // empty: not declared, or without a value
  maybe m = { 0 };
  trinity_config(key.ptr, key.len, &m);
  return m.some ? m.value : (bytes){ 0, 0 };
}
static inline u8 setting_is_true(bytes key) {
  bytes t = setting(key);
  u8 is = same(t, TEXT("true"));
  free_bytes(t);
  return is;
}
static inline u32 whole_number(bytes t, u32 otherwise) {          // whole and not negative, else the other
  u32 n = 0;
  if (t.len == 0 || t.len > 9) return otherwise;
  for (u32 i = 0; i < t.len; i++) {
    if (t.ptr[i] < '0' || t.ptr[i] > '9') return otherwise;
    n = n * 10 + (t.ptr[i] - '0');
  }
  return n;
}
static inline u32 setting_number(bytes key, u32 otherwise) {
  bytes t = setting(key);
  u32 n = whole_number(t, otherwise);
  free_bytes(t);
  return n;
}
