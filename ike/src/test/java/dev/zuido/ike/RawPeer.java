package dev.zuido.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Hash;
import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.KeyExchange;
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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A peer of one site that completes phase 1 as the standard says, and in phase 2 sends whatever a
 * test wants under the right keys. It stands at the address of the site's peer and has no timers.
 */
final class RawPeer {
  static final long SECOND = Pair.SECOND;

  private final Site site;
  private final Endpoint own;
  private final Endpoint other;
  private final SplittableRandom random = new SplittableRandom(4711);

  /** Flags that go into the header of what is sent, besides encryption. */
  int flags;

  long now;
  private PhaseOneKeys keys;
  private Cookie initiatorCookie = Cookie.ZERO;
  private Cookie responderCookie = Cookie.ZERO;
  private byte[] lastBlock = new byte[0];

  /** What was received in phase 2 and in what order. */
  final List<Message> received = new ArrayList<>();

  record Message(int exchangeType, int messageId, PayloadChain chain) {}

  private RawPeer(Site site, boolean siteIsA) {
    this.site = site;
    own = Endpoint.isakmp(siteIsA ? Site.B : Site.A);
    other = Endpoint.isakmp(siteIsA ? Site.A : Site.B);
  }

  /** Begins main mode with a site at B, and completes it. */
  static RawPeer initiate(Site site) {
    RawPeer peer = new RawPeer(site, false);
    peer.initiatePhaseOne(PhaseOneOffer.offer(List.of(Site.CISCO)));
    return peer;
  }

  /** Begins main mode with a site at B with an offer of its own. */
  static RawPeer initiate(Site site, SecurityAssociation offer) {
    RawPeer peer = new RawPeer(site, false);
    peer.initiatePhaseOne(offer);
    return peer;
  }

