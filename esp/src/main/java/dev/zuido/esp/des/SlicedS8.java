package dev.zuido.esp.des;

/**
 * S8 of FIPS 46-3 as a circuit of 49 gates on 64 lanes; see {@link SlicedDes} for the layout.
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
    long f = in[28] ^ key[47];
    long e = in[3] ^ key[46];
    long g1 = f ^ e;
    long a = in[19] ^ key[42];
    long g2 = g1 & ~a;
    long g3 = f ^ g2;
    long g4 = e & g3;
    long d = in[7] ^ key[45];
    long g5 = g3 & d;
    long g6 = g1 ^ g5;
    long g7 = d ^ a;
    long g8 = g3 | g7;
    long c = in[11] ^ key[44];
    long g9 = g7 ^ c;
    long g10 = d | g9;
    long g11 = g6 & g10;
    long g12 = g11 & f;
    long g13 = g4 | c;
    long g14 = g6 ^ g13;
    long g15 = a & g8;
    long g16 = g15 | e;
    long g17 = g9 ^ g16;
    long g18 = g17 ^ g12;
    long g19 = g15 | c;
    long g20 = g8 ^ g19;
    long g21 = g16 & ~g20;
    long g22 = c ^ g21;
    long g23 = g21 & ~g19;
    long b = in[15] ^ key[43];
    long g24 = g23 | b;
    long g25 = g22 ^ g24;
    long g26 = g20 | b;
    long g27 = g14 ^ g26;
    out[23] ^= g27;
    long g28 = g4 ^ g14;
    long g29 = g15 ^ g28;
    long g30 = g27 ^ g4;
    long g31 = g17 | g27;
    long g32 = b & ~g31;
    long g33 = g4 ^ g32;
    long g34 = g33 & ~d;
    long g35 = g25 ^ g34;
    out[5] ^= g35;
    long g36 = g35 | e;
    long g37 = d & ~g29;
    long g38 = g17 & g30;
    long g39 = g38 ^ g37;
    long g40 = g39 | b;
    long g41 = g18 ^ g40;
    out[14] ^= g41;
    long g42 = g30 ^ g18;
    long g43 = g42 ^ g36;
    long g44 = g42 ^ g29;
    long g45 = g17 & ~g44;
    long g46 = g45 & ~a;
    long g47 = g37 ^ g46;
    long g48 = g47 & ~b;
    long g49 = g43 ^ g48;
    out[12] ^= g49;
  }
}
