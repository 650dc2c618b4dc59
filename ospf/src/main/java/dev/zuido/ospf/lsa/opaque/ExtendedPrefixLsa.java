package dev.zuido.ospf.lsa.opaque;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * An Extended Prefix Opaque LSA (RFC 7684 section 2): further attributes of prefixes that other
 * LSAs tell.
 *
 * @param tlvs in their order
 */
public record ExtendedPrefixLsa(List<TopLevel> tlvs) implements OpaqueBody {
  private static final int PREFIX_TLV = 1;
  private static final int FIXED_LENGTH = 8;
  private static final int IPV4_UNICAST = 0;

  /** What stands directly in the body. */
  public sealed interface TopLevel permits ExtendedPrefix, Tlv {
    /** Writes the TLV with its header and padding. */
    void encode(ByteBuf out);
  }

  /**
   * The Extended Prefix TLV of an IPv4 prefix (section 2.1). One of another address family stays a
   * {@link Tlv}.
   *
   * <pre>
   * |  Route Type   | Prefix Length |     AF        |     Flags     |
   * |                       Address Prefix                          |
   * |                      Sub-TLVs (variable)                      |
   * </pre>
   *
   * @param routeType the LS type that tells the prefix, or 0 for any; 0 to 255
   * @param prefixLength 0 to 32
   * @param flags {@link #ATTACH}, {@link #NODE}
   * @param address the prefix; bits behind its length are kept
   * @param subTlvs in their order
   */
  public record ExtendedPrefix(
      int routeType, int prefixLength, int flags, Ipv4Address address, List<Tlv> subTlvs)
      implements TopLevel {
    /** The A-flag: the border router is itself attached to the inter-area prefix. */
    public static final int ATTACH = 0x80;

    /** The N-flag: the prefix is a host that stands for the router. */
    public static final int NODE = 0x40;

    /** Checks the ranges. */
    public ExtendedPrefix {
      if ((routeType & ~0xff) != 0 || (flags & ~0xff) != 0) {
        throw new IllegalArgumentException("route type or flags out of range");
      }
      if (prefixLength < 0 || prefixLength > 32) {
        throw new IllegalArgumentException("a prefix has 0 to 32 bits, not " + prefixLength);
      }
      subTlvs = List.copyOf(subTlvs);
    }

    /** The prefix, without what stands behind its length. */
    public Ipv4Prefix prefix() {
      return Ipv4Prefix.containing(address, prefixLength);
    }

    private static TopLevel decode(ByteBuf value) throws MalformedPacketException {
      Tlv.require(value.readableBytes() >= 4, "Extended Prefix TLV", value);
      if (value.getUnsignedByte(value.readerIndex() + 2) != IPV4_UNICAST) {
        return Tlv.decode(PREFIX_TLV, value);
      }
      Tlv.require(value.readableBytes() >= FIXED_LENGTH, "Extended Prefix TLV", value);
      int routeType = value.readUnsignedByte();
      int prefixLength = value.readUnsignedByte();
      if (prefixLength > 32) {
        throw new MalformedPacketException(
            MalformedReason.BAD_VALUE,
            "Extended Prefix prefix length",
            LsaHeader.LENGTH + value.readerIndex() - 1);
      }
      value.skipBytes(1);
      return new ExtendedPrefix(
          routeType,
          prefixLength,
          value.readUnsignedByte(),
          Ipv4Address.read(value),
          Tlv.decodeAll(value, "Extended Prefix sub-TLV", Tlv::decode));
    }

    @Override
    public void encode(ByteBuf out) {
      int length = FIXED_LENGTH;
      for (Tlv each : subTlvs) {
        length += each.encodedLength();
      }
      Tlv.encodeHeader(out, PREFIX_TLV, length);
      out.writeByte(routeType).writeByte(prefixLength).writeByte(IPV4_UNICAST).writeByte(flags);
      address.write(out);
      subTlvs.forEach(each -> each.encode(out));
    }
  }

  /** Copies the list. */
  public ExtendedPrefixLsa {
    tlvs = List.copyOf(tlvs);
  }

  static ExtendedPrefixLsa decode(ByteBuf in) throws MalformedPacketException {
    return new ExtendedPrefixLsa(
        Tlv.decodeAll(
            in,
            "Extended Prefix LSA TLV",
            (type, value) ->
                type == PREFIX_TLV ? ExtendedPrefix.decode(value) : Tlv.decode(type, value)));
  }

  @Override
  public int opaqueType() {
    return OpaqueLsa.EXTENDED_PREFIX;
  }

  @Override
  public void encode(ByteBuf out) {
    tlvs.forEach(tlv -> tlv.encode(out));
  }
}