  /** Waits for a site at A to begin main mode, and completes it. */
  static RawPeer answer(Site site, Payload... withTheLastMessage) {
    RawPeer peer = new RawPeer(site, true);
    peer.answerPhaseOne(withTheLastMessage);
    return peer;
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  PhaseOneKeys keys() {
    return keys;
  }

  private void initiatePhaseOne(SecurityAssociation offer) {
    initiatorCookie = new Cookie(0x1122334455667788L);
    sendInClear(offer);
    PayloadChain two = takeInClear();
    DhKeyPair pair = DhGroup.MODP_1024.generate(new TestRandom(99));
    ByteString nonce = ByteString.of(bytes(16));
    sendInClear(new KeyExchange(pair.publicValue()), new Nonce(nonce));
    PayloadChain four = takeInClear();
    keys =
        keysOf(
            pair,
            new PhaseOneExchange(
                initiatorCookie,
                responderCookie,
                pair.publicValue(),
                four.payload(KeyExchange.class).orElseThrow().data(),
                nonce,
                four.payload(Nonce.class).orElseThrow().data(),
                offer.body()),
            four.payload(KeyExchange.class).orElseThrow().data());
    Identification id = Identification.of(PeerConfig.identityOf(own.address()), 0, 0);
    byte[] iv = keys.initialIv();
    iv =
        send(
            ExchangeType.IDENTITY_PROTECTION,
            0,
            iv,
            id,
            new Hash(ByteString.of(keys.hashI(id.body()))));
    Site.Datagram six = take();
    lastBlock = keys.cipher().nextIv(bodyOf(six));
    received.add(new Message(ExchangeType.IDENTITY_PROTECTION, 0, decrypt(six, iv)));
    if (two.payload(SecurityAssociation.class).isEmpty()) {
      throw new AssertionError("no SA in message 2");
    }
  }

  /** Waits for a site at A to begin main mode, and refuses its fifth message. */
  static RawPeer refuse(Site site, int notifyType) {
    RawPeer peer = new RawPeer(site, true);
    peer.lastBlock = peer.answerPhaseOneUpToTheFifthMessage();
    peer.inform(
        new Notification(
            SecurityAssociation.DOI_IPSEC,
            ProtocolId.ISAKMP,
            notifyType,
            peer.isakmpSpi(),
            ByteString.EMPTY));
    return peer;
  }

  private void answerPhaseOne(Payload... withTheLastMessage) {
    byte[] iv = answerPhaseOneUpToTheFifthMessage();
    Identification id = Identification.of(PeerConfig.identityOf(own.address()), 0, 0);
    List<Payload> six = new ArrayList<>();
    six.add(id);
    six.add(new Hash(ByteString.of(keys.hashR(id.body()))));
    six.addAll(List.of(withTheLastMessage));
    lastBlock = send(ExchangeType.IDENTITY_PROTECTION, 0, iv, six.toArray(new Payload[0]));
  }

  /** Gives the IV of the sixth message. */
  private byte[] answerPhaseOneUpToTheFifthMessage() {
    site.initiate(now);
    IsakmpHeader first = headerOf(site.sent.get(0));
    initiatorCookie = first.initiatorCookie();
    responderCookie = new Cookie(0x8877665544332211L);
    SecurityAssociation offer = takeInClear().payload(SecurityAssociation.class).orElseThrow();
    sendInClear(
        PhaseOneOffer.choose(List.of(Site.CISCO), LifetimePolicy.OBEY, false, offer)
            .orElseThrow()
            .answer());
    PayloadChain three = takeInClear();
    ByteString theirs = three.payload(KeyExchange.class).orElseThrow().data();
    DhKeyPair pair = DhGroup.MODP_1024.generate(new TestRandom(99));
    ByteString nonce = ByteString.of(bytes(16));
    keys =
        keysOf(
            pair,
            new PhaseOneExchange(
                initiatorCookie,
                responderCookie,
                theirs,
                pair.publicValue(),
                three.payload(Nonce.class).orElseThrow().data(),
                nonce,
                offer.body()),
            theirs);
    sendInClear(new KeyExchange(pair.publicValue()), new Nonce(nonce));
    Site.Datagram five = take();
    return keys.cipher().nextIv(bodyOf(five));
  }

  private PhaseOneKeys keysOf(DhKeyPair pair, PhaseOneExchange said, ByteString theirs) {
    try (Secret shared = pair.agree(theirs)) {
      return PhaseOneKeys.ofPresharedKey(
          Site.CISCO.hash(), Site.CISCO.cipher(), said, Site.secret("cisco"), shared);
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  /** Both cookies. */
  ByteString isakmpSpi() {
    byte[] spi = new byte[16];
    BigEndian.putLong(spi, 0, initiatorCookie.value());
    BigEndian.putLong(spi, 8, responderCookie.value());
    return ByteString.of(spi);
  }

  /** A quick mode of ours: what its exchange needs to go on. */
  final class Quick {
    final int messageId;
    final ByteString nonce;
    private byte[] iv;
    ByteString peersNonce = ByteString.EMPTY;

    /** What the site has answered, or null. */
    PayloadChain answer;

    private Quick(int messageId, ByteString nonce) {
      this.messageId = messageId;
      this.nonce = nonce;
      this.iv = keys.phaseTwoIv(lastBlock, messageId);
    }

    /** Confirms, with the third message. */
    void confirm() {
      byte[] hash = keys.hash3(messageId, nonce, peersNonce);
      iv = send(ExchangeType.QUICK_MODE, messageId, iv, new Hash(ByteString.of(hash)));
      drain();
    }

    /** Answers a quick mode that the site has begun. */
    void answer(Payload... payloads) {
      List<Payload> all = new ArrayList<>(List.of(payloads));
      byte[] after = PayloadChain.of(all).toBytes();
      all.add(0, new Hash(ByteString.of(keys.hash2(messageId, peersNonce, after))));
      iv = send(ExchangeType.QUICK_MODE, messageId, iv, all.toArray(new Payload[0]));
      drain();
    }
  }

  /** Sends the first message of a quick mode, with the right hash; the nonce is in the payloads. */
  Quick begin(Payload... payloads) {
    ByteString nonce = ByteString.EMPTY;
    for (Payload payload : payloads) {
      nonce = payload instanceof Nonce own ? own.data() : nonce;
    }
    Quick quick = new Quick(random.nextInt() | 1, nonce);
    List<Payload> all = new ArrayList<>(List.of(payloads));
    byte[] after = PayloadChain.of(all).toBytes();
    all.add(0, new Hash(ByteString.of(keys.hash1(quick.messageId, after))));
    quick.iv =
        send(ExchangeType.QUICK_MODE, quick.messageId, quick.iv, all.toArray(new Payload[0]));
    for (Site.Datagram datagram : sent()) {
      IsakmpHeader header = headerOf(datagram);
      if (header.messageId() == quick.messageId) {
        quick.answer = decrypt(datagram, quick.iv);
        quick.iv = keys.cipher().nextIv(bodyOf(datagram));
        quick.peersNonce =
            quick.answer.payload(Nonce.class).map(Nonce::data).orElse(ByteString.EMPTY);
        received.add(new Message(header.exchangeType(), quick.messageId, quick.answer));
      } else {
        receiveFirst(datagram);
      }
    }
    return quick;
  }

  /** Takes the first message of the quick mode that the site has begun. */
  Quick awaitQuickMode() {
    Site.Datagram datagram = take();
    IsakmpHeader header = headerOf(datagram);
    if (header.exchangeType() != ExchangeType.QUICK_MODE) {
      throw new AssertionError("no quick mode, but " + header);
    }
    Quick quick = new Quick(header.messageId(), ByteString.of(bytes(20)));
    PayloadChain chain = decrypt(datagram, quick.iv);
    quick.answer = chain;
    quick.iv = keys.cipher().nextIv(bodyOf(datagram));
    quick.peersNonce = chain.payload(Nonce.class).orElseThrow().data();
    received.add(new Message(header.exchangeType(), header.messageId(), chain));
    return quick;
  }

  /** Sends an informational message. */
  void inform(Payload... payloads) {
    int messageId = random.nextInt() | 1;
    List<Payload> all = new ArrayList<>(List.of(payloads));
    byte[] after = PayloadChain.of(all).toBytes();
    all.add(0, new Hash(ByteString.of(keys.hash1(messageId, after))));
    send(
        ExchangeType.INFORMATIONAL,
        messageId,
        keys.phaseTwoIv(lastBlock, messageId),
        all.toArray(new Payload[0]));
    drain();
  }

  /** Receives what the site has sent by itself. */
  void drain() {
    sent().forEach(this::receiveFirst);
  }

  /** The error notifies that have been received, by name. */
  List<String> errors() {
    List<String> names = new ArrayList<>();
    for (Message message : received) {
      for (Notification each : message.chain().payloads(Notification.class)) {
        if (NotifyType.isError(each.notifyType())) {
          names.add(NotifyType.nameOf(each.notifyType()));
        }
      }
    }
    return names;
  }

  private List<Site.Datagram> sent() {
    List<Site.Datagram> all = new ArrayList<>(site.sent);
    site.sent.clear();
    return all;
  }

  private Site.Datagram take() {
    if (site.sent.isEmpty()) {
      throw new AssertionError("the site says nothing: " + site.lastFailure());
    }
    return site.sent.remove(0);
  }

  private void receiveFirst(Site.Datagram datagram) {
    IsakmpHeader header = headerOf(datagram);
    byte[] iv = keys.phaseTwoIv(lastBlock, header.messageId());
    if (header.exchangeType() == ExchangeType.INFORMATIONAL) {
      received.add(new Message(header.exchangeType(), header.messageId(), decrypt(datagram, iv)));
    }
  }

  private PayloadChain takeInClear() {
    Site.Datagram datagram = take();
    IsakmpHeader header = headerOf(datagram);
    responderCookie =
        header.responderCookie().isZero() ? responderCookie : header.responderCookie();
    return decode(header, bodyOf(datagram));
  }

  private void sendInClear(Payload... payloads) {
    transmit(ExchangeType.IDENTITY_PROTECTION, 0, 0, List.of(payloads), null);
  }

  private byte[] send(int exchangeType, int messageId, byte[] iv, Payload... payloads) {
    return transmit(
        exchangeType, IsakmpHeader.FLAG_ENCRYPTION | flags, messageId, List.of(payloads), iv);
  }

  private byte[] transmit(
      int exchangeType, int headerFlags, int messageId, List<Payload> payloads, byte[] iv) {
    PayloadChain chain = PayloadChain.of(payloads);
    byte[] body = chain.toBytes();
    byte[] nextIv = new byte[0];
    if (iv != null) {
      byte[] plain = chain.padded(keys.cipher().blockLength()).toBytes();
      body = keys.cipher().encrypt(keys.cipherKey(), iv, plain);
      nextIv = keys.cipher().nextIv(body);
    }
    byte[] datagram = new byte[IsakmpHeader.LENGTH + body.length];
    ByteBuf out = Unpooled.wrappedBuffer(datagram).writerIndex(0);
    new IsakmpHeader(
            initiatorCookie,
            responderCookie,
            chain.firstType(),
            exchangeType,
            headerFlags,
            messageId,
            datagram.length)
        .encode(out);
    out.writeBytes(body);
    site.receive(new Site.Datagram(own, other, ByteString.of(datagram)), now);
    return nextIv;
  }

  private PayloadChain decrypt(Site.Datagram datagram, byte[] iv) {
    return decode(
        headerOf(datagram), keys.cipher().decrypt(keys.cipherKey(), iv, bodyOf(datagram)));
  }

  private static PayloadChain decode(IsakmpHeader header, byte[] body) {
    try {
      return PayloadChain.decode(header.nextPayload(), Unpooled.wrappedBuffer(body));
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private static IsakmpHeader headerOf(Site.Datagram datagram) {
    try {
      return IsakmpHeader.decode(Unpooled.wrappedBuffer(datagram.bytes().toArray()));
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] bodyOf(Site.Datagram datagram) {
    byte[] all = datagram.bytes().toArray();
    return Arrays.copyOfRange(all, IsakmpHeader.LENGTH, all.length);
  }
}
