package dev.zuido.ospf.packet;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Header, checksum, digest and LLS block around the five bodies: RFC 2328 A.3.1 and D.4. */
final class PacketCodec {
  private static final int LENGTH_OFFSET = 2;
  private static final int CHECKSUM_OFFSET = 12;
  private static final int AUTHENTICATION_OFFSET = 16;

  private PacketCodec() {}

  static OspfPacket decode(ByteBuf in) throws MalformedPacketException {
    int start = in.readerIndex();
    int end = in.writerIndex();
    if (end - start < OspfHeader.LENGTH) {
      throw malformed(MalformedReason.TRUNCATED, "OSPF header", end - start);
    }
    if (in.getUnsignedByte(start) != OspfHeader.VERSION) {
      throw malformed(MalformedReason.BAD_VERSION, "OSPF version", 0);
    }
    PacketType type = PacketType.ofCode(in.getUnsignedByte(start + 1));
    if (type == null) {
      throw malformed(MalformedReason.BAD_VALUE, "OSPF type", 1);
    }
    int length = in.getUnsignedShort(start + LENGTH_OFFSET);
    if (length < OspfHeader.LENGTH) {
      throw malformed(MalformedReason.BAD_LENGTH, "OSPF packet length", LENGTH_OFFSET);
    }
    if (length > end - start) {
      throw malformed(MalformedReason.TRUNCATED, "OSPF packet", end - start);
    }
    PacketAuthentication authentication = authentication(in, start, start + length, end);
    if (!authentication.isCryptographic()
        && checksum(in, start, length) != in.getUnsignedShort(start + CHECKSUM_OFFSET)) {
      throw malformed(MalformedReason.BAD_CHECKSUM, "OSPF checksum", CHECKSUM_OFFSET);
    }
    OspfHeader header =
        new OspfHeader(
            new Ipv4Address(in.getInt(start + 4)),
            new Ipv4Address(in.getInt(start + 8)),
            authentication);
    ByteBuf body = in.slice(start + OspfHeader.LENGTH, length - OspfHeader.LENGTH);
    int trailing = start + length + authentication.trailerLength();
    OspfPacket packet =
        switch (type) {
          case HELLO -> {
            HelloPacket hello = HelloPacket.decodeBody(header, body);
            yield hello.withLls(lls(hello.options(), in, trailing, start));
          }
          case DATABASE_DESCRIPTION -> {
            DatabaseDescriptionPacket description =
                DatabaseDescriptionPacket.decodeBody(header, body);
            yield description.withLls(lls(description.options(), in, trailing, start));
          }
          case LINK_STATE_REQUEST -> LinkStateRequestPacket.decodeBody(header, body);
          case LINK_STATE_UPDATE -> LinkStateUpdatePacket.decodeBody(header, body);
          case LINK_STATE_ACKNOWLEDGMENT -> LinkStateAcknowledgmentPacket.decodeBody(header, body);
        };
    in.readerIndex(end);
    return packet;
  }

  private static PacketAuthentication authentication(ByteBuf in, int start, int trailer, int end)
      throws MalformedPacketException {
    int type = in.getUnsignedShort(start + 14);
    int field = start + AUTHENTICATION_OFFSET;
    return switch (type) {
      case PacketAuthentication.NULL -> {
        long ignored = in.getLong(field);
        yield ignored == 0
            ? PacketAuthentication.Null.NONE
            : new PacketAuthentication.Null(ignored);
      }
      case PacketAuthentication.SIMPLE_PASSWORD ->
          new PacketAuthentication.SimplePassword(bytes(in, field, 8));
      case PacketAuthentication.CRYPTOGRAPHIC -> {
        int digestLength = in.getUnsignedByte(field + 3);
        if (digestLength > end - trailer) {
          throw malformed(MalformedReason.TRUNCATED, "OSPF message digest", end - start);
        }
        yield new PacketAuthentication.Cryptographic(
            in.getUnsignedByte(field + 2),
            in.getUnsignedInt(field + 4),
            bytes(in, trailer, digestLength));
      }
      case PacketAuthentication.EXTENDED_CRYPTOGRAPHIC -> extended(in, start, trailer, end);
      default -> new PacketAuthentication.Unknown(type, in.getLong(field));
    };
  }

