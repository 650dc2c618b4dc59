package dev.zuido.ospf.lsa.opaque;

import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A traffic engineering LSA (RFC 3630). The RFC lets it have one top-level TLV; more are read.
 *
 * @param tlvs in their order
 */
public record TrafficEngineeringLsa(List<TopLevel> tlvs) implements OpaqueBody {
  private static final int ROUTER_ADDRESS_TLV = 1;
  private static final int LINK_TLV = 2;

  /** What stands directly in the body. */
  public sealed interface TopLevel permits RouterAddress, Link, Tlv {
    /** Writes the TLV with its header and padding. */
    void encode(ByteBuf out);
  }

  /**
   * The Router Address TLV (section 2.4.1).
   *
   * @param address an address of the router that does not depend on one interface
   */
  public record RouterAddress(Ipv4Address address) implements TopLevel {
    private static RouterAddress decode(ByteBuf value) throws MalformedPacketException {
      Tlv.require(value.readableBytes() == 4, "Router Address TLV", value);
      return new RouterAddress(Ipv4Address.read(value));
    }

    @Override
    public void encode(ByteBuf out) {
      Tlv.encodeHeader(out, ROUTER_ADDRESS_TLV, 4);
      address.write(out);
    }
  }

  /**
   * The Link TLV (section 2.4.2).
   *
   * @param subTlvs in their order; the RFC wants one link type and one link ID
   */
  public record Link(List<TeLinkSubTlv> subTlvs) implements TopLevel {
    /** Copies the list. */
    public Link {
      subTlvs = List.copyOf(subTlvs);
    }

    @Override
    public void encode(ByteBuf out) {
      int length = 0;
      for (TeLinkSubTlv each : subTlvs) {
        length += each.encodedLength();
      }
      Tlv.encodeHeader(out, LINK_TLV, length);
      subTlvs.forEach(each -> each.encode(out));
    }
  }

  /** Copies the list. */
  public TrafficEngineeringLsa {
    tlvs = List.copyOf(tlvs);
  }

  static TrafficEngineeringLsa decode(ByteBuf in) throws MalformedPacketException {
    return new TrafficEngineeringLsa(
        Tlv.decodeAll(in, "traffic engineering TLV", TrafficEngineeringLsa::decode));
  }

  private static TopLevel decode(int type, ByteBuf value) throws MalformedPacketException {
    return switch (type) {
      case ROUTER_ADDRESS_TLV -> RouterAddress.decode(value);
      case LINK_TLV ->
          new Link(Tlv.decodeAll(value, "traffic engineering link sub-TLV", TeLinkSubTlv::decode));
      default -> Tlv.decode(type, value);
    };
  }

  @Override
  public int opaqueType() {
    return OpaqueLsa.TRAFFIC_ENGINEERING;
  }

  @Override
  public void encode(ByteBuf out) {
    tlvs.forEach(tlv -> tlv.encode(out));
  }
}
