package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;

/**
 * What can be read of an ESP packet without its keys, for whoever sorts packets: is it ESP, alone
 * or in UDP, and which SPI has it (RFC 4303 section 2, RFC 3948 section 2).
 *
 * <p>Each method takes the offset of a well-formed IPv4 header.
 */
public final class EspFields {
  /** The first bytes of an IKE message on UDP port 4500, where ESP has its SPI. */
  public static final int NON_ESP_MARKER = 0;

  private EspFields() {}

  /** Whether this is an ESP packet, or a fragment of one. */
  public static boolean isEsp(byte[] bytes, int offset) {
    return Ipv4Fields.protocol(bytes, offset) == IpProtocol.ESP;
  }

  /**
   * Whether this is ESP in UDP: to port 4500, whole, and neither an IKE message with its non-ESP
   * marker nor a keepalive of one byte.
   */
  public static boolean isUdpEncapsulatedEsp(byte[] bytes, int offset) {
    int udp = offset + Ipv4Fields.headerLength(bytes, offset);
    int length = offset + Ipv4Fields.totalLength(bytes, offset) - udp;
    return Ipv4Fields.protocol(bytes, offset) == IpProtocol.UDP
        && !Ipv4Fields.isFragment(bytes, offset)
        && length >= EspSuite.UDP_HEADER_LENGTH + EspSuite.ESP_HEADER_LENGTH
        && BigEndian.getUnsignedShort(bytes, udp + 2) == UdpEncapsulation.PORT
        && BigEndian.getInt(bytes, udp + EspSuite.UDP_HEADER_LENGTH) != NON_ESP_MARKER;
  }

  /**
   * The SPI of a whole packet that is ESP, alone or in UDP.
   *
   * @return the SPI, or 0, which none has, if the packet is too short for one
   */
  public static int spi(byte[] bytes, int offset) {
    int esp = offset + Ipv4Fields.headerLength(bytes, offset);
    if (!isEsp(bytes, offset)) {
      esp += EspSuite.UDP_HEADER_LENGTH;
    }
    boolean present = offset + Ipv4Fields.totalLength(bytes, offset) - esp >= 4;
    return present ? BigEndian.getInt(bytes, esp) : 0;
  }
}
