package dev.zuido.router.forwarding;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.TcpFields;
import dev.zuido.wire.TcpHeader;

/**
 * TCP MSS clamping: lowers the maximum segment size option (RFC 9293 section 3.7.1) that a SYN
 * announces, so that the peers' segments fit a tunnel whose MTU they do not see. The value is never
 * raised, and a SYN without the option is left alone.
 */
public final class MssClamp {
  private MssClamp() {}

  /**
   * Whether a packet may be one that is clamped: a TCP segment with SYN, or the start of one. A
   * cheap look before the way to the MSS is found out.
   *
   * @param bytes an array with a packet that {@link Ipv4Fields#isWellFormed} has approved
   * @param offset where its IPv4 header starts
   */
  public static boolean concerns(byte[] bytes, int offset) {
    if (Ipv4Fields.protocol(bytes, offset) != IpProtocol.TCP
        || Ipv4Fields.fragmentOffset(bytes, offset) != 0) {
      return false;
    }
    int header = Ipv4Fields.headerLength(bytes, offset);
    return Ipv4Fields.totalLength(bytes, offset) - header >= TcpHeader.MIN_LENGTH
        && (TcpFields.flags(bytes, offset + header) & TcpHeader.SYN) != 0;
  }

  /**
   * Clamps the option of an IPv4 packet in place and updates its TCP checksum (RFC 1624).
   *
   * @param bytes an array with a packet that {@link Ipv4Fields#isWellFormed} has approved
   * @param offset where its IPv4 header starts
   * @param mss the largest value that is let through
   * @return whether the packet was changed
   */
  public static boolean clamp(byte[] bytes, int offset, int mss) {
    if (!concerns(bytes, offset)) {
      return false;
    }
    int tcp = offset + Ipv4Fields.headerLength(bytes, offset);
    int available = offset + Ipv4Fields.totalLength(bytes, offset) - tcp;
    if (!TcpFields.isWellFormed(bytes, tcp, available)) {
      return false;
    }
    int value = TcpFields.maximumSegmentSizeIndex(bytes, tcp);
    if (value < 0 || BigEndian.getUnsignedShort(bytes, value) <= mss) {
      return false;
    }
    TcpFields.replaceShort(bytes, tcp, value, mss);
    return true;
  }
}
