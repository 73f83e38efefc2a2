// How often each word was seen, in bounded memory.
//
// A hash table of 4,096 places, of which 3,072 are used at most. When they are, the rarest words are forgotten until at
// least half are gone. So the counts are exact for a text of up to 3,072 different words; in a longer one a word
// may be counted too low by what it had before it was forgotten, and the frequent ones are not forgotten.
#pragma once
#include "trinity.h"

enum { PLACES = 4096, MOST_WORDS = 3072, LONGEST = 27, MOST_RANKED = 50 };

typedef struct { u32 count; u8 length, text[LONGEST]; } word;     // count 0: a free place
typedef struct { word places[PLACES]; u32 used; u8 forgot; } words;
_Static_assert(sizeof(word) == 32, "word");

static OWN_METHOD word *place_of(words *w, const u8 *text, u32 length) {
  u32 hash = 2166136261u;                                         // FNV-1a
  for (u32 i = 0; i < length; i++) hash = (hash ^ text[i]) * 16777619u;
  for (u32 at = hash ^ hash >> 15;; at++) {
    word *p = &w->places[at % PLACES];
    if (!p->count || same((bytes){ p->text, p->length }, (bytes){ (u8 *)text, length })) return p;
  }
}

static u32 more_frequent_than(words *w, u32 count) {
  u32 n = 0;
  for (u32 i = 0; i < PLACES; i++) n += w->places[i].count > count;
  return n;
}

static OWN_METHOD void forget_the_rarest(words *w) {
  u32 floor = 1;
  while (more_frequent_than(w, floor) > MOST_WORDS / 2) floor *= 2;  // doubling: few passes whatever the text
  word *all = alloc(sizeof w->places);
  __builtin_memcpy(all, w->places, sizeof w->places);
  __builtin_memset(w->places, 0, sizeof w->places);
  w->used = 0;
  w->forgot = 1;
  for (u32 i = 0; i < PLACES; i++)
    if (all[i].count > floor) *place_of(w, all[i].text, all[i].length) = all[i], w->used++;
}

static void count_word(words *w, const u8 *text, u32 length) {
  word *p = place_of(w, text, length);
  if (!p->count) {
    if (w->used == MOST_WORDS) {
      forget_the_rarest(w);
      p = place_of(w, text, length);
    }
    __builtin_memcpy(p->text, text, length);
    p->length = length;
    w->used++;
  }
  p->count++;
}

// The more frequent one first; of equally frequent ones the one whose bytes sort first.
static u8 ranks_before(const word *a, const word *b) {
  if (a->count != b->count) return a->count > b->count;
  for (u32 i = 0; i < a->length && i < b->length; i++)
    if (a->text[i] != b->text[i]) return a->text[i] < b->text[i];
  return a->length < b->length;
}

// Fills `best` with up to `wanted` words in their order; how many there were.
static OWN_METHOD u32 rank(words *w, word **best, u32 wanted) {
  u32 n = 0;
  for (u32 i = 0; i < PLACES; i++) {
    word *p = &w->places[i];
    if (!p->count || !wanted || (n == wanted && !ranks_before(p, best[n - 1]))) continue;
    u32 at = n < wanted ? n++ : n - 1;
    for (; at > 0 && ranks_before(p, best[at - 1]); at--) best[at] = best[at - 1];
    best[at] = p;
  }
  return n;
}

// "the=12 of=9", as many as fit into `room` bytes.
static bytes ranking(words *w, u32 wanted, u32 room) {
  word *best[MOST_RANKED];
  u32 n = rank(w, best, wanted < MOST_RANKED ? wanted : MOST_RANKED), length = 0;
  u8 *out = alloc(room + 1);
  for (u32 i = 0; i < n; i++) {
    bytes count = decimal(best[i]->count);
    u32 need = (i > 0) + best[i]->length + 1 + count.len;
    if (length + need > room) break;
    if (i) out[length++] = ' ';
    __builtin_memcpy(out + length, best[i]->text, best[i]->length);
    length += best[i]->length;
    out[length++] = '=';
    __builtin_memcpy(out + length, count.ptr, count.len);
    length += count.len;
  }
  return (bytes){ out, length };
}
