package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What altered, cut and forged messages can do: end their own exchange, and nothing else. */
class MutationTest {
  private static final int MASK = 0x55;

  private static IkeConfig quick(boolean atA) {
    IkeProposal fast =
        IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA2_256, DhGroup.CURVE_25519);
    return Site.config(atA, p -> HandshakeTest.withProposals(p, List.of(fast), DpdConfig.OFF));
  }

  private static Pair established(long seed) {
    Pair pair = new Pair(seed, quick(true), quick(false));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    return pair;
  }

  private static Site.Datagram altered(Site.Datagram datagram, int index) {
    byte[] bytes = datagram.bytes().toArray();
    bytes[index] ^= MASK;
    return new Site.Datagram(datagram.from(), datagram.to(), ByteString.of(bytes));
  }

  private static Site.Datagram cut(Site.Datagram datagram, int length) {
    return new Site.Datagram(datagram.from(), datagram.to(), datagram.bytes().slice(0, length));
  }

  private static Site.Datagram take(Site site) {
    Site.Datagram datagram = site.sent.get(0);
    site.sent.clear();
    return datagram;
  }

  /** A second life of A begins with B; its message of this number is altered. */
  @Test
  void everyByteOfMainModeAltered() {
    Pair pair = established(41);
    int completed = 0;
    for (int number = 1; number <= 6; number++) {
      boolean more = true;
      for (int index = 0; more; index++) {
        Site again = new Site("again", quick(true), 1_000L * number + index);
        int phaseOnes = pair.b.outputs(IkeOutput.PhaseOneEstablished.class).size();
        again.initiate(pair.now);
        more = exchangeWithOneAltered(again, pair.b, number, index, pair.now);
        boolean joined = pair.b.outputs(IkeOutput.PhaseOneEstablished.class).size() > phaseOnes;
        if (joined) {
          completed++;
          pair = established(2_000L * number + index);
        } else {
          assertEquals(1, pair.b.pairs().size(), number + " byte " + index);
          assertTrue(pair.b.phaseOnes().size() <= 33);
        }
      }
    }
    assertTrue(completed > 0, "some bytes of messages 5 and 6 are not authenticated");
  }

  /** Plays main mode; false once the index lies behind the message's end. */
  private static boolean exchangeWithOneAltered(
      Site initiator, Site responder, int number, int index, long now) {
    for (int i = 1; i <= 6; i++) {
      Site sender = i % 2 == 1 ? initiator : responder;
      Site receiver = i % 2 == 1 ? responder : initiator;
      if (sender.sent.isEmpty()) {
        return true;
      }
      Site.Datagram datagram = take(sender);
      if (i == number && index >= datagram.bytes().length()) {
        return false;
      }
      receiver.receive(i == number ? altered(datagram, index) : datagram, now);
    }
    initiator.sent.clear();
    responder.sent.clear();
    return true;
  }

  /** Each altered and each cut message is dropped; the true one is then accepted. */
  @Test
  void quickModeSurvivesEveryAlterationOfEachMessage() {
    Pair pair = established(42);
    long id = pair.a.pairs().get(0).inboundSaId();
    pair.a.command(new IkeCommand.LifetimeExceeded(id, false), pair.now);
    Site sender = pair.a;
    Site receiver = pair.b;
    for (int number = 1; number <= 3; number++) {
      Site.Datagram datagram = take(sender);
      alterEverywhere(datagram, receiver, pair.now);
      receiver.receive(datagram, pair.now);
      Site other = sender;
      sender = receiver;
      receiver = other;
    }
    pair.run(5 * Pair.SECOND);
    assertEquals(2, pair.a.pairs().size());
    assertEquals(2, pair.b.pairs().size());
    assertTrue(pair.usable());
  }

  @Test
  void aDeleteSurvivesEveryAlteration() {
    Pair pair = established(43);
    pair.a.command(new IkeCommand.Terminate("peer", "gre"), pair.now);
    Site.Datagram delete = take(pair.a);
    alterEverywhere(delete, pair.b, pair.now);
    assertEquals(1, pair.b.pairs().size());
    pair.b.receive(delete, pair.now);
    assertEquals(0, pair.b.pairs().size());
    pair.b.receive(delete, pair.now);
    assertEquals(1, pair.b.engine.counters().dropped().get(DropReason.DUPLICATE));
  }

  private static void alterEverywhere(Site.Datagram datagram, Site receiver, long now) {
    IkeSnapshot before = receiver.engine.snapshot();
    for (int index = 0; index < datagram.bytes().length(); index++) {
      receiver.receive(altered(datagram, index), now);
      receiver.receive(cut(datagram, index), now);
    }
    assertEquals(before, receiver.engine.snapshot());
    assertTrue(receiver.sent.isEmpty(), "an altered message gets no answer");
  }

  @Test
  void informationalMessagesInTheClearAreNotObeyed() {
    Pair pair = established(44);
    IkeSnapshot.IsakmpSaView sa = pair.b.phaseOnes().get(0);
    int spi = pair.b.pairs().get(0).outboundSpi();
    ByteString cookies = ByteString.ofHex(sa.initiatorCookie().toString() + sa.responderCookie());
    IkeSnapshot before = pair.b.engine.snapshot();
    List<PayloadChain> forged =
        List.of(
            PayloadChain.of(
                new Delete(SecurityAssociation.DOI_IPSEC, ProtocolId.ISAKMP, 16, List.of(cookies))),
            PayloadChain.of(
                new Delete(
                    SecurityAssociation.DOI_IPSEC,
                    ProtocolId.ESP,
                    4,
                    List.of(PhaseTwoOffer.spiBytes(spi)))),
            PayloadChain.of(notify(NotifyType.INITIAL_CONTACT, cookies)),
            PayloadChain.of(notify(NotifyType.R_U_THERE, cookies)),
            PayloadChain.of(notify(NotifyType.INVALID_SPI, PhaseTwoOffer.spiBytes(spi))));
    for (PayloadChain chain : forged) {
      for (Cookie responder : List.of(sa.responderCookie(), Cookie.ZERO, new Cookie(7))) {
        ByteBuf out = Unpooled.buffer();
        IsakmpMessage.of(sa.initiatorCookie(), responder, ExchangeType.INFORMATIONAL, 0, 77, chain)
            .encode(out);
        pair.b.receive(
            new Site.Datagram(
                Endpoint.isakmp(Site.A),
                Endpoint.isakmp(Site.B),
                ByteString.read(out, out.readableBytes())),
            pair.now);
      }
    }
    assertEquals(before, pair.b.engine.snapshot());
    assertTrue(pair.b.sent.isEmpty());
    assertEquals(15, pair.b.engine.counters().dropped().get(DropReason.UNAUTHENTICATED));
  }

  private static Notification notify(int type, ByteString spi) {
    return new Notification(
        SecurityAssociation.DOI_IPSEC,
        ProtocolId.ISAKMP,
        type,
        spi,
        ByteString.of(new byte[] {0, 0, 0, 1}));
  }

  @Test
  void arbitraryBytesChangeNothing() {
    Pair pair = established(45);
    IkeSnapshot before = pair.b.engine.snapshot();
    SplittableRandom random = new SplittableRandom(45);
    Cookie initiator = pair.b.phaseOnes().get(0).initiatorCookie();
    Cookie responder = pair.b.phaseOnes().get(0).responderCookie();
    for (int i = 0; i < 5_000; i++) {
      byte[] bytes = new byte[random.nextInt(28, 200)];
      for (int j = 0; j < bytes.length; j++) {
        bytes[j] = (byte) random.nextInt();
      }
      ByteBuf header = Unpooled.wrappedBuffer(bytes).writerIndex(0);
      header.writeLong(initiator.value()).writeLong(responder.value());
      int[] exchanges = {2, 5, 32, 4, 6, 33};
      header.writeByte(bytes[16] & 0x0f).writeByte(0x10);
      header.writeByte(exchanges[random.nextInt(exchanges.length)]).writeByte(random.nextInt(2));
      header.setInt(24, bytes.length);
      pair.b.receive(
          new Site.Datagram(Endpoint.isakmp(Site.A), Endpoint.isakmp(Site.B), ByteString.of(bytes)),
          pair.now);
    }
    assertEquals(before, pair.b.engine.snapshot());
    assertTrue(pair.b.sent.isEmpty());
    assertFalse(pair.b.engine.counters().dropped().get(DropReason.UNDECRYPTABLE) == 0);
  }

  @Test
  void aStrangerIsNotAnswered() {
    Pair pair = established(46);
    Site again = new Site("again", quick(true), 5);
    again.initiate(pair.now);
    Site.Datagram first = take(again);
    Endpoint stranger = Endpoint.isakmp(dev.zuido.wire.Ipv4Address.of(9, 9, 9, 9));
    pair.b.receive(new Site.Datagram(stranger, first.to(), first.bytes()), pair.now);
    assertTrue(pair.b.sent.isEmpty());
    assertEquals(1, pair.b.engine.counters().dropped().get(DropReason.UNKNOWN_PEER));
  }

  @Test
  void theResponderSendsNoMoreThanItWasAskedFor() {
    Pair pair = established(47);
    Site again = new Site("again", quick(true), 6);
    again.initiate(pair.now);
    Site.Datagram first = take(again);
    pair.b.receive(first, pair.now);
    assertEquals(1, pair.b.sent.size());
    assertTrue(pair.b.sent.get(0).bytes().length() <= 3 * first.bytes().length());
    pair.b.sent.clear();
    pair.b.timeout(pair.now + 20 * Pair.SECOND);
    assertTrue(pair.b.sent.isEmpty(), "a responder repeats nothing by itself");
    pair.b.receive(first, pair.now + 20 * Pair.SECOND);
    assertEquals(1, pair.b.sent.size(), "it repeats its answer when it is asked again");
  }
}
