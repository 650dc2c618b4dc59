package dev.zuido.esp.des;

/**
 * Transposition of 64 rows of 64 bits by six steps, each of which exchanges the off-diagonal
 * quarters of all squares of one size. The steps are done three at a time on eight rows, which fit
 * in registers. The last step of the way in deals the rows out to two arrays, the odd ones and the
 * even ones, and the first step of the way back collects them.
 */
final class BitMatrix {
  private static final long M32 = 0x00000000ffffffffL;
  private static final long M16 = 0x0000ffff0000ffffL;
  private static final long M8 = 0x00ff00ff00ff00ffL;
  private static final long M4 = 0x0f0f0f0f0f0f0f0fL;
  private static final long M2 = 0x3333333333333333L;
  private static final long M1 = 0x5555555555555555L;

  private BitMatrix() {}

  /** Transposes; {@code rows} is destroyed. */
  static void transposeToHalves(long[] rows, long[] odd, long[] even) {
    for (int i = 0; i < 8; i++) {
      coarse(rows, i);
    }
    for (int i = 0; i < 8; i++) {
      deal(rows, 8 * i, odd, even);
    }
  }

  /** The inverse. */
  static void transposeFromHalves(long[] odd, long[] even, long[] rows) {
    for (int i = 0; i < 8; i++) {
      collect(odd, even, rows, 8 * i);
    }
    for (int i = 0; i < 8; i++) {
      coarse(rows, i);
    }
  }

  /** The steps of 32, 16 and 8 on every eighth row. */
  private static void coarse(long[] rows, int i) {
    long a = rows[i];
    long b = rows[i + 8];
    long c = rows[i + 16];
    long d = rows[i + 24];
    long e = rows[i + 32];
    long f = rows[i + 40];
    long g = rows[i + 48];
    long h = rows[i + 56];
    long t = (a ^ e >>> 32) & M32;
    a ^= t;
    e ^= t << 32;
    t = (b ^ f >>> 32) & M32;
    b ^= t;
    f ^= t << 32;
    t = (c ^ g >>> 32) & M32;
    c ^= t;
    g ^= t << 32;
    t = (d ^ h >>> 32) & M32;
    d ^= t;
    h ^= t << 32;
    t = (a ^ c >>> 16) & M16;
    a ^= t;
    c ^= t << 16;
    t = (b ^ d >>> 16) & M16;
    b ^= t;
    d ^= t << 16;
    t = (e ^ g >>> 16) & M16;
    e ^= t;
    g ^= t << 16;
    t = (f ^ h >>> 16) & M16;
    f ^= t;
    h ^= t << 16;
    t = (a ^ b >>> 8) & M8;
    rows[i] = a ^ t;
    rows[i + 8] = b ^ t << 8;
    t = (c ^ d >>> 8) & M8;
    rows[i + 16] = c ^ t;
    rows[i + 24] = d ^ t << 8;
    t = (e ^ f >>> 8) & M8;
    rows[i + 32] = e ^ t;
    rows[i + 40] = f ^ t << 8;
    t = (g ^ h >>> 8) & M8;
    rows[i + 48] = g ^ t;
    rows[i + 56] = h ^ t << 8;
  }

  /** The steps of 4, 2 and 1 on eight rows. */
  private static void deal(long[] rows, int i, long[] odd, long[] even) {
    long a = rows[i];
    long b = rows[i + 1];
    long c = rows[i + 2];
    long d = rows[i + 3];
    long e = rows[i + 4];
    long f = rows[i + 5];
    long g = rows[i + 6];
    long h = rows[i + 7];
    long t = (a ^ e >>> 4) & M4;
    a ^= t;
    e ^= t << 4;
    t = (b ^ f >>> 4) & M4;
    b ^= t;
    f ^= t << 4;
    t = (c ^ g >>> 4) & M4;
    c ^= t;
    g ^= t << 4;
    t = (d ^ h >>> 4) & M4;
    d ^= t;
    h ^= t << 4;
    t = (a ^ c >>> 2) & M2;
    a ^= t;
    c ^= t << 2;
    t = (b ^ d >>> 2) & M2;
    b ^= t;
    d ^= t << 2;
    t = (e ^ g >>> 2) & M2;
    e ^= t;
    g ^= t << 2;
    t = (f ^ h >>> 2) & M2;
    f ^= t;
    h ^= t << 2;
    int j = i / 2;
    t = (a ^ b >>> 1) & M1;
    even[j] = a ^ t;
    odd[j] = b ^ t << 1;
    t = (c ^ d >>> 1) & M1;
    even[j + 1] = c ^ t;
    odd[j + 1] = d ^ t << 1;
    t = (e ^ f >>> 1) & M1;
    even[j + 2] = e ^ t;
    odd[j + 2] = f ^ t << 1;
    t = (g ^ h >>> 1) & M1;
    even[j + 3] = g ^ t;
    odd[j + 3] = h ^ t << 1;
  }

  /** The steps of 1, 2 and 4: the inverse of {@link #deal}, since each step is its own inverse. */
  private static void collect(long[] odd, long[] even, long[] rows, int i) {
    int j = i / 2;
    long a = even[j];
    long b = odd[j];
    long c = even[j + 1];
    long d = odd[j + 1];
    long e = even[j + 2];
    long f = odd[j + 2];
    long g = even[j + 3];
    long h = odd[j + 3];
    long t = (a ^ b >>> 1) & M1;
    a ^= t;
    b ^= t << 1;
    t = (c ^ d >>> 1) & M1;
    c ^= t;
    d ^= t << 1;
    t = (e ^ f >>> 1) & M1;
    e ^= t;
    f ^= t << 1;
    t = (g ^ h >>> 1) & M1;
    g ^= t;
    h ^= t << 1;
    t = (a ^ c >>> 2) & M2;
    a ^= t;
    c ^= t << 2;
    t = (b ^ d >>> 2) & M2;
    b ^= t;
    d ^= t << 2;
    t = (e ^ g >>> 2) & M2;
    e ^= t;
    g ^= t << 2;
    t = (f ^ h >>> 2) & M2;
    f ^= t;
    h ^= t << 2;
    t = (a ^ e >>> 4) & M4;
    rows[i] = a ^ t;
    rows[i + 4] = e ^ t << 4;
    t = (b ^ f >>> 4) & M4;
    rows[i + 1] = b ^ t;
    rows[i + 5] = f ^ t << 4;
    t = (c ^ g >>> 4) & M4;
    rows[i + 2] = c ^ t;
    rows[i + 6] = g ^ t << 4;
    t = (d ^ h >>> 4) & M4;
    rows[i + 3] = d ^ t;
    rows[i + 7] = h ^ t << 4;
  }
}
