package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Delete;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Deletes and notifies, of a peer that knows the keys and of everybody else. */
class InformationalTest {
  static Pair established(long seed) {
    Pair pair = FragmentationTest.pair(seed);
    pair.a.initiate(0);
    pair.run(2 * Pair.SECOND);
    assertTrue(pair.usable());
    return pair;
  }

  /** The ISAKMP SA of a site's only peer. */
  static IsakmpSa current(Site site) {
    IsakmpSa sa = site.engine.peers().all().get(0).current();
    if (sa == null) {
      throw new AssertionError("no ISAKMP SA");
    }
    return sa;
  }

  /** A message that a site sends under its ISAKMP SA, whatever it says. */
  static Site.Datagram authentic(Site site, long now, List<Payload> payloads) {
    current(site).exchanges().sendInformational(payloads);
    site.timeout(now);
    Site.Datagram datagram = site.sent.get(site.sent.size() - 1);
    site.sent.remove(site.sent.size() - 1);
    return datagram;
  }

  static Notification notify(int type, ByteString spi, ByteString data) {
    return new Notification(SecurityAssociation.DOI_IPSEC, ProtocolId.ISAKMP, type, spi, data);
  }

  private static Delete espDelete(int... spis) {
    List<ByteString> all = new ArrayList<>();
    for (int spi : spis) {
      all.add(PhaseTwoOffer.spiBytes(spi));
    }
    return new Delete(SecurityAssociation.DOI_IPSEC, ProtocolId.ESP, 4, all);
  }

  private static Delete isakmpDelete(ByteString spi) {
    return new Delete(SecurityAssociation.DOI_IPSEC, ProtocolId.ISAKMP, 16, List.of(spi));
  }

  private static ByteString number(int number) {
    byte[] bytes = new byte[4];
    BigEndian.putInt(bytes, 0, number);
    return ByteString.of(bytes);
  }

  private static long dropped(Site site, DropReason reason) {
    return site.engine.counters().dropped().get(reason);
  }

  /** CVE-2019-10155: nothing is looked at before HASH(1) is right. */
  @Test
  void everyByteOfAProbeAlteredIsDroppedWithoutAnAnswer() {
    Pair pair = established(1);
    IsakmpSa sa = current(pair.a);
    Site.Datagram probe =
        authentic(pair.a, pair.now, List.of(notify(NotifyType.R_U_THERE, sa.spi(), number(7))));
    IkeSnapshot before = pair.b.engine.snapshot();
    for (int i = 0; i < probe.bytes().length(); i++) {
      for (int mask : new int[] {0x01, 0x80, 0xff}) {
        byte[] bytes = probe.bytes().toArray();
        bytes[i] ^= (byte) mask;
        boolean uncovered = i == 19 && (bytes[i] & ~IsakmpHeader.FLAG_COMMIT) == 1;
        if (!uncovered) {
          pair.b.receive(
              new Site.Datagram(probe.from(), probe.to(), ByteString.of(bytes)), pair.now);
        }
      }
    }
    assertEquals(before, pair.b.engine.snapshot());
    assertTrue(pair.b.sent.isEmpty(), "no answer");
    assertTrue(dropped(pair.b, DropReason.BAD_HASH) > 0);
    pair.b.receive(probe, pair.now);
    assertEquals(1, pair.b.sent.size(), "the true one is answered");
  }

