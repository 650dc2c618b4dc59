package dev.zuido.ospf.packet;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The Link State Update packet (RFC 2328 A.3.5).
 *
 * <pre>
 * |                            # LSAs                             |
 * |                             LSAs ...                          |
 * </pre>
 *
 * <p>An LSA whose body is none of its type arrives as a {@link dev.zuido.ospf.lsa.MalformedLsa}, so
 * that it does not take the others with it: ask {@link Lsa#isIntact()} of each (section 13 step 1).
 *
 * @param header the OSPF header
 * @param lsas the LSAs, each with the age that the packet carries
 */
public record LinkStateUpdatePacket(OspfHeader header, List<Lsa> lsas) implements OspfPacket {
  /** Bytes of the body without LSAs. */
  public static final int FIXED_LENGTH = 4;

  /** Copies the list. */
  public LinkStateUpdatePacket {
    lsas = List.copyOf(lsas);
  }

  static LinkStateUpdatePacket decodeBody(OspfHeader header, ByteBuf body)
      throws MalformedPacketException {
    PacketCodec.require(body, FIXED_LENGTH, "Link State Update packet");
    long count = body.readUnsignedInt();
    if (count > body.readableBytes() / LsaHeader.LENGTH) {
      throw PacketCodec.malformed(
          MalformedReason.BAD_LENGTH, "Link State Update # LSAs", OspfHeader.LENGTH);
    }
    List<Lsa> lsas = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      lsas.add(Lsa.decodeBounded(body, -OspfHeader.LENGTH));
    }
    if (body.isReadable()) {
      throw PacketCodec.malformed(
          MalformedReason.TRAILING_BYTES,
          "Link State Update packet",
          OspfHeader.LENGTH + body.readerIndex());
    }
    return new LinkStateUpdatePacket(header, lsas);
  }

  @Override
  public PacketType type() {
    return PacketType.LINK_STATE_UPDATE;
  }

  @Override
  public int bodyLength() {
    int length = FIXED_LENGTH;
    for (Lsa lsa : lsas) {
      length += lsa.encodedLength();
    }
    return length;
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeInt(lsas.size());
    for (Lsa lsa : lsas) {
      lsa.encode(out);
    }
  }
}
