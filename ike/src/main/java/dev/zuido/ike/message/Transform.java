package dev.zuido.ike.message;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A transform of a proposal (RFC 2408 section 3.6).
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! NP = 3 or 0   !   RESERVED    !         Payload Length        !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !  Transform #  !  Transform-Id !           RESERVED2           !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~                        SA Attributes                          ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param number the transform's number in its proposal, 0 to 255
 * @param id what the proposal's protocol is to use, see {@link TransformId}
 * @param attributes in their order, at most {@link #MAX_ATTRIBUTES}
 */
public record Transform(int number, int id, List<DataAttribute> attributes) {
  /** The most attributes of one transform. */
  public static final int MAX_ATTRIBUTES = 64;

  private static final int FIXED_LENGTH = Payload.HEADER_LENGTH + 4;

  /** Copies the list and checks that every field can be encoded. */
  public Transform {
    Limits.unsignedByte(number, "the transform number");
    Limits.unsignedByte(id, "the transform id");
    attributes = List.copyOf(attributes);
    Limits.atMost(attributes.size(), MAX_ATTRIBUTES, "attributes in a transform");
    Limits.atMost(lengthOf(attributes), 0xffff, "bytes in a transform");
  }

  private static int lengthOf(List<DataAttribute> attributes) {
    int length = FIXED_LENGTH;
    for (DataAttribute attribute : attributes) {
      length += attribute.encodedLength();
    }
    return length;
  }

  /** Reads what follows the generic header. */
  static Transform decode(PayloadReader in) throws MalformedPacketException {
    int number = in.unsignedByte("Transform #");
    int id = in.unsignedByte("Transform-Id");
    in.reserved(2, "Transform RESERVED2");
    List<DataAttribute> attributes = new ArrayList<>();
    while (in.remaining() > 0) {
      if (attributes.size() == MAX_ATTRIBUTES) {
        throw in.malformed(MalformedReason.LIMIT_EXCEEDED, "SA Attributes");
      }
      attributes.add(decodeAttribute(in));
    }
    return new Transform(number, id, attributes);
  }

  static DataAttribute decodeAttribute(PayloadReader in) throws MalformedPacketException {
    int type = in.unsignedShort("Attribute Type");
    if ((type & DataAttribute.FORMAT_BIT) != 0) {
      int value = in.unsignedShort("Attribute Value");
      return new DataAttribute.Basic(type & ~DataAttribute.FORMAT_BIT, value);
    }
    int length = in.unsignedShort("Attribute Length");
    return new DataAttribute.Variable(type, in.bytes(length, "Attribute Value"));
  }

  /** Bytes with the generic header. */
  public int encodedLength() {
    return lengthOf(attributes);
  }

  /** Writes the transform with its generic header. */
  void encode(ByteBuf out, boolean last) {
    out.writeByte(last ? PayloadType.NONE : PayloadType.TRANSFORM);
    out.writeByte(0);
    out.writeShort(encodedLength());
    out.writeByte(number);
    out.writeByte(id);
    out.writeShort(0);
    for (DataAttribute attribute : attributes) {
      attribute.encode(out);
    }
  }

  /** The first attribute of a class. */
  public Optional<DataAttribute> attribute(int type) {
    return attributes.stream().filter(attribute -> attribute.type() == type).findFirst();
  }

  /**
   * The number in the first attribute of a class; empty if there is none or its value is no number.
   */
  public OptionalLong number(int type) {
    return attribute(type).map(DataAttribute::number).orElse(OptionalLong.empty());
  }
}