  /** What a peer may say in one message, in any order and number: CVE-2023-38712. */
  private static Payload said(int kind, Site site) {
    IsakmpSa sa = current(site);
    int inbound = site.pairs().isEmpty() ? 1 : site.pairs().get(0).inboundSpi();
    return switch (kind) {
      case 0 -> isakmpDelete(sa.spi());
      case 1 -> isakmpDelete(ByteString.of(new byte[16]));
      case 2 -> espDelete(inbound);
      case 3 -> espDelete(inbound, inbound, 12);
      case 4 -> new Delete(SecurityAssociation.DOI_IPSEC, ProtocolId.ESP, 0, List.of());
      case 5 ->
          new Delete(
              SecurityAssociation.DOI_IPSEC, ProtocolId.ESP, 1, List.of(ByteString.of((byte) 1)));
      case 6 -> new Delete(0, 99, 4, List.of(number(1)));
      case 7 -> notify(NotifyType.R_U_THERE, sa.spi(), number(7));
      case 8 -> notify(NotifyType.R_U_THERE_ACK, sa.spi(), number(7));
      case 9 -> notify(NotifyType.INITIAL_CONTACT, sa.spi(), ByteString.EMPTY);
      case 10 ->
          new Notification(
              SecurityAssociation.DOI_IPSEC,
              ProtocolId.ESP,
              NotifyType.INVALID_SPI,
              PhaseTwoOffer.spiBytes(inbound),
              ByteString.EMPTY);
      case 11 -> notify(NotifyType.CISCO_KEEPALIVE, sa.spi(), ByteString.EMPTY);
      case 12 -> notify(NotifyType.NO_PROPOSAL_CHOSEN, ByteString.EMPTY, ByteString.EMPTY);
      case 13 -> notify(NotifyType.RESPONDER_LIFETIME, sa.spi(), number(1));
      default -> notify(0xffff, ByteString.EMPTY, ByteString.EMPTY);
    };
  }

  @Property(tries = 60)
  void anyDeletesAndNotifiesInOneMessage(@ForAll("kinds") List<Integer> kinds) {
    Pair pair = established(2);
    List<Payload> payloads = new ArrayList<>();
    kinds.forEach(kind -> payloads.add(said(kind, pair.a)));
    Site.Datagram message = authentic(pair.a, pair.now, payloads);
    boolean endsPhaseOne = kinds.contains(0);
    int sas = pair.b.phaseOnes().size();
    pair.b.receive(message, pair.now);
    assertEquals(endsPhaseOne, pair.b.phaseOnes().size() < sas || sas == 0);
    List<IkeSnapshot.ChildSaView> after = pair.b.pairs();
    // The same again is known, or its keys are no more.
    long before =
        dropped(pair.b, DropReason.DUPLICATE) + dropped(pair.b, DropReason.UNKNOWN_COOKIES);
    pair.b.receive(message, pair.now);
    assertEquals(
        before + 1,
        dropped(pair.b, DropReason.DUPLICATE) + dropped(pair.b, DropReason.UNKNOWN_COOKIES));
    assertEquals(after, pair.b.pairs());
    pair.run(200 * Pair.SECOND);
    assertEquals(
        pair.b.installed.size(), 2 * pair.b.pairs().size(), "what is installed belongs to pairs");
  }

  @Provide
  Arbitrary<List<Integer>> kinds() {
    return Arbitraries.integers().between(0, 14).list().ofMinSize(1).ofMaxSize(8);
  }

  @Test
  void anIsakmpDeleteLeavesTheChildren() {
    Pair pair = established(3);
    pair.b.receive(
        authentic(
            pair.a,
            pair.now,
            List.of(isakmpDelete(current(pair.a).spi()), isakmpDelete(current(pair.a).spi()))),
        pair.now);
    assertTrue(pair.b.phaseOnes().isEmpty());
    assertEquals(1, pair.b.pairs().size());
    assertEquals(
        1, pair.b.outputs(IkeOutput.PhaseOneDeleted.class).size(), "the second one does nothing");
  }

  /** One message takes back the ISAKMP SA that it is under, and then the pair. */
  @Test
  void whatIsDeletedBehindTheIsakmpSaIsDeletedToo() {
    Pair pair = established(31);
    int spi = pair.a.pairs().get(0).inboundSpi();
    pair.b.receive(
        authentic(
            pair.a,
            pair.now,
            List.of(
                isakmpDelete(current(pair.a).spi()),
                notify(NotifyType.R_U_THERE, current(pair.a).spi(), number(1)),
                espDelete(spi))),
        pair.now);
    assertTrue(pair.b.phaseOnes().isEmpty() && pair.b.pairs().isEmpty());
    assertTrue(pair.b.installed.isEmpty() && pair.b.sent.isEmpty());
  }

