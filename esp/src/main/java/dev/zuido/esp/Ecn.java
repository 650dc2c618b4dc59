package dev.zuido.esp;

import dev.zuido.wire.Ipv4Fields;

/** Explicit congestion notification through a tunnel (RFC 6040 section 4.2). */
final class Ecn {
  /** The packet has to be dropped: it cannot carry the congestion mark. */
  static final int DROP = -1;

  static final int NOT_ECT = 0;
  static final int ECT_1 = 1;
  static final int CE = 3;

  private Ecn() {}

  /** The field of the packet that leaves the tunnel, or {@link #DROP}: RFC 6040 figure 4. */
  static int decapsulate(int outer, int inner) {
    return switch (inner) {
      case NOT_ECT -> outer == CE ? DROP : NOT_ECT;
      case CE -> CE;
      default -> outer == CE || outer == ECT_1 ? outer : inner;
    };
  }

  /** Changes the field of an IPv4 header and its checksum, if it differs. */
  static void write(byte[] bytes, int offset, int ecn) {
    int tos = Ipv4Fields.tos(bytes, offset);
    if ((tos & 3) != ecn) {
      bytes[offset + 1] = (byte) ((tos & ~3) | ecn);
      Ipv4Fields.updateChecksum(bytes, offset);
    }
  }
}
