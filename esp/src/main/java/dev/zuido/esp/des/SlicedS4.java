package dev.zuido.esp.des;

/**
 * S4 of FIPS 46-3 as a circuit of 53 gates on 64 lanes; see {@link SlicedDes} for the layout.
 *
 * <p>Found by a search from the truth table: each output is a function of two or three signals that
 * exist already, or else a choice by one input between two functions that need to be right for half
 * of the inputs each, and so on; the smallest of many random orders was kept. A test compares all
 * 64 inputs with the table.
 */
final class SlicedS4 {
  /** The outputs that come out inverted, the first one most significant. */
  static final int INVERTED = 0b0111;

  private SlicedS4() {}

  /** Adds the outputs for the half {@code in} and the round's key to the half {@code out}. */
  static void add(long[] in, long[] out, long[] key) {
    long a = in[17] ^ key[18];
    long d = in[5] ^ key[21];
    long g1 = a ^ d;
    long f = in[30] ^ key[23];
    long g2 = a ^ f;
    long g3 = d & f;
    long b = in[13] ^ key[19];
    long g4 = g3 | b;
    long g5 = g1 ^ g4;
    long g6 = g5 & g2;
    long g7 = g6 | d;
    long g8 = g6 ^ g1;
    long g9 = g8 | f;
    long g10 = g2 ^ g9;
    long g11 = g9 ^ a;
    long g12 = b ^ f;
    long g13 = f ^ g7;
    long g14 = g8 ^ g12;
    long g15 = g7 & ~g12;
    long e = in[1] ^ key[22];
    long g16 = g10 & ~e;
    long g17 = g15 ^ g16;
    long g18 = g17 ^ g11;
    long g19 = g13 | e;
    long g20 = g15 & g5;
    long g21 = g20 | e;
    long g22 = g18 ^ g21;
    long g23 = g5 ^ g19;
    long g24 = g17 ^ g19;
    long g25 = g4 ^ g24;
    long g26 = e ^ g15;
    long c = in[9] ^ key[20];
    long g27 = c & ~g17;
    long g28 = g23 ^ g27;
    out[25] ^= g28;
    long g29 = g28 ^ g26;
    long g30 = g22 & c;
    long g31 = e & ~g28;
    long g32 = g31 | c;
    long g33 = g14 ^ g32;
    long g34 = g12 ^ g33;
    long g35 = b & ~g34;
    long g36 = g25 ^ g35;
    long g37 = g36 ^ g30;
    out[27] ^= g37;
    long g38 = g12 ^ g37;
    long g39 = e ^ g38;
    long g40 = g33 & ~d;
    long g41 = g1 | b;
    long g42 = g41 & ~e;
    long g43 = g41 & ~g42;
    long g44 = c & ~g42;
    long g45 = g27 & ~g44;
    long g46 = g29 ^ g44;
    long g47 = g46 ^ g40;
    out[28] ^= g47;
    long g48 = g1 ^ g45;
    long g49 = d ^ g43;
    long g50 = g49 | c;
    long g51 = d & ~g48;
    long g52 = g39 ^ g51;
    long g53 = g52 ^ g50;
    out[18] ^= g53;
  }
}
