// Code points: their bytes, what is part of a word, what is a blank, and the small letter of a capital one.
//
// Exact for Latin-1, Latin Extended-A, Greek and Cyrillic (U+0000 to U+052F): test/tokenizer.test.mjs compares every
// code point with the Unicode data of JavaScript. Above that, what is not known to be punctuation, a symbol or a blank
// counts as part of a word; so a run of Chinese is one word, as it would take a dictionary to part it.
#pragma once
#include "trinity.h"

static inline u32 utf8_length(u32 c) { return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4; }

static inline u32 to_utf8(u8 *p, u32 c) {                         // how many bytes it took
  if (c < 0x80) { p[0] = c; return 1; }
  if (c < 0x800) { p[0] = 0xC0 | c >> 6, p[1] = 0x80 | (c & 63); return 2; }
  if (c < 0x10000) { p[0] = 0xE0 | c >> 12, p[1] = 0x80 | (c >> 6 & 63), p[2] = 0x80 | (c & 63); return 3; }
  p[0] = 0xF0 | c >> 18, p[1] = 0x80 | (c >> 12 & 63), p[2] = 0x80 | (c >> 6 & 63), p[3] = 0x80 | (c & 63);
  return 4;
}

typedef struct { u32 from, to; } range;

static const range NOT_IN_WORDS[] = {                             // ascending; beyond ASCII
  { 0x80, 0xA9 }, { 0xAB, 0xB1 }, { 0xB4, 0xB4 }, { 0xB6, 0xB8 }, { 0xBB, 0xBB }, { 0xBF, 0xBF }, { 0xD7, 0xD7 }, { 0xF7, 0xF7 },
  { 0x2C2, 0x2C5 }, { 0x2D2, 0x2DF }, { 0x2E5, 0x2EB }, { 0x2ED, 0x2ED }, { 0x2EF, 0x2FF }, { 0x375, 0x375 }, { 0x378, 0x379 },
  { 0x37E, 0x37E }, { 0x380, 0x385 }, { 0x387, 0x387 }, { 0x38B, 0x38B }, { 0x38D, 0x38D }, { 0x3A2, 0x3A2 }, { 0x3F6, 0x3F6 },
  { 0x482, 0x482 }, { 0x55A, 0x55F }, { 0x589, 0x58F }, { 0x5BE, 0x5BE }, { 0x5C0, 0x5C0 }, { 0x5F3, 0x60F }, { 0x61B, 0x61F },
  { 0x66A, 0x66D }, { 0x6D4, 0x6D4 }, { 0x964, 0x965 }, { 0x1680, 0x1680 }, { 0x2000, 0x206F }, { 0x207A, 0x207E },
  { 0x208A, 0x208E }, { 0x20A0, 0x20CF }, { 0x2190, 0x245F }, { 0x2500, 0x2775 }, { 0x2794, 0x2BFF }, { 0x2E00, 0x2E7F },
  { 0x3000, 0x3004 }, { 0x3008, 0x3020 }, { 0x3030, 0x3030 }, { 0xD800, 0xF8FF }, { 0xFE10, 0xFE1F }, { 0xFE30, 0xFE6F },
  { 0xFEFF, 0xFF0F }, { 0xFF1A, 0xFF20 }, { 0xFF3B, 0xFF40 }, { 0xFF5B, 0xFF65 }, { 0xFFE0, 0xFFFF }, { 0x1F000, 0x1FAFF },
};

static OWN_METHOD u8 is_in_words(u32 c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
  for (u32 i = 0; i < sizeof NOT_IN_WORDS / sizeof *NOT_IN_WORDS; i++) {
    if (c < NOT_IN_WORDS[i].from) return 1;
    if (c <= NOT_IN_WORDS[i].to) return 0;
  }
  return 1;
}

static u8 is_blank(u32 c) {                                       // not a line end
  return c == ' ' || c == '\t' || c == 0x0B || c == 0x0C || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F
      || c == 0x205F || c == 0x3000;
}

static u32 lower_beyond_ascii(u32 c) {
  if (c < 0xC0 || c > 0x52F) return c;
  if (c < 0x100) return c <= 0xDE && c != 0xD7 ? c + 32 : c;      // Latin-1
  if (c < 0x180) {                                                // Latin Extended-A: pairs, of which one group begins odd
    if (c == 0x130) return 'i';                                   // no locale: the dot is not kept as a mark of its own
    if (c == 0x178) return 0xFF;
    if (c == 0x138 || c == 0x149 || c == 0x17F) return c;
    u8 begins_odd = (c >= 0x139 && c <= 0x148) || c >= 0x179;
    return (c & 1) == begins_odd ? c + 1 : c;
  }
  if (c < 0x386) return c;
  if (c < 0x400) {                                                // Greek; a final sigma stays what it is
    if (c == 0x386) return 0x3AC;
    if (c >= 0x388 && c <= 0x38A) return c + 37;
    if (c == 0x38C) return 0x3CC;
    if (c == 0x38E || c == 0x38F) return c + 63;
    return c >= 0x391 && c <= 0x3AB && c != 0x3A2 ? c + 32 : c;
  }
  if (c < 0x410) return c + 80;                                   // Cyrillic
  if (c < 0x430) return c + 32;
  if (c < 0x460 || (c >= 0x482 && c < 0x48A)) return c;
  if (c == 0x4C0) return 0x4CF;
  if (c > 0x4C0 && c < 0x4CF) return c & 1 ? c + 1 : c;
  return c != 0x4CF && !(c & 1) ? c + 1 : c;
}

static inline u32 lower(u32 c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
  return lower_beyond_ascii(c);
}

static inline u32 straight_quote(u32 c) {
  if (c >= 0x2018 && c <= 0x201B) return '\'';
  if (c >= 0x201C && c <= 0x201F) return '"';
  return c;
}
