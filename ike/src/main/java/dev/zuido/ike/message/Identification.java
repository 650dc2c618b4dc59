package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * The Identification payload (RFC 2408 section 3.8, RFC 2407 section 4.6.2): a peer in phase 1, a
 * traffic selector in quick mode.
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !   ID Type     !  Protocol ID  !             Port              !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~                     Identification Data                       ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param idType see {@link IdType}
 * @param protocolId an IP protocol, 0 for any
 * @param port a UDP or TCP port, 0 for any
 * @param data the identity; {@link #identity} gives its meaning
 */
public record Identification(int idType, int protocolId, int port, ByteString data)
    implements Payload {
  private static final int FIXED_LENGTH = 4;

  /** Checks that every field can be encoded. */
  public Identification {
    Limits.unsignedByte(idType, "the ID type");
    Limits.unsignedByte(protocolId, "the protocol id");
    Limits.unsignedShort(port, "the port");
    Limits.body(FIXED_LENGTH + data.length(), "Identification payload");
  }

  /** The payload of an identity. */
  public static Identification of(Identity identity, int protocolId, int port) {
    return new Identification(identity.idType(), protocolId, port, identity.data());
  }

  /** The payload of an IPv4 address. */
  public static Identification of(Ipv4Address address, int protocolId, int port) {
    return of(new Identity.Ipv4(address), protocolId, port);
  }

  static Identification decode(PayloadReader in) throws MalformedPacketException {
    int idType = in.unsignedByte("ID Type");
    int protocolId = in.unsignedByte("ID Protocol ID");
    int port = in.unsignedShort("ID Port");
    return new Identification(idType, protocolId, port, in.rest());
  }

  @Override
  public int payloadType() {
    return PayloadType.IDENTIFICATION;
  }

  @Override
  public int bodyLength() {
    return FIXED_LENGTH + data.length();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeByte(idType);
    out.writeByte(protocolId);
    out.writeShort(port);
    data.write(out);
  }

  /**
   * What the data mean; {@link Identity.Opaque} where the type is not known, or the data do not
   * have the form that the type demands.
   */
  public Identity identity() {
    byte[] bytes = data.toArray();
    return switch (idType) {
      case IdType.IPV4_ADDR -> bytes.length == 4 ? new Identity.Ipv4(ipv4(0)) : opaque();
      case IdType.IPV4_ADDR_SUBNET ->
          bytes.length == 8 ? new Identity.Ipv4Subnet(ipv4(0), ipv4(4)) : opaque();
      case IdType.IPV4_ADDR_RANGE ->
          bytes.length == 8 ? new Identity.Ipv4Range(ipv4(0), ipv4(4)) : opaque();
      case IdType.IPV6_ADDR -> bytes.length == 16 ? new Identity.Ipv6(ipv6(0)) : opaque();
      case IdType.IPV6_ADDR_SUBNET ->
          bytes.length == 32 ? new Identity.Ipv6Subnet(ipv6(0), ipv6(16)) : opaque();
      case IdType.IPV6_ADDR_RANGE ->
          bytes.length == 32 ? new Identity.Ipv6Range(ipv6(0), ipv6(16)) : opaque();
      case IdType.FQDN -> isAscii(bytes) ? new Identity.Fqdn(ascii(bytes)) : opaque();
      case IdType.USER_FQDN -> isAscii(bytes) ? new Identity.UserFqdn(ascii(bytes)) : opaque();
      case IdType.DER_ASN1_DN -> new Identity.DistinguishedName(data);
      case IdType.DER_ASN1_GN -> new Identity.GeneralName(data);
      case IdType.KEY_ID -> new Identity.KeyId(data);
      default -> opaque();
    };
  }

  private Ipv4Address ipv4(int offset) {
    return Ipv4Address.ofBytes(data.slice(offset, Ipv4Address.LENGTH).toArray());
  }

  private Ipv6Address ipv6(int offset) {
    return Ipv6Address.ofBytes(data.slice(offset, Ipv6Address.LENGTH).toArray());
  }

  private Identity opaque() {
    return new Identity.Opaque(idType, data);
  }

  /**
   * RFC 2407 sections 4.6.2.4 and 4.6.2.5 want a string that ends in nothing; control characters
   * are no name.
   */
  private static boolean isAscii(byte[] bytes) {
    for (byte octet : bytes) {
      if (octet <= ' ' || octet == 0x7f) {
        return false;
      }
    }
    return bytes.length > 0;
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
