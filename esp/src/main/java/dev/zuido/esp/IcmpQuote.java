package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.TransportChecksum;
import org.jspecify.annotations.Nullable;

/**
 * What an ICMP error "fragmentation needed" (RFC 1191) or "packet too big" (RFC 4443 section 3.2)
 * says, and the ESP packet of ours that it quotes, if it quotes one.
 *
 * <p>The sender of such a message is not known. {@link OutboundSa#hasSent} tells whether the quote
 * is one of an SA's packets; only then is the MTU to be believed.
 *
 * @param mtu the length of the longest packet that gets through. Where a router older than RFC 1191
 *     does not name it, the next lower usual one (RFC 1191 section 7.1)
 * @param source the source of the quoted packet
 * @param destination its destination
 * @param sourcePort its UDP source port, 0 for ESP directly in IP
 * @param destinationPort its UDP destination port, 0 for ESP directly in IP
 * @param spi its SPI
 * @param sequence the low 32 bits of its sequence number
 */
public record IcmpQuote(
    int mtu,
    IpAddress source,
    IpAddress destination,
    int sourcePort,
    int destinationPort,
    int spi,
    long sequence) {
  private static final int ICMP_HEADER = 8;
  private static final int UNREACHABLE = 3;
  private static final int FRAGMENTATION_NEEDED = 4;
  private static final int PACKET_TOO_BIG = 2;
  private static final int DESTINATION_OPTIONS = 60;
  private static final int EXTENSION_UNIT = 8;

  /** RFC 1191 section 7.1. */
  private static final int[] PLATEAUS = {
    32_000, 17_914, 8166, 4352, 2002, 1492, 1006, 508, 296, 68
  };

  /**
   * Reads an IP packet that has arrived.
   *
   * @param length bytes from {@code offset} on that belong to the packet
   * @return null if it is no such message, is malformed, or quotes too little of an ESP packet to
   *     show its sequence number. Routers that quote only the 8 bytes of RFC 792 do not show that
   *     of ESP in UDP
   */
  public static @Nullable IcmpQuote of(byte[] bytes, int offset, int length) {
    if (!EspFields.isWellFormed(bytes, offset, length)) {
      return null;
    }
    return Ipv4Fields.version(bytes, offset) == 6 ? ofIpv6(bytes, offset) : ofIpv4(bytes, offset);
  }

  private static @Nullable IcmpQuote ofIpv4(byte[] bytes, int offset) {
    int icmp = offset + Ipv4Fields.headerLength(bytes, offset);
    int end = offset + Ipv4Fields.totalLength(bytes, offset);
    int quoted = icmp + ICMP_HEADER;
    boolean relevant =
        Ipv4Fields.protocol(bytes, offset) == IpProtocol.ICMP
            && !Ipv4Fields.isFragment(bytes, offset)
            && end - quoted >= Ipv4Fields.MIN_HEADER_LENGTH
            && bytes[icmp] == UNREACHABLE
            && bytes[icmp + 1] == FRAGMENTATION_NEEDED
            && InternetChecksum.of(bytes, icmp, end - icmp) == 0;
    if (!relevant || Ipv4Fields.version(bytes, quoted) != 4) {
      return null;
    }
    // The quoted header is cut off behind its start, and who quotes may have changed its checksum.
    int upper = quoted + Ipv4Fields.headerLength(bytes, quoted);
    if (upper < quoted + Ipv4Fields.MIN_HEADER_LENGTH
        || Ipv4Fields.fragmentOffset(bytes, quoted) != 0) {
      return null;
    }
    int named = BigEndian.getUnsignedShort(bytes, icmp + 6);
    return read(
        bytes,
        upper,
        end,
        Ipv4Fields.protocol(bytes, quoted),
        named != 0 ? named : plateauBelow(Ipv4Fields.totalLength(bytes, quoted)),
        new Ipv4Address(Ipv4Fields.source(bytes, quoted)),
        new Ipv4Address(Ipv4Fields.destination(bytes, quoted)));
  }

  private static @Nullable IcmpQuote ofIpv6(byte[] bytes, int offset) {
    long upper = Ipv6Fields.upperLayer(bytes, offset);
    if (upper == Ipv6Fields.MALFORMED
        || Ipv6Fields.protocolOf(upper) != IpProtocol.ICMPV6
        || Ipv6Fields.isFragment(bytes, offset, upper)) {
      return null;
    }
    int icmp = offset + Ipv6Fields.offsetOf(upper);
    int end = offset + Ipv6Fields.totalLength(bytes, offset);
    int quoted = icmp + ICMP_HEADER;
    boolean relevant =
        end - quoted >= Ipv6Fields.HEADER_LENGTH
            && bytes[icmp] == PACKET_TOO_BIG
            && Ipv4Fields.version(bytes, quoted) == 6
            && TransportChecksum.of(
                    source6(bytes, offset),
                    destination6(bytes, offset),
                    IpProtocol.ICMPV6,
                    bytes,
                    icmp,
                    end - icmp)
                == 0;
    if (!relevant) {
      return null;
    }
    long mtu = BigEndian.getUnsignedInt(bytes, icmp + 4);
    return behindExtensions(bytes, quoted, end, (int) Math.min(mtu, OutboundSa.UNKNOWN_PATH_MTU));
  }

  /** Walks the extension headers of a quoted packet, which may be cut off anywhere. */
  private static @Nullable IcmpQuote behindExtensions(byte[] bytes, int quoted, int end, int mtu) {
    int next = Ipv6Fields.nextHeader(bytes, quoted);
    int position = quoted + Ipv6Fields.HEADER_LENGTH;
    while (next == IpProtocol.HOP_BY_HOP
        || next == IpProtocol.IPV6_ROUTE
        || next == IpProtocol.IPV6_FRAGMENT
        || next == DESTINATION_OPTIONS) {
      if (end - position < EXTENSION_UNIT) {
        return null;
      }
      boolean fragment = next == IpProtocol.IPV6_FRAGMENT;
      if (fragment && BigEndian.getUnsignedShort(bytes, position + 2) >>> 3 != 0) {
        return null;
      }
      next = bytes[position] & 0xff;
      position += fragment ? EXTENSION_UNIT : ((bytes[position + 1] & 0xff) + 1) * EXTENSION_UNIT;
    }
    return read(
        bytes, position, end, next, mtu, source6(bytes, quoted), destination6(bytes, quoted));
  }

  private static Ipv6Address source6(byte[] bytes, int offset) {
    return new Ipv6Address(
        Ipv6Fields.sourceHigh(bytes, offset), Ipv6Fields.sourceLow(bytes, offset));
  }

  private static Ipv6Address destination6(byte[] bytes, int offset) {
    return new Ipv6Address(
        Ipv6Fields.destinationHigh(bytes, offset), Ipv6Fields.destinationLow(bytes, offset));
  }

  private static @Nullable IcmpQuote read(
      byte[] bytes,
      int upper,
      int end,
      int protocol,
      int mtu,
      IpAddress source,
      IpAddress destination) {
    boolean udp = protocol == IpProtocol.UDP;
    int esp = udp ? upper + EspSuite.UDP_HEADER_LENGTH : upper;
    if ((!udp && protocol != IpProtocol.ESP) || end - esp < EspSuite.ESP_HEADER_LENGTH) {
      return null;
    }
    return new IcmpQuote(
        mtu,
        source,
        destination,
        udp ? BigEndian.getUnsignedShort(bytes, upper) : 0,
        udp ? BigEndian.getUnsignedShort(bytes, upper + 2) : 0,
        BigEndian.getInt(bytes, esp),
        BigEndian.getUnsignedInt(bytes, esp + 4));
  }

  private static int plateauBelow(int length) {
    for (int plateau : PLATEAUS) {
      if (plateau < length) {
        return plateau;
      }
    }
    return PLATEAUS[PLATEAUS.length - 1];
  }
}
