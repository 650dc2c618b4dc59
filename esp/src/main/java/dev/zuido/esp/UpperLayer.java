package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/**
 * What a packet shows of its upper layer to selectors (RFC 4301 section 4.4.1.1), as one number:
 * the protocol, whether ports are to be seen, and the ports or type and code.
 *
 * <pre>
 *   bit 41: ports shown | 40..32: protocol | 31..16: source port | 15..0: destination port
 * </pre>
 *
 * <p>Type and code stand in the place of the source port.
 */
final class UpperLayer {
  /** An IPv6 packet whose extension headers cannot be walked. */
  static final long MALFORMED = -1;

  /**
   * The protocol of an IPv6 fragment other than the first whose fragment header names another
   * extension header: it stands in the first fragment (RFC 4301: OPAQUE).
   */
  static final int HIDDEN_PROTOCOL = 256;

  private static final int DCCP = 33;
  private static final int SCTP = 132;
  private static final int UDP_LITE = 136;
  private static final int MOBILITY_HEADER = 135;
  private static final int DESTINATION_OPTIONS = 60;

  /** So much of an upper-layer header has to be there before its ports are looked at. */
  private static final int VISIBLE_BYTES = 4;

  private static final long SHOWN = 1L << 41;

  private UpperLayer() {}

  /** What a well-formed IPv4 or IPv6 packet shows, or {@link #MALFORMED}. */
  static long of(byte[] bytes, int offset) {
    if (Ipv4Fields.version(bytes, offset) == 6) {
      return ofIpv6(bytes, offset);
    }
    int protocol = Ipv4Fields.protocol(bytes, offset);
    int header = Ipv4Fields.headerLength(bytes, offset);
    if (Ipv4Fields.fragmentOffset(bytes, offset) != 0) {
      return without(protocol);
    }
    int length = Ipv4Fields.totalLength(bytes, offset) - header;
    return with(bytes, offset + header, length, protocol);
  }

  private static long ofIpv6(byte[] bytes, int offset) {
    long upper = Ipv6Fields.upperLayer(bytes, offset);
    if (upper == Ipv6Fields.MALFORMED) {
      return MALFORMED;
    }
    int protocol = Ipv6Fields.protocolOf(upper);
    int header = Ipv6Fields.offsetOf(upper);
    if (header != Ipv6Fields.HEADER_LENGTH
        && Ipv6Fields.fragmentOffset(bytes, offset, upper) != 0) {
      return without(isExtension(protocol) ? HIDDEN_PROTOCOL : protocol);
    }
    int length = Ipv6Fields.totalLength(bytes, offset) - header;
    return with(bytes, offset + header, length, protocol);
  }

  private static boolean isExtension(int protocol) {
    return switch (protocol) {
      case IpProtocol.HOP_BY_HOP,
          IpProtocol.IPV6_ROUTE,
          IpProtocol.IPV6_FRAGMENT,
          DESTINATION_OPTIONS ->
          true;
      default -> false;
    };
  }

  private static long without(int protocol) {
    return (long) protocol << 32;
  }

  private static long with(byte[] bytes, int position, int length, int protocol) {
    if (length < VISIBLE_BYTES || !hasPorts(protocol)) {
      return without(protocol);
    }
    int word = BigEndian.getInt(bytes, position);
    if (protocol == MOBILITY_HEADER) {
      word = word << 16 & 0xff00_0000; // the type stands in the third byte, and there is no code
    } else if (hasTypes(protocol)) {
      word &= 0xffff_0000;
    }
    return SHOWN | (long) protocol << 32 | (word & 0xffff_ffffL);
  }

  /** Whether a protocol has ports, or a type, at the start of its header. */
  static boolean hasPorts(int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP, IpProtocol.UDP -> true;
      case DCCP, SCTP, UDP_LITE -> true;
      default -> hasTypes(protocol);
    };
  }

  /** Whether a protocol has type and code instead of ports. */
  static boolean hasTypes(int protocol) {
    return switch (protocol) {
      case IpProtocol.ICMP, IpProtocol.ICMPV6, MOBILITY_HEADER -> true;
      default -> false;
    };
  }

  /** Whether a packet hides what selectors may see of others of its kind. */
  static boolean hides(long upper) {
    int protocol = protocol(upper);
    return !showsPorts(upper) && (hasPorts(protocol) || protocol == HIDDEN_PROTOCOL);
  }

  /**
   * Whether a well-formed packet is a fragment that starts inside its upper layer's header, or the
   * first and does not hold all of it. That header has at least 20 bytes of TCP, 12 of DCCP and
   * SCTP, 8 of others. In IPv6 extension headers may stand before it, which a later fragment does
   * not show: there the check finds less (RFC 4301 section 7.2).
   */
  static boolean isTinyFragment(byte[] bytes, int offset) {
    if (Ipv4Fields.version(bytes, offset) != 6) {
      int start = Ipv4Fields.fragmentOffset(bytes, offset);
      int length = Ipv4Fields.totalLength(bytes, offset) - Ipv4Fields.headerLength(bytes, offset);
      return Ipv4Fields.isFragment(bytes, offset)
          && (start != 0 ? start : length) < leastHeader(Ipv4Fields.protocol(bytes, offset));
    }
    long upper = Ipv6Fields.upperLayer(bytes, offset);
    if (upper == Ipv6Fields.MALFORMED || !Ipv6Fields.isFragment(bytes, offset, upper)) {
      return false;
    }
    int start = Ipv6Fields.fragmentOffset(bytes, offset, upper);
    int length = Ipv6Fields.totalLength(bytes, offset) - Ipv6Fields.offsetOf(upper);
    return (start != 0 ? start : length) < leastHeader(Ipv6Fields.protocolOf(upper));
  }

  private static int leastHeader(int protocol) {
    return switch (protocol) {
      case IpProtocol.TCP -> 20;
      case DCCP, SCTP -> 12;
      default -> 8;
    };
  }

  /** The protocol, 0 to 255 or {@link #HIDDEN_PROTOCOL}. */
  static int protocol(long upper) {
    return (int) (upper >>> 32) & 0x1ff;
  }

  /** Whether ports, or type and code, are to be seen. */
  static boolean showsPorts(long upper) {
    return (upper & SHOWN) != 0;
  }

  /**
   * The same from our point of view: the local port, or type and code, stands before the remote
   * one.
   */
  static long localFirst(long upper, boolean outbound) {
    if (outbound || hasTypes(protocol(upper))) {
      return upper;
    }
    return (upper & ~0xffff_ffffL) | (Integer.rotateLeft((int) upper, 16) & 0xffff_ffffL);
  }

  /** The local port, or type and code, of what is {@link #localFirst}. */
  static int localPort(long localFirst) {
    return (int) localFirst >>> 16;
  }

  /** The remote port of what is {@link #localFirst}. */
  static int remotePort(long localFirst) {
    return (int) localFirst & 0xffff;
  }
}
