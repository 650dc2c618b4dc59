package dev.zuido.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What a walk over the extension headers of an IPv6 packet found (RFC 8200 section 4).
 *
 * @param protocol the upper-layer protocol: the first next header that is no extension header. ESP
 *     and AH count as upper-layer protocols here
 * @param length bytes of all extension headers
 * @param fragment the fragment header, or null if there is none
 * @param fragmentHeaderOffset where the fragment header stands, in bytes from the first extension
 *     header: the length of the extension headers that every fragment repeats; -1 if there is none
 */
public record Ipv6ExtensionHeaders(
    int protocol, int length, @Nullable Ipv6FragmentHeader fragment, int fragmentHeaderOffset) {
  /** The most extension headers that a packet may have. */
  public static final int MAX_HEADERS = 8;

  private static final int DESTINATION_OPTIONS = 60;

  /**
   * Walks over the extension headers; the reader index then stands at the upper-layer header. In a
   * fragment other than the first the walk ends behind the fragment header.
   *
   * @param in the payload of the packet, bounded by the IPv6 header's payload length
   * @param nextHeader {@link Ipv6Header#nextHeader()}
   * @throws MalformedPacketException TRUNCATED; LIMIT_EXCEEDED for more than {@value #MAX_HEADERS}
   *     headers; BAD_VALUE for a hop-by-hop header that is not the first or a second fragment
   *     header
   */
  public static Ipv6ExtensionHeaders walk(ByteBuf in, int nextHeader)
      throws MalformedPacketException {
    int start = in.readerIndex();
    int next = nextHeader;
    Ipv6FragmentHeader fragment = null;
    int fragmentHeaderOffset = -1;
    for (int headers = 0; ; headers++) {
      int position = in.readerIndex() - start;
      boolean later = fragment != null && fragment.fragmentOffset() != 0;
      if (later || !isExtension(next)) {
        return new Ipv6ExtensionHeaders(next, position, fragment, fragmentHeaderOffset);
      }
      if (headers == MAX_HEADERS) {
        throw new MalformedPacketException(
            MalformedReason.LIMIT_EXCEEDED, "IPv6 extension headers", position);
      }
      Bounds.require(in, start, 8, "IPv6 extension header");
      if (next == IpProtocol.IPV6_FRAGMENT) {
        if (fragment != null) {
          throw new MalformedPacketException(
              MalformedReason.BAD_VALUE, "IPv6 fragment header", position);
        }
        fragment = Ipv6FragmentHeader.decode(in);
        fragmentHeaderOffset = position;
        next = fragment.nextHeader();
        continue;
      }
      if (next == IpProtocol.HOP_BY_HOP && headers != 0) {
        throw new MalformedPacketException(
            MalformedReason.BAD_VALUE, "IPv6 hop-by-hop options", position);
      }
      next = in.getUnsignedByte(in.readerIndex());
      int length = (in.getUnsignedByte(in.readerIndex() + 1) + 1) * 8;
      Bounds.require(in, start, length, "IPv6 extension header");
      in.skipBytes(length);
    }
  }

  private static boolean isExtension(int nextHeader) {
    return switch (nextHeader) {
      case IpProtocol.HOP_BY_HOP,
          IpProtocol.IPV6_ROUTE,
          IpProtocol.IPV6_FRAGMENT,
          DESTINATION_OPTIONS ->
          true;
      default -> false;
    };
  }
}