  /** RFC 7474 section 3: the sequence number begins the trailer and counts as part of it. */
  private static PacketAuthentication extended(ByteBuf in, int start, int trailer, int end)
      throws MalformedPacketException {
    int field = start + AUTHENTICATION_OFFSET;
    int sequenceLength = PacketAuthentication.ExtendedCryptographic.SEQUENCE_LENGTH;
    int dataLength = in.getUnsignedByte(field + 3);
    if (dataLength < sequenceLength) {
      throw malformed(MalformedReason.BAD_LENGTH, "OSPF Auth Data Len", AUTHENTICATION_OFFSET + 3);
    }
    if (dataLength > end - trailer) {
      throw malformed(MalformedReason.TRUNCATED, "OSPF message digest", end - start);
    }
    return new PacketAuthentication.ExtendedCryptographic(
        in.getUnsignedInt(field + 4),
        in.getLong(trailer),
        bytes(in, trailer + sequenceLength, dataLength - sequenceLength));
  }

  private static @Nullable LinkLocalSignaling lls(Options options, ByteBuf in, int index, int start)
      throws MalformedPacketException {
    int length = in.writerIndex() - index;
    if (options.has(Options.L)) {
      return LinkLocalSignaling.decode(in.slice(index, length));
    }
    if (length != 0) {
      throw malformed(MalformedReason.TRAILING_BYTES, "OSPF packet", index - start);
    }
    return null;
  }

  static void encode(OspfPacket packet, ByteBuf out) {
    int length = packet.packetLength();
    if (length > OspfPacket.MAXIMUM_LENGTH) {
      throw new IllegalStateException("the packet would have " + length + " bytes");
    }
    int start = out.writerIndex();
    OspfHeader header = packet.header();
    PacketAuthentication authentication = header.authentication();
    out.writeByte(OspfHeader.VERSION).writeByte(packet.type().code()).writeShort(length);
    header.routerId().write(out);
    header.areaId().write(out);
    out.writeShort(0).writeShort(authentication.type()).writeLong(authentication.field());
    packet.encodeBody(out);
    if (!authentication.isCryptographic()) {
      out.setShort(start + CHECKSUM_OFFSET, checksum(out, start, length));
    }
    authentication.encodeTrailer(out);
    LinkLocalSignaling lls = packet.lls();
    if (lls != null) {
      lls.encode(out);
    }
  }

  /** The checksum of a packet without its checksum and authentication fields (A.3.1). */
  private static int checksum(ByteBuf buffer, int start, int length) {
    return InternetChecksum.finish(
        InternetChecksum.sum(buffer, start, CHECKSUM_OFFSET)
            + buffer.getUnsignedShort(start + 14)
            + InternetChecksum.sum(buffer, start + OspfHeader.LENGTH, length - OspfHeader.LENGTH));
  }

  private static ByteString bytes(ByteBuf in, int index, int length) {
    byte[] bytes = new byte[length];
    in.getBytes(index, bytes);
    return ByteString.of(bytes);
  }

  static MalformedPacketException malformed(MalformedReason reason, String field, int offset) {
    return new MalformedPacketException(reason, field, offset);
  }

  /** Refuses a body that is shorter than its fixed part. */
  static void require(ByteBuf body, int length, String field) throws MalformedPacketException {
    if (body.readableBytes() < length) {
      throw malformed(MalformedReason.TRUNCATED, field, OspfHeader.LENGTH + body.writerIndex());
    }
  }

  /** Refuses the rest of a body that is not a whole number of elements. */
  static void requireMultiple(ByteBuf body, int size, String field)
      throws MalformedPacketException {
    if (body.readableBytes() % size != 0) {
      throw malformed(MalformedReason.BAD_LENGTH, field, OspfHeader.LENGTH + body.readerIndex());
    }
  }
}
