package dev.zuido.ike.recorded;

import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PhaseOneAttribute;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.ike.message.Transform;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads a recorded session from its first to its last message with nothing but the PSK and the DH
 * secret.
 */
public final class SessionDecoder {
  /** A message, and the bytes and the IV that an encrypted one was read from. */
  public record Decoded(
      RecordedSession.Datagram datagram,
      IsakmpMessage message,
      byte[] iv,
      byte[] ciphertext,
      byte[] plaintext) {
    public boolean isEncrypted() {
      return message.header().isEncrypted();
    }

    public boolean fromInitiator() {
      return datagram.source().toString().equals("100.1.1.1");
    }
  }

  private final RecordedSession session;
  private final List<IsakmpMessage> clear = new ArrayList<>();
  private final Map<Integer, byte[]> ivs = new HashMap<>();
  private PhaseOneKeys keys;
  private byte[] lastPhaseOneBlock = new byte[0];

  public SessionDecoder(RecordedSession session) {
    this.session = session;
  }

  public List<Decoded> decode() throws MalformedPacketException {
    List<Decoded> all = new ArrayList<>();
    for (RecordedSession.Datagram datagram : session.datagrams()) {
      ByteBuf in = Unpooled.wrappedBuffer(datagram.message());
      IsakmpHeader header = IsakmpHeader.decode(in);
      if (header.isEncrypted()) {
        all.add(decrypt(datagram, header, in));
      } else {
        in.readerIndex(0);
        IsakmpMessage message = IsakmpMessage.decode(in);
        clear.add(message);
        all.add(new Decoded(datagram, message, new byte[0], new byte[0], new byte[0]));
      }
    }
    return all;
  }

  private Decoded decrypt(RecordedSession.Datagram datagram, IsakmpHeader header, ByteBuf in)
      throws MalformedPacketException {
    IkeCipher cipher = keys().cipher();
    int messageId = header.messageId();
    byte[] iv =
        ivs.computeIfAbsent(
            messageId,
            id -> id == 0 ? keys().initialIv() : keys().phaseTwoIv(lastPhaseOneBlock, id));
    byte[] ciphertext = ByteString.read(in, in.readableBytes()).toArray();
    byte[] plaintext = cipher.decrypt(keys().cipherKey(), iv, ciphertext);
    byte[] next = cipher.nextIv(ciphertext);
    ivs.put(messageId, next);
    if (messageId == 0) {
      lastPhaseOneBlock = next;
    }
    PayloadChain chain =
        PayloadChain.decode(header.nextPayload(), Unpooled.wrappedBuffer(plaintext));
    return new Decoded(datagram, new IsakmpMessage(header, chain), iv, ciphertext, plaintext);
  }

  /**
   * The keys, from what was said in the clear; the suite is the transform that the responder chose.
   */
  public PhaseOneKeys keys() {
    if (keys == null) {
      Transform chosen =
          clear
              .get(1)
              .payload(SecurityAssociation.class)
              .orElseThrow()
              .proposals()
              .get(0)
              .transforms()
              .get(0);
      IkeHash hash =
          IkeHash.ofAttribute(chosen.number(PhaseOneAttribute.HASH_ALGORITHM).orElseThrow())
              .orElseThrow();
      IkeCipher cipher =
          IkeCipher.ofAttributes(
                  chosen.number(PhaseOneAttribute.ENCRYPTION_ALGORITHM).orElseThrow(),
                  chosen.number(PhaseOneAttribute.KEY_LENGTH).orElse(0))
              .orElseThrow();
      keys =
          PhaseOneKeys.ofPresharedKey(
              hash,
              cipher,
              exchange(),
              Secret.copyOf(session.text("ike.psk").getBytes(StandardCharsets.UTF_8)),
              session.secret("ike.dh_secret"));
    }
    return keys;
  }

  public PhaseOneExchange exchange() {
    Cookie initiator = clear.get(1).header().initiatorCookie();
    Cookie responder = clear.get(1).header().responderCookie();
    return new PhaseOneExchange(
        initiator,
        responder,
        first(KeyExchange.class, true).data(),
        first(KeyExchange.class, false).data(),
        first(Nonce.class, true).data(),
        first(Nonce.class, false).data(),
        first(SecurityAssociation.class, true).body());
  }

  /**
   * The first payload of a kind that one side sent in the clear: the initiator sends every other
   * message.
   */
  private <P extends Payload> P first(Class<P> kind, boolean initiator) {
    for (int i = initiator ? 0 : 1; i < clear.size(); i += 2) {
      if (clear.get(i).payload(kind).isPresent()) {
        return clear.get(i).payload(kind).orElseThrow();
      }
    }
    throw new NoSuchElementException(kind.getSimpleName());
  }
}
