package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/** DSCP and ECN of outer and inner headers (RFC 2983, RFC 6040). */
final class DsField {
  /** The two bits of ECN in a type of service or traffic class. */
  static final int ECN_MASK = 3;

  private static final int NOT_ECT = 0;
  private static final int ECT_1 = 1;
  private static final int ECT_0 = 2;
  private static final int CONGESTION_EXPERIENCED = 3;

  private DsField() {}

  /** The type of service of an IPv4 packet, or the traffic class of an IPv6 packet. */
  static int tos(byte[] bytes, int ip, boolean ipv4) {
    return ipv4 ? Ipv4Fields.tos(bytes, ip) : Ipv6Fields.trafficClass(bytes, ip);
  }

  /**
   * The ECN field that leaves the tunnel (RFC 6040 section 4.2, figure 4).
   *
   * @return 0 to 3, or -1 if the packet has to be dropped
   */
  static int merge(int outerEcn, int innerEcn) {
    if (innerEcn == NOT_ECT) {
      return outerEcn == CONGESTION_EXPERIENCED ? -1 : NOT_ECT;
    }
    boolean outerCounts =
        outerEcn == CONGESTION_EXPERIENCED || (outerEcn == ECT_1 && innerEcn == ECT_0);
    return outerCounts && innerEcn != CONGESTION_EXPERIENCED ? outerEcn : innerEcn;
  }

  /**
   * Brings the outer field into the inner header, with its checksum.
   *
   * @param takeDscp whether the outer DSCP replaces the inner one
   * @return false if the packet has to be dropped; it is then as it was
   */
  static boolean merge(int outerTos, byte[] bytes, int ip, boolean ipv4, boolean takeDscp) {
    int innerTos = tos(bytes, ip, ipv4);
    int ecn = merge(outerTos & ECN_MASK, innerTos & ECN_MASK);
    if (ecn < 0) {
      return false;
    }
    int tos = ((takeDscp ? outerTos : innerTos) & ~ECN_MASK) | ecn;
    if (tos != innerTos) {
      write(bytes, ip, ipv4, tos);
    }
    return true;
  }

  private static void write(byte[] bytes, int ip, boolean ipv4, int tos) {
    if (!ipv4) {
      Ipv6Fields.setTrafficClass(bytes, ip, tos);
      return;
    }
    int old = BigEndian.getUnsignedShort(bytes, ip);
    int changed = (old & 0xff00) | tos;
    BigEndian.putShort(bytes, ip, changed);
    int checksum = InternetChecksum.update16(Ipv4Fields.checksum(bytes, ip), old, changed);
    BigEndian.putShort(bytes, ip + 10, checksum);
  }
}
