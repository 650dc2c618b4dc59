package dev.zuido.router.forwarding;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;

/**
 * TCP MSS clamping: lowers the maximum segment size option (RFC 9293 section 3.7.1) that a SYN
 * announces, so that the peers' segments fit a tunnel whose MTU they do not see. The value is never
 * raised, and a SYN without the option is left alone.
 */
public final class MssClamp {
  private static final int MIN_TCP_HEADER = 20;
  private static final int FLAG_SYN = 0x02;
  private static final int OPTION_END = 0;
  private static final int OPTION_NOP = 1;
  private static final int OPTION_MSS = 2;

  private MssClamp() {}

  /**
   * Clamps the option of an IPv4 packet in place and updates its TCP checksum (RFC 1624).
   *
   * @param bytes an array with a packet that {@link Ipv4Fields#isWellFormed} has approved
   * @param offset where its IPv4 header starts
   * @param mss the largest value that is let through
   * @return whether the packet was changed
   */
  public static boolean clamp(byte[] bytes, int offset, int mss) {
    if (Ipv4Fields.protocol(bytes, offset) != IpProtocol.TCP
        || Ipv4Fields.fragmentOffset(bytes, offset) != 0) {
      return false;
    }
    int tcp = offset + Ipv4Fields.headerLength(bytes, offset);
    int end = offset + Ipv4Fields.totalLength(bytes, offset);
    if (end - tcp < MIN_TCP_HEADER || (bytes[tcp + 13] & FLAG_SYN) == 0) {
      return false;
    }
    int options = tcp + MIN_TCP_HEADER;
    int optionsEnd = tcp + ((bytes[tcp + 12] >>> 4 & 0xf) << 2);
    if (optionsEnd > end) {
      return false;
    }
    while (options < optionsEnd) {
      int kind = bytes[options] & 0xff;
      if (kind == OPTION_END) {
        return false;
      }
      if (kind == OPTION_NOP) {
        options++;
        continue;
      }
      if (optionsEnd - options < 2) {
        return false;
      }
      int length = bytes[options + 1] & 0xff;
      if (length < 2 || options + length > optionsEnd) {
        return false;
      }
      if (kind == OPTION_MSS && length == 4) {
        return lower(bytes, tcp, options + 2, mss);
      }
      options += length;
    }
    return false;
  }

  private static boolean lower(byte[] bytes, int tcp, int field, int mss) {
    int announced = BigEndian.getUnsignedShort(bytes, field);
    if (announced <= mss) {
      return false;
    }
    int checksum = BigEndian.getUnsignedShort(bytes, tcp + 16);
    BigEndian.putShort(bytes, field, mss);
    if (((field - tcp) & 1) == 0) {
      checksum = InternetChecksum.update16(checksum, announced, mss);
    } else {
      // The value straddles two words of the sum: each of its bytes counts in the other half.
      checksum = InternetChecksum.update16(checksum, swap(announced), swap(mss));
    }
    BigEndian.putShort(bytes, tcp + 16, checksum);
    return true;
  }

  private static int swap(int word) {
    return ((word & 0xff) << 8) | (word >>> 8);
  }
}
