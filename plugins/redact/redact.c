// Stars for what should not leave: e-mail addresses, and numbers of 13 to 19 digits that pass the Luhn check. Bytes are
// replaced in place, so that lengths stay. What is cut in two by the border of two chunks is not found.
#include "trinity.h"
MANIFEST("redact.json")

typedef struct { u32 kind; chunk *ptr; u32 len; } verdict;        // variant { pass, drop, change(list<chunk>) }
typedef struct { u8 failed; verdict value; } answer_verdict;
_Static_assert(sizeof(answer_verdict) == 16, "layout");

static u32 local(u8 c) {                                          // of the part before the @
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '+' || c == '-';
}
static u32 digit(u8 c) { return c >= '0' && c <= '9'; }

static u32 addresses(bytes t) {
  u32 found = 0;
  for (u32 i = 1; i + 1 < t.len; i++) {
    if (t.ptr[i] != '@') continue;
    u32 from = i, to = i + 1, dot = 0;
    while (from > 0 && local(t.ptr[from - 1])) from--;
    while (to < t.len && (local(t.ptr[to]) && t.ptr[to] != '_' && t.ptr[to] != '+')) { if (t.ptr[to] == '.' && to + 1 < t.len && local(t.ptr[to + 1])) dot = to; to++; }
    if (t.ptr[to - 1] == '.') to--;
    if (from == i || !dot || dot + 2 > to) continue;
    for (u32 k = from; k < to; k++) t.ptr[k] = '*';
    found++;
    i = to - 1;
  }
  return found;
}

static u32 luhn(const u8 *p, u32 n) {
  u32 sum = 0;
  for (u32 i = 0; i < n; i++) {
    u32 d = p[n - 1 - i] - '0';
    if (i & 1) { d *= 2; if (d > 9) d -= 9; }
    sum += d;
  }
  return sum % 10 == 0;
}

static u32 cards(bytes t) {
  u32 found = 0;
  for (u32 i = 0; i < t.len; i++) {
    if (!digit(t.ptr[i]) || (i > 0 && digit(t.ptr[i - 1]))) continue;
    u8 digits[20];
    u32 n = 0, to = i, end = i;
    while (to < t.len && n < 20) {                                // single blanks or hyphens may stand between digits
      if (digit(t.ptr[to])) { digits[n++] = t.ptr[to++]; end = to; }
      else if ((t.ptr[to] == ' ' || t.ptr[to] == '-') && to + 1 < t.len && digit(t.ptr[to + 1])) to++;
      else break;
    }
    if (n < 13 || n > 19 || !luhn(digits, n)) { if (n > 19) i = end - 1; continue; }
    for (u32 k = i; k < end; k++) if (digit(t.ptr[k])) t.ptr[k] = '*';
    found++;
    i = end - 1;
  }
  return found;
}

static u32 is_text(bytes type) {
  bytes head = { type.ptr, 5 };
  return type.len >= 5 && same(head, TEXT("text/"));
}

EXPORT(cabi_post_postchunk) void chunk_done(answer_verdict *a) { (void)a; free_all(); }
EXPORT(postchunk) answer_verdict *postchunk(chunk *chunks, u32 count) {
  static answer_verdict a;
  u32 found = 0;
  for (u32 i = 0; i < count; i++)
    if (is_text(chunks[i].content_type) || same(chunks[i].modality, TEXT("text")))
      found += addresses(chunks[i].payload) + cards(chunks[i].payload);
  a = (answer_verdict){ 0, { found ? 2 : 0, found ? chunks : 0, found ? count : 0 } };
  return &a;
}

EXPORT(cabi_post_custom) void custom_done(result *r) { (void)r; free_all(); }
EXPORT(custom) result *custom(const u8 *name, u32 name_len, u8 *payload, u32 len) {
  (void)name, (void)name_len;
  bytes t = { payload, len };
  addresses(t);
  cards(t);
  return ok(payload, len);
}
