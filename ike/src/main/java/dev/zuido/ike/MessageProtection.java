package dev.zuido.ike;

import dev.zuido.ike.ExchangeHandler.Received;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Encrypts and decrypts the messages of one ISAKMP SA (RFC 2409 appendix B). */
final class MessageProtection {
  private final EngineContext context;
  private @Nullable PhaseOneKeys keys;

  /** The last block of phase 1, from which each phase 2 exchange's first IV is made. */
  private ByteString lastPhaseOneBlock = ByteString.EMPTY;

  MessageProtection(EngineContext context) {
    this.context = context;
  }

  /** A message's payloads as they go on the wire, and the IV of the next message. */
  record Encoded(ByteString body, ByteString nextIv) {}

  /** The keys are known. */
  void use(PhaseOneKeys newKeys) {
    keys = newKeys;
  }

  /** Phase 1 has ended with this block. */
  void startPhaseTwo(ByteString lastBlock) {
    lastPhaseOneBlock = lastBlock;
  }

  /** The keys are no more. */
  void close() {
    keys = null;
  }

  PhaseOneKeys keys() {
    PhaseOneKeys present = keys;
    if (present == null) {
      throw new AssertionError("no keys yet");
    }
    return present;
  }

  /** The first IV of an exchange of phase 2. */
  ByteString firstIv(int messageId) {
    return ByteString.of(keys().phaseTwoIv(lastPhaseOneBlock.toArray(), messageId));
  }

  /** Encodes payloads, and encrypts them if there is an IV. */
  Encoded encode(PayloadChain chain, ByteString iv) {
    if (iv.isEmpty()) {
      return new Encoded(ByteString.of(chain.toBytes()), iv);
    }
    byte[] plain = chain.padded(keys().cipher().blockLength()).toBytes();
    byte[] body = keys().cipher().encrypt(keys().cipherKey(), iv.toArray(), plain);
    return new Encoded(ByteString.of(body), ByteString.of(keys().cipher().nextIv(body)));
  }

  /**
   * Decodes a message, which is encrypted exactly if there is an IV.
   *
   * @return null if it was dropped
   */
  @Nullable Received decode(
      IsakmpHeader header, ByteBuf body, ByteString iv, ByteString digest, UdpPath path) {
    Endpoint remote = path.remote();
    boolean encrypted = header.isEncrypted();
    if (encrypted == iv.isEmpty() || header.isAuthenticationOnly()) {
      context.outbox.drop(DropReason.WRONG_PROTECTION, remote, "");
      return null;
    }
    try {
      if (!encrypted) {
        PayloadChain chain = PayloadChain.decode(header.nextPayload(), body);
        return new Received(header, chain, digest, ByteString.EMPTY, path);
      }
      byte[] ciphertext = ByteString.read(body, body.readableBytes()).toArray();
      if (!keys().cipher().isWholeBlocks(ciphertext.length)) {
        context.outbox.drop(DropReason.UNDECRYPTABLE, remote, "not whole cipher blocks");
        return null;
      }
      byte[] plain = keys().cipher().decrypt(keys().cipherKey(), iv.toArray(), ciphertext);
      PayloadChain chain = PayloadChain.decode(header.nextPayload(), Unpooled.wrappedBuffer(plain));
      ByteString nextIv = ByteString.of(keys().cipher().nextIv(ciphertext));
      return new Received(header, chain, digest, nextIv, path);
    } catch (MalformedPacketException e) {
      DropReason reason = encrypted ? DropReason.UNDECRYPTABLE : DropReason.MALFORMED;
      context.outbox.drop(reason, remote, e.getMessage());
      return null;
    }
  }
}
