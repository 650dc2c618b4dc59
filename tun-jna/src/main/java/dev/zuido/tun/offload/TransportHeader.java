package dev.zuido.tun.offload;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6ExtensionHeaders;
import dev.zuido.wire.Ipv6Header;

/**
 * Finds the TCP or UDP header of an IPv4 or IPv6 packet, over options and extension headers.
 *
 * <p>One object is used for packet after packet; it allocates nothing.
 */
public final class TransportHeader {
  private static final int DESTINATION_OPTIONS = 60;
  private static final int TCP_CHECKSUM = 16;
  private static final int UDP_CHECKSUM = 6;
  private static final int MIN_TCP_BYTES = 20;
  private static final int UDP_BYTES = 8;

  private boolean routed;
  private int protocol;
  private int start;
  private int end;

  /** Makes one that has found nothing yet. */
  public TransportHeader() {}

  /**
   * Looks for it. The other methods speak of the packet of the last call that returned true.
   *
   * @return false if the packet is no whole, unfragmented TCP or UDP packet
   */
  public boolean locate(byte[] bytes, int offset, int length) {
    if (length < 1) {
      return false;
    }
    routed = false;
    return switch (bytes[offset] >>> 4 & 0xf) {
      case 4 -> locateIpv4(bytes, offset, length) && isTransport();
      case 6 -> locateIpv6(bytes, offset, length) && isTransport();
      default -> false;
    };
  }

  private boolean locateIpv4(byte[] bytes, int offset, int length) {
    if (length < Ipv4Fields.MIN_HEADER_LENGTH || Ipv4Fields.isFragment(bytes, offset)) {
      return false;
    }
    int headerLength = Ipv4Fields.headerLength(bytes, offset);
    int totalLength = Ipv4Fields.totalLength(bytes, offset);
    if (headerLength < Ipv4Fields.MIN_HEADER_LENGTH || totalLength > length) {
      return false;
    }
    protocol = Ipv4Fields.protocol(bytes, offset);
    start = offset + headerLength;
    end = offset + totalLength;
    return true;
  }

  private boolean locateIpv6(byte[] bytes, int offset, int length) {
    if (length < Ipv6Header.LENGTH) {
      return false;
    }
    int totalLength = Ipv6Header.LENGTH + BigEndian.getUnsignedShort(bytes, offset + 4);
    if (totalLength > length) {
      return false;
    }
    end = offset + totalLength;
    start = offset + Ipv6Header.LENGTH;
    protocol = BigEndian.getUnsignedByte(bytes, offset + 6);
    for (int headers = 0; headers <= Ipv6ExtensionHeaders.MAX_HEADERS; headers++) {
      boolean extension =
          protocol == IpProtocol.HOP_BY_HOP
              || protocol == IpProtocol.IPV6_ROUTE
              || protocol == DESTINATION_OPTIONS;
      if (!extension) {
        return true;
      }
      if (end - start < 8) {
        return false;
      }
      routed |= protocol == IpProtocol.IPV6_ROUTE;
      protocol = BigEndian.getUnsignedByte(bytes, start);
      start += (BigEndian.getUnsignedByte(bytes, start + 1) + 1) * 8;
    }
    return false;
  }

  private boolean isTransport() {
    return switch (protocol) {
      case IpProtocol.TCP -> end - start >= MIN_TCP_BYTES;
      case IpProtocol.UDP -> end - start >= UDP_BYTES;
      default -> false;
    };
  }

  /** {@link IpProtocol#TCP} or {@link IpProtocol#UDP}. */
  public int protocol() {
    return protocol;
  }

  /** Where the header starts in the array. */
  public int start() {
    return start;
  }

  /** Where the packet ends in the array, by its IP header. */
  public int end() {
    return end;
  }

  /** Where the checksum stands, counted from the header's start. */
  public int checksumOffset() {
    return protocol == IpProtocol.TCP ? TCP_CHECKSUM : UDP_CHECKSUM;
  }

  /**
   * Whether the packet has a routing header, so that its destination is not the one that the
   * checksum covers (RFC 8200 section 8.1).
   */
  public boolean isRouted() {
    return routed;
  }
}
