// Stars for what should not leave: e-mail addresses, and numbers of 13 to 19 digits that pass the Luhn check. Bytes are
// replaced in place, so that lengths stay. What is cut in two by the border of two chunks is not found.
#include "trinity.h"
MANIFEST("redact.json")

enum { SHORTEST = 13, LONGEST = 19 };                             // digits of a card's number

static u32 local(u8 c) {                                          // of the part before the @
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '+' || c == '-';
}
static u32 digit(u8 c) { return c >= '0' && c <= '9'; }

static u32 in_domain(u8 c) { return local(c) && c != '_' && c != '+'; }

static u32 addresses(bytes t) {
  u32 found = 0;
  for (u32 i = 1; i + 1 < t.len; i++) {
    if (t.ptr[i] != '@') continue;
    u32 from = i, to = i + 1, dot = 0;
    while (from > 0 && local(t.ptr[from - 1])) from--;
    while (to < t.len && in_domain(t.ptr[to])) to++;
    while (t.ptr[to - 1] == '.' || t.ptr[to - 1] == '-') to--;    // the sentence's, not the address'
    for (u32 k = i + 2; k < to; k++) if (t.ptr[k] == '.') dot = k;
    if (from == i || !dot) continue;
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

// A run is digits, with single blanks or hyphens between them: a number, or several one behind the other.
static u32 end_of_run(bytes t, u32 i) {
  while (i < t.len && (digit(t.ptr[i]) || ((t.ptr[i] == ' ' || t.ptr[i] == '-') && i + 1 < t.len && digit(t.ptr[i + 1])))) i++;
  return i;
}

// Where the longest card ends that begins here; 0: none does. It is the whole run, however that is grouped, or groups
// of it: at least four digits each, and at least three in the last one.
static u32 end_of_card(bytes t, u32 from, u32 to, u32 whole_run) {
  u8 digits[LONGEST];
  u32 n = 0, group = 0, end = 0;
  for (u32 i = from; i < to; i++) {
    if (!digit(t.ptr[i])) {
      if (group < 4 && !whole_run) break;
      group = 0;
      continue;
    }
    if (n == LONGEST) break;
    digits[n++] = t.ptr[i];
    group++;
    u32 ends = i + 1 == to ? whole_run || group >= 3 : !digit(t.ptr[i + 1]) && group >= 3 && !whole_run;
    if (ends && n >= SHORTEST && luhn(digits, n)) end = i + 1;
  }
  return end;
}

static u32 cards(bytes t) {
  u32 found = 0;
  for (u32 i = 0; i < t.len; i++) {
    if (!digit(t.ptr[i])) continue;
    u32 to = end_of_run(t, i), first = i;
    while (i < to) {
      u32 end = i == first ? end_of_card(t, i, to, 1) : 0;
      if (!end) end = end_of_card(t, i, to, 0);
      for (u32 k = i; k < end; k++) if (digit(t.ptr[k])) t.ptr[k] = '*';
      found += end > 0;
      if (end) i = end;
      while (i < to && digit(t.ptr[i])) i++;                      // on to the next group
      while (i < to && !digit(t.ptr[i])) i++;
    }
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
