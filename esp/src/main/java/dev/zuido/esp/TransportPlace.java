package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/**
 * Where transport mode puts ESP into a packet (RFC 4303 section 3.1.1): behind the IPv4 header with
 * its options; in IPv6 behind hop-by-hop, routing and fragment headers. Destination options are
 * protected, except those before a routing header, which are for the routers that it names.
 *
 * <p>A place is one number: the length of what stands before ESP, and which byte of it names the
 * protocol that follows.
 */
final class TransportPlace {
  /** The IPv6 extension headers are malformed. */
  static final long MALFORMED = -1;

  /** The packet is a fragment, which transport mode does not protect (section 3.3.4). */
  static final long FRAGMENT = -2;

  private static final int IPV4_PROTOCOL = 9;
  private static final int IPV6_NEXT_HEADER = 6;
  private static final int DESTINATION_OPTIONS = 60;

  private TransportPlace() {}

  /** The place in a well-formed packet, or what speaks against one. */
  static long of(byte[] bytes, int offset) {
    if (Ipv4Fields.version(bytes, offset) != 6) {
      return Ipv4Fields.isFragment(bytes, offset)
          ? FRAGMENT
          : place(IPV4_PROTOCOL, Ipv4Fields.headerLength(bytes, offset));
    }
    long upper = Ipv6Fields.upperLayer(bytes, offset);
    if (upper == Ipv6Fields.MALFORMED) {
      return MALFORMED;
    }
    if (Ipv6Fields.offsetOf(upper) == Ipv6Fields.HEADER_LENGTH) {
      return place(IPV6_NEXT_HEADER, Ipv6Fields.HEADER_LENGTH);
    }
    return Ipv6Fields.isFragment(bytes, offset, upper)
        ? FRAGMENT
        : behindExtensions(bytes, offset, Ipv6Fields.offsetOf(upper));
  }

  private static long behindExtensions(byte[] bytes, int offset, int upperOffset) {
    int next = Ipv6Fields.nextHeader(bytes, offset);
    int position = Ipv6Fields.HEADER_LENGTH;
    long place = place(IPV6_NEXT_HEADER, position);
    while (position < upperOffset) {
      int header = position;
      position +=
          next == IpProtocol.IPV6_FRAGMENT ? 8 : ((bytes[offset + header + 1] & 0xff) + 1) * 8;
      if (next != DESTINATION_OPTIONS) {
        place = place(header, position);
      }
      next = bytes[offset + header] & 0xff;
    }
    return place;
  }

  /**
   * The place in a packet that has arrived, whose headers were walked before.
   *
   * @param headerLength bytes before ESP, or before UDP around it
   */
  static long ofReceived(byte[] bytes, int offset, int headerLength) {
    if (Ipv4Fields.version(bytes, offset) != 6) {
      return place(IPV4_PROTOCOL, headerLength);
    }
    return headerLength == Ipv6Fields.HEADER_LENGTH
        ? place(IPV6_NEXT_HEADER, headerLength)
        : place(Ipv6Fields.protocolFieldOf(Ipv6Fields.upperLayer(bytes, offset)), headerLength);
  }

  /** Whether a routing header stands before an IPv6 place. */
  static boolean isBehindRouting(byte[] bytes, int offset, long place) {
    int next = Ipv6Fields.nextHeader(bytes, offset);
    int position = Ipv6Fields.HEADER_LENGTH;
    while (position < length(place)) {
      if (next == IpProtocol.IPV6_ROUTE) {
        return true;
      }
      int header = position;
      position +=
          next == IpProtocol.IPV6_FRAGMENT ? 8 : ((bytes[offset + header + 1] & 0xff) + 1) * 8;
      next = bytes[offset + header] & 0xff;
    }
    return false;
  }

  private static long place(int protocolField, int length) {
    return (long) protocolField << 32 | length;
  }

  /** Bytes before ESP. */
  static int length(long place) {
    return (int) place;
  }

  /** Bytes from the packet's start to the field that names what follows. */
  static int protocolField(long place) {
    return (int) (place >>> 32);
  }

  /**
   * Moves the header of a packet and changes what it says: the total length, and what follows it.
   *
   * @param from where the header stands
   * @param to where it is to stand
   * @param totalLength bytes of the whole packet at the new place
   */
  static void move(byte[] bytes, int from, int to, long place, int totalLength, int protocol) {
    boolean six = Ipv4Fields.version(bytes, from) == 6;
    int checksum = six ? 0 : checksum(bytes, from, totalLength, protocol);
    System.arraycopy(bytes, from, bytes, to, length(place));
    bytes[to + protocolField(place)] = (byte) protocol;
    if (six) {
      Ipv6Fields.setPayloadLength(bytes, to, totalLength - Ipv6Fields.HEADER_LENGTH);
    } else {
      BigEndian.putShort(bytes, to + 2, totalLength);
      BigEndian.putShort(bytes, to + 10, checksum);
    }
  }

  /** The checksum of an IPv4 header after the two changes: RFC 1624 equation 3. */
  private static int checksum(byte[] bytes, int offset, int totalLength, int protocol) {
    int oldProtocol = Ipv4Fields.protocol(bytes, offset);
    long sum =
        (~Ipv4Fields.checksum(bytes, offset) & 0xffffL)
            + (~Ipv4Fields.totalLength(bytes, offset) & 0xffff)
            + totalLength
            + (~oldProtocol & 0xffff)
            + protocol;
    return InternetChecksum.finish(sum);
  }
}
