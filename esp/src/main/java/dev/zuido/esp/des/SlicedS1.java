package dev.zuido.esp.des;

/**
 * S1 of FIPS 46-3 as a circuit of 52 gates on 64 lanes; see {@link SlicedDes} for the layout.
 *
 * <p>Found by a search from the truth table: each output is a function of two or three signals that
 * exist already, or else a choice by one input between two functions that need to be right for half
 * of the inputs each, and so on; the smallest of many random orders was kept. A test compares all
 * 64 inputs with the table.
 */
final class SlicedS1 {
  /** The outputs that come out inverted, the first one most significant. */
  static final int INVERTED = 0b1110;

  private SlicedS1() {}

  /** Adds the outputs for the half {@code in} and the round's key to the half {@code out}. */
  static void add(long[] in, long[] out, long[] key) {
    long a = in[3] ^ key[0];
    long d = in[20] ^ key[3];
    long g1 = a ^ d;
    long g2 = d | a;
    long f = in[12] ^ key[5];
    long g3 = f & ~g2;
    long c = in[24] ^ key[2];
    long g4 = c & ~g3;
    long g5 = g1 ^ g4;
    long g6 = a & ~g5;
    long g7 = g6 | f;
    long g8 = g4 ^ g7;
    long e = in[16] ^ key[4];
    long g9 = g2 & e;
    long g10 = c ^ g9;
    long g11 = a & g10;
    long g12 = g5 | g11;
    long g13 = g12 | f;
    long g14 = g10 ^ g13;
    long g15 = g8 & e;
    long g16 = g5 ^ g15;
    long b = in[28] ^ key[1];
    long g17 = g14 | b;
    long g18 = g16 ^ g17;
    out[30] ^= g18;
    long g19 = g18 | g6;
    long g20 = g17 | g19;
    long g21 = g14 ^ g19;
    long g22 = g21 | c;
    long g23 = e & ~g20;
    long g24 = b ^ g8;
    long g25 = g24 ^ g1;
    long g26 = c | g25;
    long g27 = g24 ^ g22;
    long g28 = g24 & ~g8;
    long g29 = g25 & ~g28;
    long g30 = g5 | g28;
    long g31 = g26 & f;
    long g32 = g30 ^ g31;
    long g33 = g27 & g9;
    long g34 = g18 ^ g33;
    long g35 = g34 & ~f;
    long g36 = b ^ g18;
    long g37 = e & ~g32;
    long g38 = g27 ^ g37;
    out[6] ^= g38;
    long g39 = g38 ^ g36;
    long g40 = g37 & b;
    long g41 = g39 ^ g35;
    long g42 = g32 ^ g41;
    long g43 = g42 & ~g10;
    long g44 = g43 ^ g23;
    long g45 = g44 & ~d;
    long g46 = g42 | d;
    long g47 = g29 ^ g46;
    long g48 = g47 | e;
    long g49 = g41 ^ g48;
    out[7] ^= g49;
    long g50 = g39 ^ g49;
    long g51 = g50 ^ g40;
    long g52 = g51 ^ g45;
    out[29] ^= g52;
  }
}
