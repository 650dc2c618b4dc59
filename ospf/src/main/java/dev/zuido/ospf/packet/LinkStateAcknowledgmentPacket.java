package dev.zuido.ospf.packet;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The Link State Acknowledgment packet (RFC 2328 A.3.6).
 *
 * <pre>
 * |                         LSA headers                           |  (any number)
 * </pre>
 *
 * @param header the OSPF header
 * @param lsaHeaders the instances that are acknowledged
 */
public record LinkStateAcknowledgmentPacket(OspfHeader header, List<LsaHeader> lsaHeaders)
    implements OspfPacket {
  /** Copies the list. */
  public LinkStateAcknowledgmentPacket {
    lsaHeaders = List.copyOf(lsaHeaders);
  }

  static LinkStateAcknowledgmentPacket decodeBody(OspfHeader header, ByteBuf body)
      throws MalformedPacketException {
    return new LinkStateAcknowledgmentPacket(header, decodeHeaders(body));
  }

  /** Reads LSA headers up to the end of the body. */
  static List<LsaHeader> decodeHeaders(ByteBuf body) throws MalformedPacketException {
    PacketCodec.requireMultiple(body, LsaHeader.LENGTH, "LSA headers");
    List<LsaHeader> headers = new ArrayList<>(body.readableBytes() / LsaHeader.LENGTH);
    while (body.isReadable()) {
      headers.add(LsaHeader.decode(body, -OspfHeader.LENGTH));
    }
    return headers;
  }

  @Override
  public PacketType type() {
    return PacketType.LINK_STATE_ACKNOWLEDGMENT;
  }

  @Override
  public int bodyLength() {
    return LsaHeader.LENGTH * lsaHeaders.size();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    for (LsaHeader lsaHeader : lsaHeaders) {
      lsaHeader.encode(out);
    }
  }
}
