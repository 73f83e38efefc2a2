// pipeline_stage `tokenizer`: brings text into a normal form and counts it, piece by piece. See README.md.
//
// The way of a byte: decode() makes code points of bytes, character() counts and normalises them, write() puts them
// into the chunks that go on. All three stop anywhere and go on with the next piece: what they remember is the stream's.
//
// They are functions of their own, and not inlined, because the engine makes a JVM method of each: the JVM compiles
// small methods that are called often at once, and those over 8,000 bytes of bytecode never.
#include "trinity.h"
#include "unicode.h"
#include "words.h"
MANIFEST("tokenizer.json")

enum {
  OPEN_STREAMS = 16,
  ABANDONED_AFTER = 1024,                                         // chunks of other streams without one of its own
  MOST_PAYLOAD = 65536,
  MOST_PAIRS = 32, MOST_ATTRIBUTE_BYTES = 4096,
  REPLACEMENT = 0xFFFD,
};

typedef struct {
  u8 name[64];
  u32 name_length;                                                // 0: this place is free
  u32 touched;
  u8 lowercase, straight_quotes;                                  // the settings as of the first piece

  u32 code;                                                       // decode(): the code point so far,
  u8 missing, low, high;                                          // how many bytes it lacks, what the next one may be

  u8 begun, after_return, blank_waits, line_written;              // character()
  u8 in_word, apostrophe_waits, word[LONGEST];
  u32 word_length;                                                // past LONGEST: counted, but not ranked

  u64 count_words, count_characters, count_lines, count_bytes, first_sequence;
  u8 line_open;
  words seen;
} text_stream;

static text_stream streams[OPEN_STREAMS];
static u32 now;

// ---- output ----

static struct { chunk *ptr; u32 len; } out;                       // room for all is taken beforehand, see most_pieces()
static const chunk *origin;                                       // what the pieces in the making take over

static void new_piece(void) {
  chunk *c = &out.ptr[out.len++];
  *c = *origin;
  c->payload = (bytes){ alloc(MOST_PAYLOAD), 0 };
}

// A byte becomes at most three (U+FFFD), and at most three bytes per piece are left empty so as not to cut a code point.
static u32 most_pieces(u32 payload) { return (payload + 8) * 3 / (MOST_PAYLOAD - 3) + 2; }

static OWN_METHOD void write(u32 c) {
  bytes *to = &out.ptr[out.len - 1].payload;
  if (to->len + utf8_length(c) > MOST_PAYLOAD) new_piece(), to = &out.ptr[out.len - 1].payload;
  to->len += to_utf8(to->ptr + to->len, c);
}

// ---- words ----

static void add_to_word(text_stream *s, u32 c) {
  if (s->word_length + utf8_length(c) > LONGEST) s->word_length = LONGEST + 1;
  else s->word_length += to_utf8(s->word + s->word_length, c);
}

static OWN_METHOD void end_word(text_stream *s) {
  s->count_words++;
  if (s->word_length <= LONGEST) count_word(&s->seen, s->word, s->word_length);
  s->in_word = s->apostrophe_waits = 0;
}

// An apostrophe belongs to the word if a letter follows: don't is one word, 'tis' too, without its quotes.
static OWN_METHOD void into_words(text_stream *s, u32 c) {
  if (is_in_words(c)) {
    if (!s->in_word) s->in_word = 1, s->word_length = 0;
    if (s->apostrophe_waits) s->apostrophe_waits = 0, add_to_word(s, '\'');
    add_to_word(s, lower(c));
  } else if (s->in_word) {
    if ((c == '\'' || c == 0x2019) && !s->apostrophe_waits) s->apostrophe_waits = 1;
    else end_word(s);
  }
}

// ---- lines and blanks ----

static OWN_METHOD void line_end(text_stream *s) {                 // blanks that wait before it are gone
  if (s->in_word) end_word(s);
  s->count_lines++;
  s->blank_waits = s->line_written = s->line_open = 0;
  write('\n');
}

static OWN_METHOD void character(text_stream *s, u32 c) {
  if (!s->begun) {
    s->begun = 1;
    if (c == 0xFEFF) return;                                      // a byte order mark is no character
  }
  s->count_characters++;
  u8 after_return = s->after_return;
  s->after_return = c == '\r';
  if (c == '\r' || (c == '\n' && !after_return)) { line_end(s); return; }
  if (c == '\n') return;                                          // the return was the line end
  s->line_open = 1;
  into_words(s, c);
  if (is_blank(c)) { s->blank_waits = s->line_written; return; }  // none at the start of a line
  if (s->blank_waits) s->blank_waits = 0, write(' ');
  s->line_written = 1;
  if (s->lowercase) c = lower(c);
  if (s->straight_quotes) c = straight_quote(c);
  write(c);
}

