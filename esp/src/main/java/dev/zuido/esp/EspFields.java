package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/**
 * What can be read of an ESP packet without its keys, for whoever sorts packets: is it ESP, alone
 * or in UDP, and which SPI has it (RFC 4303 section 2, RFC 3948 section 2).
 *
 * <p>Each method takes the offset of a well-formed IPv4 or IPv6 header. IPv6 extension headers are
 * passed over; where they are malformed, nothing is ESP.
 */
public final class EspFields {
  /** The first bytes of an IKE message on UDP port 4500, where ESP has its SPI. */
  public static final int NON_ESP_MARKER = 0;

  /** What {@link #espOffset} answers where there is no ESP. */
  static final int NO_ESP = -1;

  private EspFields() {}

  /** Whether this is an ESP packet, or a fragment of one. */
  public static boolean isEsp(byte[] bytes, int offset) {
    if (Ipv4Fields.version(bytes, offset) != 6) {
      return Ipv4Fields.protocol(bytes, offset) == IpProtocol.ESP;
    }
    long upper = Ipv6Fields.upperLayer(bytes, offset);
    return upper != Ipv6Fields.MALFORMED && Ipv6Fields.protocolOf(upper) == IpProtocol.ESP;
  }

  /**
   * Whether this is ESP in UDP: to port 4500, whole, and neither an IKE message with its non-ESP
   * marker nor a keepalive of one byte.
   */
  public static boolean isUdpEncapsulatedEsp(byte[] bytes, int offset) {
    int udp;
    if (Ipv4Fields.version(bytes, offset) != 6) {
      if (Ipv4Fields.protocol(bytes, offset) != IpProtocol.UDP
          || Ipv4Fields.isFragment(bytes, offset)) {
        return false;
      }
      udp = offset + Ipv4Fields.headerLength(bytes, offset);
    } else {
      long upper = Ipv6Fields.upperLayer(bytes, offset);
      if (upper == Ipv6Fields.MALFORMED
          || Ipv6Fields.protocolOf(upper) != IpProtocol.UDP
          || Ipv6Fields.isFragment(bytes, offset, upper)) {
        return false;
      }
      udp = offset + Ipv6Fields.offsetOf(upper);
    }
    int length = offset + totalLength(bytes, offset) - udp;
    return length >= EspSuite.UDP_HEADER_LENGTH + EspSuite.ESP_HEADER_LENGTH
        && BigEndian.getUnsignedShort(bytes, udp + 2) == UdpEncapsulation.PORT
        && BigEndian.getInt(bytes, udp + EspSuite.UDP_HEADER_LENGTH) != NON_ESP_MARKER;
  }

  /**
   * The SPI of a whole packet that is ESP, alone or in UDP.
   *
   * @return the SPI, or 0, which none has, if the packet is too short for one
   */
  public static int spi(byte[] bytes, int offset) {
    int esp = espOffset(bytes, offset);
    boolean present = esp != NO_ESP && offset + totalLength(bytes, offset) - esp >= 4;
    return present ? BigEndian.getInt(bytes, esp) : 0;
  }

  /** Whether this is a fragment, which no SA opens before it is put together again. */
  public static boolean isFragment(byte[] bytes, int offset) {
    if (Ipv4Fields.version(bytes, offset) != 6) {
      return Ipv4Fields.isFragment(bytes, offset);
    }
    long upper = Ipv6Fields.upperLayer(bytes, offset);
    return upper != Ipv6Fields.MALFORMED && Ipv6Fields.isFragment(bytes, offset, upper);
  }

  /** Whether this is a fragment other than the first. */
  static boolean isLaterFragment(byte[] bytes, int offset) {
    if (Ipv4Fields.version(bytes, offset) != 6) {
      return Ipv4Fields.fragmentOffset(bytes, offset) != 0;
    }
    long upper = Ipv6Fields.upperLayer(bytes, offset);
    return upper != Ipv6Fields.MALFORMED && Ipv6Fields.fragmentOffset(bytes, offset, upper) != 0;
  }

  /** Where the SPI would stand in a packet that is ESP, or UDP with ESP; or {@link #NO_ESP}. */
  static int espOffset(byte[] bytes, int offset) {
    int protocol;
    int upperOffset;
    if (Ipv4Fields.version(bytes, offset) != 6) {
      protocol = Ipv4Fields.protocol(bytes, offset);
      upperOffset = offset + Ipv4Fields.headerLength(bytes, offset);
    } else {
      long upper = Ipv6Fields.upperLayer(bytes, offset);
      if (upper == Ipv6Fields.MALFORMED) {
        return NO_ESP;
      }
      protocol = Ipv6Fields.protocolOf(upper);
      upperOffset = offset + Ipv6Fields.offsetOf(upper);
    }
    return switch (protocol) {
      case IpProtocol.ESP -> upperOffset;
      case IpProtocol.UDP -> upperOffset + EspSuite.UDP_HEADER_LENGTH;
      default -> NO_ESP;
    };
  }

  /** Bytes of the whole packet. */
  static int totalLength(byte[] bytes, int offset) {
    return Ipv4Fields.version(bytes, offset) == 6
        ? Ipv6Fields.totalLength(bytes, offset)
        : Ipv4Fields.totalLength(bytes, offset);
  }

  /** Whether a whole IPv4 or IPv6 packet stands here; see {@link Ipv4Fields#isWellFormed}. */
  static boolean isWellFormed(byte[] bytes, int offset, int available) {
    boolean six =
        available >= Ipv4Fields.MIN_HEADER_LENGTH && Ipv4Fields.version(bytes, offset) == 6;
    return six
        ? Ipv6Fields.isWellFormed(bytes, offset, available)
        : Ipv4Fields.isWellFormed(bytes, offset, available);
  }
}
