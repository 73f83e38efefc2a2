// A storage backend within the guest's memory: a sorted table of entries, and a heap of values that is compacted when it is
// full. Everything is static, so what the arena gives back after a call is never an entry.
#include "trinity.h"
MANIFEST("notebook.json")

enum { ENTRIES = 16384, HEAP = 8 << 20, MAX_KEY = 1024, MAX_VALUE = 1 << 20 };
typedef struct { u32 at, key, value; } entry;                     // key bytes, then value bytes, from heap[at] on
typedef struct { u8 failed; u32 some; u8 *ptr; u32 len; } found;  // result<option<list<u8>>, string>
typedef struct { u8 failed; bytes *keys; u32 count; bytes next; } page;  // result<page, string>

static entry entries[ENTRIES];                                    // in the order of their keys
static u32 by_place[ENTRIES];                                     // compact(): which entries, in the order of their places
static u8 heap[HEAP];
static u32 used, heap_top;

static s32 compare(const u8 *a, u32 an, const u8 *b, u32 bn) {
  u32 n = an < bn ? an : bn;
  for (u32 i = 0; i < n; i++) if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return an == bn ? 0 : an < bn ? -1 : 1;
}

static u32 lower(const u8 *key, u32 len, u32 *exact) {            // the first entry that is not before the key
  u32 lo = 0, hi = used;
  while (lo < hi) {
    u32 mid = (lo + hi) / 2;
    if (compare(heap + entries[mid].at, entries[mid].key, key, len) < 0) lo = mid + 1; else hi = mid;
  }
  *exact = lo < used && compare(heap + entries[lo].at, entries[lo].key, key, len) == 0;
  return lo;
}

static void move(entry *to, const entry *from, u32 n) { __builtin_memmove(to, from, n * sizeof(entry)); }

static void remove_at(u32 i) { used--; move(entries + i, entries + i + 1, used - i); }

// One step of a heap sort: the entry at i goes down to where none below lies further behind.
static OWN_METHOD void sift(u32 i, u32 n) {
  u32 which = by_place[i];
  for (u32 child; (child = 2 * i + 1) < n; i = child) {
    if (child + 1 < n && entries[by_place[child + 1]].at > entries[by_place[child]].at) child++;
    if (entries[by_place[child]].at < entries[which].at) break;
    by_place[i] = by_place[child];
  }
  by_place[i] = which;
}

// Entries lie in the heap in any order: each is moved down in the order of its place. A search for each next one would
// take longer than a call may with a notebook that is full, and a call that is ended costs all that is kept.
static void compact(void) {
  for (u32 i = 0; i < used; i++) by_place[i] = i;
  for (u32 i = used / 2; i-- > 0;) sift(i, used);
  for (u32 n = used; n > 1;) {
    u32 last = by_place[0];
    by_place[0] = by_place[--n];
    by_place[n] = last;
    sift(0, n);
  }
  heap_top = 0;
  for (u32 i = 0; i < used; i++) {
    entry *e = &entries[by_place[i]];
    __builtin_memmove(heap + heap_top, heap + e->at, e->key + e->value);
    e->at = heap_top;
    heap_top += e->key + e->value;
  }
}

EXPORT(cabi_post_get) void got(found *f) { (void)f; free_all(); }
EXPORT(get) found *get(const u8 *key, u32 len) {
  static found f;
  u32 exact, i = lower(key, len, &exact);
  f = exact ? (found){ 0, 1, heap + entries[i].at + entries[i].key, entries[i].value } : (found){ 0, 0, 0, 0 };
  return &f;
}

EXPORT(cabi_post_put) void put_done(result *r) { (void)r; free_all(); }
EXPORT(put) result *put(const u8 *key, u32 len, const u8 *value, u32 value_len) {
  if (len == 0 || len > MAX_KEY) return err(TEXT("a key has 1 to 1,024 bytes"));
  if (value_len > MAX_VALUE) return err(TEXT("a value has at most 1 MiB"));
  u32 exact, i = lower(key, len, &exact), live = 0;
  if (!exact && used == ENTRIES) return err(TEXT("the notebook is full: 16,384 keys"));
  if (heap_top + len + value_len > HEAP) {
    for (u32 k = 0; k < used; k++) if (!exact || k != i) live += entries[k].key + entries[k].value;
    if (live + len + value_len > HEAP) return err(TEXT("the notebook is full: 8 MiB"));
    if (exact) { remove_at(i); exact = 0; }
    compact();
  }
  if (!exact) { move(entries + i + 1, entries + i, used - i); used++; }
  entries[i] = (entry){ heap_top, len, value_len };
  __builtin_memcpy(heap + heap_top, key, len);
  __builtin_memcpy(heap + heap_top + len, value, value_len);
  heap_top += len + value_len;
  return ok(0, 0);
}

EXPORT(cabi_post_erase) void erased(result *r) { (void)r; free_all(); }
EXPORT(erase) result *erase(const u8 *key, u32 len) {
  u32 exact, i = lower(key, len, &exact);
  if (exact) remove_at(i);
  return ok(0, 0);
}

EXPORT(cabi_post_keys) void listed(page *p) { (void)p; free_all(); }
EXPORT(keys) page *keys(const u8 *prefix, u32 prefix_len, const u8 *cursor, u32 cursor_len, u32 limit) {
  static page p;
  u32 exact, from = lower(prefix, prefix_len, &exact);
  if (cursor_len) {
    u32 after = lower(cursor, cursor_len, &exact);
    if (after > from) from = after;
  }
  if (limit > 1000) limit = 1000;
  p = (page){ 0, alloc((limit + 1) * sizeof(bytes)), 0, { 0, 0 } };
  for (u32 i = from; i < used; i++) {
    u8 *key = heap + entries[i].at;
    if (entries[i].key < prefix_len || compare(key, prefix_len, prefix, prefix_len) != 0) break;
    if (p.count == limit) { p.next = (bytes){ key, entries[i].key }; break; }
    p.keys[p.count++] = (bytes){ key, entries[i].key };
  }
  return &p;
}

EXPORT(cabi_post_flush) void flushed(result *r) { (void)r; free_all(); }
EXPORT(flush) result *flush(void) { return ok(0, 0); }            // it keeps nothing beyond itself
