package dev.zuido.ospf.packet;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.InternetChecksum;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The link-local signalling block that may follow Hello and Database Description packets (RFC 5613
 * section 2.2). Its contents are kept, not interpreted.
 *
 * <pre>
 * |            Checksum           |       LLS Data Length         |
 * |                           LLS TLVs ...                        |
 * </pre>
 *
 * @param checksum the checksum as it came: 0 if the packet's authentication is cryptographic
 * @param tlvs the TLVs as bytes, a whole number of 32-bit words
 */
public record LinkLocalSignaling(int checksum, ByteString tlvs) {
  /** Bytes before the TLVs. */
  public static final int FIXED_LENGTH = 4;

  /** Checks the ranges. */
  public LinkLocalSignaling {
    if ((checksum & ~0xffff) != 0 || tlvs.length() % 4 != 0 || tlvs.length() / 4 + 1 > 0xffff) {
      throw new IllegalArgumentException("LLS checksum or length out of range");
    }
  }

  /** A block with its checksum computed. */
  public static LinkLocalSignaling of(ByteString tlvs) {
    byte[] bytes = tlvs.toArray();
    long sum = InternetChecksum.sum(bytes, 0, bytes.length) + tlvs.length() / 4 + 1;
    return new LinkLocalSignaling(InternetChecksum.finish(sum), tlvs);
  }

  /** Reads a block that fills the buffer; anything else is passed over and gives null. */
  static @Nullable LinkLocalSignaling decode(ByteBuf in) {
    int length = in.readableBytes();
    if (length < FIXED_LENGTH || in.getUnsignedShort(2) * 4 != length) {
      return null;
    }
    int checksum = in.readUnsignedShort();
    in.skipBytes(2);
    return new LinkLocalSignaling(checksum, ByteString.read(in, length - FIXED_LENGTH));
  }

  /**
   * Whether the checksum is right; without cryptographic authentication a block with a wrong one
   * must be disregarded.
   */
  public boolean hasValidChecksum() {
    return checksum == of(tlvs).checksum;
  }

  /** Bytes of the block. */
  public int encodedLength() {
    return FIXED_LENGTH + tlvs.length();
  }

  void encode(ByteBuf out) {
    out.writeShort(checksum).writeShort(encodedLength() / 4);
    tlvs.write(out);
  }
}
