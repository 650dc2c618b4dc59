package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A payload of an ISAKMP message (RFC 2408 section 3): what follows the generic header.
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ! Next Payload  !   RESERVED    !         Payload Length        !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The generic header is not part of a payload's value: its Next Payload belongs to the payload
 * that follows, and {@link PayloadChain} writes it. The body is what RFC 2409 calls {@code <P>_b}
 * and hashes.
 */
public sealed interface Payload
    permits SecurityAssociation,
        KeyExchange,
        Identification,
        Certificate,
        CertificateRequest,
        Hash,
        Signature,
        Nonce,
        Notification,
        Delete,
        VendorId,
        NatDetection,
        NatOriginalAddress,
        Fragment,
        UnknownPayload {
  /** Bytes of the generic header. */
  int HEADER_LENGTH = 4;

  /** The payload's type, see {@link PayloadType}. */
  int payloadType();

  /** Bytes of the body, without the generic header. */
  int bodyLength();

  /** Writes the body, without the generic header. */
  void encodeBody(ByteBuf out);

  /** A copy of the body's bytes, without the generic header. */
  default ByteString body() {
    byte[] bytes = new byte[bodyLength()];
    encodeBody(Unpooled.wrappedBuffer(bytes).writerIndex(0));
    return ByteString.of(bytes);
  }

  /**
   * Reads a body: all readable bytes.
   *
   * @param payloadType what kind of payload it is, 1 to 255
   * @param in the body without the generic header
   * @throws MalformedPacketException if the bytes are no such body; its offsets count from the
   *     body's start
   */
  static Payload decodeBody(int payloadType, ByteBuf in) throws MalformedPacketException {
    return PayloadChain.decodeBody(payloadType, new PayloadReader(in, 0));
  }
}
