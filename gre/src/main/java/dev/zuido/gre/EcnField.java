package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.Ipv4Fields;

/** The ECN field of outer and inner headers (RFC 6040). */
final class EcnField {
  private static final int NOT_ECT = 0;
  private static final int ECT_1 = 1;
  private static final int ECT_0 = 2;
  private static final int CONGESTION_EXPERIENCED = 3;

  private EcnField() {}

  /** The type of service of an IPv4 packet, or the traffic class of an IPv6 packet. */
  static int tos(byte[] bytes, int inner, boolean ipv4) {
    return ipv4
        ? Ipv4Fields.tos(bytes, inner)
        : (BigEndian.getUnsignedShort(bytes, inner) >>> 4) & 0xff;
  }

  /**
   * Brings the outer field into the inner header (RFC 6040 section 4.2), with its checksum.
   *
   * @return false if the packet has to be dropped
   */
  static boolean merge(int outerEcn, byte[] bytes, int inner, boolean ipv4) {
    int innerEcn = tos(bytes, inner, ipv4) & 3;
    if (innerEcn == NOT_ECT) {
      return outerEcn != CONGESTION_EXPERIENCED;
    }
    boolean outerCounts =
        outerEcn == CONGESTION_EXPERIENCED || (outerEcn == ECT_1 && innerEcn == ECT_0);
    if (outerCounts && innerEcn != CONGESTION_EXPERIENCED) {
      int shift = ipv4 ? 0 : 4;
      int old = BigEndian.getUnsignedShort(bytes, inner);
      int changed = (old & ~(3 << shift)) | (outerEcn << shift);
      BigEndian.putShort(bytes, inner, changed);
      if (ipv4) {
        int checksum = InternetChecksum.update16(Ipv4Fields.checksum(bytes, inner), old, changed);
        BigEndian.putShort(bytes, inner + 10, checksum);
      }
    }
    return true;
  }
}
