package dev.zuido.ike.message;

import dev.zuido.wire.BigEndian;
import io.netty.buffer.ByteBuf;
import java.util.HexFormat;

/**
 * An ISAKMP cookie (RFC 2408 section 2.5.3): eight bytes that one side chose to name its half of an
 * ISAKMP SA.
 *
 * @param value the bytes as a number, the first byte highest
 */
public record Cookie(long value) {
  /** Bytes on the wire. */
  public static final int LENGTH = 8;

  /** What stands in the place of a cookie that is not known yet. */
  public static final Cookie ZERO = new Cookie(0);

  /** Reads eight bytes; the caller has checked that they are there. */
  public static Cookie read(ByteBuf in) {
    return new Cookie(in.readLong());
  }

  /**
   * A cookie from sixteen hexadecimal digits.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  public static Cookie parse(String hex) {
    if (hex.length() != 2 * LENGTH) {
      throw new IllegalArgumentException("a cookie has 16 hexadecimal digits: '" + hex + "'");
    }
    return new Cookie(BigEndian.getLong(HexFormat.of().parseHex(hex), 0));
  }

  /** Whether all bytes are zero. */
  public boolean isZero() {
    return value == 0;
  }

  /** Writes eight bytes. */
  public void write(ByteBuf out) {
    out.writeLong(value);
  }

  /** The eight bytes. */
  public byte[] toBytes() {
    byte[] bytes = new byte[LENGTH];
    BigEndian.putLong(bytes, 0, value);
    return bytes;
  }

  /** Sixteen lower-case hexadecimal digits. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
