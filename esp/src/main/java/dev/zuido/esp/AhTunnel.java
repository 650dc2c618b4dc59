package dev.zuido.esp;

import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/** What inner and outer header of a tunnel have to do with each other, in either IP version. */
final class AhTunnel {
  private AhTunnel() {}

  /** The type of service or traffic class. */
  static int tos(byte[] bytes, int offset) {
    return Ipv4Fields.version(bytes, offset) == 4
        ? Ipv4Fields.tos(bytes, offset)
        : Ipv6Fields.trafficClass(bytes, offset);
  }

  /** The flags of an outer IPv4 header; an inner IPv6 packet counts as "don't fragment". */
  static int flags(TunnelHeader header, byte[] bytes, int inner) {
    return switch (header.dontFragment()) {
      case COPY ->
          Ipv4Fields.version(bytes, inner) == 4
              ? Ipv4Fields.flagsAndOffset(bytes, inner) & Ipv4Fields.DONT_FRAGMENT
              : Ipv4Fields.DONT_FRAGMENT;
      case SET -> Ipv4Fields.DONT_FRAGMENT;
      case CLEAR -> 0;
    };
  }

  /** Writes the ECN field. */
  static void writeEcn(byte[] bytes, int offset, int ecn) {
    if (Ipv4Fields.version(bytes, offset) == 4) {
      Ecn.write(bytes, offset, ecn);
    } else {
      Ipv6Fields.setTrafficClass(
          bytes, offset, (Ipv6Fields.trafficClass(bytes, offset) & ~3) | ecn);
    }
  }
}
