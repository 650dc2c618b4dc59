package dev.zuido.testkit.ospf;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.ospf.packet.PacketType;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Packets that are sound but for one rule; lengths and checksum agree unless they are the rule. */
public final class BrokenPackets {
  private static final int LENGTH_OFFSET = 2;
  private static final int CHECKSUM_OFFSET = 12;
  private static final int BODY = OspfHeader.LENGTH;

  /** The rule that is broken. */
  public enum Rule {
    /** The header is whole. */
    WHOLE_HEADER(MalformedReason.TRUNCATED),
    /** The version is 2. */
    VERSION(MalformedReason.BAD_VERSION),
    /** The type is 1 to 5. */
    TYPE(MalformedReason.BAD_VALUE),
    /** The packet length covers at least the header. */
    MINIMUM_LENGTH(MalformedReason.BAD_LENGTH),
    /** The packet is not longer than the IP payload. */
    WHOLE_PACKET(MalformedReason.TRUNCATED),
    /** The checksum is right. */
    CHECKSUM(MalformedReason.BAD_CHECKSUM),
    /** The digest is as long as Auth Data Len says. */
    WHOLE_DIGEST(MalformedReason.TRUNCATED),
    /** Nothing follows a Hello or Database Description without the L bit. */
    NOTHING_FOLLOWS(
        MalformedReason.TRAILING_BYTES, PacketType.HELLO, PacketType.DATABASE_DESCRIPTION),
    /** The fixed part of the body is there. */
    FIXED_PART(
        MalformedReason.TRUNCATED,
        PacketType.HELLO,
        PacketType.DATABASE_DESCRIPTION,
        PacketType.LINK_STATE_UPDATE),
    /** The list is a whole number of elements. */
    WHOLE_ELEMENTS(
        MalformedReason.BAD_LENGTH,
        PacketType.HELLO,
        PacketType.DATABASE_DESCRIPTION,
        PacketType.LINK_STATE_REQUEST,
        PacketType.LINK_STATE_ACKNOWLEDGMENT),
    /** A requested LS type fits in an octet. */
    REQUESTED_TYPE(MalformedReason.BAD_VALUE, PacketType.LINK_STATE_REQUEST),
    /** The number of LSAs fits into the packet. */
    LSA_COUNT(MalformedReason.BAD_LENGTH, PacketType.LINK_STATE_UPDATE),
    /** All LSAs are counted. */
    LSAS_COUNTED(MalformedReason.TRAILING_BYTES, PacketType.LINK_STATE_UPDATE),
    /** An LSA has at least its header. */
    LSA_MINIMUM_LENGTH(MalformedReason.BAD_LENGTH, PacketType.LINK_STATE_UPDATE),
    /** An LSA ends within its packet. */
    LSA_WITHIN_PACKET(MalformedReason.TRUNCATED, PacketType.LINK_STATE_UPDATE);

    private final MalformedReason reason;

    /** A bit for each type of packet in which the rule can be broken. */
    private final int types;

    Rule(MalformedReason reason, PacketType... types) {
      this.reason = reason;
      int bits = 0;
      for (PacketType type : types.length == 0 ? PacketType.values() : types) {
        bits |= 1 << type.code();
      }
      this.types = bits;
    }

    boolean appliesTo(PacketType type) {
      return (types & 1 << type.code()) != 0;
    }

    /** The reason for which a decoder refuses the packet. */
    public MalformedReason reason() {
      return reason;
    }
  }

  /**
   * A packet and the one rule that it breaks.
   *
   * @param rule the rule
   * @param bytes the packet as the payload of an IP packet
   */
  public record BrokenPacket(Rule rule, ByteString bytes) {}

  private BrokenPackets() {}

