package dev.zuido.ospf.packet;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The Link State Request packet (RFC 2328 A.3.4).
 *
 * <pre>
 * |                          LS type                              |  (these three
 * |                       Link State ID                           |   any number
 * |                     Advertising Router                        |   of times)
 * </pre>
 *
 * @param header the OSPF header
 * @param requests the LSAs that are asked for
 */
public record LinkStateRequestPacket(OspfHeader header, List<LsaKey> requests)
    implements OspfPacket {
  /** Bytes of one request. */
  public static final int REQUEST_LENGTH = 12;

  /** Copies the list. */
  public LinkStateRequestPacket {
    requests = List.copyOf(requests);
  }

  static LinkStateRequestPacket decodeBody(OspfHeader header, ByteBuf body)
      throws MalformedPacketException {
    PacketCodec.requireMultiple(body, REQUEST_LENGTH, "Link State Request packet");
    List<LsaKey> requests = new ArrayList<>(body.readableBytes() / REQUEST_LENGTH);
    while (body.isReadable()) {
      int offset = OspfHeader.LENGTH + body.readerIndex();
      long type = body.readUnsignedInt();
      if (type > 0xff) {
        throw PacketCodec.malformed(
            MalformedReason.BAD_VALUE, "Link State Request LS type", offset);
      }
      requests.add(new LsaKey((int) type, Ipv4Address.read(body), Ipv4Address.read(body)));
    }
    return new LinkStateRequestPacket(header, requests);
  }

  @Override
  public PacketType type() {
    return PacketType.LINK_STATE_REQUEST;
  }

  @Override
  public int bodyLength() {
    return REQUEST_LENGTH * requests.size();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    for (LsaKey request : requests) {
      out.writeInt(request.type());
      request.linkStateId().write(out);
      request.advertisingRouter().write(out);
    }
  }
}
