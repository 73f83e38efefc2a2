// Explains terms in text. A glossary is a file whose lines are a term, a tab, and its explanation. Each chunk of text gets
// an attribute "glossary" with the explanations of the terms in it. See README.md.
//
// This is ordinary C on wasi-libc: files, printf, malloc and qsort as anywhere. Only what is exported is Trinity's.
#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "trinity.h"
MANIFEST("glossary.json")

enum { MOST_TERMS = 4096, LINE = 2048 };
enum { ATTRIBUTES = 32, ATTRIBUTE_BYTES = 4096 };                 // of one chunk, as the contract has it

typedef struct {
  char *term, *explanation;                                       // of one strdup()
  size_t length;
  unsigned explained_in;                                          // number of the chunk
} entry;

static entry entries[MOST_TERMS];                                 // by their first letters, the longest first
static size_t terms, begin[257];                                  // those with the letter c: begin[c] to begin[c + 1]
static int loaded;
static char why[512];                                             // what the last failure was

// ---- the glossary ----

static int letter(const char *s) { return tolower((unsigned char)*s); }  // without regard to case

static int by_letter_and_length(const void *a, const void *b) {
  const entry *x = a, *y = b;
  if (letter(x->term) != letter(y->term)) return letter(x->term) - letter(y->term);
  return (x->length < y->length) - (x->length > y->length);
}

static void forget(void) {
  while (terms > 0) free(entries[--terms].term);
  loaded = 0;
}

static int fail(const char *path, const char *what) {
  snprintf(why, sizeof why, "glossary '%s': %s", path, what);
  fprintf(stderr, "%s\n", why);
  return 0;
}

// What is wrong with a line is told, and costs that line only.
static int add(const char *path, unsigned number, char *line) {
  line[strcspn(line, "\r\n")] = 0;
  if (*line == 0 || *line == '#') return 1;
  char *tab = strchr(line, '\t');
  const char *wrong = !tab || tab == line || !tab[1] ? "is not a term, a tab and an explanation"
    : mbstowcs(NULL, line, 0) == (size_t)-1 ? "is not UTF-8"
    : terms == MOST_TERMS ? "is one too many" : NULL;
  if (wrong) {
    fprintf(stderr, "%s:%u: %s; left out\n", path, number, wrong);
    return 1;
  }
  char *kept = strdup(line);
  if (!kept) return fail(path, strerror(errno));
  kept[tab - line] = 0;
  entries[terms++] = (entry){ kept, kept + (tab - line) + 1, (size_t)(tab - line), 0 };
  return 1;
}

static int read_lines(const char *path, FILE *file) {
  char line[LINE];
  for (unsigned number = 1; fgets(line, sizeof line, file); number++) {
    if (strlen(line) == sizeof line - 1 && line[sizeof line - 2] != '\n') {
      fprintf(stderr, "%s:%u: is longer than %d bytes; left out\n", path, number, LINE - 2);
      for (int c = 0; c != '\n' && c != EOF;) c = getc(file);
    } else if (!add(path, number, line)) {
      return 0;
    }
  }
  return ferror(file) ? fail(path, strerror(errno)) : 1;
}

static int read_glossary(void) {
  char path[256];
  bytes set = setting(TEXT("file"));
  int length = snprintf(path, sizeof path, "%.*s", (int)set.len, (char *)set.ptr);
  free_bytes(set);                                                // what the host hands over is ours
  forget();
  if (length >= (int)sizeof path) return fail("", "its name has more than 255 bytes");
  FILE *file = fopen(path, "r");
  if (!file) return fail(path, strerror(errno));
  int good = read_lines(path, file);
  fclose(file);
  if (!good) return 0;
  qsort(entries, terms, sizeof *entries, by_letter_and_length);
  for (size_t c = 0, i = 0; c <= 256; c++) {
    while (i < terms && (size_t)letter(entries[i].term) < c) i++;
    begin[c] = i;
  }
  printf("%zu terms from %s\n", terms, path);
  loaded = 1;
  return 1;
}

