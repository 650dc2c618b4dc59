package dev.zuido.ike.message;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;

/**
 * The NAT-OA payload (RFC 3947 section 5.2): an address as its owner sees it, for the checksums of
 * transport mode.
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+---------------+---------------+
 * | ID Type       | RESERVED      | RESERVED                      |
 * +---------------+---------------+---------------+---------------+
 * |           IPv4 (4 octets) or IPv6 address (16 octets)         |
 * +---------------+---------------+---------------+---------------+
 * </pre>
 *
 * @param payloadType {@link PayloadType#NAT_ORIGINAL_ADDRESS}, or the drafts' {@link
 *     PayloadType#NAT_ORIGINAL_ADDRESS_DRAFT}
 * @param address the address before translation; the ID type follows from its family
 */
public record NatOriginalAddress(int payloadType, IpAddress address) implements Payload {
  private static final int FIXED_LENGTH = 4;

  /** Checks the type. */
  public NatOriginalAddress {
    if (payloadType != PayloadType.NAT_ORIGINAL_ADDRESS
        && payloadType != PayloadType.NAT_ORIGINAL_ADDRESS_DRAFT) {
      throw new IllegalArgumentException("no type of NAT-OA: " + payloadType);
    }
  }

  /** The payload of RFC 3947. */
  public static NatOriginalAddress of(IpAddress address) {
    return new NatOriginalAddress(PayloadType.NAT_ORIGINAL_ADDRESS, address);
  }

  static NatOriginalAddress decode(int payloadType, PayloadReader in)
      throws MalformedPacketException {
    int idType = in.unsignedByte("NAT-OA ID Type");
    if (idType != IdType.IPV4_ADDR && idType != IdType.IPV6_ADDR) {
      throw in.malformed(MalformedReason.BAD_VALUE, "NAT-OA ID Type", 1);
    }
    in.reserved(3, "NAT-OA RESERVED");
    IpAddress address =
        idType == IdType.IPV4_ADDR
            ? Ipv4Address.ofBytes(in.bytes(Ipv4Address.LENGTH, "NAT-OA address").toArray())
            : Ipv6Address.ofBytes(in.bytes(Ipv6Address.LENGTH, "NAT-OA address").toArray());
    return new NatOriginalAddress(payloadType, address);
  }

  @Override
  public int bodyLength() {
    return FIXED_LENGTH + address.byteLength();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeByte(address instanceof Ipv4Address ? IdType.IPV4_ADDR : IdType.IPV6_ADDR);
    out.writeZero(3);
    address.write(out);
  }
}
