// Point clouds in PCD v0.7 become chunks of the modality lidar. See README.md.
#include "trinity.h"
MANIFEST("lidar.json")

enum { LINE = 1024, RECORD = 256, FIELDS = 16, POINTS = 2048, CELLS = 128 };
enum {
  OPEN_STREAMS = 8,
  ABANDONED_AFTER = 1024,                                         // pieces of other streams without one of its own
};
enum { HEADER, ASCII, BINARY, DONE };
typedef struct { float x, y, z; } point;

typedef struct {
  u8 name[64];
  u32 name_length;                                                // 0: this place is free
  u32 touched;

  u8 line[LINE];
  u32 line_len;
  u32 state, fields, record_bytes, seen, announced;
  s32 at_field[3], at_byte[3];                                    // of x, y, z; -1: not there
  u32 sizes[FIELDS], counts[FIELDS], types[FIELDS];
  point points[POINTS];
  u32 held;
} cloud;

static cloud clouds[OPEN_STREAMS];
static u32 now;
static bytes failure;

static chunk *out;                                                // what this call has made so far
static u32 made, room;

static u32 fail(bytes why) { failure = why; return 0; }

// ---- out ----

static bytes number(float f) {                                    // metres with three digits
  u8 minus = f < 0;
  u64 milli = (u64)((minus ? -f : f) * 1000.0f + 0.5f);
  bytes whole = decimal(milli / 1000), part = decimal(milli % 1000 + 1000);
  u8 *p = alloc(whole.len + 5);
  u32 n = 0;
  if (minus) p[n++] = '-';
  for (u32 i = 0; i < whole.len; i++) p[n++] = whole.ptr[i];
  p[n++] = '.';
  for (u32 i = 1; i < 4; i++) p[n++] = part.ptr[i];
  return (bytes){ p, n };
}

static void emit(cloud *s) {
  if (!s->held) return;
  if (made == room) __builtin_trap();                             // cannot be, see decode()
  float near = 3.0e38f, far = 0;
  u8 *payload = alloc(s->held * sizeof(point));
  __builtin_memcpy(payload, s->points, s->held * sizeof(point));
  for (u32 i = 0; i < s->held; i++) {
    point p = s->points[i];
    float r = __builtin_sqrtf(p.x * p.x + p.y * p.y + p.z * p.z);
    if (r < near) near = r;
    if (r > far) far = r;
  }
  pair *facts = alloc(3 * sizeof(pair));
  facts[0] = (pair){ TEXT("points"), decimal(s->held) };
  facts[1] = (pair){ TEXT("nearest-m"), number(near) };
  facts[2] = (pair){ TEXT("farthest-m"), number(far) };
  out[made++] = (chunk){ .payload = { payload, s->held * sizeof(point) }, .content_type = TEXT("application/x-xyz-f32"),
                         .modality = TEXT("lidar"), .attributes = { facts, 3 } };
  s->held = 0;
}

static void take(cloud *s, float x, float y, float z) {
  s->seen++;
  if (x != x || y != y || z != z) return;                         // PCD writes "nan" where the laser saw nothing
  if (x > 1e6f || x < -1e6f || y > 1e6f || y < -1e6f || z > 1e6f || z < -1e6f) return;
  s->points[s->held++] = (point){ x, y, z };
  if (s->held == POINTS) emit(s);
}

// ---- text ----

static u32 word(cloud *s, u32 *from, bytes *w) {                  // the next word of the line
  u32 i = *from;
  while (i < s->line_len && (s->line[i] == ' ' || s->line[i] == '\t' || s->line[i] == '\r')) i++;
  u32 start = i;
  while (i < s->line_len && s->line[i] != ' ' && s->line[i] != '\t' && s->line[i] != '\r') i++;
  *from = i;
  *w = (bytes){ s->line + start, i - start };
  return i > start;
}

static u32 whole(bytes w, u32 *n) {
  *n = 0;
  if (w.len == 0 || w.len > 9) return 0;
  for (u32 i = 0; i < w.len; i++) {
    if (w.ptr[i] < '0' || w.ptr[i] > '9') return 0;
    *n = *n * 10 + (w.ptr[i] - '0');
  }
  return 1;
}