// A short cut for most of what there is: ASCII letters and digits within a word need nothing of all the above but their
// small letter. How many it took; 0 if something waits.
static OWN_METHOD u32 rest_of_word(text_stream *s, const u8 *p, u32 length) {
  if (!s->in_word || s->apostrophe_waits || s->missing) return 0;
  bytes *to = &out.ptr[out.len - 1].payload;
  if (length > MOST_PAYLOAD - to->len) length = MOST_PAYLOAD - to->len;
  u8 *write_to = to->ptr + to->len, keep = !s->lowercase;
  u32 n = 0, w = s->word_length;
  for (; n < length; n++) {
    u8 b = p[n], small = b;
    if (b >= 'A' && b <= 'Z') small = b + 32;
    else if (!(b >= 'a' && b <= 'z') && !(b >= '0' && b <= '9')) break;
    write_to[n] = keep ? b : small;
    if (w < LONGEST) s->word[w++] = small;
    else w = LONGEST + 1;
  }
  s->word_length = w;
  s->count_characters += n;
  to->len += n;
  return n;
}

// ---- UTF-8 ----
//
// As the Encoding standard does it: each longest beginning of a valid sequence that goes wrong is one U+FFFD, and the
// byte at which it went wrong begins anew.

static OWN_METHOD void decode_beyond_ascii(text_stream *s, u8 b) {
  if (s->missing) {
    if (b >= s->low && b <= s->high) {
      s->low = 0x80, s->high = 0xBF;
      s->code = s->code << 6 | (b & 63);
      if (!--s->missing) character(s, s->code);
      return;
    }
    s->missing = 0;
    character(s, REPLACEMENT);
  }
  s->low = 0x80, s->high = 0xBF;
  if (b < 0x80) character(s, b);
  else if (b >= 0xC2 && b <= 0xDF) s->missing = 1, s->code = b & 31;
  else if (b >= 0xE0 && b <= 0xEF) {
    if (b == 0xE0) s->low = 0xA0;                                 // no longer form than needed
    if (b == 0xED) s->high = 0x9F;                                // no surrogates
    s->missing = 2, s->code = b & 15;
  } else if (b >= 0xF0 && b <= 0xF4) {
    if (b == 0xF0) s->low = 0x90;
    if (b == 0xF4) s->high = 0x8F;                                // not past U+10FFFF
    s->missing = 3, s->code = b & 7;
  } else character(s, REPLACEMENT);
}

static OWN_METHOD void decode(text_stream *s, bytes piece) {
  for (u32 i = 0; i < piece.len;) {
    u8 b = piece.ptr[i++];
    if (b < 0x80 && !s->missing) character(s, b);
    else decode_beyond_ascii(s, b);
    i += rest_of_word(s, piece.ptr + i, piece.len - i);
  }
  s->count_bytes += piece.len;
}

static void end_of_text(text_stream *s) {
  if (s->missing) s->missing = 0, character(s, REPLACEMENT);
  if (s->in_word) end_word(s);
  if (s->line_open) s->count_lines++;                             // a last line without an end
}

// ---- attributes ----

static struct { pair *ptr; u32 len, size; } attributes;

static void begin_attributes(pairs given) {
  attributes.ptr = alloc(sizeof(pair) * MOST_PAIRS);
  attributes.len = attributes.size = 0;
  for (u32 i = 0; i < given.len && i < MOST_PAIRS; i++) {
    attributes.ptr[attributes.len++] = given.ptr[i];
    attributes.size += given.ptr[i].name.len + given.ptr[i].value.len;
  }
}

static u32 room_for(bytes name) {
  u32 used = attributes.size + name.len;
  return attributes.len < MOST_PAIRS && used < MOST_ATTRIBUTE_BYTES ? MOST_ATTRIBUTE_BYTES - used : 0;
}

