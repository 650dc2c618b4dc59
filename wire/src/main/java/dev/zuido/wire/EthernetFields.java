package dev.zuido.wire;

/** The header of an Ethernet frame where it lies in an array (IEEE 802.3, without VLAN tags). */
public final class EthernetFields {
  /** Bytes of destination, source and type. */
  public static final int HEADER_LENGTH = 14;

  /** The EtherType of IPv4. */
  public static final int TYPE_IPV4 = 0x0800;

  /** The EtherType of PPPoE's discovery stage (RFC 2516 section 4). */
  public static final int TYPE_PPPOE_DISCOVERY = 0x8863;

  /** The EtherType of PPPoE's session stage (RFC 2516 section 4). */
  public static final int TYPE_PPPOE_SESSION = 0x8864;

  private EthernetFields() {}

  /** Whom a frame is for. */
  public static MacAddress destination(byte[] bytes, int offset) {
    return MacAddress.at(bytes, offset);
  }

  /** Whom a frame is from. */
  public static MacAddress source(byte[] bytes, int offset) {
    return MacAddress.at(bytes, offset + MacAddress.LENGTH);
  }

  /** The EtherType, 0 to 65535. */
  public static int type(byte[] bytes, int offset) {
    return BigEndian.getUnsignedShort(bytes, offset + 2 * MacAddress.LENGTH);
  }

  /** Writes a header. */
  public static void put(
      byte[] bytes, int offset, MacAddress destination, MacAddress source, int type) {
    destination.put(bytes, offset);
    source.put(bytes, offset + MacAddress.LENGTH);
    BigEndian.putShort(bytes, offset + 2 * MacAddress.LENGTH, type);
  }
}
