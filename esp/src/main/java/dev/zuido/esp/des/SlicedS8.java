package dev.zuido.esp.des;

/**
 * S8 of FIPS 46-3 as a circuit of 50 gates on 64 lanes; see {@link SlicedDes} for the layout.
 *
 * <p>Found by a search from the truth table: each output is a function of two or three signals that
 * exist already, or else a choice by one input between two functions that need to be right for half
 * of the inputs each, and so on; the smallest of many random orders was kept. A test compares all
 * 64 inputs with the table.
 */
final class SlicedS8 {
  /** The outputs that come out inverted, the first one most significant. */
  static final int INVERTED = 0b1101;

  private SlicedS8() {}

  /** Adds the outputs for the half {@code in} and the round's key to the half {@code out}. */
  static void add(long[] in, long[] out, long[] key) {
    long e = in[3] ^ key[46];
    long c = in[11] ^ key[44];
    long g1 = c & ~e;
    long b = in[15] ^ key[43];
    long g2 = b ^ g1;
    long f = in[28] ^ key[47];
    long g3 = g2 ^ f;
    long g4 = g1 & g3;
    long g5 = b & ~f;
    long g6 = c | g5;
    long g7 = g6 & e;
    long g8 = f ^ g7;
    long a = in[19] ^ key[42];
    long g9 = g8 & a;
    long g10 = g2 ^ g9;
    long g11 = g5 | a;
    long g12 = e & ~g11;
    long g13 = g6 ^ g12;
    long d = in[7] ^ key[45];
    long g14 = d & ~g5;
    long g15 = g3 ^ g14;
    long g16 = g14 ^ e;
    long g17 = g6 ^ g16;
    long g18 = b & g16;
    long g19 = g16 & ~f;
    long g20 = g19 & ~c;
    long g21 = g15 ^ g20;
    long g22 = a & ~f;
    long g23 = g18 & d;
    long g24 = g13 & ~b;
    long g25 = g20 ^ g24;
    long g26 = g25 ^ g23;
    long g27 = g26 & ~a;
    long g28 = g23 ^ a;
    long g29 = g21 ^ g27;
    out[23] ^= g29;
    long g30 = g17 & ~g29;
    long g31 = c ^ g28;
    long g32 = g30 | b;
    long g33 = g31 ^ g32;
    long g34 = b & ~g13;
    long g35 = e | g22;
    long g36 = g35 ^ g34;
    long g37 = g35 ^ g4;
    long g38 = g37 | d;
    long g39 = g36 & ~d;
    long g40 = g33 ^ g38;
    out[14] ^= g40;
    long g41 = g10 ^ g39;
    out[5] ^= g41;
    long g42 = g40 ^ g28;
    long g43 = g41 ^ g40;
    long g44 = g29 ^ g43;
    long g45 = g41 ^ g22;
    long g46 = g45 & e;
    long g47 = g44 ^ g46;
    long g48 = g45 & g42;
    long g49 = g48 | b;
    long g50 = g47 ^ g49;
    out[12] ^= g50;
  }
}