// Replaces one of the same name; left out where the contract's limits leave no room.
static OWN_METHOD void attribute(bytes name, bytes value) {
  for (u32 i = 0; i < attributes.len; i++)
    if (same(attributes.ptr[i].name, name)) {
      attributes.size -= name.len + attributes.ptr[i].value.len;
      attributes.ptr[i] = attributes.ptr[--attributes.len];
    }
  if (value.len == 0 || value.len > room_for(name)) return;
  attributes.ptr[attributes.len++] = (pair){ name, value };
  attributes.size += name.len + value.len;
}

static OWN_METHOD void all_counts(text_stream *s) {
  attribute(TEXT("words"), decimal(s->count_words));
  attribute(TEXT("characters"), decimal(s->count_characters));
  attribute(TEXT("lines"), decimal(s->count_lines));
  attribute(TEXT("bytes"), decimal(s->count_bytes));
  if (!s->seen.forgot) attribute(TEXT("distinct-words"), decimal(s->seen.used));
  if (s->first_sequence) attribute(TEXT("counted-from"), decimal(s->first_sequence));
  u32 room = room_for(TEXT("top-words"));
  attribute(TEXT("top-words"), ranking(&s->seen, setting_number(TEXT("top"), 10), room));
}

static OWN_METHOD void tell(text_stream *s) {
  pair fields[] = {
    { TEXT("stream"), { s->name, s->name_length } },
    { TEXT("words"), decimal(s->count_words) },
    { TEXT("characters"), decimal(s->count_characters) },
    { TEXT("lines"), decimal(s->count_lines) },
    { TEXT("bytes"), decimal(s->count_bytes) },
  };
  bytes text = TEXT("text counted");
  trinity_log(INFO, text.ptr, text.len, fields, sizeof fields / sizeof *fields);
}

// ---- streams ----

static void open(text_stream *s, const chunk *c) {
  __builtin_memset(s, 0, sizeof *s);
  __builtin_memcpy(s->name, c->stream.ptr, c->stream.len);
  s->name_length = c->stream.len;
  s->first_sequence = c->sequence;                                // not 0: this guest did not see the beginning
  s->lowercase = setting_is_true(TEXT("lowercase"));
  s->straight_quotes = setting_is_true(TEXT("straight-quotes"));
}

// The stream's place; null when all are taken. A stream that begins again, begins anew.
static OWN_METHOD text_stream *stream_of(const chunk *c) {
  text_stream *free = 0;
  for (u32 i = 0; i < OPEN_STREAMS; i++) {
    text_stream *s = &streams[i];
    if (s->name_length && same((bytes){ s->name, s->name_length }, c->stream)) {
      if (c->sequence == 0) open(s, c);
      return s;
    }
    if (!s->name_length || (!free && now - s->touched > ABANDONED_AFTER)) free = s;
  }
  if (free) open(free, c);
  return free;
}

static bytes tokenize(const chunk *c) {                           // empty, or what is wrong
  if (c->stream.len == 0 || c->stream.len > sizeof streams->name) return TEXT("a stream's name has 1 to 64 bytes");
  text_stream *s = stream_of(c);
  if (!s) return TEXT("16 texts are open already; this one can begin when one of them has ended");
  s->touched = ++now;

  origin = c;
  u32 before = out.len;
  new_piece();
  decode(s, c->payload);
  if (c->last) end_of_text(s);
  chunk *end = &out.ptr[out.len - 1];
  if (end->payload.len == 0 && !c->last) {                        // only blanks, or the beginning of a code point
    out.len = before;
    return (bytes){ 0, 0 };
  }
  begin_attributes(c->attributes);
  if (c->last) all_counts(s), tell(s);
  else attribute(TEXT("words"), decimal(s->count_words));
  end->attributes = (pairs){ attributes.ptr, attributes.len };
  if (c->last) s->name_length = 0;
  return (bytes){ 0, 0 };
}

EXPORT(process) result *process(const chunk *chunks, u32 count) {
  u32 most = 0;
  for (u32 i = 0; i < count; i++) most += most_pieces(chunks[i].payload.len);
  out.ptr = alloc(most * sizeof(chunk));
  out.len = 0;
  for (u32 i = 0; i < count; i++) {
    if (!same(chunks[i].modality, TEXT("text"))) { out.ptr[out.len++] = chunks[i]; continue; }
    bytes wrong = tokenize(&chunks[i]);
    if (wrong.len) return err(wrong);
  }
  return ok(out.ptr, out.len);
}

EXPORT(cabi_post_process) void done(result *r) { (void)r; free_all(); }
