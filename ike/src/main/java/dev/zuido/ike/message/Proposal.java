package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A proposal of an SA payload (RFC 2408 section 3.5). Its transforms are alternatives: one of them
 * is chosen.
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! NP = 2 or 0   !   RESERVED    !         Payload Length        !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !  Proposal #   !  Protocol-Id  !    SPI Size   !# of Transforms!
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !                        SPI (variable)                         !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~                          Transforms                           ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param number proposals with the same number belong together (AND), others are alternatives (OR);
 *     0 to 255
 * @param protocolId see {@link ProtocolId}
 * @param spi the sender's SPI, up to 255 bytes; four for ESP and AH, none or ignored in phase 1
 * @param transforms in the order of preference, at most 255
 */
public record Proposal(int number, int protocolId, ByteString spi, List<Transform> transforms) {
  private static final int FIXED_LENGTH = Payload.HEADER_LENGTH + 4;

  /** Copies the list and checks that every field can be encoded. */
  public Proposal {
    Limits.unsignedByte(number, "the proposal number");
    Limits.unsignedByte(protocolId, "the protocol id");
    Limits.unsignedByte(spi.length(), "the SPI size");
    transforms = List.copyOf(transforms);
    Limits.atMost(transforms.size(), 0xff, "transforms in a proposal");
    Limits.atMost(lengthOf(spi, transforms), 0xffff, "bytes in a proposal");
  }

  private static int lengthOf(ByteString spi, List<Transform> transforms) {
    int length = FIXED_LENGTH + spi.length();
    for (Transform transform : transforms) {
      length += transform.encodedLength();
    }
    return length;
  }

  /** Reads what follows the generic header. */
  static Proposal decode(PayloadReader in) throws MalformedPacketException {
    int number = in.unsignedByte("Proposal #");
    int protocolId = in.unsignedByte("Protocol-Id");
    int spiSize = in.unsignedByte("SPI Size");
    int count = in.unsignedByte("# of Transforms");
    ByteString spi = in.bytes(spiSize, "Proposal SPI");
    List<Transform> transforms = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int next = i + 1 < count ? PayloadType.TRANSFORM : PayloadType.NONE;
      if (in.unsignedByte("Transform Next Payload") != next) {
        throw in.malformed(MalformedReason.BAD_VALUE, "Transform Next Payload", 1);
      }
      in.reserved(1, "Transform RESERVED");
      transforms.add(Transform.decode(PayloadChain.body(in)));
    }
    in.expectEnd("Proposal payload");
    return new Proposal(number, protocolId, spi, transforms);
  }

  /** Bytes with the generic header. */
  public int encodedLength() {
    return lengthOf(spi, transforms);
  }

  /** Writes the proposal with its generic header. */
  void encode(ByteBuf out, boolean last) {
    out.writeByte(last ? PayloadType.NONE : PayloadType.PROPOSAL);
    out.writeByte(0);
    out.writeShort(encodedLength());
    out.writeByte(number);
    out.writeByte(protocolId);
    out.writeByte(spi.length());
    out.writeByte(transforms.size());
    spi.write(out);
    for (int i = 0; i < transforms.size(); i++) {
      transforms.get(i).encode(out, i + 1 == transforms.size());
    }
  }
}
