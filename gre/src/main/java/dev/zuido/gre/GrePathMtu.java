package dev.zuido.gre;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.UdpFields;

/** The MTU of the way to the other end: as configured, or as routers on the way have reported. */
final class GrePathMtu {
  /** Plateaus for reports without an MTU (RFC 1191 section 7.1). */
  private static final int[] PLATEAUS = {32_000, 17_914, 8_166, 4_352, 2_002, 1_492, 1_006, 508};

  private final GreTunnelConfig config;
  private final GreMtu limits;
  private final OuterMatch match;
  private final int least;
  private volatile int current;
  private long deadline = GreTunnel.NO_DEADLINE;

  GrePathMtu(GreTunnelConfig config, OuterMatch match) {
    this.config = config;
    this.match = match;
    this.limits = config.mtu();
    this.least = config.isOverIpv4() ? limits.least() : Math.max(limits.least(), GreMtu.LEAST_IPV6);
    this.current = limits.transport();
  }

  int current() {
    return current;
  }

  long nextDeadline() {
    return deadline;
  }

  void handleTimeout(long nowNanos) {
    if (nowNanos >= deadline) {
      deadline = GreTunnel.NO_DEADLINE;
      current = limits.transport();
    }
  }

  GrePathMtuReport learn(byte[] bytes, int offset, int available, int reported, long nowNanos) {
    if (!limits.discovery()) {
      return GrePathMtuReport.DISABLED;
    }
    int quoted = quotedLength(bytes, offset, available);
    if (quoted < 0) {
      return GrePathMtuReport.NOT_THIS_TUNNEL;
    }
    int mtu = reported > 0 || !config.isOverIpv4() ? reported : plateauBelow(quoted);
    if (mtu >= quoted) {
      return GrePathMtuReport.IMPLAUSIBLE;
    }
    if (!config.isOverIpv4() && mtu < GreMtu.LEAST_IPV6) {
      // RFC 8201 section 4: no path of IPv6 takes less, so that is no report to heed.
      return GrePathMtuReport.IMPLAUSIBLE;
    }
    int wanted = Math.max(mtu, least);
    if (wanted >= current) {
      return GrePathMtuReport.NOT_LOWER;
    }
    current = wanted;
    deadline = limits.ageNanos() == GreMtu.NEVER ? GreTunnel.NO_DEADLINE : later(nowNanos);
    return GrePathMtuReport.LEARNED;
  }

  private long later(long nowNanos) {
    long then = nowNanos + limits.ageNanos();
    return nowNanos > 0 && then < 0 ? GreTunnel.NO_DEADLINE - 1 : then;
  }

  private static int plateauBelow(int length) {
    for (int plateau : PLATEAUS) {
      if (plateau < length) {
        return plateau;
      }
    }
    return GreMtu.LEAST_IPV4;
  }

  /**
   * The length that a quoted packet of this tunnel had; -1 if it is none, or ends before its key. A
   * router quotes at least 8 bytes behind the IP header (RFC 792), usually more (RFC 1812 section
   * 4.3.2.3).
   */
  private int quotedLength(byte[] bytes, int offset, int available) {
    boolean ipv4 = config.isOverIpv4();
    int header = ipv4 ? Ipv4Fields.MIN_HEADER_LENGTH : Ipv6Fields.HEADER_LENGTH;
    if (available < header || Ipv4Fields.version(bytes, offset) != (ipv4 ? 4 : 6)) {
      return -1;
    }
    int protocol = ipv4 ? Ipv4Fields.protocol(bytes, offset) : Ipv6Fields.nextHeader(bytes, offset);
    boolean sameWay =
        protocol == match.protocol()
            && (!ipv4
                || (Ipv4Fields.headerLength(bytes, offset) == header
                    && Ipv4Fields.dontFragment(bytes, offset)));
    if (!sameWay || !match.isToPeer(bytes, offset)) {
      return -1;
    }
    int at = offset + header;
    int end = offset + available;
    if (protocol == IpProtocol.UDP) {
      if (end - at < UdpFields.HEADER_LENGTH
          || UdpFields.destinationPort(bytes, at) != GreInUdp.PORT) {
        return -1;
      }
      at += UdpFields.HEADER_LENGTH;
    }
    return isOwnGre(bytes, at, end)
        ? (ipv4 ? Ipv4Fields.totalLength(bytes, offset) : Ipv6Fields.totalLength(bytes, offset))
        : -1;
  }

  private boolean isOwnGre(byte[] bytes, int gre, int end) {
    int flags = config.flags();
    Integer key = config.key();
    int needed =
        key == null
            ? (config.udp() == null ? GreFields.MIN_HEADER_LENGTH : 0)
            : GreFields.headerLength(flags & ~GreFields.SEQUENCE_PRESENT);
    if (end - gre < needed) {
      return false;
    }
    if (needed == 0) {
      return true; // eight bytes of UDP are all that has to be quoted, and they were right
    }
    return BigEndian.getUnsignedShort(bytes, gre) == flags
        && (key == null || GreFields.key(bytes, gre, flags) == key);
  }
}