static u32 real(bytes w, float *f) {
  double v = 0, scale = 1;
  u32 i = 0, digits = 0;
  u8 minus = 0;
  if (w.len == 3 && (w.ptr[0] | 32) == 'n' && (w.ptr[1] | 32) == 'a' && (w.ptr[2] | 32) == 'n') { *f = __builtin_nanf(""); return 1; }
  if (i < w.len && (w.ptr[i] == '-' || w.ptr[i] == '+')) minus = w.ptr[i++] == '-';
  for (; i < w.len && w.ptr[i] >= '0' && w.ptr[i] <= '9'; i++, digits++) v = v * 10 + (w.ptr[i] - '0');
  if (i < w.len && w.ptr[i] == '.')
    for (i++; i < w.len && w.ptr[i] >= '0' && w.ptr[i] <= '9'; i++, digits++) v += (w.ptr[i] - '0') * (scale /= 10);
  if (digits == 0) return 0;
  if (i < w.len && (w.ptr[i] | 32) == 'e') {
    s32 e = 0, sign = 1;
    u32 some = 0;
    i++;
    if (i < w.len && (w.ptr[i] == '-' || w.ptr[i] == '+')) sign = w.ptr[i++] == '-' ? -1 : 1;
    for (; i < w.len && w.ptr[i] >= '0' && w.ptr[i] <= '9'; i++, some = 1) if (e < 60) e = e * 10 + (w.ptr[i] - '0');
    if (!some) return 0;
    if (e > 60) e = 60;
    while (e-- > 0) v = sign > 0 ? v * 10 : v / 10;
  }
  *f = (float)(minus ? -v : v);
  return i == w.len;
}

static u32 header_line(cloud *s) {
  u32 at = 0, n = 0;
  bytes key, w;
  if (!word(s, &at, &key) || key.ptr[0] == '#') return 1;
  if (same(key, TEXT("FIELDS"))) {
    while (word(s, &at, &w)) {
      if (s->fields == FIELDS) return fail(TEXT("more than 16 FIELDS"));
      if (w.len == 1 && w.ptr[0] >= 'x' && w.ptr[0] <= 'z') s->at_field[w.ptr[0] - 'x'] = (s32)s->fields;
      s->counts[s->fields] = 1;
      s->sizes[s->fields] = s->types[s->fields] = 0;
      s->fields++;
    }
  } else if (same(key, TEXT("SIZE")) || same(key, TEXT("COUNT"))) {
    for (u32 i = 0; i < s->fields && word(s, &at, &w); i++) {
      if (!whole(w, &n) || n == 0 || n > 64) return fail(TEXT("SIZE or COUNT is not a number from 1 to 64"));
      (key.len == 4 ? s->sizes : s->counts)[i] = n;
    }
  } else if (same(key, TEXT("TYPE"))) {
    for (u32 i = 0; i < s->fields && word(s, &at, &w); i++) s->types[i] = w.ptr[0];
  } else if (same(key, TEXT("POINTS"))) {
    if (!word(s, &at, &w) || !whole(w, &s->announced)) return fail(TEXT("POINTS is not a number"));
  } else if (same(key, TEXT("DATA"))) {
    if (!word(s, &at, &w)) return fail(TEXT("DATA without a format"));
    for (u32 i = 0; i < 3; i++) if (s->at_field[i] < 0) return fail(TEXT("FIELDS has no x, y and z"));
    for (u32 i = 0; i < s->fields; i++) {
      for (u32 axis = 0; axis < 3; axis++) if (s->at_field[axis] == (s32)i) s->at_byte[axis] = (s32)s->record_bytes;
      s->record_bytes += s->sizes[i] * s->counts[i];
    }
    if (same(w, TEXT("ascii"))) { s->state = ASCII; return 1; }
    if (!same(w, TEXT("binary"))) return fail(TEXT("DATA is neither ascii nor binary"));
    for (u32 axis = 0; axis < 3; axis++) {
      u32 i = (u32)s->at_field[axis];
      if (s->sizes[i] != 4 || s->types[i] != 'F' || s->counts[i] != 1) return fail(TEXT("x, y and z are not 4-byte floats"));
    }
    if (s->record_bytes == 0 || s->record_bytes > RECORD) return fail(TEXT("a point has more than 256 bytes"));
    s->state = BINARY;
  }
  return 1;                                                       // VERSION, WIDTH, HEIGHT, VIEWPOINT: not needed
}

static u32 ascii_line(cloud *s) {
  u32 at = 0;
  bytes w;
  float v[3] = { 0, 0, 0 };
  u32 found = 0;
  for (u32 i = 0; i < s->fields; i++)
    for (u32 k = 0; k < s->counts[i]; k++) {
      if (!word(s, &at, &w)) return i == 0 && k == 0 ? 1 : fail(TEXT("a point has fewer values than there are FIELDS"));
      for (u32 axis = 0; axis < 3; axis++)
        if (s->at_field[axis] == (s32)i && k == 0) {
          if (!real(w, &v[axis])) return fail(TEXT("a coordinate is not a number"));
          found++;
        }
    }
  if (found == 3) take(s, v[0], v[1], v[2]);
  return 1;
}

OWN_METHOD static u32 feed(cloud *s, bytes p) {
  for (u32 i = 0; i < p.len; i++) {
    if (s->state == DONE) return 1;
    if (s->state == BINARY) {
      s->line[s->line_len++] = p.ptr[i];
      if (s->line_len == s->record_bytes) {
        point q;
        __builtin_memcpy(&q.x, s->line + s->at_byte[0], 4);
        __builtin_memcpy(&q.y, s->line + s->at_byte[1], 4);
        __builtin_memcpy(&q.z, s->line + s->at_byte[2], 4);
        take(s, q.x, q.y, q.z);
        s->line_len = 0;
        if (s->announced && s->seen == s->announced) s->state = DONE;
      }
    } else if (p.ptr[i] == '\n') {
      if (!(s->state == HEADER ? header_line(s) : ascii_line(s))) return 0;
      s->line_len = 0;
    } else {
      if (s->line_len == LINE) return fail(TEXT("a line is longer than 1,024 bytes"));
      s->line[s->line_len++] = p.ptr[i];
    }
  }
  return 1;
}

