package dev.zuido.ospf.lsa.opaque;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * A TLV or sub-TLV of a type that has no record here (RFC 3630 section 2.3.2).
 *
 * <pre>
 * |              Type             |             Length            |
 * |                      Value, padded to four octets ...         |
 * </pre>
 *
 * @param type the type, 0 to 65 535; what it means depends on where the TLV stands
 * @param value the value without its padding, at most 65 535 bytes
 */
public record Tlv(int type, ByteString value)
    implements TrafficEngineeringLsa.TopLevel,
        TeLinkSubTlv,
        RouterInformationLsa.TopLevel,
        ExtendedPrefixLsa.TopLevel,
        ExtendedLinkLsa.TopLevel {
  /** Bytes before the value. */
  static final int HEADER_LENGTH = 4;

  /** Checks the ranges. */
  public Tlv {
    if ((type & ~0xffff) != 0 || value.length() > 0xffff) {
      throw new IllegalArgumentException("type or length of a TLV out of range");
    }
  }

  /** Makes something of a TLV's value. */
  @FunctionalInterface
  interface Decoder<T> {
    /**
     * Reads a value.
     *
     * @param type the TLV's type
     * @param value a buffer that begins and ends with the value
     */
    T decode(int type, ByteBuf value) throws MalformedPacketException;
  }

  /**
   * Reads TLVs up to the end of a buffer. The padding of the last one may be missing.
   *
   * @param area what holds them and nothing else
   * @param field what to call them in the exception; its offsets count from the first TLV's LSA as
   *     if it stood right behind the LSA's header
   */
  static <T> List<T> decodeAll(ByteBuf area, String field, Decoder<T> decoder)
      throws MalformedPacketException {
    List<T> all = new ArrayList<>();
    while (area.isReadable()) {
      int offset = LsaHeader.LENGTH + area.readerIndex();
      if (area.readableBytes() < HEADER_LENGTH) {
        throw new MalformedPacketException(MalformedReason.TRUNCATED, field, offset);
      }
      int type = area.readUnsignedShort();
      int length = area.readUnsignedShort();
      if (length > area.readableBytes()) {
        throw new MalformedPacketException(MalformedReason.BAD_LENGTH, field, offset + 2);
      }
      ByteBuf value = area.readSlice(length);
      all.add(decoder.decode(type, value));
      if (value.isReadable()) {
        throw new MalformedPacketException(MalformedReason.TRAILING_BYTES, field, offset);
      }
      area.skipBytes(Math.min(padding(length), area.readableBytes()));
    }
    return all;
  }

  static Tlv decode(int type, ByteBuf value) {
    return new Tlv(type, ByteString.read(value, value.readableBytes()));
  }

  /** Refuses a value that has not the length that its type wants. */
  static void require(boolean lengthIsRight, String field, ByteBuf value)
      throws MalformedPacketException {
    if (!lengthIsRight) {
      throw new MalformedPacketException(
          MalformedReason.BAD_LENGTH, field, LsaHeader.LENGTH + value.readerIndex());
    }
  }

  /** Writes what comes before a value. */
  static void encodeHeader(ByteBuf out, int type, int length) {
    out.writeShort(type).writeShort(length);
  }

  /** Writes the zeros behind a value of a length. */
  static void pad(ByteBuf out, int length) {
    out.writeZero(padding(length));
  }

  /** Bytes of a TLV with a value of a length, with header and padding. */
  static int encodedLength(int length) {
    return HEADER_LENGTH + length + padding(length);
  }

  private static int padding(int length) {
    return -length & 3;
  }

  @Override
  public void encode(ByteBuf out) {
    encodeHeader(out, type, value.length());
    value.write(out);
    pad(out, value.length());
  }

  @Override
  public int encodedLength() {
    return encodedLength(value.length());
  }
}
