package dev.zuido.ospf.packet;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Database Description packet (RFC 2328 A.3.3).
 *
 * <pre>
 * |         Interface MTU         |    Options    |0|0|0|0|0|I|M|MS|
 * |                     DD sequence number                        |
 * |                         LSA headers                           |  (any number)
 * </pre>
 *
 * @param header the OSPF header
 * @param interfaceMtu the largest IP packet, in bytes, that the sender's interface sends whole; 0
 *     on virtual links
 * @param options the sender's capabilities
 * @param flags the octet with {@link #INIT}, {@link #MORE} and {@link #MASTER}
 * @param ddSequenceNumber a number that is compared for equality and counted up, 32 bits
 * @param lsaHeaders a part of the sender's database
 * @param lls the link-local signalling block, which needs the L bit in the options
 */
public record DatabaseDescriptionPacket(
    OspfHeader header,
    int interfaceMtu,
    Options options,
    int flags,
    int ddSequenceNumber,
    List<LsaHeader> lsaHeaders,
    @Nullable LinkLocalSignaling lls)
    implements OspfPacket {
  /** Bytes of the body without LSA headers. */
  public static final int FIXED_LENGTH = 8;

  /** MS: the sender is the master of the exchange. */
  public static final int MASTER = 0x01;

  /** M: more packets follow. */
  public static final int MORE = 0x02;

  /** I: this is the first packet. */
  public static final int INIT = 0x04;

  /** Checks the ranges. */
  public DatabaseDescriptionPacket {
    if ((interfaceMtu & ~0xffff) != 0 || (flags & ~0xff) != 0) {
      throw new IllegalArgumentException("interface MTU or flags out of range");
    }
    if (lls != null && !options.has(Options.L)) {
      throw new IllegalArgumentException("an LLS block needs the L bit");
    }
    lsaHeaders = List.copyOf(lsaHeaders);
  }

  /** A packet without an LLS block. */
  public DatabaseDescriptionPacket(
      OspfHeader header,
      int interfaceMtu,
      Options options,
      int flags,
      int ddSequenceNumber,
      List<LsaHeader> lsaHeaders) {
    this(header, interfaceMtu, options, flags, ddSequenceNumber, lsaHeaders, null);
  }

  static DatabaseDescriptionPacket decodeBody(OspfHeader header, ByteBuf body)
      throws MalformedPacketException {
    PacketCodec.require(body, FIXED_LENGTH, "Database Description packet");
    return new DatabaseDescriptionPacket(
        header,
        body.readUnsignedShort(),
        new Options(body.readUnsignedByte()),
        body.readUnsignedByte(),
        body.readInt(),
        LinkStateAcknowledgmentPacket.decodeHeaders(body));
  }

  DatabaseDescriptionPacket withLls(@Nullable LinkLocalSignaling block) {
    return new DatabaseDescriptionPacket(
        header, interfaceMtu, options, flags, ddSequenceNumber, lsaHeaders, block);
  }

  /** I: whether this is the first packet. */
  public boolean isInit() {
    return (flags & INIT) != 0;
  }

  /** M: whether more packets follow. */
  public boolean isMore() {
    return (flags & MORE) != 0;
  }

  /** MS: whether the sender is the master. */
  public boolean isMaster() {
    return (flags & MASTER) != 0;
  }

  @Override
  public PacketType type() {
    return PacketType.DATABASE_DESCRIPTION;
  }

  @Override
  public int bodyLength() {
    return FIXED_LENGTH + LsaHeader.LENGTH * lsaHeaders.size();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeShort(interfaceMtu).writeByte(options.bits()).writeByte(flags);
    out.writeInt(ddSequenceNumber);
    for (LsaHeader lsaHeader : lsaHeaders) {
      lsaHeader.encode(out);
    }
  }
}