// ---- streams ----

// The stream's place; null where it cannot be worked on. What follows an error has no place, and did not begin here.
static OWN_METHOD cloud *stream_of(const chunk *c) {
  if (c->stream.len == 0 || c->stream.len > sizeof clouds->name) { fail(TEXT("a stream's name has 1 to 64 bytes")); return 0; }
  cloud *place = 0, *known = 0;
  for (u32 i = 0; i < OPEN_STREAMS; i++) {
    cloud *s = &clouds[i];
    if (s->name_length && same((bytes){ s->name, s->name_length }, c->stream)) known = s;
    if (!s->name_length || (!place && now - s->touched > ABANDONED_AFTER)) place = s;
  }
  if (c->sequence) {
    if (!known) fail(TEXT("the beginning of this point cloud was not seen, or was in error"));
    return known;
  }
  if (known) place = known;                                       // it begins anew
  if (!place) { fail(TEXT("8 point clouds are open already; this one can begin when one of them has ended")); return 0; }
  __builtin_memset(place, 0, sizeof *place);
  __builtin_memset(place->at_field, 0xFF, sizeof place->at_field);
  __builtin_memset(place->at_byte, 0xFF, sizeof place->at_byte);
  __builtin_memcpy(place->name, c->stream.ptr, c->stream.len);
  place->name_length = c->stream.len;
  return place;
}

static u32 end_of_file(cloud *s) {
  if (s->state == ASCII && s->line_len && !ascii_line(s)) return 0;
  if (s->state == HEADER) return fail(TEXT("the file ends within its header"));
  if (s->state == BINARY && s->line_len) return fail(TEXT("the file ends within a point"));
  if (s->seen < s->announced) return fail(TEXT("the file has fewer points than its header says"));
  emit(s);
  return 1;
}

EXPORT(cabi_post_decode) void decoded(result *r) { (void)r; free_all(); }
EXPORT(decode) result *decode(chunk *pieces, u32 count) {
  u32 total = 0;
  for (u32 i = 0; i < count; i++) total += pieces[i].payload.len;
  room = total / 6 / POINTS + 2 * count;                          // the shortest point, "0 0 0\n", has 6 bytes
  out = alloc(room * sizeof(chunk));
  made = 0;
  for (u32 i = 0; i < count; i++) {
    cloud *s = stream_of(&pieces[i]);
    if (!s) return err(failure);
    s->touched = ++now;
    u32 good = feed(s, pieces[i].payload) && (!pieces[i].last || end_of_file(s));
    if (!good || pieces[i].last) s->name_length = 0;
    if (!good) return err(failure);
  }
  return ok(out, made);
}

// ---- hypervectors ----

static u64 mix(u64 h) {
  h ^= h >> 33; h *= 0xff51afd7ed558ccdULL; h ^= h >> 33; h *= 0xc4ceb9fe1a85ec53ULL;
  return h ^ h >> 33;
}

EXPORT(cabi_post_encode) void encoded(result *r) { (void)r; free_all(); }
EXPORT(encode) result *encode(chunk *chunks, u32 count) {
  u32 *vectors = alloc(count * sizeof(u32));
  u32 cell = setting_number(TEXT("cell"), 50);
  if (cell < 1 || cell > 10000) cell = 50;
  for (u32 c = 0; c < count; c++) {
    u32 n = chunks[c].payload.len / sizeof(point), used = 0;
    weighted *parts = alloc(CELLS * sizeof(weighted));
    u64 *keys = alloc(CELLS * sizeof(u64));
    for (u32 i = 0; i < n; i++) {
      point p;
      __builtin_memcpy(&p, chunks[c].payload.ptr + i * sizeof(point), sizeof(point));
      if (!(p.x > -1e6f && p.x < 1e6f && p.y > -1e6f && p.y < 1e6f)) continue;
      s64 x = (s64)__builtin_floorf(p.x * 100.0f / (float)cell), y = (s64)__builtin_floorf(p.y * 100.0f / (float)cell);
      u64 key = mix((u64)x * 0x9e3779b97f4a7c15ULL + (u64)y);
      u32 k = 0;
      while (k < used && keys[k] != key) k++;
      if (k == used) {
        if (used == CELLS) continue;                              // the first 128 cells are enough to tell places apart
        keys[used++] = key;
        parts[k] = (weighted){ vsa_random(key), 0 };
      }
      parts[k].weight++;
    }
    vectors[c] = vsa_bundle(parts, used);
    for (u32 k = 0; k < used; k++) vsa_release(parts[k].vector);
  }
  return ok(vectors, count);
}