  @Test
  void aDeleteThatComesTwiceHarmsNothing() {
    Pair pair = established(4);
    int spi = pair.a.pairs().get(0).inboundSpi();
    for (int i = 0; i < 3; i++) {
      pair.b.receive(
          authentic(pair.a, pair.now, List.of(espDelete(spi, spi), espDelete(spi))), pair.now);
    }
    assertEquals(1, pair.b.outputs(IkeOutput.ChildDeleted.class).size());
    assertEquals(8, dropped(pair.b, DropReason.UNKNOWN_TARGET));
    assertTrue(pair.b.pairs().isEmpty());
    assertEquals(1, pair.b.phaseOnes().size());
  }

  /** The states of a site towards a caller that sends something about dead peer detection. */
  private enum State {
    NONE,
    HALF_OPEN,
    INITIATING,
    ESTABLISHED,
    DELETED
  }

  private static Cookie[] cookiesIn(State state, Pair pair) {
    switch (state) {
      case NONE -> {}
      case HALF_OPEN -> {
        pair.a.initiate(0);
        pair.b.receive(pair.a.sent.get(0), 0);
        pair.b.sent.clear();
      }
      case INITIATING -> pair.b.initiate(0);
      case ESTABLISHED, DELETED -> {
        pair.a.initiate(0);
        pair.run(2 * Pair.SECOND);
      }
    }
    pair.b.sent.clear();
    List<IkeSnapshot.IsakmpSaView> sas = pair.b.phaseOnes();
    Cookie[] cookies =
        sas.isEmpty()
            ? new Cookie[] {new Cookie(1), new Cookie(2)}
            : new Cookie[] {sas.get(0).initiatorCookie(), sas.get(0).responderCookie()};
    if (state == State.DELETED) {
      pair.b.command(new IkeCommand.Terminate("peer", null), pair.now);
      pair.b.sent.clear();
    }
    return cookies;
  }

  /** CVE-2009-0790: a probe or its answer for an ISAKMP SA that is not, or not any more. */
  @Property(tries = 120)
  void aForgedProbeChangesNothingInAnyState(
      @ForAll State state,
      @ForAll("cookieChoices") List<Integer> choice,
      @ForAll boolean answer,
      @ForAll boolean encrypted,
      @ForAll int messageId,
      @ForAll("bodies") byte[] data) {
    Pair pair = FragmentationTest.pair(5);
    Cookie[] known = cookiesIn(state, pair);
    Cookie[] all = {known[0], known[1], Cookie.ZERO, new Cookie(messageId)};
    Cookie initiator = all[choice.get(0)];
    Cookie responder = all[choice.get(1)];
    byte[] spi = new byte[16];
    BigEndian.putLong(spi, 0, initiator.value());
    BigEndian.putLong(spi, 8, responder.value());
    int type = answer ? NotifyType.R_U_THERE_ACK : NotifyType.R_U_THERE;
    ByteBuf out = Unpooled.buffer();
    IsakmpMessage.of(
            initiator,
            responder,
            ExchangeType.INFORMATIONAL,
            encrypted ? IsakmpHeader.FLAG_ENCRYPTION : 0,
            messageId,
            PayloadChain.of(notify(type, ByteString.of(spi), ByteString.of(data))))
        .encode(out);
    IkeSnapshot before = pair.b.engine.snapshot();
    pair.b.receive(
        new Site.Datagram(
            Endpoint.isakmp(Site.A),
            Endpoint.isakmp(Site.B),
            ByteString.read(out, out.readableBytes())),
        pair.now);
    assertEquals(before, pair.b.engine.snapshot());
    assertTrue(pair.b.sent.isEmpty());
  }

