package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/** An IPv4 or IPv6 address. No names are ever looked up. */
public sealed interface IpAddress permits Ipv4Address, Ipv6Address {

  /**
   * Reads an address from its text form.
   *
   * @param text dotted decimal (RFC 791) or the text form of RFC 4291 section 2.2
   * @throws IllegalArgumentException if the text is no address
   */
  static IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? Ipv6Address.parse(text) : Ipv4Address.parse(text);
  }

  /** The length of the address on the wire: 4 or 16 bytes. */
  int byteLength();

  /** The address in network byte order. */
  byte[] toBytes();

  /** Writes the address in network byte order. */
  void write(ByteBuf out);

  /** Whether this is a multicast address (224.0.0.0/4 or ff00::/8). */
  boolean isMulticast();

  /** Whether this is 0.0.0.0 or ::. */
  boolean isUnspecified();
}
