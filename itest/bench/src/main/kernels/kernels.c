// What the engines are compared by. Each kernel has a twin in Kernels.java that does the same work on a byte[]; both return
// a number that tells whether they did.
typedef unsigned char u8;
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;

#define EXPORT(name) __attribute__((export_name(#name)))
#define OWN __attribute__((noinline))

enum { SIZE = 1 << 16 };
static u8 input[SIZE], output[2 * SIZE];

EXPORT(input_at) u8 *input_at(void) { return input; }

// Pseudo-random bytes with repetitions, so that lz finds something.
EXPORT(fill) void fill(u32 seed) {
  for (u32 i = 0; i < SIZE; i++) {
    seed = seed * 1664525 + 1013904223;
    input[i] = seed >> 28 ? (u8)(seed >> 24 & 15) : i > 300 ? input[i - 255] : (u8)(seed >> 16);
  }
}

EXPORT(empty) void empty(void) {}

EXPORT(xor64) u32 xor64(u32 rounds) {
  u64 *p = (u64 *)input;
  for (u32 r = 0; r < rounds; r++)
    for (u32 i = 0; i < SIZE / 8; i++) p[i] ^= 0x5a5a5a5a5a5a5a5aULL + r;
  return (u32)p[7];
}

EXPORT(fletcher) u32 fletcher(u32 rounds) {
  u32 a = 1, b = 0;
  for (u32 r = 0; r < rounds; r++)
    for (u32 i = 0; i < SIZE; i++) {
      a += input[i];
      b += a;
    }
  return b ^ a;
}

// A small Lempel-Ziv: literals and (offset, length) with a hash of four bytes.
static u32 heads[4096];
EXPORT(lz) u32 lz(u32 rounds) {
  u32 out = 0;
  for (u32 r = 0; r < rounds; r++) {
    out = 0;
    for (u32 i = 0; i < 4096; i++) heads[i] = 0;
    u32 i = 4;
    while (i + 4 < SIZE) {
      u32 four = *(u32 *)(input + i), h = four * 2654435761u >> 20, at = heads[h];
      heads[h] = i;
      if (at && i - at < 65536 && *(u32 *)(input + at) == four) {
        u32 n = 4;
        while (i + n < SIZE && n < 255 && input[at + n] == input[i + n]) n++;
        output[out++] = 255;
        output[out++] = (u8)n;
        output[out++] = (u8)(i - at);
        output[out++] = (u8)((i - at) >> 8);
        i += n;
      } else {
        output[out++] = input[i++];
      }
    }
  }
  return out;
}

OWN static u32 fib_of(u32 n) { return n < 2 ? n : fib_of(n - 1) + fib_of(n - 2); }
EXPORT(fib) u32 fib(u32 n) { return fib_of(n); }

static const u32 K[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be,
  0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
  0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85,
  0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3,
  0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
  0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2 };
static u32 w[64];
static u32 turn(u32 x, u32 n) { return x >> n | x << (32 - n); }
EXPORT(sha256) u32 sha256(u32 rounds) {
  u32 h[8];
  for (u32 r = 0; r < rounds; r++) {
    h[0] = 0x6a09e667; h[1] = 0xbb67ae85; h[2] = 0x3c6ef372; h[3] = 0xa54ff53a;
    h[4] = 0x510e527f; h[5] = 0x9b05688c; h[6] = 0x1f83d9ab; h[7] = 0x5be0cd19;
    for (u32 block = 0; block < SIZE; block += 64) {
      for (u32 i = 0; i < 16; i++) {
        u8 *p = input + block + 4 * i;
        w[i] = (u32)p[0] << 24 | (u32)p[1] << 16 | (u32)p[2] << 8 | p[3];
      }
      for (u32 i = 16; i < 64; i++) {
        u32 x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (turn(x, 7) ^ turn(x, 18) ^ x >> 3) + w[i - 7] + (turn(y, 17) ^ turn(y, 19) ^ y >> 10);
      }
      u32 a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], k = h[7];
      for (u32 i = 0; i < 64; i++) {
        u32 t = k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i];
        u32 v = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        k = g; g = f; f = e; e = d + t; d = c; c = b; b = a; a = t + v;
      }
      h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += k;
    }
  }
  return h[0];
}

enum { N = 64 };
static float left[N * N], right[N * N], product[N * N];
EXPORT(matmul) u32 matmul(u32 rounds) {
  for (u32 i = 0; i < N * N; i++) { left[i] = (float)(i & 15); right[i] = (float)(i & 7); }
  for (u32 r = 0; r < rounds; r++)
    for (u32 i = 0; i < N; i++)
      for (u32 j = 0; j < N; j++) {
        float sum = 0;
        for (u32 k = 0; k < N; k++) sum += left[i * N + k] * right[k * N + j];
        product[i * N + j] = sum;
      }
  return (u32)product[N + 5];
}

// A machine of eight instructions, which runs a program that counts.
static const u8 program[] = { 0, 1, 2, 5, 3, 6, 4, 1, 2, 6, 0, 5, 7 };
EXPORT(machine) u32 machine(u32 steps) {
  u32 a = 1, b = 0, at = 0;
  for (u32 i = 0; i < steps; i++) {
    switch (program[at++]) {
      case 0: a += 3; break;
      case 1: b ^= a; break;
      case 2: a = a << 1 | a >> 31; break;
      case 3: b += i; break;
      case 4: a -= b; break;
      case 5: b = b * 5 + 1; break;
      case 6: a ^= b >> 3; break;
      case 7: at = 0; break;
    }
  }
  return a ^ b;
}
