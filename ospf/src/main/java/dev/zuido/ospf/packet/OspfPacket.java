package dev.zuido.ospf.packet;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** An OSPF packet: a header and one of the five bodies (RFC 2328 A.3). */
public sealed interface OspfPacket
    permits HelloPacket,
        DatabaseDescriptionPacket,
        LinkStateRequestPacket,
        LinkStateUpdatePacket,
        LinkStateAcknowledgmentPacket {
  /** The largest value of the packet length field. */
  int MAXIMUM_LENGTH = 0xffff;

  /** The header. */
  OspfHeader header();

  /** The Type field. */
  PacketType type();

  /** Bytes of the body, between the header and the message digest. */
  int bodyLength();

  /** Writes the body. */
  void encodeBody(ByteBuf out);

  /** The Options field of a packet that has one; its L bit announces a {@link #lls()}. */
  default Options options() {
    return Options.NONE;
  }

  /** The link-local signalling block after a Hello or Database Description packet, if any. */
  default @Nullable LinkLocalSignaling lls() {
    return null;
  }

  /** The value of the packet length field: header and body, without digest and LLS block. */
  default int packetLength() {
    return OspfHeader.LENGTH + bodyLength();
  }

  /** Bytes that {@link #encode} writes: packet, digest and LLS block. */
  default int encodedLength() {
    LinkLocalSignaling lls = lls();
    return packetLength()
        + header().authentication().trailerLength()
        + (lls == null ? 0 : lls.encodedLength());
  }

  /**
   * Writes the packet, then the message digest as the header has it (to be filled in by {@link
   * CryptographicKey#sign}), then the LLS block. The checksum is computed, or 0 with cryptographic
   * authentication.
   *
   * @throws IllegalStateException if the packet is longer than its length field can say
   */
  default void encode(ByteBuf out) {
    PacketCodec.encode(this, out);
  }

  /**
   * Reads a packet: the whole payload of an IP packet.
   *
   * <p>The buffer is read to its end. After the packet and its digest, an LLS block is taken if the
   * L bit announces one; a block that is not well-formed is passed over, and so are bytes after
   * packets of a type that cannot have one (RFC 5613 section 2). With null and simple
   * authentication the packet checksum is verified; a message digest is not, see {@link
   * CryptographicKey#verify}.
   *
   * @throws MalformedPacketException if the bytes are no OSPFv2 packet
   */
  static OspfPacket decode(ByteBuf in) throws MalformedPacketException {
    return PacketCodec.decode(in);
  }
}