  @Provide
  Arbitrary<List<Integer>> cookieChoices() {
    return Arbitraries.integers().between(0, 3).list().ofSize(2);
  }

  @Provide
  Arbitrary<byte[]> bodies() {
    return Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(24);
  }

  @Test
  void theKeepaliveOfIosIsAnsweredAndIsASignOfLife() {
    Pair pair = established(6);
    ByteString spi = current(pair.a).spi();
    Site.Datagram question =
        authentic(
            pair.a,
            pair.now,
            List.of(notify(NotifyType.CISCO_KEEPALIVE, spi, number(0x0102_0304))));
    Peer peer = pair.b.engine.peers().all().get(0);
    pair.run(20 * Pair.SECOND);
    pair.b.receive(question, pair.now);
    assertEquals(pair.now, peer.deadPeerDetection().lastHeardNanos());
    assertTrue(
        pair.b.trace().get(pair.b.trace().size() - 1).contains("CISCO-KEEPALIVE-ACK"),
        () -> "" + pair.b.trace());
    pair.run(Pair.SECOND);
    assertTrue(
        pair.a.trace().get(pair.a.trace().size() - 1).startsWith("< informational"),
        () -> "" + pair.a.trace());
    // Nobody gets an answer by a copy, and a copy is no sign of life.
    pair.run(20 * Pair.SECOND);
    pair.b.receive(question, pair.now);
    assertTrue(pair.b.sent.isEmpty());
    assertTrue(peer.deadPeerDetection().lastHeardNanos() < pair.now);
  }

  @Test
  void anInvalidSpiOfThePeerRemovesThatPairAlone() {
    Pair pair = established(7);
    long id = pair.a.pairs().get(0).inboundSaId();
    pair.a.command(new IkeCommand.LifetimeExceeded(id, false), pair.now);
    pair.run(5 * Pair.SECOND);
    assertEquals(2, pair.b.pairs().size());
    int old = pair.b.pairs().get(0).outboundSpi();
    int current = pair.b.pairs().get(1).outboundSpi();
    pair.b.receive(
        authentic(
            pair.a,
            pair.now,
            List.of(
                new Notification(
                    SecurityAssociation.DOI_IPSEC,
                    ProtocolId.ESP,
                    NotifyType.INVALID_SPI,
                    PhaseTwoOffer.spiBytes(old ^ 1),
                    ByteString.EMPTY))),
        pair.now);
    assertEquals(2, pair.b.pairs().size(), "not one of ours");
    // With the SPI as data, as some send it.
    pair.b.receive(
        authentic(
            pair.a,
            pair.now,
            List.of(notify(NotifyType.INVALID_SPI, ByteString.EMPTY, PhaseTwoOffer.spiBytes(old)))),
        pair.now);
    assertEquals(1, pair.b.pairs().size());
    assertEquals(current, pair.b.pairs().get(0).outboundSpi());
    assertEquals(
        EndReason.INVALID_SPI, pair.b.outputs(IkeOutput.ChildDeleted.class).get(0).reason());
  }

  @Test
  void anInvalidSpiInTheClearIsANoticeAndNoMore() {
    Pair pair = established(8);
    IkeSnapshot.IsakmpSaView sa = pair.b.phaseOnes().get(0);
    int spi = pair.b.pairs().get(0).outboundSpi();
    for (int i = 0; i < 5; i++) {
      ByteBuf out = Unpooled.buffer();
      IsakmpMessage.of(
              sa.initiatorCookie(),
              sa.responderCookie(),
              ExchangeType.INFORMATIONAL,
              0,
              i + 1,
              PayloadChain.of(
                  notify(NotifyType.INVALID_SPI, PhaseTwoOffer.spiBytes(spi), ByteString.EMPTY)))
          .encode(out);
      pair.b.receive(
          new Site.Datagram(
              Endpoint.isakmp(Site.A),
              Endpoint.isakmp(Site.B),
              ByteString.read(out, out.readableBytes())),
          pair.now);
    }
    assertEquals(1, pair.b.pairs().size());
    assertTrue(pair.b.sent.isEmpty());
    assertEquals(5, dropped(pair.b, DropReason.UNAUTHENTICATED));
    List<IkeOutput.Notice> notices = pair.b.outputs(IkeOutput.Notice.class);
    assertEquals(1, notices.size(), "once a minute");
    assertTrue(notices.get(0).text().contains("nothing authenticates this"));
  }

