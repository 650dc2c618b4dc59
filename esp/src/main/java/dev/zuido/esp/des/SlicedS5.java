package dev.zuido.esp.des;

/**
 * S5 of FIPS 46-3 as a circuit of 52 gates on 64 lanes; see {@link SlicedDes} for the layout.
 *
 * <p>Found by a search from the truth table: each output is a function of two or three signals that
 * exist already, or else a choice by one input between two functions that need to be right for half
 * of the inputs each, and so on; the smallest of many random orders was kept. A test compares all
 * 64 inputs with the table.
 */
final class SlicedS5 {
  /** The outputs that come out inverted, the first one most significant. */
  static final int INVERTED = 0b0010;

  private SlicedS5() {}

  /** Adds the outputs for the half {@code in} and the round's key to the half {@code out}. */
  static void add(long[] in, long[] out, long[] key) {
    long b = in[30] ^ key[25];
    long c = in[26] ^ key[26];
    long g1 = b ^ c;
    long f = in[14] ^ key[29];
    long g2 = c ^ f;
    long g3 = g1 & ~g2;
    long g4 = f ^ g1;
    long a = in[1] ^ key[24];
    long g5 = a ^ f;
    long g6 = g5 & ~g2;
    long g7 = g3 & ~g6;
    long g8 = f | g7;
    long d = in[22] ^ key[27];
    long g9 = g8 & ~d;
    long g10 = g3 | d;
    long g11 = g4 ^ g10;
    long g12 = b & ~g10;
    long g13 = g12 | a;
    long g14 = g11 ^ g13;
    long g15 = g6 & ~d;
    long g16 = a | g6;
    long g17 = g1 ^ g16;
    long g18 = g1 | g14;
    long g19 = g17 ^ g9;
    long g20 = g9 ^ g18;
    long g21 = g18 & ~g15;
    long g22 = g21 ^ g7;
    long g23 = g9 | g22;
    long g24 = g20 & ~g2;
    long g25 = a & ~c;
    long g26 = g25 ^ g15;
    long g27 = g21 & ~a;
    long g28 = d ^ g19;
    long g29 = g5 & ~g28;
    long g30 = g21 ^ g29;
    long g31 = b & g28;
    long g32 = g31 ^ g27;
    long e = in[18] ^ key[28];
    long g33 = g24 & e;
    long g34 = g31 | g33;
    long g35 = c & ~g34;
    long g36 = g23 & ~e;
    long g37 = g32 | e;
    long g38 = g19 ^ g37;
    out[31] ^= g38;
    long g39 = g30 ^ g36;
    long g40 = g39 ^ g35;
    out[20] ^= g40;
    long g41 = e & ~g26;
    long g42 = g26 & g36;
    long g43 = g14 ^ g41;
    out[9] ^= g43;
    long g44 = g11 & ~g41;
    long g45 = g43 & ~g5;
    long g46 = g2 ^ g45;
    long g47 = b & ~g42;
    long g48 = g44 | b;
    long g49 = g46 ^ g47;
    long g50 = g37 ^ g48;
    long g51 = d & ~g50;
    long g52 = g49 ^ g51;
    out[0] ^= g52;
  }
}
