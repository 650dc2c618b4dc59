package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.OptionalLong;

/**
 * A data attribute of a transform (RFC 2408 section 3.3).
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !A!       Attribute Type        !    AF=0  Attribute Length     !
 * !F!                             !    AF=1  Attribute Value      !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * .                   AF=0  Attribute Value                       .
 * .                   AF=1  Not Transmitted                       .
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public sealed interface DataAttribute {
  /** The bit that tells the short form. */
  int FORMAT_BIT = 0x8000;

  /** The attribute's class, 0 to 32 767. */
  int type();

  /** Bytes of the attribute. */
  int encodedLength();

  /** Writes the attribute. */
  void encode(ByteBuf out);

  /**
   * The value as an unsigned number; empty if it has no bytes or does not fit into a positive long.
   */
  OptionalLong number();

  /** The value as an unsigned number, cut to the largest long; 0 if it has no bytes. */
  default long saturatedNumber() {
    return number().orElse(0);
  }

  /**
   * An attribute with a number: short if the number fits into two bytes, else with four bytes, as
   * is usual.
   */
  static DataAttribute of(int type, long value) {
    if (value >= 0 && value <= 0xffff) {
      return new Basic(type, (int) value);
    }
    Limits.unsignedInt(value, "the attribute's value");
    byte[] bytes = new byte[4];
    Unpooled.wrappedBuffer(bytes).setInt(0, (int) value);
    return new Variable(type, ByteString.of(bytes));
  }

  /** Reads one attribute. */
  static DataAttribute decode(ByteBuf in) throws MalformedPacketException {
    return Transform.decodeAttribute(new PayloadReader(in, 0));
  }

  /**
   * The short form, AF=1.
   *
   * @param type the attribute's class, 0 to 32 767
   * @param value 0 to 65 535
   */
  record Basic(int type, int value) implements DataAttribute {
    /** Checks that both fields can be encoded. */
    public Basic {
      Limits.atMost(type, FORMAT_BIT - 1, "as attribute type");
      Limits.unsignedShort(type, "the attribute type");
      Limits.unsignedShort(value, "the attribute value");
    }

    @Override
    public int encodedLength() {
      return 4;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeShort(FORMAT_BIT | type);
      out.writeShort(value);
    }

    @Override
    public OptionalLong number() {
      return OptionalLong.of(value);
    }
  }

  /**
   * The long form, AF=0.
   *
   * @param type the attribute's class, 0 to 32 767
   * @param value up to 65 535 bytes
   */
  record Variable(int type, ByteString value) implements DataAttribute {
    /** Checks that both fields can be encoded. */
    public Variable {
      Limits.atMost(type, FORMAT_BIT - 1, "as attribute type");
      Limits.unsignedShort(type, "the attribute type");
      Limits.unsignedShort(value.length(), "the attribute length");
    }

    @Override
    public int encodedLength() {
      return 4 + value.length();
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeShort(type);
      out.writeShort(value.length());
      value.write(out);
    }

    @Override
    public OptionalLong number() {
      if (value.isEmpty()) {
        return OptionalLong.empty();
      }
      long number = 0;
      for (int i = 0; i < value.length(); i++) {
        if (number > Long.MAX_VALUE >>> 8) {
          return OptionalLong.empty();
        }
        number = number << 8 | (value.byteAt(i) & 0xff);
      }
      return OptionalLong.of(number);
    }

    @Override
    public long saturatedNumber() {
      return value.isEmpty() ? 0 : number().orElse(Long.MAX_VALUE);
    }
  }
}
