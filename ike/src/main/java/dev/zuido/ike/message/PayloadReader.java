package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;

/** Reads a bounded area of a message and knows where in the message it stands. */
final class PayloadReader {
  private final ByteBuf in;
  private final int end;
  private final int shift;

  /**
   * Reads what is readable in a buffer.
   *
   * @param in the bytes
   * @param base where in the message the first of them stands
   */
  PayloadReader(ByteBuf in, int base) {
    this(in, in.writerIndex(), base - in.readerIndex());
  }

  private PayloadReader(ByteBuf in, int end, int shift) {
    this.in = in;
    this.end = end;
    this.shift = shift;
  }

  int remaining() {
    return end - in.readerIndex();
  }

  /** Bytes from the start of the message to the next byte. */
  int offset() {
    return in.readerIndex() + shift;
  }

  int peekByte(int ahead) {
    return in.getUnsignedByte(in.readerIndex() + ahead);
  }

  int unsignedByte(String field) throws MalformedPacketException {
    require(1, field);
    return in.readUnsignedByte();
  }

  int unsignedShort(String field) throws MalformedPacketException {
    require(2, field);
    return in.readUnsignedShort();
  }

  int signedInt(String field) throws MalformedPacketException {
    require(4, field);
    return in.readInt();
  }

  long unsignedInt(String field) throws MalformedPacketException {
    require(4, field);
    return in.readUnsignedInt();
  }

  /** Takes bytes that must be zero (RFC 2408 section 2.5.2). */
  void reserved(int length, String field) throws MalformedPacketException {
    require(length, field);
    for (int i = 0; i < length; i++) {
      if (peekByte(0) != 0) {
        throw malformed(MalformedReason.RESERVED_BITS, field);
      }
      in.skipBytes(1);
    }
  }

  Cookie cookie(String field) throws MalformedPacketException {
    require(Cookie.LENGTH, field);
    return Cookie.read(in);
  }

  ByteString bytes(int length, String field) throws MalformedPacketException {
    require(length, field);
    return ByteString.read(in, length);
  }

  ByteString rest() {
    return ByteString.read(in, remaining());
  }

  /** The next bytes as an area of their own; whoever reads it reads all of it. */
  PayloadReader nested(int length, String field) throws MalformedPacketException {
    require(length, field);
    return new PayloadReader(in, in.readerIndex() + length, shift);
  }

  void expectEnd(String field) throws MalformedPacketException {
    if (remaining() != 0) {
      throw malformed(MalformedReason.TRAILING_BYTES, field);
    }
  }

  void require(int length, String field) throws MalformedPacketException {
    if (remaining() < length) {
      throw malformed(MalformedReason.TRUNCATED, field);
    }
  }

  MalformedPacketException malformed(MalformedReason reason, String field) {
    return new MalformedPacketException(reason, field, offset());
  }

  /** An error of the field that stands so many bytes before the next byte. */
  MalformedPacketException malformed(MalformedReason reason, String field, int bytesBack) {
    return new MalformedPacketException(reason, field, offset() - bytesBack);
  }
}
