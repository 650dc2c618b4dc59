package dev.zuido.ospf.packet;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.InternetChecksum;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The link-local signalling block that may follow Hello and Database Description packets (RFC 5613
 * section 2.2). The bytes are kept as they came; {@link #entries()} reads the TLVs in them.
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

  /** The type of the Extended Options and Flags TLV (section 2.4). */
  public static final int EXTENDED_OPTIONS = 1;

  /** The type of the Cryptographic Authentication TLV (section 2.5). */
  public static final int CRYPTOGRAPHIC_AUTHENTICATION = 2;

  /** LR: the sender can resynchronize its database out of band (RFC 4811). */
  public static final int LSDB_RESYNCHRONIZATION = 0x1;

  /** RS: the sender has restarted (RFC 4812). */
  public static final int RESTART_SIGNAL = 0x2;

  private static final int TLV_HEADER_LENGTH = 4;

  /**
   * A TLV of the block.
   *
   * @param type its type, 0 to 65 535
   * @param value its value, without the padding to a whole number of 32-bit words
   */
  public record Tlv(int type, ByteString value) {}

  /**
   * What the Cryptographic Authentication TLV protects, and how.
   *
   * @param bytes the block up to the message digest
   * @param sequence the cryptographic sequence number in the TLV
   * @param digest the message digest in the TLV
   */
  record SignedPart(ByteString bytes, long sequence, ByteString digest) {}

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

  /** A block of TLVs, with its checksum computed. */
  public static LinkLocalSignaling of(List<Tlv> tlvs) {
    ByteBuf out = Unpooled.buffer();
    for (Tlv tlv : tlvs) {
      out.writeShort(tlv.type()).writeShort(tlv.value().length());
      tlv.value().write(out);
      out.writeZero(-tlv.value().length() & 3);
    }
    return of(ByteString.read(out, out.readableBytes()));
  }

  /** The TLVs, up to the first that the block does not hold whole. */
  public List<Tlv> entries() {
    List<Tlv> entries = new ArrayList<>();
    int at = 0;
    while (holdsTlv(at)) {
      int length = shortAt(at + 2);
      entries.add(new Tlv(shortAt(at), tlvs.slice(at + TLV_HEADER_LENGTH, length)));
      at = endOf(at);
    }
    return entries;
  }

  /** Whether the block consists of whole TLVs. */
  public boolean isWellFormed() {
    int at = 0;
    while (holdsTlv(at)) {
      at = endOf(at);
    }
    return at == tlvs.length();
  }

  /** The bits of the Extended Options and Flags TLV; 0 if there is none. */
  public int extendedOptions() {
    for (Tlv tlv : entries()) {
      if (tlv.type() == EXTENDED_OPTIONS && tlv.value().length() == 4) {
        return BigEndian.getInt(tlv.value().toArray(), 0);
      }
    }
    return 0;
  }

  /** The first Cryptographic Authentication TLV and what stands before its digest, or null. */
  @Nullable SignedPart signedPart() {
    int at = 0;
    while (holdsTlv(at)) {
      int length = shortAt(at + 2);
      if (shortAt(at) == CRYPTOGRAPHIC_AUTHENTICATION && length >= 4) {
        int digestAt = at + TLV_HEADER_LENGTH + 4;
        ByteBuf bytes = Unpooled.buffer(FIXED_LENGTH + digestAt);
        bytes.writeShort(checksum).writeShort(encodedLength() / 4);
        tlvs.slice(0, digestAt).write(bytes);
        long sequence = BigEndian.getInt(tlvs.slice(digestAt - 4, 4).toArray(), 0) & 0xffff_ffffL;
        return new SignedPart(
            ByteString.read(bytes, bytes.readableBytes()),
            sequence,
            tlvs.slice(digestAt, length - 4));
      }
      at = endOf(at);
    }
    return null;
  }

  private boolean holdsTlv(int at) {
    return at + TLV_HEADER_LENGTH <= tlvs.length() && endOf(at) <= tlvs.length();
  }

  private int endOf(int at) {
    int padded = (shortAt(at + 2) + 3) & ~3;
    return at + TLV_HEADER_LENGTH + padded;
  }

  private int shortAt(int at) {
    return (tlvs.byteAt(at) & 0xff) << 8 | (tlvs.byteAt(at + 1) & 0xff);
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
