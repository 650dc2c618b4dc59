package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6ExtensionHeaders;
import dev.zuido.wire.Ipv6Fields;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one packet as AH sees them: where AH stands or belongs, and what of them the ICV
 * covers (RFC 4302 section 3.3.3.1).
 *
 * <p>An SA has one, and moves it from packet to packet. {@link #locate} checks everything that the
 * other methods then trust.
 */
final class AhPacket {
  private static final int DESTINATION_OPTIONS = 60;
  private static final int FRAGMENT_LENGTH = 8;

  private int version;
  private int start;
  private int end;
  private int headerEnd;
  private int protocolField;

  /** Where a fragment header stands and which field names it; 0 where there is none. */
  private int fragment;

  private int fragmentField;

  private byte[] saved = new byte[Ipv4Fields.MIN_HEADER_LENGTH];
  private int savedStart;
  private int savedProtocolField;
  private int savedFragment;

  /**
   * Walks over the headers of a whole packet.
   *
   * @param available bytes from {@code offset} on that belong to the packet
   * @param inbound whether AH is looked for; otherwise the place for it is
   * @return null, or why the packet can have no AH
   */
  @Nullable EspVerdict locate(byte[] bytes, int offset, int available, boolean inbound) {
    start = offset;
    fragment = 0;
    fragmentField = 0;
    if (Ipv4Fields.isWellFormed(bytes, offset, available)) {
      return locateIpv4(bytes, inbound);
    }
    return Ipv6Fields.isWellFormed(bytes, offset, available)
        ? locateIpv6(bytes, inbound)
        : EspVerdict.NOT_IPV4;
  }

  private @Nullable EspVerdict locateIpv4(byte[] bytes, boolean inbound) {
    version = 4;
    end = start + Ipv4Fields.totalLength(bytes, start);
    headerEnd = start + Ipv4Fields.headerLength(bytes, start);
    protocolField = start + 9;
    if (Ipv4Fields.isFragment(bytes, start)) {
      return EspVerdict.FRAGMENT;
    }
    return AhOptions.checkIpv4(bytes, start + Ipv4Fields.MIN_HEADER_LENGTH, headerEnd, inbound);
  }

  private @Nullable EspVerdict locateIpv6(byte[] bytes, boolean inbound) {
    version = 6;
    end = start + Ipv6Fields.totalLength(bytes, start);
    headerEnd = start + Ipv6Fields.HEADER_LENGTH;
    protocolField = start + 6;
    boolean routed = false;
    for (int headers = 0; ; headers++) {
      int next = bytes[protocolField] & 0xff;
      // Where AH is put, options behind a routing header are the destination's (section 3.1.1).
      if (!isExtension(next) || (next == DESTINATION_OPTIONS && routed && !inbound)) {
        return null;
      }
      if (headers == Ipv6ExtensionHeaders.MAX_HEADERS
          || (next == IpProtocol.HOP_BY_HOP && headers != 0)) {
        return EspVerdict.NOT_IPV4;
      }
      int left = end - headerEnd;
      int length = left < 8 ? 8 : extensionLength(bytes, headerEnd, next);
      if (length > left) {
        return EspVerdict.NOT_IPV4;
      }
      EspVerdict refusal = checkExtension(bytes, next, length);
      if (refusal != null) {
        return refusal;
      }
      routed |= next == IpProtocol.IPV6_ROUTE;
      protocolField = headerEnd;
      headerEnd += length;
    }
  }

  private @Nullable EspVerdict checkExtension(byte[] bytes, int header, int length) {
    return switch (header) {
      // RFC 5095: type 0 is gone. Segments left mean that the packet has not arrived.
      case IpProtocol.IPV6_ROUTE -> bytes[headerEnd + 3] == 0 ? null : EspVerdict.UNSUPPORTED;
      case IpProtocol.IPV6_FRAGMENT -> checkFragment(bytes);
      default -> AhOptions.checkIpv6(bytes, headerEnd + 2, headerEnd + length);
    };
  }

  /** A fragment header that makes no fragment is skipped (RFC 4302 appendix A2). */
  private @Nullable EspVerdict checkFragment(byte[] bytes) {
    if (fragment != 0) {
      return EspVerdict.NOT_IPV4;
    }
    fragment = headerEnd;
    fragmentField = protocolField;
    boolean atomic = (BigEndian.getUnsignedShort(bytes, headerEnd + 2) & 0xfff9) == 0;
    return atomic ? null : EspVerdict.FRAGMENT;
  }

  private static boolean isExtension(int header) {
    return switch (header) {
      case IpProtocol.HOP_BY_HOP,
          IpProtocol.IPV6_ROUTE,
          IpProtocol.IPV6_FRAGMENT,
          DESTINATION_OPTIONS ->
          true;
      default -> false;
    };
  }

  private static int extensionLength(byte[] bytes, int offset, int header) {
    return header == IpProtocol.IPV6_FRAGMENT
        ? FRAGMENT_LENGTH
        : ((bytes[offset + 1] & 0xff) + 1) * 8;
  }

  /** 4 or 6. */
  int version() {
    return version;
  }

  /** The packet's first byte. */
  int start() {
    return start;
  }

  /** Behind the packet's last byte. */
  int end() {
    return end;
  }

  /** Where AH stands, or belongs. */
  int headerEnd() {
    return headerEnd;
  }

  /** The bytes before AH that stay when a fragment header is dropped. */
  int keptLength() {
    return headerEnd - start - (fragment == 0 ? 0 : FRAGMENT_LENGTH);
  }

  /** The protocol that the headers before AH name. */
  int protocol(byte[] bytes) {
    return bytes[protocolField] & 0xff;
  }

  /**
   * Moves the headers towards the front or the back, without their fragment header, and gives them
   * the length and the protocol of their new packet.
   *
   * @param newHeaderEnd where they end afterwards
   * @param newEnd where their packet ends
   */
  void move(byte[] bytes, int newHeaderEnd, int newEnd, int protocol) {
    dropFragmentHeader(bytes);
    int shift = newHeaderEnd - headerEnd;
    System.arraycopy(bytes, start, bytes, start + shift, headerEnd - start);
    start += shift;
    headerEnd += shift;
    protocolField += shift;
    end = newEnd;
    bytes[protocolField] = (byte) protocol;
    if (version == 4) {
      Ipv4Fields.setTotalLength(bytes, start, end - start);
    } else {
      Ipv6Fields.setPayloadLength(bytes, start, end - start - Ipv6Fields.HEADER_LENGTH);
    }
  }

  /** Takes a fragment header out: what stands before it moves up, and the packet starts later. */
  void dropFragmentHeader(byte[] bytes) {
    if (fragment == 0) {
      return;
    }
    byte next = bytes[fragment];
    System.arraycopy(bytes, start, bytes, start + FRAGMENT_LENGTH, fragment - start);
    bytes[fragmentField + FRAGMENT_LENGTH] = next;
    if (protocolField == fragment) {
      protocolField = fragmentField + FRAGMENT_LENGTH;
    }
    start += FRAGMENT_LENGTH;
    fragment = 0;
    Ipv6Fields.setPayloadLength(bytes, start, end - start - Ipv6Fields.HEADER_LENGTH);
  }

  /** Takes on a header that was just written: of a tunnel, without options. */
  void adopt(int newVersion, int newStart, int newHeaderEnd, int newEnd) {
    version = newVersion;
    start = newStart;
    headerEnd = newHeaderEnd;
    end = newEnd;
    fragment = 0;
  }

  /** Keeps a copy of the headers and of what is known of them, for {@link #restore}. */
  void save(byte[] bytes) {
    int length = headerEnd - start;
    if (saved.length < length) {
      saved = new byte[Math.max(length, saved.length * 2)];
    }
    System.arraycopy(bytes, start, saved, 0, length);
    savedStart = start;
    savedProtocolField = protocolField;
    savedFragment = fragment;
  }

  /** Writes the headers back as they were, where they were. */
  void restore(byte[] bytes) {
    start = savedStart;
    protocolField = savedProtocolField;
    fragment = savedFragment;
    System.arraycopy(saved, 0, bytes, start, headerEnd - start);
  }

  /**
   * Sets every mutable field to zero, or to what it will be at the receiver, and takes a fragment
   * header out.
   */
  void zeroMutable(byte[] bytes) {
    dropFragmentHeader(bytes);
    if (version == 4) {
      bytes[start + 1] = 0;
      BigEndian.putShort(bytes, start + 6, 0);
      bytes[start + 8] = 0;
      BigEndian.putShort(bytes, start + 10, 0);
      AhOptions.zeroIpv4(bytes, start + Ipv4Fields.MIN_HEADER_LENGTH, headerEnd, start + 16);
      return;
    }
    BigEndian.putInt(bytes, start, 6 << 28);
    bytes[start + 7] = 0;
    int field = start + 6;
    int position = start + Ipv6Fields.HEADER_LENGTH;
    while (position < headerEnd) {
      int header = bytes[field] & 0xff;
      int length = extensionLength(bytes, position, header);
      if (header == IpProtocol.HOP_BY_HOP || header == DESTINATION_OPTIONS) {
        AhOptions.zeroIpv6(bytes, position + 2, position + length);
      }
      field = position;
      position += length;
    }
  }
}
