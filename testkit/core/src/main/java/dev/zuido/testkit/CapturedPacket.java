package dev.zuido.testkit;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Fields;
import org.jspecify.annotations.Nullable;

/**
 * One record of a capture file.
 *
 * @param nanos when, in nanoseconds since 1970
 * @param interfaceName on which interface; empty where the file does not say
 * @param linkType the number of the link-layer header type
 * @param frame the bytes, from the link header on
 * @param originalLength the length of the frame; more than {@code frame} has if it was cut
 * @param comment the comment; empty if there is none
 */
public record CapturedPacket(
    long nanos,
    String interfaceName,
    int linkType,
    ByteString frame,
    int originalLength,
    String comment) {
  /** Link type: Ethernet. */
  public static final int ETHERNET = 1;

  /** Link type: IPv4 or IPv6 without link header. */
  public static final int RAW = 101;

  /** Link type: Linux "any" device. */
  public static final int LINUX_SLL = 113;

  /** Link type: IPv4 without link header. */
  public static final int IPV4 = 228;

  /** Link type: IPv6 without link header. */
  public static final int IPV6 = 229;

  /** Link type: Linux "any" device, second version. */
  public static final int LINUX_SLL2 = 276;

  private static final int ETHERTYPE_IPV4 = 0x0800;
  private static final int ETHERTYPE_IPV6 = 0x86dd;

  /** Whether the capture has the whole frame. */
  public boolean isWhole() {
    return frame.length() == originalLength;
  }

  /**
   * The IP packet in the frame without the link layer's header and padding, or null if there is
   * none: ARP, VLAN tags, another link type.
   */
  public @Nullable ByteString ipPacket() {
    return switch (linkType) {
      case RAW, IPV4, IPV6 -> ipFrom(0);
      case ETHERNET -> isIp(12) ? ipFrom(14) : null;
      case LINUX_SLL -> isIp(14) ? ipFrom(16) : null;
      case LINUX_SLL2 -> isIp(0) ? ipFrom(20) : null;
      default -> null;
    };
  }

  private boolean isIp(int typeAt) {
    if (frame.length() < typeAt + 2) {
      return false;
    }
    int type = (frame.byteAt(typeAt) & 0xff) << 8 | (frame.byteAt(typeAt + 1) & 0xff);
    return type == ETHERTYPE_IPV4 || type == ETHERTYPE_IPV6;
  }

  private @Nullable ByteString ipFrom(int start) {
    int available = frame.length() - start;
    if (available < Ipv4Fields.MIN_HEADER_LENGTH) {
      return null;
    }
    byte[] packet = frame.slice(start, available).toArray();
    int length =
        switch (Ipv4Fields.version(packet, 0)) {
          case 4 -> Ipv4Fields.totalLength(packet, 0);
          case 6 -> 40 + BigEndian.getUnsignedShort(packet, 4);
          default -> 0;
        };
    return length == 0 ? null : ByteString.of(packet, 0, Math.min(length, available));
  }
}
