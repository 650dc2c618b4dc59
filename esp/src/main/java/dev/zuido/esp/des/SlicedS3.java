package dev.zuido.esp.des;

/**
 * S3 of FIPS 46-3 as a circuit of 47 gates on 64 lanes; see {@link SlicedDes} for the layout.
 *
 * <p>Found by a search from the truth table: each output is a function of two or three signals that
 * exist already, or else a choice by one input between two functions that need to be right for half
 * of the inputs each, and so on; the smallest of many random orders was kept. A test compares all
 * 64 inputs with the table.
 */
final class SlicedS3 {
  /** The outputs that come out inverted, the first one most significant. */
  static final int INVERTED = 0b1010;

  private SlicedS3() {}

  /** Adds the outputs for the half {@code in} and the round's key to the half {@code out}. */
  static void add(long[] in, long[] out, long[] key) {
    long d = in[21] ^ key[15];
    long c = in[25] ^ key[14];
    long g1 = d ^ c;
    long a = in[0] ^ key[12];
    long g2 = g1 ^ a;
    long e = in[17] ^ key[16];
    long g3 = e ^ g2;
    long g4 = g1 & ~e;
    long g5 = a | g1;
    long g6 = g5 & ~e;
    long g7 = g5 & ~c;
    long f = in[13] ^ key[17];
    long g8 = d | f;
    long g9 = g8 & a;
    long g10 = c ^ f;
    long g11 = g10 ^ g9;
    long g12 = g11 ^ g6;
    long g13 = d ^ g12;
    long g14 = g13 & ~g10;
    long g15 = g14 & ~a;
    long g16 = g5 ^ g15;
    long g17 = g14 ^ g15;
    long g18 = g16 & f;
    long g19 = g17 ^ g13;
    long g20 = g3 ^ g18;
    long g21 = g19 & ~f;
    long g22 = g7 ^ g21;
    long b = in[29] ^ key[13];
    long g23 = b & ~g17;
    long g24 = g12 ^ g23;
    out[8] ^= g24;
    long g25 = g22 | b;
    long g26 = g20 ^ g25;
    out[2] ^= g26;
    long g27 = g24 & ~g26;
    long g28 = g25 & g24;
    long g29 = g14 | g28;
    long g30 = g9 ^ g29;
    long g31 = g30 & c;
    long g32 = g28 ^ g31;
    long g33 = g32 | e;
    long g34 = g32 & ~g3;
    long g35 = f | g22;
    long g36 = a & ~g27;
    long g37 = g34 | a;
    long g38 = g35 & b;
    long g39 = g19 ^ g38;
    long g40 = g39 ^ g36;
    long g41 = g40 ^ g33;
    out[11] ^= g41;
    long g42 = f ^ b;
    long g43 = g42 ^ g4;
    long g44 = g41 & f;
    long g45 = d & ~g44;
    long g46 = g43 ^ g45;
    long g47 = g46 ^ g37;
    out[1] ^= g47;
  }
}
