package dev.zuido.ike;

import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.ike.crypto.NatDetectionHash;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.NatDetection;
import dev.zuido.ike.message.Nonce;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/** Aggressive mode by hand at site A, so that its messages can be in any form. */
final class HandInitiator {
  private static final Cookie COOKIE = new Cookie(0x1122_3344_5566_7788L);
  private static final Endpoint FROM = Endpoint.isakmp(Site.A);
  private static final Endpoint TO = Endpoint.isakmp(Site.B);

  private final Secret presharedKey;
  private final SecurityAssociation sa = PhaseOneOffer.offer(List.of(Site.CISCO));
  private final ByteString nonce = ByteString.of(new byte[20]);
  private final Identification id = Identification.of(PeerConfig.identityOf(Site.A), 0, 0);
  private final DhKeyPair pair = Site.CISCO.group().generate(new TestRandom(5));
  private Cookie peersCookie = Cookie.ZERO;
  private PhaseOneKeys keys;
  private byte[] lastBlock = new byte[0];

  HandInitiator(Secret presharedKey) {
    this.presharedKey = presharedKey;
  }

  Cookie cookie() {
    return COOKIE;
  }

  Cookie peersCookie() {
    return peersCookie;
  }

  PhaseOneKeys keys() {
    return keys;
  }

  /** From which the IVs of phase 2 are made, once the proof was encrypted. */
  byte[] lastBlock() {
    return lastBlock;
  }

  Site.Datagram offer() {
    return datagram(
        PayloadChain.of(sa, new KeyExchange(pair.publicValue()), new Nonce(nonce), id).toBytes(),
        sa.payloadType(),
        0);
  }

  /** The same with NAT traversal announced. */
  Site.Datagram natOffer() {
    return datagram(
        PayloadChain.of(
                sa,
                new KeyExchange(pair.publicValue()),
                new Nonce(nonce),
                id,
                NatDialect.RFC_3947.vendorId())
            .toBytes(),
        sa.payloadType(),
        0);
  }

  /** The proof on port 4500, with hashes of other ends, in the clear. */
  Site.Datagram natProof(Endpoint destination, Endpoint source) {
    PayloadChain chain =
        PayloadChain.of(
            detection(destination),
            detection(source),
            new Hash(ByteString.of(keys.hashI(id.body()))));
    Site.Datagram plain = datagram(chain.toBytes(), chain.firstType(), 0);
    byte[] marked = new byte[4 + plain.bytes().length()];
    System.arraycopy(plain.bytes().toArray(), 0, marked, 4, plain.bytes().length());
    return new Site.Datagram(
        Endpoint.natTraversal(Site.A), Endpoint.natTraversal(Site.B), ByteString.of(marked));
  }

  private NatDetection detection(Endpoint end) {
    return new NatDetection(
        NatDialect.RFC_3947.natDetectionType(),
        ByteString.of(
            NatDetectionHash.of(keys.hash(), COOKIE, peersCookie, end.address(), end.port())));
  }

  private static Site.Datagram datagram(byte[] body, int first, int flags, Cookie peersCookie) {
    ByteBuf out = Unpooled.buffer();
    new IsakmpHeader(
            COOKIE,
            peersCookie,
            first,
            ExchangeType.AGGRESSIVE,
            flags,
            0,
            IsakmpHeader.LENGTH + body.length)
        .encode(out);
    out.writeBytes(body);
    return new Site.Datagram(FROM, TO, ByteString.read(out, out.readableBytes()));
  }

  private Site.Datagram datagram(byte[] body, int first, int flags) {
    return datagram(body, first, flags, peersCookie);
  }

  /** Whether HASH_R is right; after that the keys are there. */
  boolean answerIsProved(Site.Datagram answer) throws MalformedPacketException {
    IsakmpMessage message = IsakmpMessage.decode(Unpooled.wrappedBuffer(answer.bytes().toArray()));
    peersCookie = message.header().responderCookie();
    ByteString peersPublic = message.payload(KeyExchange.class).orElseThrow().data();
    PhaseOneExchange said =
        new PhaseOneExchange(
            COOKIE,
            peersCookie,
            pair.publicValue(),
            peersPublic,
            nonce,
            message.payload(Nonce.class).orElseThrow().data(),
            sa.body());
    keys =
        PhaseOneKeys.ofPresharedKey(
            Site.CISCO.hash(), Site.CISCO.cipher(), said, presharedKey, pair.agree(peersPublic));
    return PhaseOneKeys.matches(
        keys.hashR(message.payload(Identification.class).orElseThrow().body()),
        message.payload(Hash.class).orElseThrow().data());
  }

  Site.Datagram proof(boolean encrypted, boolean initialContact) {
    List<Payload> payloads = new ArrayList<>();
    payloads.add(new Hash(ByteString.of(keys.hashI(id.body()))));
    if (initialContact) {
      byte[] spi = new byte[16];
      BigEndian.putLong(spi, 0, COOKIE.value());
      BigEndian.putLong(spi, 8, peersCookie.value());
      payloads.add(
          0,
          new Notification(
              SecurityAssociation.DOI_IPSEC,
              ProtocolId.ISAKMP,
              NotifyType.INITIAL_CONTACT,
              ByteString.of(spi),
              ByteString.EMPTY));
    }
    PayloadChain chain = PayloadChain.of(payloads);
    byte[] body =
        encrypted
            ? keys.cipher().encrypt(keys.cipherKey(), keys.initialIv(), chain.padded(8).toBytes())
            : chain.toBytes();
    lastBlock = encrypted ? keys.cipher().nextIv(body) : keys.initialIv();
    return datagram(body, chain.firstType(), encrypted ? IsakmpHeader.FLAG_ENCRYPTION : 0);
  }
}
