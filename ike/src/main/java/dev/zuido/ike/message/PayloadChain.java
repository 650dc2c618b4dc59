package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The payloads of a message in their order, and what follows the last one.
 *
 * @param payloads at most {@link #MAX_PAYLOADS}
 * @param padding bytes behind the last payload: padding to the cipher's block (RFC 2409 Appendix B)
 *     or to four bytes (RFC 2408 section 3.6), mostly zeros, of which nothing is demanded when they
 *     are received
 */
public record PayloadChain(List<Payload> payloads, ByteString padding) {
  /** The most payloads of one message. */
  public static final int MAX_PAYLOADS = 64;

  /** Copies the list and checks its length. */
  public PayloadChain {
    payloads = List.copyOf(payloads);
    Limits.atMost(payloads.size(), MAX_PAYLOADS, "payloads in a message");
  }

  /** Payloads without padding. */
  public static PayloadChain of(List<? extends Payload> payloads) {
    return new PayloadChain(List.copyOf(payloads), ByteString.EMPTY);
  }

  /** Payloads without padding. */
  public static PayloadChain of(Payload... payloads) {
    return new PayloadChain(List.of(payloads), ByteString.EMPTY);
  }

  /**
   * Reads a chain: all readable bytes, which followed the header of a message.
   *
   * @param firstType the header's Next Payload
   * @param in the payloads, decrypted, with their padding
   * @throws MalformedPacketException if a payload is malformed; offsets count from the start of the
   *     message's header
   */
  public static PayloadChain decode(int firstType, ByteBuf in) throws MalformedPacketException {
    PayloadReader reader = new PayloadReader(in, IsakmpHeader.LENGTH);
    List<Payload> payloads = new ArrayList<>();
    int type = firstType;
    while (type != PayloadType.NONE) {
      if (payloads.size() == MAX_PAYLOADS) {
        throw reader.malformed(MalformedReason.LIMIT_EXCEEDED, "payloads");
      }
      reader.require(Payload.HEADER_LENGTH, "payload header");
      int next = reader.unsignedByte("Next Payload");
      reader.reserved(1, "payload RESERVED");
      payloads.add(decodeBody(type, body(reader)));
      type = next;
    }
    return new PayloadChain(payloads, reader.rest());
  }

  /** Reads the Payload Length and bounds the body by it. */
  static PayloadReader body(PayloadReader reader) throws MalformedPacketException {
    int length = reader.unsignedShort("Payload Length");
    if (length < Payload.HEADER_LENGTH) {
      throw reader.malformed(MalformedReason.BAD_LENGTH, "Payload Length", 2);
    }
    if (length - Payload.HEADER_LENGTH > reader.remaining()) {
      throw reader.malformed(MalformedReason.TRUNCATED, "Payload Length", 2);
    }
    return reader.nested(length - Payload.HEADER_LENGTH, "payload");
  }

  static Payload decodeBody(int payloadType, PayloadReader in) throws MalformedPacketException {
    if (!PayloadType.isTopLevel(payloadType)) {
      throw in.malformed(MalformedReason.BAD_VALUE, "Next Payload");
    }
    Payload payload =
        switch (payloadType) {
          case PayloadType.SECURITY_ASSOCIATION -> SecurityAssociation.decode(in);
          case PayloadType.KEY_EXCHANGE -> new KeyExchange(in.rest());
          case PayloadType.IDENTIFICATION -> Identification.decode(in);
          case PayloadType.CERTIFICATE -> Certificate.decode(in);
          case PayloadType.CERTIFICATE_REQUEST -> CertificateRequest.decode(in);
          case PayloadType.HASH -> new Hash(in.rest());
          case PayloadType.SIGNATURE -> new Signature(in.rest());
          case PayloadType.NONCE -> new Nonce(in.rest());
          case PayloadType.NOTIFICATION -> Notification.decode(in);
          case PayloadType.DELETE -> Delete.decode(in);
          case PayloadType.VENDOR_ID -> new VendorId(in.rest());
          case PayloadType.NAT_DETECTION, PayloadType.NAT_DETECTION_DRAFT ->
              new NatDetection(payloadType, in.rest());
          case PayloadType.NAT_ORIGINAL_ADDRESS, PayloadType.NAT_ORIGINAL_ADDRESS_DRAFT ->
              NatOriginalAddress.decode(payloadType, in);
          case PayloadType.CISCO_FRAGMENT -> Fragment.decode(in);
          default -> new UnknownPayload(payloadType, in.rest());
        };
    in.expectEnd(PayloadType.nameOf(payloadType) + " payload");
    return payload;
  }

  /** The type of the first payload: what the header's Next Payload has to say. */
  public int firstType() {
    return payloads.isEmpty() ? PayloadType.NONE : payloads.get(0).payloadType();
  }

  /** Bytes of all payloads with their generic headers, and of the padding. */
  public int encodedLength() {
    int length = padding.length();
    for (Payload payload : payloads) {
      length += Payload.HEADER_LENGTH + payload.bodyLength();
    }
    return length;
  }

  /** Writes the payloads with their generic headers, and the padding. */
  public void encode(ByteBuf out) {
    for (int i = 0; i < payloads.size(); i++) {
      Payload payload = payloads.get(i);
      int next = i + 1 < payloads.size() ? payloads.get(i + 1).payloadType() : PayloadType.NONE;
      out.writeByte(next);
      out.writeByte(0);
      out.writeShort(Payload.HEADER_LENGTH + payload.bodyLength());
      payload.encodeBody(out);
    }
    padding.write(out);
  }

  /** A copy of the encoded bytes. */
  public byte[] toBytes() {
    byte[] bytes = new byte[encodedLength()];
    encode(Unpooled.wrappedBuffer(bytes).writerIndex(0));
    return bytes;
  }

  /**
   * These payloads with the zeros that fill the last block (RFC 2409 Appendix B), in place of the
   * padding that is here.
   *
   * @param blockSize the cipher's block in bytes
   */
  public PayloadChain padded(int blockSize) {
    int length = encodedLength() - padding.length();
    return new PayloadChain(payloads, ByteString.of(new byte[Math.floorMod(-length, blockSize)]));
  }

  /** The first payload of a kind. */
  public <P extends Payload> Optional<P> payload(Class<P> kind) {
    for (Payload payload : payloads) {
      if (kind.isInstance(payload)) {
        return Optional.of(kind.cast(payload));
      }
    }
    return Optional.empty();
  }

  /** All payloads of a kind, in their order. */
  public <P extends Payload> List<P> payloads(Class<P> kind) {
    List<P> found = new ArrayList<>();
    for (Payload payload : payloads) {
      if (kind.isInstance(payload)) {
        found.add(kind.cast(payload));
      }
    }
    return Collections.unmodifiableList(found);
  }
}
