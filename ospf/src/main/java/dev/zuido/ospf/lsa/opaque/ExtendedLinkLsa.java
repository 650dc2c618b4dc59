package dev.zuido.ospf.lsa.opaque;

import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * An Extended Link Opaque LSA (RFC 7684 section 3): further attributes of a link that a router-LSA
 * has.
 *
 * @param tlvs in their order
 */
public record ExtendedLinkLsa(List<TopLevel> tlvs) implements OpaqueBody {
  private static final int LINK_TLV = 1;
  private static final int FIXED_LENGTH = 12;

  /** What stands directly in the body. */
  public sealed interface TopLevel permits ExtendedLink, Tlv {
    /** Writes the TLV with its header and padding. */
    void encode(ByteBuf out);
  }

  /**
   * The Extended Link TLV (section 3.1).
   *
   * <pre>
   * |     Link Type |                  Reserved                     |
   * |                            Link ID                            |
   * |                           Link Data                           |
   * |                      Sub-TLVs (variable)                      |
   * </pre>
   *
   * @param linkType as in the router-LSA, 0 to 255
   * @param linkId as in the router-LSA
   * @param linkData as in the router-LSA
   * @param subTlvs in their order
   */
  public record ExtendedLink(
      int linkType, Ipv4Address linkId, Ipv4Address linkData, List<Tlv> subTlvs)
      implements TopLevel {
    /** Checks the range. */
    public ExtendedLink {
      if ((linkType & ~0xff) != 0) {
        throw new IllegalArgumentException("a link type has 8 bits: " + linkType);
      }
      subTlvs = List.copyOf(subTlvs);
    }

    private static ExtendedLink decode(ByteBuf value) throws MalformedPacketException {
      Tlv.require(value.readableBytes() >= FIXED_LENGTH, "Extended Link TLV", value);
      int linkType = value.readUnsignedByte();
      value.skipBytes(3);
      return new ExtendedLink(
          linkType,
          Ipv4Address.read(value),
          Ipv4Address.read(value),
          Tlv.decodeAll(value, "Extended Link sub-TLV", Tlv::decode));
    }

    @Override
    public void encode(ByteBuf out) {
      int length = FIXED_LENGTH;
      for (Tlv each : subTlvs) {
        length += each.encodedLength();
      }
      Tlv.encodeHeader(out, LINK_TLV, length);
      out.writeByte(linkType).writeMedium(0);
      linkId.write(out);
      linkData.write(out);
      subTlvs.forEach(each -> each.encode(out));
    }
  }

  /** Copies the list. */
  public ExtendedLinkLsa {
    tlvs = List.copyOf(tlvs);
  }

  static ExtendedLinkLsa decode(ByteBuf in) throws MalformedPacketException {
    return new ExtendedLinkLsa(
        Tlv.decodeAll(
            in,
            "Extended Link LSA TLV",
            (type, value) ->
                type == LINK_TLV ? ExtendedLink.decode(value) : Tlv.decode(type, value)));
  }

  @Override
  public int opaqueType() {
    return OpaqueLsa.EXTENDED_LINK;
  }

  @Override
  public void encode(ByteBuf out) {
    tlvs.forEach(tlv -> tlv.encode(out));
  }
}
