package dev.zuido.ike.message;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Optional;

/**
 * An ISAKMP message whose payloads can be read: one in the clear, or one that has been decrypted.
 *
 * @param header its Next Payload and Length fit the chain
 * @param chain the payloads and the padding
 */
public record IsakmpMessage(IsakmpHeader header, PayloadChain chain) {
  /** Checks that header and chain fit each other. */
  public IsakmpMessage {
    if (header.nextPayload() != chain.firstType()) {
      throw new IllegalArgumentException(
          "the header announces payload " + header.nextPayload() + ", not " + chain.firstType());
    }
    if (header.length() != IsakmpHeader.LENGTH + chain.encodedLength()) {
      throw new IllegalArgumentException(
          "the header's length is "
              + header.length()
              + ", the message's is "
              + (IsakmpHeader.LENGTH + chain.encodedLength()));
    }
  }

  /**
   * A message with a header made for its chain.
   *
   * @param flags see {@link IsakmpHeader#flags()}; with the encryption flag, the chain must be
   *     padded by now
   */
  public static IsakmpMessage of(
      Cookie initiatorCookie,
      Cookie responderCookie,
      int exchangeType,
      int flags,
      int messageId,
      PayloadChain chain) {
    return new IsakmpMessage(
        new IsakmpHeader(
            initiatorCookie,
            responderCookie,
            chain.firstType(),
            exchangeType,
            flags,
            messageId,
            IsakmpHeader.LENGTH + chain.encodedLength()),
        chain);
  }

  /**
   * Reads a message in the clear: all readable bytes.
   *
   * @throws MalformedPacketException if the bytes are no such message; {@link
   *     MalformedReason#UNSUPPORTED} if it is encrypted
   */
  public static IsakmpMessage decode(ByteBuf in) throws MalformedPacketException {
    IsakmpHeader header = IsakmpHeader.decode(in);
    if (header.isEncrypted()) {
      throw new MalformedPacketException(MalformedReason.UNSUPPORTED, "ISAKMP Flags", 19);
    }
    return new IsakmpMessage(header, PayloadChain.decode(header.nextPayload(), in));
  }

  /** Bytes of the whole message. */
  public int encodedLength() {
    return header.length();
  }

  /**
   * Writes the message in the clear: with the encryption flag, the payloads are left to be
   * encrypted in place.
   */
  public void encode(ByteBuf out) {
    header.encode(out);
    chain.encode(out);
  }

  /** The payloads in their order. */
  public List<Payload> payloads() {
    return chain.payloads();
  }

  /** The first payload of a kind. */
  public <P extends Payload> Optional<P> payload(Class<P> kind) {
    return chain.payload(kind);
  }

  /** All payloads of a kind, in their order. */
  public <P extends Payload> List<P> payloads(Class<P> kind) {
    return chain.payloads(kind);
  }
}
