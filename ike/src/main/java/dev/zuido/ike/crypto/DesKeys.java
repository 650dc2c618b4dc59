package dev.zuido.ike.crypto;

import dev.zuido.wire.BigEndian;

/** The keys of DES that RFC 2409 Appendix A excludes. */
final class DesKeys {
  private static final long PARITY_BITS = 0x0101_0101_0101_0101L;

  /**
   * The list of RFC 2409, and two weak keys as FIPS 74 has them: the RFC prints 1F1F1F1FE0E0E0E0
   * for 1F1F1F1F0E0E0E0E and likewise for its complement.
   */
  private static final long[] EXCLUDED = {
    0x0101_0101_0101_0101L, 0x1F1F_1F1F_0E0E_0E0EL, 0xE0E0_E0E0_F1F1_F1F1L,
    0xFEFE_FEFE_FEFE_FEFEL, 0x01FE_01FE_01FE_01FEL, 0x1FE0_1FE0_0EF1_0EF1L,
    0x01E0_01E0_01F1_01F1L, 0x1FFE_1FFE_0EFE_0EFEL, 0x011F_011F_010E_010EL,
    0xE0FE_E0FE_F1FE_F1FEL, 0xFE01_FE01_FE01_FE01L, 0xE01F_E01F_F10E_F10EL,
    0xE001_E001_F101_F101L, 0xFE1F_FE1F_FE0E_FE0EL, 0x1F01_1F01_0E01_0E01L,
    0xFEE0_FEE0_FEF1_FEF1L, 0x1F1F_1F1F_E0E0_E0E0L, 0xE0E0_E0E0_1F1F_1F1FL
  };

  private DesKeys() {}

  /**
   * Where in the material the first eight bytes stand that are no excluded key, in steps of eight.
   *
   * @throws IllegalStateException if there are none, which chance does not bring about
   */
  static int firstStrong(byte[] material) {
    for (int offset = 0; offset + 8 <= material.length; offset += 8) {
      if (!isExcluded(BigEndian.getLong(material, offset))) {
        return offset;
      }
    }
    throw new IllegalStateException("the keying material holds only weak DES keys");
  }

  private static boolean isExcluded(long key) {
    for (long excluded : EXCLUDED) {
      if (((key ^ excluded) & ~PARITY_BITS) == 0) {
        return true;
      }
    }
    return false;
  }
}
