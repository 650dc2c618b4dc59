package dev.zuido.ike;

import static dev.zuido.ike.InformationalTest.authentic;
import static dev.zuido.ike.InformationalTest.current;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.VendorId;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other implementations have got wrong between two releases, by libreswan's list of changes.
 */
class WireRegressionTest {
  private static final int EXCHANGE_TYPE = 18;
  private static final int FLAGS = 19;
  private static final int LENGTH = 24;

  /** Fast keys, and probes every ten seconds. */
  private static IkeConfig config(boolean atA, UnaryOperator<PeerConfig> change) {
    IkeProposal fast =
        IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA2_256, DhGroup.CURVE_25519);
    return Site.config(
        atA,
        p -> change.apply(HandshakeTest.withProposals(p, List.of(fast), DpdConfig.periodic(10))));
  }

  private static Pair pair(long seed) {
    return new Pair(seed, config(true, p -> p), config(false, p -> p));
  }

  private static Pair established(long seed) {
    Pair pair = pair(seed);
    pair.a.initiate(0);
    pair.run(2 * Pair.SECOND);
    assertTrue(pair.usable());
    return pair;
  }

  private static long dropped(Site site, DropReason reason) {
    return site.engine.counters().dropped().get(reason);
  }

  /** Carries what both send until they are silent; each datagram may be changed on its way. */
  private static void carry(Pair pair, UnaryOperator<Site.Datagram> change) {
    while (!pair.a.sent.isEmpty() || !pair.b.sent.isEmpty()) {
      for (Site site : List.of(pair.a, pair.b)) {
        List<Site.Datagram> sent = List.copyOf(site.sent);
        site.sent.clear();
        for (Site.Datagram each : sent) {
          (site == pair.a ? pair.b : pair.a).receive(change.apply(each), pair.now);
        }
      }
    }
  }

  private static Site.Datagram with(Site.Datagram datagram, UnaryOperator<byte[]> change) {
    return new Site.Datagram(
        datagram.from(), datagram.to(), ByteString.of(change.apply(datagram.bytes().toArray())));
  }

  private static UnaryOperator<Site.Datagram> without(KnownVendor vendor) {
    return datagram -> {
      byte[] bytes = datagram.bytes().toArray();
      if (bytes[FLAGS] != 0) {
        return datagram;
      }
      try {
        IsakmpMessage message = IsakmpMessage.decode(Unpooled.wrappedBuffer(bytes));
        List<Payload> payloads = new ArrayList<>(message.payloads());
        payloads.removeIf(each -> each instanceof VendorId id && vendor.matches(id.id()));
        ByteBuf out = Unpooled.buffer();
        IsakmpMessage.of(
                message.header().initiatorCookie(),
                message.header().responderCookie(),
                message.header().exchangeType(),
                0,
                message.header().messageId(),
                PayloadChain.of(payloads))
            .encode(out);
        return new Site.Datagram(
            datagram.from(), datagram.to(), ByteString.read(out, out.readableBytes()));
      } catch (MalformedPacketException e) {
        throw new AssertionError(e);
      }
    };
  }

  private static long probes(Site site) {
    return site.trace().stream().filter(line -> line.matches("> .*N R-U-THERE\\].*")).count();
  }

  // Retransmission.

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void nothingIsRepeatedForEver(int lastCarried) {
    Pair pair = pair(1);
    int[] carried = {0};
    pair.lose = datagram -> carried[0]++ >= lastCarried;
    pair.a.initiate(0);
    pair.run(700 * Pair.SECOND);
    assertTrue(carried[0] < 60, "datagrams: " + carried[0]);
    assertTrue(pair.a.phaseOnes().isEmpty() && pair.b.phaseOnes().isEmpty());
    assertTrue(pair.a.pairs().isEmpty() && pair.b.pairs().isEmpty());
    assertTrue(pair.a.installed.isEmpty() && pair.b.installed.isEmpty());
    assertEquals(IkeEngine.NO_DEADLINE, pair.a.engine.nextDeadline());
    assertEquals(IkeEngine.NO_DEADLINE, pair.b.engine.nextDeadline());
  }

  @Test
  void theWaitsGrowAsThePolicySays() {
    RetransmissionPolicy policy = new RetransmissionPolicy(1_000, 2, 4, 6_000);
    Pair pair =
        new Pair(
            2,
            new IkeConfig(config(true, p -> p).peers(), policy, IkeLimits.DEFAULT),
            config(false, p -> p));
    List<Long> times = new ArrayList<>();
    pair.lose =
        datagram -> {
          times.add(pair.now);
          return true;
        };
    pair.a.initiate(0);
    pair.run(100 * Pair.SECOND);
    assertEquals(
        List.of(0L, Pair.SECOND, 3 * Pair.SECOND, 7 * Pair.SECOND, 13 * Pair.SECOND), times);
    assertTrue(pair.a.lastFailure().contains("does not answer"));
  }

  @Test
  void aDuplicateRequestGetsTheStoredAnswer() {
    Pair pair = established(3);
    pair.a.command(
        new IkeCommand.LifetimeExceeded(pair.a.pairs().get(0).inboundSaId(), false), pair.now);
    Site.Datagram request = pair.a.sent.remove(0);
    pair.b.receive(request, pair.now);
    Site.Datagram answer = pair.b.sent.remove(0);
    for (int i = 0; i < 40; i++) {
      pair.b.receive(request, pair.now);
    }
    assertEquals(32, pair.b.sent.size(), "not for ever");
    assertTrue(pair.b.sent.stream().allMatch(answer::equals), "to the bit");
    assertEquals(40, dropped(pair.b, DropReason.DUPLICATE));
  }

  @Test
  void aFirstMessageThatComesAgainMakesOneState() {
    Pair pair = pair(4);
    pair.a.initiate(0);
    Site.Datagram first = pair.a.sent.get(0);
    for (int i = 0; i < 10; i++) {
      pair.b.receive(first, i);
    }
    assertEquals(1, pair.b.phaseOnes().size());
    assertEquals(1, pair.b.sent.stream().distinct().count());
  }

  @Test
  void aHalfOpenExchangeIsForgottenAfterHalfAMinute() {
    Pair pair = pair(5);
    pair.a.initiate(0);
    pair.b.receive(pair.a.sent.get(0), 0);
    pair.b.sent.clear();
    pair.b.timeout(30 * Pair.SECOND - 1);
    assertEquals(1, pair.b.phaseOnes().size());
    pair.b.timeout(30 * Pair.SECOND);
    assertTrue(pair.b.phaseOnes().isEmpty());
    assertTrue(pair.b.sent.isEmpty());
  }

  /** A peer that never sends third messages: what is in progress stays, the newcomer goes. */
  @Test
  void exchangesUnderOneIsakmpSaAreBounded() {
    IkeLimits few = new IkeLimits(10, 10, 30, 2, 3, 6, 10);
    Pair pair =
        new Pair(
            6,
            config(true, p -> p),
            new IkeConfig(config(false, p -> p).peers(), RetransmissionPolicy.DEFAULT, few));
    pair.a.initiate(0);
    pair.run(2 * Pair.SECOND);
    pair.lose = datagram -> true;
    int refused = 0;
    for (int i = 0; i < 5; i++) {
      IsakmpSa sa = current(pair.a);
      Child child = sa.peer().children().all().get(0);
      QuickModeInitiator.begin(pair.a.engine.context(), sa, child, pair.now);
      pair.a.timeout(pair.now);
      long before = dropped(pair.b, DropReason.LIMIT);
      pair.b.receive(pair.a.sent.remove(0), pair.now);
      refused += dropped(pair.b, DropReason.LIMIT) > before ? 1 : 0;
    }
    assertEquals(2, refused, "the table holds three, and main mode and quick mode were over");
    assertTrue(pair.b.pairs().size() >= 1);
  }

  // What is not answered.

  @Test
  void nothingIsSentForWhatCannotBeDecrypted() {
    Pair pair = established(7);
    IkeSnapshot before = pair.b.engine.snapshot();
    IkeSnapshot.IsakmpSaView sa = pair.b.phaseOnes().get(0);
    SplittableRandom random = new SplittableRandom(7);
    for (int type : new int[] {ExchangeType.QUICK_MODE, ExchangeType.INFORMATIONAL, 33, 2, 4}) {
      for (int i = 0; i < 200; i++) {
        ByteBuf out = Unpooled.buffer();
        int length = random.nextInt(1, 12) * 8;
        new IsakmpHeader(
                sa.initiatorCookie(),
                sa.responderCookie(),
                random.nextInt(1, 14),
                type,
                IsakmpHeader.FLAG_ENCRYPTION,
                random.nextInt(),
                IsakmpHeader.LENGTH + length)
            .encode(out);
        byte[] body = new byte[length];
        random.nextBytes(body);
        out.writeBytes(body);
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
  }

  /** The one exception: once per main mode, to whom has answered with our cookie. */
  @Test
  void aFifthMessageThatCannotBeReadIsAnsweredOnce() {
    Pair pair =
        new Pair(
            8,
            config(true, p -> p),
            config(false, p -> p.toBuilder().preSharedKey(Site.secret("another")).build()));
    pair.a.initiate(0);
    pair.run(29 * Pair.SECOND);
    long errors =
        pair.b.trace().stream().filter(line -> line.contains("N AUTHENTICATION-FAILED")).count();
    assertEquals(1, errors);
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 6})
  void anUnencryptedFifthOrSixthMessageIsRefused(int number) {
    Pair pair = pair(9);
    pair.a.initiate(0);
    int[] count = {0};
    carry(
        pair,
        datagram -> {
          byte[] bytes = datagram.bytes().toArray();
          boolean mainMode = bytes[EXCHANGE_TYPE] == ExchangeType.IDENTITY_PROTECTION;
          return mainMode && ++count[0] == number
              ? with(
                  datagram,
                  message -> {
                    message[FLAGS] = 0;
                    return message;
                  })
              : datagram;
        });
    Site refusing = number == 5 ? pair.b : pair.a;
    assertEquals(1, dropped(refusing, DropReason.WRONG_PROTECTION));
    assertTrue(refusing.outputs(IkeOutput.PhaseOneEstablished.class).isEmpty());
  }

  /** The refusal has a message ID and so an IV of its own; the next quick mode has another. */
  @Test
  void theRefusalOfIdentitiesCanBeRead() {
    Pair pair =
        new Pair(
            10,
            config(true, p -> p),
            config(
                false,
                p -> {
                  ChildConfig child = p.children().get(0);
                  return HandshakeTest.withChild(
                      p,
                      ChildConfig.of(
                          child.name(),
                          TrafficSelector.host(Site.B, IpProtocol.UDP),
                          TrafficSelector.host(Site.A, IpProtocol.UDP),
                          child.mode(),
                          child.proposals()));
                }));
    pair.a.initiate(0);
    pair.run(2 * Pair.SECOND);
    for (int i = 0; i < 3; i++) {
      assertTrue(
          pair.a.lastFailure().contains("INVALID-ID-INFORMATION"), () -> pair.a.lastFailure());
      assertEquals(
          i + 1,
          pair.a.trace().stream()
              .filter(line -> line.startsWith("<") && line.contains("N INVALID-ID-INFORMATION"))
              .count());
      pair.run(70 * Pair.SECOND);
      pair.a.initiate(pair.now);
      pair.run(2 * Pair.SECOND);
    }
    assertEquals(0, dropped(pair.a, DropReason.UNDECRYPTABLE));
    assertEquals(0, dropped(pair.b, DropReason.UNDECRYPTABLE));
  }

  @Test
  void theCommitBitIsIgnoredAndToldOnce() {
    Pair pair = pair(11);
    pair.a.initiate(0);
    carry(
        pair,
        datagram ->
            with(
                datagram,
                message -> {
                  message[FLAGS] |= (byte) IsakmpHeader.FLAG_COMMIT;
                  return message;
                }));
    assertTrue(pair.usable());
    for (Site site : List.of(pair.a, pair.b)) {
      assertEquals(
          1,
          site.outputs(IkeOutput.Notice.class).stream()
              .filter(notice -> notice.text().contains("commit bit"))
              .count());
    }
  }

  // Dead peer detection.

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothRolesProbe(boolean initiator) {
    UnaryOperator<PeerConfig> off =
        p -> HandshakeTest.withProposals(p, p.proposals(), DpdConfig.OFF);
    Pair pair =
        new Pair(
            12, config(true, initiator ? p -> p : off), config(false, initiator ? off : p -> p));
    pair.a.initiate(0);
    pair.run(65 * Pair.SECOND);
    assertTrue(probes(initiator ? pair.a : pair.b) >= 5);
    assertEquals(0, probes(initiator ? pair.b : pair.a), "answering needs no configuration");
    assertEquals(0, dropped(pair.a, DropReason.BAD_SEQUENCE));
  }

  @Test
  void probesGoOnUnderTheSuccessorOfAnIsakmpSa() {
    UnaryOperator<PeerConfig> brief = p -> LifecycleTest.shortLived(p, 3_600, 120);
    Pair pair = new Pair(13, config(true, brief), config(false, brief));
    pair.a.initiate(0);
    pair.run(200 * Pair.SECOND);
    assertTrue(pair.a.outputs(IkeOutput.PhaseOneEstablished.class).size() > 1);
    long before = probes(pair.a) + probes(pair.b);
    pair.run(60 * Pair.SECOND);
    assertTrue(probes(pair.a) + probes(pair.b) >= before + 5);
  }

  @Test
  void nobodyIsProbedWhoHasNotAnnouncedThatHeAnswers() {
    Pair pair = pair(14);
    pair.a.initiate(0);
    carry(pair, without(KnownVendor.DEAD_PEER_DETECTION));
    assertTrue(pair.usable());
    pair.lose = datagram -> true;
    int sent = pair.a.trace().size();
    pair.run(500 * Pair.SECOND);
    assertEquals(sent, pair.a.trace().size(), "nothing is sent");
    assertTrue(pair.usable(), "and nobody is found dead");
  }

  @Test
  void sequenceNumbersGoUpByOneAndNoneIsTakenTwice() {
    Pair pair = established(15);
    IsakmpSa sa = current(pair.a);
    int[] numbers = {7, 7, 6, 0, 8, 0x7fff_ffff, 8, 0x8000_0000, 0xffff_ffff, 0};
    boolean[] taken = {true, false, false, false, true, true, false, true, true, false};
    for (int i = 0; i < numbers.length; i++) {
      byte[] data = new byte[4];
      BigEndian.putInt(data, 0, numbers[i]);
      Site.Datagram probe =
          authentic(
              pair.a,
              pair.now,
              List.of(
                  InformationalTest.notify(NotifyType.R_U_THERE, sa.spi(), ByteString.of(data))));
      pair.b.sent.clear();
      pair.b.receive(probe, pair.now);
      assertEquals(taken[i] ? 1 : 0, pair.b.sent.size(), "number " + i);
    }
    Site.Datagram otherSpi =
        authentic(
            pair.a,
            pair.now,
            List.of(
                InformationalTest.notify(
                    NotifyType.R_U_THERE,
                    ByteString.of(new byte[16]),
                    ByteString.of(new byte[] {-1, -1, -1, -1}))));
    pair.b.sent.clear();
    pair.b.receive(otherSpi, pair.now);
    assertTrue(pair.b.sent.isEmpty());
  }

  /** Ten peers that are silent: what is due at a time concerns those that it is due for. */
  @Test
  void anIdlePeerCostsOneTimer() {
    Pair pair = established(16);
    pair.lose = datagram -> false;
    int wakings = 0;
    long end = pair.now + 1_000 * Pair.SECOND;
    while (pair.b.engine.nextDeadline() < end) {
      wakings++;
      pair.now = pair.b.engine.nextDeadline();
      pair.b.timeout(pair.now);
      List<Site.Datagram> sent = List.copyOf(pair.b.sent);
      pair.b.sent.clear();
      sent.forEach(each -> pair.a.receive(each, pair.now));
      List<Site.Datagram> answers = List.copyOf(pair.a.sent);
      pair.a.sent.clear();
      answers.forEach(each -> pair.b.receive(each, pair.now));
    }
    assertTrue(wakings <= 210, "a probe and a look whether it was answered: " + wakings);
    assertFalse(pair.b.phaseOnes().isEmpty());
  }
}
