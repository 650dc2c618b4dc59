package dev.zuido.esp.des;

/**
 * S7 of FIPS 46-3 as a circuit of 50 gates on 64 lanes; see {@link SlicedDes} for the layout.
 *
 * <p>Found by a search from the truth table: each output is a function of two or three signals that
 * exist already, or else a choice by one input between two functions that need to be right for half
 * of the inputs each, and so on; the smallest of many random orders was kept. A test compares all
 * 64 inputs with the table.
 */
final class SlicedS7 {
  /** The outputs that come out inverted, the first one most significant. */
  static final int INVERTED = 0b0100;

  private SlicedS7() {}

  /** Adds the outputs for the half {@code in} and the round's key to the half {@code out}. */
  static void add(long[] in, long[] out, long[] key) {
    long a = in[2] ^ key[36];
    long e = in[19] ^ key[40];
    long g1 = a ^ e;
    long d = in[23] ^ key[39];
    long g2 = d & ~e;
    long g3 = a & ~g2;
    long g4 = d ^ g1;
    long g5 = g4 ^ g2;
    long g6 = a & g5;
    long b = in[31] ^ key[37];
    long g7 = b ^ g2;
    long g8 = g2 | b;
    long c = in[27] ^ key[38];
    long g9 = g7 | c;
    long g10 = g4 ^ g9;
    long g11 = g10 ^ c;
    long g12 = g11 & a;
    long g13 = g7 & ~g12;
    long g14 = g13 ^ g11;
    long g15 = g8 & ~g13;
    long g16 = g9 & g14;
    long g17 = g14 & ~g3;
    long g18 = d & ~g17;
    long g19 = g18 | g16;
    long g20 = a & ~c;
    long g21 = g7 ^ g20;
    long g22 = g21 ^ g18;
    long g23 = a | g22;
    long g24 = b & ~g20;
    long g25 = c ^ g14;
    long g26 = g23 & c;
    long g27 = g1 ^ g26;
    long g28 = g6 ^ g26;
    long f = in[15] ^ key[41];
    long g29 = f & ~g15;
    long g30 = g10 ^ g29;
    out[4] ^= g30;
    long g31 = d & ~g30;
    long g32 = g27 ^ g31;
    long g33 = g32 ^ g24;
    long g34 = g10 ^ g19;
    long g35 = f & ~g28;
    long g36 = g34 & g23;
    long g37 = g14 & ~g36;
    long g38 = g37 & d;
    long g39 = g36 & ~b;
    long g40 = g25 ^ g39;
    long g41 = g40 ^ g35;
    out[3] ^= g41;
    long g42 = g21 | g34;
    long g43 = g42 & ~b;
    long g44 = g21 | g39;
    long g45 = g19 ^ g43;
    long g46 = g44 ^ g38;
    long g47 = g46 & f;
    long g48 = g33 ^ g47;
    out[17] ^= g48;
    long g49 = g45 & ~f;
    long g50 = g22 ^ g49;
    out[10] ^= g50;
  }
}
