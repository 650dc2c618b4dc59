package dev.zuido.gre;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The enhanced GRE header of PPTP, version 1 (RFC 2637 section 4.1).
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |C|R|K|S|s|Recur|A| Flags | Ver |         Protocol Type         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |    Key (HW) Payload Length    |       Key (LW) Call ID        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  Sequence Number (Optional)                   |
 *   |               Acknowledgment Number (Optional)                |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param payloadLength bytes of the PPP packet behind the header, 0 to 65 535
 * @param callId the receiver's call ID, 0 to 65 535
 * @param sequence the sequence number, modulo 2^32; null where there is no payload
 * @param acknowledgment the highest sequence number received, modulo 2^32, or null for none
 */
public record EnhancedGreHeader(
    int payloadLength, int callId, @Nullable Integer sequence, @Nullable Integer acknowledgment) {

  /** Checks that the header can be encoded. */
  public EnhancedGreHeader {
    if (payloadLength < 0 || payloadLength > 0xffff || callId < 0 || callId > 0xffff) {
      throw new IllegalArgumentException("payload length and call ID are 0 to 65535");
    }
    if (sequence == null && payloadLength != 0) {
      throw new IllegalArgumentException("a payload has a sequence number");
    }
  }

  /**
   * Reads the header of a packet; the reader index then stands at the payload.
   *
   * @param in all bytes of the packet, without the delivery header; more behind the payload is
   *     allowed
   * @throws MalformedPacketException TRUNCATED, also where the payload is shorter than the header
   *     says; BAD_VERSION; RESERVED_BITS where C, R, K, s, Recur or Flags are not as they have to
   *     be; BAD_VALUE for another protocol type; BAD_LENGTH for a payload without a sequence number
   */
  public static EnhancedGreHeader decode(ByteBuf in) throws MalformedPacketException {
    int start = in.readerIndex();
    int available = in.readableBytes();
    if (available < EnhancedGreFields.MIN_HEADER_LENGTH) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "enhanced GRE header", 0);
    }
    int flags = in.getUnsignedShort(start);
    if ((flags & GreFields.VERSION_MASK) != EnhancedGreFields.VERSION) {
      throw new MalformedPacketException(MalformedReason.BAD_VERSION, "GRE Version Number", 1);
    }
    if ((flags & EnhancedGreFields.FIXED_MASK) != EnhancedGreFields.FIXED_BITS) {
      throw new MalformedPacketException(MalformedReason.RESERVED_BITS, "enhanced GRE flags", 0);
    }
    if (in.getUnsignedShort(start + 2) != GreProtocolType.PPP) {
      throw new MalformedPacketException(MalformedReason.BAD_VALUE, "GRE Protocol Type", 2);
    }
    int header = EnhancedGreFields.headerLength(flags);
    int payload = in.getUnsignedShort(start + 4);
    if (available < header || available - header < payload) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "enhanced GRE", Math.min(available, header));
    }
    boolean sequenced = (flags & EnhancedGreFields.SEQUENCE_PRESENT) != 0;
    if (!sequenced && payload != 0) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, "GRE Payload Length", 4);
    }
    in.skipBytes(6);
    int callId = in.readUnsignedShort();
    Integer sequence = sequenced ? in.readInt() : null;
    boolean acknowledges = (flags & EnhancedGreFields.ACKNOWLEDGMENT_PRESENT) != 0;
    Integer acknowledgment = acknowledges ? in.readInt() : null;
    return new EnhancedGreHeader(payload, callId, sequence, acknowledgment);
  }

  /** Writes the header. */
  public void encode(ByteBuf out) {
    out.writeShort(EnhancedGreFields.FIXED_BITS | present());
    out.writeShort(GreProtocolType.PPP);
    out.writeShort(payloadLength);
    out.writeShort(callId);
    if (sequence != null) {
      out.writeInt(sequence);
    }
    if (acknowledgment != null) {
      out.writeInt(acknowledgment);
    }
  }

  /** Bytes of the header on the wire: 8 to 16. */
  public int encodedLength() {
    return EnhancedGreFields.headerLength(present());
  }

  private int present() {
    return (sequence != null ? EnhancedGreFields.SEQUENCE_PRESENT : 0)
        | (acknowledgment != null ? EnhancedGreFields.ACKNOWLEDGMENT_PRESENT : 0);
  }
}
