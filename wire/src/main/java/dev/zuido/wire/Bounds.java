package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/** The checks that every decoder of this package makes before it reads. */
final class Bounds {
  private Bounds() {}

  /**
   * Demands that so many bytes are readable.
   *
   * @param start the reader index at which the decoded area began
   */
  static void require(ByteBuf in, int start, int bytes, String field)
      throws MalformedPacketException {
    if (in.readableBytes() < bytes) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, field, in.readerIndex() - start);
    }
  }

  /** Demands, of a caller's value, that it lies within 0 and a maximum. */
  static void range(String name, long value, long max) {
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(name + " is 0 to " + max + ", not " + value);
    }
  }
}
