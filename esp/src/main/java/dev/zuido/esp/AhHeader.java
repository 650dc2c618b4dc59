package dev.zuido.esp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;

/**
 * The Authentication Header (RFC 4302 section 2). The reserved field is sent as zero and ignored on
 * receipt, as section 2.3 says. The accessors for the same header in arrays are {@link AhFields}.
 *
 * @param nextHeader the protocol of what follows, 0 to 255
 * @param spi the SPI
 * @param sequence the low 32 bits of the sequence number
 * @param icv the ICV with its padding: where it ends, only its algorithm knows. A multiple of 4
 *     bytes, at most {@value #MAX_ICV_LENGTH}
 */
public record AhHeader(int nextHeader, int spi, int sequence, ByteString icv) {
  /** The longest ICV, with its padding, that the Payload Len field can express, in bytes. */
  public static final int MAX_ICV_LENGTH = (255 + 2) * 4 - AhFields.FIXED_LENGTH;

  /** Checks that the header can be encoded. */
  public AhHeader {
    if (nextHeader < 0 || nextHeader > 0xff) {
      throw new IllegalArgumentException("the next header is 0 to 255, not " + nextHeader);
    }
    if (icv.length() % 4 != 0 || icv.length() > MAX_ICV_LENGTH) {
      throw new IllegalArgumentException(
          "an ICV with padding of " + icv.length() + " bytes cannot be expressed");
    }
  }

  /**
   * Reads the header; the reader index then stands at what it protects.
   *
   * @throws MalformedPacketException TRUNCATED; BAD_LENGTH for a Payload Len that does not cover
   *     the fixed fields
   */
  public static AhHeader decode(ByteBuf in) throws MalformedPacketException {
    require(in, AhFields.FIXED_LENGTH, "AH", 0);
    int nextHeader = in.readUnsignedByte();
    int icvLength = (in.readUnsignedByte() + 2) * 4 - AhFields.FIXED_LENGTH;
    if (icvLength < 0) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, "AH Payload Len", 1);
    }
    in.skipBytes(2);
    int spi = in.readInt();
    int sequence = in.readInt();
    require(in, icvLength, "AH Integrity Check Value", AhFields.FIXED_LENGTH);
    return new AhHeader(nextHeader, spi, sequence, ByteString.read(in, icvLength));
  }

  private static void require(ByteBuf in, int bytes, String field, int offset)
      throws MalformedPacketException {
    if (in.readableBytes() < bytes) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, field, offset);
    }
  }

  /** Writes the header. */
  public void encode(ByteBuf out) {
    out.writeByte(nextHeader);
    out.writeByte(encodedLength() / 4 - 2);
    out.writeShort(0);
    out.writeInt(spi);
    out.writeInt(sequence);
    icv.write(out);
  }

  /** Bytes on the wire. */
  public int encodedLength() {
    return AhFields.FIXED_LENGTH + icv.length();
  }
}