  /** Packets that break each rule. */
  public static Arbitrary<BrokenPacket> packets() {
    Arbitrary<OspfHeader> headers =
        Combinators.combine(OspfArbitraries.addresses(), OspfArbitraries.addresses())
            .as((router, area) -> new OspfHeader(router, area));
    return Arbitraries.of(Rule.class)
        .flatMap(
            rule ->
                Combinators.combine(
                        OspfArbitraries.packets(headers)
                            .filter(packet -> rule.appliesTo(packet.type())),
                        Arbitraries.integers().between(1, 0xffff))
                    .as((packet, salt) -> new BrokenPacket(rule, broken(rule, packet, salt))));
  }

  private static ByteString broken(Rule rule, OspfPacket packet, int salt) {
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    byte[] bytes = ByteString.read(out, out.readableBytes()).toArray();
    return switch (rule) {
      case WHOLE_HEADER -> ByteString.of(Arrays.copyOf(bytes, salt % BODY));
      case VERSION -> withByte(bytes, 0, salt % 255 + 3);
      case TYPE -> withByte(bytes, 1, salt % 250 + 6);
      case MINIMUM_LENGTH -> withShort(bytes, LENGTH_OFFSET, salt % BODY);
      case WHOLE_PACKET ->
          withShort(bytes, LENGTH_OFFSET, Math.min(0xffff, bytes.length + 1 + salt % 100));
      case CHECKSUM -> {
        BigEndian.putShort(
            bytes, CHECKSUM_OFFSET, BigEndian.getUnsignedShort(bytes, CHECKSUM_OFFSET) ^ salt);
        yield ByteString.of(bytes);
      }
      case WHOLE_DIGEST -> {
        BigEndian.putShort(bytes, 14, 2);
        bytes[19] = (byte) (1 + salt % 255);
        yield ByteString.of(Arrays.copyOf(bytes, bytes.length + salt % (1 + salt % 255)));
      }
      case NOTHING_FOLLOWS -> ByteString.of(Arrays.copyOf(bytes, bytes.length + 1 + salt % 50));
      case FIXED_PART -> cut(bytes, BODY + salt % fixedLength(packet.type()));
      case WHOLE_ELEMENTS -> cut(bytes, bytes.length + 1 + salt % 3);
      case REQUESTED_TYPE -> withByte(bytes, BODY + salt % 3, 1 + salt % 255);
      case LSA_COUNT -> withShort(bytes, BODY, salt);
      case LSAS_COUNTED -> withShort(bytes, BODY + 2, lsas(packet) - 1);
      case LSA_MINIMUM_LENGTH -> withShort(bytes, BODY + 4 + 18, salt % LsaHeader.LENGTH);
      case LSA_WITHIN_PACKET ->
          withShort(bytes, BODY + 4 + 18, Math.min(0xffff, bytes.length + salt % 1000));
    };
  }

  private static int lsas(OspfPacket packet) {
    return packet instanceof LinkStateUpdatePacket update ? update.lsas().size() : 0;
  }

  private static int fixedLength(PacketType type) {
    return switch (type) {
      case HELLO -> 20;
      case DATABASE_DESCRIPTION -> 8;
      default -> 4;
    };
  }

  private static ByteString withByte(byte[] bytes, int index, int value) {
    bytes[index] = (byte) value;
    return summed(bytes);
  }

  private static ByteString withShort(byte[] bytes, int index, int value) {
    BigEndian.putShort(bytes, index, value);
    return summed(bytes);
  }

  /** Another length of both packet and payload; what is new is zeros. */
  private static ByteString cut(byte[] bytes, int length) {
    byte[] cut = Arrays.copyOf(bytes, length);
    BigEndian.putShort(cut, LENGTH_OFFSET, length);
    return summed(cut);
  }

  private static ByteString summed(byte[] bytes) {
    long sum =
        InternetChecksum.sum(bytes, 0, CHECKSUM_OFFSET)
            + BigEndian.getUnsignedShort(bytes, 14)
            + InternetChecksum.sum(bytes, BODY, bytes.length - BODY);
    BigEndian.putShort(bytes, CHECKSUM_OFFSET, InternetChecksum.finish(sum));
    return ByteString.of(bytes);
  }
}
