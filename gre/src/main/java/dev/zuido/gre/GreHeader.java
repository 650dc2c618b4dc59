package dev.zuido.gre;

import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The GRE header (RFC 2784 section 2.1 with the extensions of RFC 2890 section 2).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |C| |K|S| Reserved0       | Ver |         Protocol Type         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      Checksum (optional)      |       Reserved1 (Optional)    |
 *   |                         Key (optional)                        |
 *   |                 Sequence Number (Optional)                    |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The checksum covers header and payload, so its value is no component: decoding verifies it,
 * encoding computes it. The data path works on the same header through {@link GreFields}.
 *
 * @param protocolType what the payload is: see {@link GreProtocolType}
 * @param checksumPresent whether there is a checksum
 * @param key the key, 32 bits, or null for none
 * @param sequence the sequence number, modulo 2^32, or null for none
 */
public record GreHeader(
    int protocolType, boolean checksumPresent, @Nullable Integer key, @Nullable Integer sequence) {

  /** What a receiver makes of the bits that RFC 1701 used and RFC 2784 reserves. */
  public enum ReservedBits {
    /** Bits 4 and 5 have to be zero, bits 6 to 12 are ignored: RFC 2784 section 2.3. */
    RFC_2784,
    /** All of them are ignored, as most implementations do it. */
    IGNORED
  }

  /** Checks that the header can be encoded. */
  public GreHeader {
    if (protocolType < 0 || protocolType > 0xffff) {
      throw new IllegalArgumentException("the protocol type is 0 to 65535, not " + protocolType);
    }
  }

  /** A header without optional fields. */
  public static GreHeader of(int protocolType) {
    return new GreHeader(protocolType, false, null, null);
  }

  /** Reads a header as RFC 2784 says: see {@link #decode(ByteBuf, ReservedBits)}. */
  public static GreHeader decode(ByteBuf in) throws MalformedPacketException {
    return decode(in, ReservedBits.RFC_2784);
  }

  /**
   * Reads the header of a GRE packet; the reader index then stands at the payload. Bits that are to
   * be ignored are not kept: they encode as zero.
   *
   * @param in all bytes of the packet, without the delivery header and without link padding: the
   *     checksum covers them
   * @throws MalformedPacketException TRUNCATED; BAD_VERSION; UNSUPPORTED for version 1 (RFC 2637)
   *     and for routing (RFC 1701); RESERVED_BITS; BAD_CHECKSUM
   */
  public static GreHeader decode(ByteBuf in, ReservedBits reservedBits)
      throws MalformedPacketException {
    int start = in.readerIndex();
    int available = in.readableBytes();
    if (available < GreFields.MIN_HEADER_LENGTH) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "GRE header", 0);
    }
    int flags = in.getUnsignedShort(start);
    int version = flags & GreFields.VERSION_MASK;
    if (version != 0) {
      throw new MalformedPacketException(
          version == 1 ? MalformedReason.UNSUPPORTED : MalformedReason.BAD_VERSION,
          "GRE Version Number",
          1);
    }
    if ((flags & GreFields.ROUTING_PRESENT) != 0) {
      throw new MalformedPacketException(MalformedReason.UNSUPPORTED, "GRE Routing Present", 0);
    }
    if (reservedBits == ReservedBits.RFC_2784 && (flags & GreFields.DISCARD_BITS) != 0) {
      throw new MalformedPacketException(MalformedReason.RESERVED_BITS, "GRE Reserved0", 0);
    }
    if (available < GreFields.headerLength(flags)) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "GRE header", GreFields.MIN_HEADER_LENGTH);
    }
    boolean checksumPresent = (flags & GreFields.CHECKSUM_PRESENT) != 0;
    if (checksumPresent && InternetChecksum.of(in, start, available) != 0) {
      throw new MalformedPacketException(MalformedReason.BAD_CHECKSUM, "GRE Checksum", 4);
    }
    in.skipBytes(2);
    int protocolType = in.readUnsignedShort();
    if (checksumPresent) {
      in.skipBytes(4);
    }
    Integer key = (flags & GreFields.KEY_PRESENT) != 0 ? in.readInt() : null;
    Integer sequence = (flags & GreFields.SEQUENCE_PRESENT) != 0 ? in.readInt() : null;
    return new GreHeader(protocolType, checksumPresent, key, sequence);
  }

  /**
   * Writes the header, the payload behind it, and the checksum over both if there is one.
   *
   * @param payload its readable bytes; its indices stay where they are
   */
  public void encode(ByteBuf out, ByteBuf payload) {
    int start = out.writerIndex();
    out.writeShort(flags());
    out.writeShort(protocolType);
    if (checksumPresent) {
      out.writeInt(0);
    }
    if (key != null) {
      out.writeInt(key);
    }
    if (sequence != null) {
      out.writeInt(sequence);
    }
    out.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    if (checksumPresent) {
      out.setShort(start + 4, InternetChecksum.of(out, start, out.writerIndex() - start));
    }
  }

  /** Bytes of the header on the wire: 4 to 16. */
  public int encodedLength() {
    return GreFields.headerLength(flags());
  }

  private int flags() {
    return (checksumPresent ? GreFields.CHECKSUM_PRESENT : 0)
        | (key != null ? GreFields.KEY_PRESENT : 0)
        | (sequence != null ? GreFields.SEQUENCE_PRESENT : 0);
  }
}
