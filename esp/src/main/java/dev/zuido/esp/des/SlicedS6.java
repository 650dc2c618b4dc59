package dev.zuido.esp.des;

/**
 * S6 of FIPS 46-3 as a circuit of 47 gates on 64 lanes; see {@link SlicedDes} for the layout.
 *
 * <p>Found by a search from the truth table: each output is a function of two or three signals that
 * exist already, or else a choice by one input between two functions that need to be right for half
 * of the inputs each, and so on; the smallest of many random orders was kept. A test compares all
 * 64 inputs with the table.
 */
final class SlicedS6 {
  /** The outputs that come out inverted, the first one most significant. */
  static final int INVERTED = 0b1100;

  private SlicedS6() {}

  /** Adds the outputs for the half {@code in} and the round's key to the half {@code out}. */
  static void add(long[] in, long[] out, long[] key) {
    long a = in[18] ^ key[30];
    long f = in[31] ^ key[35];
    long g1 = a ^ f;
    long b = in[14] ^ key[31];
    long g2 = f & ~b;
    long g3 = a & ~g2;
    long e = in[2] ^ key[34];
    long g4 = e ^ g3;
    long g5 = e & g2;
    long g6 = f ^ g4;
    long g7 = a & ~g6;
    long g8 = b ^ g7;
    long d = in[6] ^ key[33];
    long g9 = b | d;
    long g10 = d & ~g6;
    long g11 = g1 ^ g9;
    long g12 = g1 ^ g8;
    long g13 = g8 | g5;
    long g14 = g12 | e;
    long g15 = g7 ^ g14;
    long g16 = g10 ^ g14;
    long g17 = g16 & a;
    long g18 = d & ~f;
    long g19 = g18 | e;
    long c = in[10] ^ key[32];
    long g20 = c & ~g8;
    long g21 = g4 ^ g20;
    long g22 = g21 & ~f;
    long g23 = g22 & c;
    long g24 = g23 ^ g19;
    long g25 = g15 & ~g22;
    long g26 = g13 ^ g23;
    long g27 = g26 & d;
    long g28 = g21 ^ g27;
    out[22] ^= g28;
    long g29 = g27 & ~g12;
    long g30 = e & ~g29;
    long g31 = g13 & ~c;
    long g32 = g11 ^ g30;
    long g33 = g30 & ~d;
    long g34 = g8 ^ g33;
    long g35 = g33 ^ g17;
    long g36 = c & ~g35;
    long g37 = g32 ^ g36;
    out[15] ^= g37;
    long g38 = c & ~g24;
    long g39 = g15 & ~g32;
    long g40 = g39 | d;
    long g41 = g25 ^ g40;
    long g42 = g17 ^ g40;
    long g43 = g41 ^ g31;
    out[21] ^= g43;
    long g44 = g43 & ~g42;
    long g45 = f & ~g44;
    long g46 = g34 ^ g45;
    long g47 = g46 ^ g38;
    out[16] ^= g47;
  }
}
