package dev.zuido.esp;

import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/** Explicit congestion notification through a tunnel (RFC 6040 section 4.2). */
final class Ecn {
  /** The bits of the type of service or the traffic class that are the ECN field. */
  static final int MASK = 3;

  /** The packet has to be dropped: it cannot carry the congestion mark. */
  static final int DROP = -1;

  static final int NOT_ECT = 0;
  static final int ECT_1 = 1;
  static final int ECT_0 = 2;
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

  /**
   * Whether figure 4 marks the combination with "(!!!)" or "(!)": no tunnel makes it, so that
   * somebody on the way has, and the end of the tunnel should say so.
   */
  static boolean isAnomalous(int outer, int inner) {
    return switch (inner) {
      case NOT_ECT -> outer != NOT_ECT;
      case ECT_1 -> outer == ECT_0;
      case CE -> outer == ECT_1;
      default -> false;
    };
  }

  /** The type of service or traffic class of a packet of either version. */
  static int tos(byte[] bytes, int offset) {
    return Ipv4Fields.version(bytes, offset) == 6
        ? Ipv6Fields.trafficClass(bytes, offset)
        : Ipv4Fields.tos(bytes, offset);
  }

  /** Changes the ECN field, and the checksum of IPv4, if it differs. */
  static void write(byte[] bytes, int offset, int ecn) {
    writeTos(bytes, offset, (tos(bytes, offset) & ~MASK) | ecn);
  }

  /** Changes the type of service and the checksum, or the traffic class, if it differs. */
  static void writeTos(byte[] bytes, int offset, int tos) {
    if (tos(bytes, offset) == tos) {
      return;
    }
    if (Ipv4Fields.version(bytes, offset) == 6) {
      Ipv6Fields.setTrafficClass(bytes, offset, tos);
    } else {
      bytes[offset + 1] = (byte) tos;
      Ipv4Fields.updateChecksum(bytes, offset);
    }
  }
}
