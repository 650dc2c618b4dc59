package dev.zuido.esp.des;

/**
 * S2 of FIPS 46-3 as a circuit of 47 gates on 64 lanes; see {@link SlicedDes} for the layout.
 *
 * <p>Found by a search from the truth table: each output is a function of two or three signals that
 * exist already, or else a choice by one input between two functions that need to be right for half
 * of the inputs each, and so on; the smallest of many random orders was kept. A test compares all
 * 64 inputs with the table.
 */
final class SlicedS2 {
  /** The outputs that come out inverted, the first one most significant. */
  static final int INVERTED = 0b1111;

  private SlicedS2() {}

  /** Adds the outputs for the half {@code in} and the round's key to the half {@code out}. */
  static void add(long[] in, long[] out, long[] key) {
    long d = in[4] ^ key[9];
    long e = in[0] ^ key[10];
    long g1 = d & e;
    long a = in[16] ^ key[6];
    long g2 = a ^ e;
    long g3 = e & ~g2;
    long c = in[8] ^ key[8];
    long g4 = c ^ g2;
    long b = in[12] ^ key[7];
    long g5 = b & d;
    long g6 = g4 ^ g5;
    long g7 = b ^ g1;
    long g8 = g7 ^ g6;
    long g9 = g2 | g8;
    long f = in[29] ^ key[11];
    long g10 = b & ~f;
    long g11 = g9 & f;
    long g12 = g2 ^ g10;
    long g13 = g7 ^ g2;
    long g14 = f & ~g7;
    long g15 = a & f;
    long g16 = g10 & ~g3;
    long g17 = g3 ^ g12;
    long g18 = g17 & ~g15;
    long g19 = g16 | g14;
    long g20 = g6 ^ g11;
    long g21 = g19 ^ g11;
    long g22 = g6 & ~g21;
    long g23 = g1 | g21;
    long g24 = g20 ^ g22;
    long g25 = e & ~g24;
    long g26 = g23 & a;
    long g27 = g16 & ~c;
    long g28 = g23 ^ g27;
    long g29 = g28 & ~a;
    long g30 = g16 | d;
    long g31 = g12 ^ g30;
    long g32 = g12 | g18;
    long g33 = g20 ^ g29;
    out[13] ^= g33;
    long g34 = g33 | g13;
    long g35 = g18 & c;
    long g36 = g20 & ~g19;
    long g37 = g19 & ~c;
    long g38 = g34 & c;
    long g39 = g32 ^ g38;
    long g40 = g31 ^ g37;
    out[19] ^= g40;
    long g41 = d ^ g36;
    long g42 = g41 ^ g25;
    long g43 = g42 ^ g35;
    out[26] ^= g43;
    long g44 = g43 & ~g40;
    long g45 = g44 ^ g26;
    long g46 = g45 | d;
    long g47 = g39 ^ g46;
    out[24] ^= g47;
  }
}
