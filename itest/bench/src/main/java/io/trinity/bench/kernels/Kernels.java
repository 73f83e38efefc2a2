package io.trinity.bench.kernels;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** {@code kernels.c} and {@code trips.wat} in plain Java, as one would write them in Java. */
final class Kernels implements Machine {
    private static final int SIZE = 1 << 16;
    private static final int N = 64;
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] PROGRAM = {0, 1, 2, 5, 3, 6, 4, 1, 2, 6, 0, 5, 7};

    private final byte[] input = new byte[SIZE];
    private final byte[] output = new byte[2 * SIZE];
    private final int[] heads = new int[4096];
    private final int[] w = new int[64];
    private final float[] left = new float[N * N];
    private final float[] right = new float[N * N];
    private final float[] product = new float[N * N];

    @Override
    public Machine.Export function(String export) {
        return switch (export) {
            case "fill" ->
                    seed -> {
                        fill(seed);
                        return 0;
                    };
            case "empty" -> ignored -> 0;
            case "xor64" -> this::xor64;
            case "fletcher" -> this::fletcher;
            case "lz" -> this::lz;
            case "fib" -> Kernels::fib;
            case "sha256" -> this::sha256;
            case "matmul" -> this::matmul;
            case "machine" -> Kernels::machine;
            case "xor" -> this::xor;
            case "calls" -> n -> calls(n, Machine::next);
            default -> throw new IllegalArgumentException(export);
        };
    }

    @Override
    public UnaryOperator<byte[]> trip() {
        return in -> {
            System.arraycopy(in, 0, input, 0, in.length);
            xor(in.length);
            return Arrays.copyOf(input, in.length);
        };
    }

    private int xor(int n) {
        for (int i = 0; i < n; i += 8) {
            LONG.set(input, i, (long) LONG.get(input, i) ^ 0x5a5a5a5a5a5a5a5aL);
        }
        return n;
    }

    private static int calls(int n, Machine.Export host) {
        int x = 0;
        for (int i = 0; i < n; i++) {
            x = host.call(x);
        }
        return x;
    }

    private void fill(int begin) {
        int seed = begin;
        for (int i = 0; i < SIZE; i++) {
            seed = seed * 1664525 + 1013904223;
            input[i] =
                    seed >>> 28 != 0
                            ? (byte) (seed >>> 24 & 15)
                            : i > 300 ? input[i - 255] : (byte) (seed >>> 16);
        }
    }

    private int xor64(int rounds) {
        for (int r = 0; r < rounds; r++) {
            long key = 0x5a5a5a5a5a5a5a5aL + r;
            for (int i = 0; i < SIZE; i += 8) {
                LONG.set(input, i, (long) LONG.get(input, i) ^ key);
            }
        }
        return (int) (long) LONG.get(input, 56);
    }

    private int fletcher(int rounds) {
        int a = 1;
        int b = 0;
        for (int r = 0; r < rounds; r++) {
            for (int i = 0; i < SIZE; i++) {
                a += input[i] & 0xFF;
                b += a;
            }
        }
        return b ^ a;
    }

    private int lz(int rounds) {
        int out = 0;
        for (int r = 0; r < rounds; r++) {
            out = 0;
            Arrays.fill(heads, 0);
            int i = 4;
            while (i + 4 < SIZE) {
                int four = (int) INT.get(input, i);
                int h = four * (int) 2654435761L >>> 20;
                int at = heads[h];
                heads[h] = i;
                if (at != 0 && i - at < 65536 && (int) INT.get(input, at) == four) {
                    int n = 4;
                    while (i + n < SIZE && n < 255 && input[at + n] == input[i + n]) {
                        n++;
                    }
                    output[out++] = (byte) 255;
                    output[out++] = (byte) n;
                    output[out++] = (byte) (i - at);
                    output[out++] = (byte) (i - at >> 8);
                    i += n;
                } else {
                    output[out++] = input[i++];
                }
            }
        }
        return out;
    }

    private static int fib(int n) {
        return n < 2 ? n : fib(n - 1) + fib(n - 2);
    }

    private int sha256(int rounds) {
        int[] h = new int[8];
        for (int r = 0; r < rounds; r++) {
            h[0] = 0x6a09e667;
            h[1] = 0xbb67ae85;
            h[2] = 0x3c6ef372;
            h[3] = 0xa54ff53a;
            h[4] = 0x510e527f;
            h[5] = 0x9b05688c;
            h[6] = 0x1f83d9ab;
            h[7] = 0x5be0cd19;
            for (int block = 0; block < SIZE; block += 64) {
                for (int i = 0; i < 16; i++) {
                    w[i] = Integer.reverseBytes((int) INT.get(input, block + 4 * i));
                }
                for (int i = 16; i < 64; i++) {
                    int x = w[i - 15];
                    int y = w[i - 2];
                    w[i] =
                            w[i - 16]
                                    + (turn(x, 7) ^ turn(x, 18) ^ x >>> 3)
                                    + w[i - 7]
                                    + (turn(y, 17) ^ turn(y, 19) ^ y >>> 10);
                }
                compress(h);
            }
        }
        return h[0];
    }

    private void compress(int[] h) {
        int a = h[0];
        int b = h[1];
        int c = h[2];
        int d = h[3];
        int e = h[4];
        int f = h[5];
        int g = h[6];
        int k = h[7];
        for (int i = 0; i < 64; i++) {
            int t = k + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
            t += Sha256.K[i] + w[i];
            int v = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            k = g;
            g = f;
            f = e;
            e = d + t;
            d = c;
            c = b;
            b = a;
            a = t + v;
        }
        h[0] += a;
        h[1] += b;
        h[2] += c;
        h[3] += d;
        h[4] += e;
        h[5] += f;
        h[6] += g;
        h[7] += k;
    }

    private static int turn(int x, int n) {
        return Integer.rotateRight(x, n);
    }

    private int matmul(int rounds) {
        for (int i = 0; i < N * N; i++) {
            left[i] = i & 15;
            right[i] = i & 7;
        }
        for (int r = 0; r < rounds; r++) {
            for (int i = 0; i < N; i++) {
                for (int j = 0; j < N; j++) {
                    float sum = 0;
                    for (int k = 0; k < N; k++) {
                        sum += left[i * N + k] * right[k * N + j];
                    }
                    product[i * N + j] = sum;
                }
            }
        }
        return (int) product[N + 5];
    }

    private static int machine(int steps) {
        int a = 1;
        int b = 0;
        int at = 0;
        for (int i = 0; i < steps; i++) {
            switch (PROGRAM[at++]) {
                case 0 -> a += 3;
                case 1 -> b ^= a;
                case 2 -> a = Integer.rotateLeft(a, 1);
                case 3 -> b += i;
                case 4 -> a -= b;
                case 5 -> b = b * 5 + 1;
                case 6 -> a ^= b >>> 3;
                default -> at = 0;
            }
        }
        return a ^ b;
    }
}
