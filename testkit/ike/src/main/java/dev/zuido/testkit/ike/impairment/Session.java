package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.testkit.ike.impairment.MessageImpairment.Stage;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One ISAKMP SA of a scripted peer: its cookies, its keys and the IV of its phase 1. */
final class Session {
  private static final int NONCE_LENGTH = 20;
  private static final int PRIVATE_LENGTH = 32;

  private final ScriptConfig config;
  private final RandomGenerator random;
  private Cookie initiatorCookie;
  private Cookie responderCookie;
  private @Nullable PhaseOneKeys keys;

  /** The chain of phase 1's IVs; at its end the block that phase 2's are made of. */
  private final Chain phaseOne = new Chain(0);

  private int lastMessageId;

  Session(
      ScriptConfig config, RandomGenerator random, Cookie initiatorCookie, Cookie responderCookie) {
    this.config = config;
    this.random = random;
    this.initiatorCookie = initiatorCookie;
    this.responderCookie = responderCookie;
  }

  /** The IVs of one exchange. */
  static final class Chain {
    private final int messageId;
    private byte[] iv = new byte[0];

    private Chain(int messageId) {
      this.messageId = messageId;
    }

    int messageId() {
      return messageId;
    }

    byte[] iv() {
      return iv;
    }

    /** What was sent was not accepted. */
    void restore(byte[] before) {
      iv = before;
    }

    /** A message of the exchange was accepted by its receiver. */
    void advance(ByteString nextIv) {
      if (!nextIv.isEmpty()) {
        iv = nextIv.toArray();
      }
    }
  }

  /** A message ready to go, and the IV behind it. */
  record Sealed(ByteString datagram, ByteString nextIv) {}

  /** A message that came, in the clear, and the IV behind it. */
  record Opened(IsakmpHeader header, PayloadChain chain, ByteString nextIv) {}

  /** Gives the HASH of a message of phase 2. */
  @FunctionalInterface
  interface Hashing {
    /** The HASH over what follows it. */
    byte[] hash(PhaseOneKeys keys, int messageId, byte[] afterHash);
  }

  Cookie initiatorCookie() {
    return initiatorCookie;
  }

  Cookie responderCookie() {
    return responderCookie;
  }

  void learnResponderCookie(Cookie cookie) {
    responderCookie = cookie;
  }

  boolean hasKeys() {
    return keys != null;
  }

  PhaseOneKeys keys() {
    PhaseOneKeys present = keys;
    if (present == null) {
      throw new IllegalStateException("there are no keys yet");
    }
    return present;
  }

  Chain phaseOne() {
    return phaseOne;
  }

  ByteString newNonce() {
    return randomBytes(NONCE_LENGTH);
  }