// ---- the text ----

static int in_word(u8 c) { return isalnum(c) || c >= 0x80; }       // UTF-8: all beyond ASCII counts as letters

static int border(bytes t, size_t at) {                           // between two words, or a word and what is none
  return at == 0 || at == t.len || !in_word(t.ptr[at - 1]) || !in_word(t.ptr[at]);
}

// How long the term is in the text: a blank of it stands for any blanks there, line ends too. 0: it does not stand here.
static OWN_METHOD size_t match(bytes t, size_t at, const char *term) {
  size_t i = at;
  for (; *term; term++) {
    if (*term == ' ') {
      if (i == t.len || !isspace(t.ptr[i])) return 0;
      while (i < t.len && isspace(t.ptr[i])) i++;
    } else if (i < t.len && tolower(t.ptr[i]) == letter(term)) {
      i++;
    } else {
      return 0;
    }
  }
  return border(t, i) ? i - at : 0;
}

// Writes the explanations, in the order in which their terms come first. Gives how many there was no room for.
static int explanations(bytes t, char *out, size_t room) {
  static unsigned chunk_number;
  int left_out = 0;
  chunk_number++;
  *out = 0;
  for (size_t at = 0, used = 0, length; at < t.len; at += length ? length : 1) {
    length = 0;
    if (!border(t, at)) continue;
    int c = tolower(t.ptr[at]);
    entry *e = entries + begin[c], *end = entries + begin[c + 1];
    while (e < end && !(length = match(t, at, e->term))) e++;
    if (e == end || e->explained_in == chunk_number) continue;
    e->explained_in = chunk_number;
    size_t more = (size_t)snprintf(out + used, room - used, "%s%s: %s", used ? "\n" : "", e->term, e->explanation);
    if (more < room - used) used += more; else { out[used] = 0; left_out++; }
  }
  return left_out;
}

// An attribute of the name is replaced, all others stay.
static void explain(chunk *c) {
  static char out[ATTRIBUTE_BYTES + 1];
  pairs *all = &c->attributes;
  size_t room = ATTRIBUTE_BYTES - strlen("glossary");
  pair *mine = NULL;
  for (pair *p = all->ptr; p < all->ptr + all->len; p++) {
    if (!mine && same(p->name, TEXT("glossary"))) mine = p;
    else room -= p->name.len + p->value.len;
  }
  if (!mine && (all->len == ATTRIBUTES || room > ATTRIBUTE_BYTES)) room = 0;
  int left_out = explanations(c->payload, out, room + 1);
  if (left_out)
    printf("no room for %d explanations in chunk %llu of %.*s\n", left_out, c->sequence, (int)c->stream.len, (char *)c->stream.ptr);
  if (!*out) return;
  if (!mine) {
    all->ptr = cabi_realloc(all->ptr, all->len * sizeof(pair), 4, (all->len + 1) * sizeof(pair));
    mine = &all->ptr[all->len++];
    *mine = (pair){ copy_of("glossary", 8), { 0, 0 } };
  }
  free_bytes(mine->value);
  mine->value = copy_of(out, (u32)strlen(out));
}

// ---- what Trinity calls ----

EXPORT(cabi_post_process) void done(result *r) { if (!r->failed) free_chunks(r->ptr, r->len); }
EXPORT(process) result *process(chunk *chunks, u32 count) {
  for (u32 i = 0; i < count; i++) {
    if (!same(chunks[i].modality, TEXT("text"))) continue;
    if ((chunks[i].sequence == 0 || !loaded) && !read_glossary()) {
      free_chunks(chunks, count);
      return err((bytes){ (u8 *)why, (u32)strlen(why) });
    }
    explain(&chunks[i]);
  }
  return ok(chunks, count);
}

__attribute__((constructor)) static void text_is_utf8(void) { setlocale(LC_CTYPE, "C.UTF-8"); }
