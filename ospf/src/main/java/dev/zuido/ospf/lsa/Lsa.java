package dev.zuido.ospf.lsa;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a link state advertisement: the header, the body, and the bytes that both were
 * decoded from. Immutable; equal to another one if the bytes are.
 */
public final class Lsa {
  private final LsaHeader header;
  private final LsaKey key;

  /** Null if it is decoded from the bytes each time that it is asked for. */
  private final @Nullable LsaBody body;

  private final byte[] image;

  private Lsa(LsaHeader header, LsaKey key, @Nullable LsaBody body, byte[] image) {
    this.header = header;
    this.key = key;
    this.body = body;
    this.image = image;
  }

  /**
   * Reads one LSA, as many bytes as its length says. The checksum is not judged: see {@link
   * #hasValidChecksum()}.
   *
   * @throws MalformedPacketException if the bytes end before the LSA does, or the body is none of
   *     its type
   */
  public static Lsa decode(ByteBuf in) throws MalformedPacketException {
    int start = in.readerIndex();
    Lsa lsa = decodeBounded(in, start);
    if (lsa.body() instanceof MalformedLsa malformed) {
      in.readerIndex(start);
      throw new MalformedPacketException(malformed.reason(), malformed.field(), malformed.offset());
    }
    return lsa;
  }

  /**
   * Reads one LSA out of a larger message. A body that is none of its type becomes a {@link
   * MalformedLsa}.
   *
   * @param origin the reader index at which the message begins: what offsets in the exception count
   *     from
   * @throws MalformedPacketException if the bytes end before the LSA does
   */
  public static Lsa decodeBounded(ByteBuf in, int origin) throws MalformedPacketException {
    int start = in.readerIndex();
    LsaHeader header = LsaHeader.decode(in, origin);
    in.readerIndex(start);
    if (header.length() > in.readableBytes()) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "LSA body", in.writerIndex() - origin);
    }
    byte[] image = new byte[header.length()];
    in.readBytes(image);
    return new Lsa(header, header.key(), decodeBody(header, image), image);
  }

  private static LsaBody decodeBody(LsaHeader header, byte[] image) {
    ByteBuf area = Unpooled.wrappedBuffer(image, LsaHeader.LENGTH, image.length - LsaHeader.LENGTH);
    try {
      return LsaBody.decode(header.type(), area);
    } catch (MalformedPacketException e) {
      ByteString bytes = ByteString.of(image, LsaHeader.LENGTH, image.length - LsaHeader.LENGTH);
      return new MalformedLsa(header.type(), bytes, e.reason(), e.field(), e.offset());
    }
  }

  /**
   * Makes an instance of age 0 with its length and checksum filled in.
   *
   * @throws IllegalArgumentException if the LSA would be longer than 65 535 bytes
   */
  public static Lsa originate(
      Options options,
      Ipv4Address linkStateId,
      Ipv4Address advertisingRouter,
      int sequence,
      LsaBody body) {
    int length = LsaHeader.LENGTH + body.encodedLength();
    byte[] image = new byte[length];
    ByteBuf out = Unpooled.wrappedBuffer(image).clear();
    LsaHeader unsummed =
        new LsaHeader(0, options, body.type(), linkStateId, advertisingRouter, sequence, 0, length);
    unsummed.encode(out);
    body.encode(out);
    int checksum = LsaChecksum.compute(image, 0, length);
    BigEndian.putShort(image, 16, checksum);
    LsaHeader header =
        new LsaHeader(
            0, options, body.type(), linkStateId, advertisingRouter, sequence, checksum, length);
    return new Lsa(header, header.key(), body, image);
  }

  /** The header; its age is the one at which the LSA came in or was made. */
  public LsaHeader header() {
    return header;
  }

  /** The body. */
  public LsaBody body() {
    return body != null ? body : decodeBody(header, image);
  }

  /**
   * The same instance without its decoded body, which takes several times the room of its bytes:
   * {@link #body()} decodes it anew each time.
   */
  public Lsa compact() {
    return body == null ? this : new Lsa(header, key, null, image);
  }

  /** The identity of what the LSA describes. */
  public LsaKey key() {
    return key;
  }

  /** Whether the LS checksum is right (RFC 2328 section 12.1.7). */
  public boolean hasValidChecksum() {
    return LsaChecksum.isValid(image, 0, image.length);
  }

  /** Whether the checksum is right and the body could be decoded (section 13 step 1). */
  public boolean isIntact() {
    return !(body() instanceof MalformedLsa) && hasValidChecksum();
  }

  /** This instance at another age, which is {@link LsaHeader#bounded}. */
  public Lsa withAge(int age) {
    byte[] aged = image.clone();
    LsaHeader agedHeader = header.withAge(age);
    BigEndian.putShort(aged, 0, agedHeader.age());
    return new Lsa(agedHeader, key, body, aged);
  }

  /**
   * Whether a route calculation could tell the two apart (section 13.2): by options, by one of them
   * being too old, or by length or content of the body.
   */
  public boolean hasSameContent(Lsa other) {
    return header.options().equals(other.header.options())
        && header.isMaxAge() == other.header.isMaxAge()
        && Arrays.equals(
            image,
            LsaHeader.LENGTH,
            image.length,
            other.image,
            LsaHeader.LENGTH,
            other.image.length);
  }

  /** Writes the LSA as it came in. */
  public void encode(ByteBuf out) {
    out.writeBytes(image);
  }

  /**
   * Writes the LSA at another age.
   *
   * @param age seconds, {@link LsaHeader#bounded}
   */
  public void encode(ByteBuf out, int age) {
    out.writeShort(LsaHeader.bounded(age));
    out.writeBytes(image, 2, image.length - 2);
  }

  /** Bytes of the LSA with its header. */
  public int encodedLength() {
    return image.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lsa that && Arrays.equals(image, that.image);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(image);
  }

  @Override
  public String toString() {
    return "Lsa[" + header + ", " + body() + "]";
  }
}