  ByteString randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return ByteString.of(bytes);
  }

  DhKeyPair newPair(dev.zuido.ike.crypto.DhGroup group) {
    byte[] secret = randomBytes(PRIVATE_LENGTH).toArray();
    // Below the order of every group, and not small.
    secret[0] = (byte) ((secret[0] & 0x3f) | 0x20);
    return group.ofPrivateValue(secret);
  }

  /** Both sides' values are there: the keys, and phase 1's first IV. */
  void derive(PhaseOneExchange said, Secret shared) {
    keys =
        PhaseOneKeys.ofPresharedKey(
            config.hash(), config.cipher(), said, config.preSharedKey(), shared);
    phaseOne.advance(ByteString.of(keys().initialIv()));
  }

  /** A new exchange of phase 2. */
  Chain newChain() {
    int id = random.nextInt();
    return chainOf(id == 0 ? 1 : id);
  }

  /** An exchange of phase 2 that the gateway has begun. */
  Chain chainOf(int messageId) {
    Chain chain = new Chain(messageId);
    chain.advance(ByteString.of(firstIv(messageId)));
    return chain;
  }

  private byte[] firstIv(int messageId) {
    return keys().phaseTwoIv(phaseOne.iv, messageId);
  }

  /** An exchange of phase 2 is complete: its message ID is a stale one. */
  void complete(Chain chain) {
    lastMessageId = chain.messageId;
  }

  /** An empty message of an exchange. */
  MessageDraft draft(Step step, Chain chain) {
    return new MessageDraft(step, config.group(), lastMessageId == 0 ? 0x0101_0101 : lastMessageId)
        .cookies(initiatorCookie, responderCookie)
        .messageId(chain.messageId);
  }

  /** Encodes a message of an exchange, impaired or as it should be. */
  Sealed seal(
      MessageDraft draft,
      Chain chain,
      @Nullable Hashing hashing,
      @Nullable MessageImpairment impairment) {
    apply(draft, impairment, Stage.CONTENT);
    if (hashing != null) {
      byte[] hash = hashing.hash(keys(), draft.messageId(), draft.content());
      draft.payloads().add(0, RawPayload.of(new Hash(ByteString.of(hash))));
    }
    apply(draft, impairment, Stage.HASHED);
    byte[] content = draft.content();
    if (!draft.isEncrypted() || keys == null) {
      return new Sealed(draft.encode(content), ByteString.EMPTY);
    }
    int block = config.cipher().blockLength();
    // Where nothing is left to be encrypted, there is a block of zeros.
    int blocks = Math.max(1, (content.length + block - 1) / block);
    byte[] padded = Arrays.copyOf(content, blocks * block);
    byte[] iv = draft.messageId() == chain.messageId ? chain.iv : firstIv(draft.messageId());
    byte[] sealed = config.cipher().encrypt(keys().cipherKey(), iv, padded);
    return new Sealed(draft.encode(sealed), ByteString.of(config.cipher().nextIv(sealed)));
  }

  private static void apply(
      MessageDraft draft, @Nullable MessageImpairment impairment, Stage stage) {
    if (impairment != null && impairment.stage() == stage) {
      impairment.change().accept(draft);
    }
  }

  /** Reads a message of phase 1, or null if it cannot be read. */
  @Nullable Opened open(ByteString datagram) {
    return open(datagram, phaseOne);
  }

  /** Reads a message of an exchange, or null if it cannot be read. */
  @Nullable Opened open(ByteString datagram, Chain chain) {
    try {
      io.netty.buffer.ByteBuf in = Unpooled.wrappedBuffer(datagram.toArray());
      IsakmpHeader header = IsakmpHeader.decode(in);
      if (!header.isEncrypted()) {
        return new Opened(header, PayloadChain.decode(header.nextPayload(), in), ByteString.EMPTY);
      }
      byte[] ciphertext = ByteString.read(in, in.readableBytes()).toArray();
      if (keys == null || !config.cipher().isWholeBlocks(ciphertext.length)) {
        return null;
      }
      byte[] plain = config.cipher().decrypt(keys().cipherKey(), chain.iv, ciphertext);
      PayloadChain payloads =
          PayloadChain.decode(header.nextPayload(), Unpooled.wrappedBuffer(plain));
      return new Opened(header, payloads, ByteString.of(config.cipher().nextIv(ciphertext)));
    } catch (MalformedPacketException e) {
      return null;
    }
  }

  /** The bytes behind the first payload. */
  static byte[] afterFirst(PayloadChain chain) {
    List<Payload> payloads = chain.payloads();
    return PayloadChain.of(payloads.subList(Math.min(1, payloads.size()), payloads.size()))
        .toBytes();
  }

  /** Whether a message begins with a HASH. */
  static boolean leads(PayloadChain chain, byte[] expected) {
    return !chain.payloads().isEmpty()
        && chain.payloads().get(0) instanceof Hash hash
        && PhaseOneKeys.matches(expected, hash.data());
  }

  void close() {
    PhaseOneKeys present = keys;
    if (present != null) {
      present.close();
    }
  }
}