  /** B has a pair with A, which has restarted and knows nothing of it. */
  private static Pair recovering(long seed, boolean recovery) {
    IkeConfig atA =
        FragmentationTest.config(
            true, p -> p.withOptions(p.options().withInvalidSpiRecovery(recovery)));
    IkeConfig atB = FragmentationTest.config(false, p -> p);
    Pair before = new Pair(seed, atA, atB);
    before.b.initiate(0);
    before.run(2 * Pair.SECOND);
    assertTrue(before.usable());
    return new Pair(seed + 1, before, new Pair(seed + 2, atA, atB));
  }

  @Test
  void withoutAnIsakmpSaAMainModeBeginsIfThatIsWanted() {
    Pair pair = recovering(20, true);
    int lost = pair.b.pairs().get(0).outboundSpi();
    long from = pair.now;
    for (int i = 0; i < 100; i++) {
      pair.a.command(new IkeCommand.InvalidSpi(Site.A, Site.B, lost), pair.now);
    }
    assertEquals(1, pair.a.sent.size(), "one main mode");
    assertEquals(99, dropped(pair.a, DropReason.RATE_LIMITED));
    pair.run(5 * Pair.SECOND);
    assertTrue(
        pair.a.trace().stream().anyMatch(line -> line.contains("N INVALID-SPI")),
        "the SPI is reported when it can be");
    assertTrue(pair.b.pairs().stream().noneMatch(view -> view.outboundSpi() == lost));
    assertTrue(pair.now > from);
  }

  @Test
  void withoutAnIsakmpSaNothingIsSentOtherwise() {
    Pair pair = recovering(30, false);
    int lost = pair.b.pairs().get(0).outboundSpi();
    for (int i = 0; i < 100; i++) {
      pair.a.command(new IkeCommand.InvalidSpi(Site.A, Site.B, lost), pair.now);
    }
    assertTrue(pair.a.sent.isEmpty());
    assertEquals(100, dropped(pair.a, DropReason.UNKNOWN_TARGET));
  }

  /** Nobody answers: the next main mode waits for the hold-off. */
  @Test
  void aRecoveryThatFailsIsHeldOff() {
    Pair pair = recovering(40, true);
    pair.lose = datagram -> true;
    int started = 0;
    for (int second = 0; second < 600; second++) {
      pair.a.command(new IkeCommand.InvalidSpi(Site.A, Site.B, 0x1234_5678), pair.now);
      pair.run(Pair.SECOND);
    }
    for (String line : pair.a.trace()) {
      started += line.startsWith("> main mode 1/6 [") ? 1 : 0;
    }
    assertTrue(started >= 3 && started <= 4, "a main mode lasts 165 s: " + started);
  }

  @Test
  void underAnIsakmpSaItIsReportedOnceASecond() {
    Pair pair = established(9);
    pair.lose = datagram -> true;
    int before = pair.a.trace().size();
    for (int i = 0; i < 100; i++) {
      pair.a.command(new IkeCommand.InvalidSpi(Site.A, Site.B, 300 + i), pair.now);
      pair.run(Pair.SECOND / 10);
    }
    long reports =
        pair.a.trace().subList(before, pair.a.trace().size()).stream()
            .filter(line -> line.contains("N INVALID-SPI"))
            .count();
    assertEquals(10, reports);
    assertFalse(pair.a.pairs().isEmpty());
  }
}
