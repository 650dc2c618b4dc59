package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.message.DataAttribute;
import dev.zuido.ike.message.IpsecAttribute;
import dev.zuido.ike.message.Notification;
import dev.zuido.ike.message.NotifyType;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.ProtocolId;
import dev.zuido.ike.message.SecurityAssociation;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which lifetime holds where the two sides have different ones (RFC 2407 section 4.5.4). */
class LifetimePolicyTest {
  private static final int SHORTER = 600;
  private static final int OURS = 3_600;
  private static final int LONGER = 7_200;

  /** The rows: policy, what the peer offers, what holds (0: refused), whether that is told. */
  @ParameterizedTest
  @CsvSource({
    "OBEY,   600,  600,  false",
    "OBEY,   3600, 3600, false",
    "OBEY,   7200, 7200, false",
    "STRICT, 600,  600,  false",
    "STRICT, 3600, 3600, false",
    "STRICT, 7200, 0,    false",
    "CLAIM,  600,  600,  false",
    "CLAIM,  3600, 3600, false",
    "CLAIM,  7200, 3600, true",
    "EXACT,  600,  0,    false",
    "EXACT,  3600, 3600, false",
    "EXACT,  7200, 0,    false",
  })
  void aResponderDoesAsItsPolicySays(
      LifetimePolicy policy, long theirs, long expected, boolean told) {
    for (boolean kilobytes : new boolean[] {false, true}) {
      Lifetimes offered = lifetimes(theirs, kilobytes);
      Lifetimes ours = lifetimes(OURS, kilobytes);
      assertEquals(
          expected == 0 ? null : lifetimes(expected, kilobytes),
          policy.settle(offered, ours, false));
      assertEquals(told, policy.claims(offered, ours));
    }
  }

  /** The rows: policy, what the answer to our offer says, what holds (0: refused). */
  @ParameterizedTest
  @CsvSource({
    "OBEY,   600,  600",
    "OBEY,   3600, 3600",
    "OBEY,   7200, 3600",
    "STRICT, 600,  600",
    "STRICT, 3600, 3600",
    "STRICT, 7200, 0",
    "CLAIM,  600,  600",
    "CLAIM,  3600, 3600",
    "CLAIM,  7200, 3600",
    "EXACT,  600,  0",
    "EXACT,  3600, 3600",
    "EXACT,  7200, 0",
  })
  void anInitiatorNeverGetsMoreThanItHasOffered(LifetimePolicy policy, long theirs, long expected) {
    for (boolean kilobytes : new boolean[] {false, true}) {
      assertEquals(
          expected == 0 ? null : lifetimes(expected, kilobytes),
          policy.settle(lifetimes(theirs, kilobytes), lifetimes(OURS, kilobytes), true));
    }
  }

  private static Lifetimes lifetimes(long value, boolean kilobytes) {
    return kilobytes ? new Lifetimes(OURS, value) : new Lifetimes(value, OURS);
  }

  /** A unit that the peer does not mention is ours to choose. */
  @ParameterizedTest
  @EnumSource(LifetimePolicy.class)
  void aMissingLifetimeIsOurs(LifetimePolicy policy) {
    Lifetimes ours = new Lifetimes(OURS, 1_000);
    @Nullable Lifetimes settled = policy.settle(new Lifetimes(OURS, 0), ours, false);
    assertEquals(policy == LifetimePolicy.EXACT ? null : ours, settled);
    Lifetimes unlimited = new Lifetimes(OURS, 0);
    assertEquals(
        policy == LifetimePolicy.EXACT ? null : ours, policy.settle(ours, unlimited, false));
  }

  private static IkeConfig config(
      boolean atA, LifetimePolicy policy, long phaseOne, long seconds, long kilobytes) {
    return Site.config(
        atA,
        peer -> {
          ChildConfig child = peer.children().get(0);
          IkeProposal own = peer.proposals().get(0);
          IkeProposal proposal =
              new IkeProposal(
                  own.cipher(), own.hash(), own.authentication(), own.group(), phaseOne);
          ChildConfig changed =
              new ChildConfig(
                  child.name(),
                  child.local(),
                  child.remote(),
                  child.mode(),
                  child.proposals(),
                  null,
                  seconds,
                  kilobytes);
          return HandshakeTest.withChild(
                  HandshakeTest.withProposals(peer, List.of(proposal), peer.dpd()), changed)
              .withOptions(PeerOptions.DEFAULT.withLifetimes(policy));
        });
  }

  private static Pair run(LifetimePolicy atB, long theirs) {
    Pair pair =
        new Pair(
            1,
            config(true, LifetimePolicy.CLAIM, 86_400, theirs, theirs * 10),
            config(false, atB, 86_400, OURS, OURS * 10));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    return pair;
  }

  @ParameterizedTest
  @CsvSource({
    "OBEY,   600,  600,  600",
    "OBEY,   7200, 7200, 7200",
    "STRICT, 600,  600,  600",
    "STRICT, 7200, 0,    0",
    "CLAIM,  600,  600,  600",
    "CLAIM,  7200, 3600, 3600",
    "EXACT,  3600, 3600, 3600",
    "EXACT,  600,  0,    0",
  })
  void bothSidesHaveTheSameLifetimes(LifetimePolicy policy, long offered, long atA, long atB) {
    Pair pair = run(policy, offered);
    assertEquals(atA != 0, pair.usable());
    if (atA == 0) {
      String reason = pair.b.lastFailure();
      assertTrue(reason.contains("the difference is in SA Life Duration"), reason);
      assertTrue(reason.contains(offered + " s") && reason.contains(OURS + " s"), reason);
      return;
    }
    for (Direction direction : Direction.values()) {
      assertEquals(atA, pair.a.sas(direction).get(0).lifetimeSeconds());
      assertEquals(atB, pair.b.sas(direction).get(0).lifetimeSeconds());
      assertEquals(atA * 10, pair.a.sas(direction).get(0).lifetimeKilobytes());
      assertEquals(atB * 10, pair.b.sas(direction).get(0).lifetimeKilobytes());
    }
  }

  @Test
  void aLongerLifetimeIsAnsweredWithResponderLifetimeAndAShorterOneIsNot() {
    String told = run(LifetimePolicy.CLAIM, LONGER).a.trace().get(7);
    assertTrue(told.contains("N RESPONDER-LIFETIME"), told);
    for (LifetimePolicy policy : LifetimePolicy.values()) {
      String trace = run(policy, OURS).a.trace().toString();
      assertTrue(!trace.contains("RESPONDER-LIFETIME"), trace);
    }
    String shorter = run(LifetimePolicy.CLAIM, SHORTER).a.trace().toString();
    assertTrue(!shorter.contains("RESPONDER-LIFETIME"), shorter);
  }

  /** The pair really ends, and is rekeyed before, at the lifetime that was told. */
  @Test
  void theToldLifetimeIsLivedBy() {
    Pair pair = run(LifetimePolicy.CLAIM, LONGER);
    int first = pair.a.pairs().get(0).inboundSpi();
    pair.run(OURS * Pair.SECOND);
    assertTrue(pair.usable());
    assertTrue(pair.a.pairs().stream().noneMatch(each -> each.inboundSpi() == first));
  }

  @ParameterizedTest
  @CsvSource({
    "OBEY,   3600,  3600",
    "OBEY,   86400, 86400",
    "STRICT, 3600,  3600",
    "STRICT, 86400, 0",
    "CLAIM,  3600,  3600",
    "CLAIM,  86400, 28800",
    "EXACT,  28800, 28800",
    "EXACT,  86400, 0",
  })
  void phaseOneHasThePolicyToo(LifetimePolicy policy, long offered, long expected) {
    Pair pair =
        new Pair(
            1,
            config(true, LifetimePolicy.CLAIM, offered, OURS, OURS),
            config(false, policy, 28_800, OURS, OURS));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertEquals(expected != 0, pair.usable());
    if (expected == 0) {
      assertTrue(pair.b.lastFailure().contains("lifetime"), pair.b.lastFailure());
      return;
    }
    assertEquals(expected, pair.a.phaseOnes().get(0).lifetimeSeconds());
    assertEquals(expected, pair.b.phaseOnes().get(0).lifetimeSeconds());
    boolean told = pair.a.trace().get(5).contains("N RESPONDER-LIFETIME");
    assertEquals(policy == LifetimePolicy.CLAIM && offered > 28_800, told);
  }

  private static Notification told(int protocol, ByteString spi, DataAttribute... attributes) {
    ByteBuf data = Unpooled.buffer();
    Arrays.stream(attributes).forEach(attribute -> attribute.encode(data));
    return new Notification(
        SecurityAssociation.DOI_IPSEC,
        protocol,
        NotifyType.RESPONDER_LIFETIME,
        spi,
        ByteString.read(data, data.readableBytes()));
  }

  /** As IOS sends it: in an informational message after main mode. */
  @Test
  void responderLifetimeOfAnIsakmpSaIsObeyedDownwardsAlone() {
    Site a = new Site("a", Site.config(true), 1);
    RawPeer peer = RawPeer.answer(a);
    DataAttribute seconds = DataAttribute.of(11, 1);
    peer.inform(told(ProtocolId.ISAKMP, peer.isakmpSpi(), seconds, DataAttribute.of(12, 3_000)));
    assertEquals(3_000, a.phaseOnes().get(0).lifetimeSeconds());
    peer.inform(told(ProtocolId.ISAKMP, peer.isakmpSpi(), seconds, DataAttribute.of(12, 90_000)));
    assertEquals(3_000, a.phaseOnes().get(0).lifetimeSeconds(), "never longer");
    ByteString other = ByteString.of(new byte[16]);
    peer.inform(told(ProtocolId.ISAKMP, other, seconds, DataAttribute.of(12, 1_000)));
    peer.inform(told(ProtocolId.ESP, peer.isakmpSpi(), seconds, DataAttribute.of(12, 1_000)));
    assertEquals(3_000, a.phaseOnes().get(0).lifetimeSeconds(), "only of the SA itself");
    peer.inform(told(ProtocolId.ISAKMP, ByteString.EMPTY, seconds, DataAttribute.of(12, 2_900)));
    assertEquals(2_900, a.phaseOnes().get(0).lifetimeSeconds(), "without an SPI");
    peer.inform(
        told(
            ProtocolId.ISAKMP,
            peer.isakmpSpi(),
            DataAttribute.of(IpsecAttribute.SA_LIFE_TYPE, 1),
            DataAttribute.of(IpsecAttribute.SA_LIFE_DURATION, 2_800)));
    assertEquals(2_800, a.phaseOnes().get(0).lifetimeSeconds(), "by phase 2's numbers");
    a.timeout(2_799 * Pair.SECOND);
    assertEquals(1, current(a));
    a.timeout(2_800 * Pair.SECOND);
    assertEquals(0, current(a), "it ends when it was told to");
  }

  private static long current(Site site) {
    return site.phaseOnes().stream().filter(sa -> sa.state().equals("QM_IDLE")).count();
  }

  /** Only the initiator obeys: the responder has said its own already. */
  @Test
  void aResponderObeysNoResponderLifetime() {
    Site b = new Site("b", Site.config(false), 1);
    RawPeer peer = RawPeer.initiate(b);
    peer.inform(
        told(
            ProtocolId.ISAKMP,
            peer.isakmpSpi(),
            DataAttribute.of(11, 1),
            DataAttribute.of(12, 3_000)));
    assertEquals(86_400, b.phaseOnes().get(0).lifetimeSeconds());
  }

  private static DataAttribute duration(byte... value) {
    return new DataAttribute.Variable(IpsecAttribute.SA_LIFE_DURATION, ByteString.of(value));
  }

  private static @Nullable Lifetimes decode(DataAttribute... attributes) {
    return Lifetimes.decode(
        List.of(attributes), IpsecAttribute.SA_LIFE_TYPE, IpsecAttribute.SA_LIFE_DURATION);
  }

  @Test
  void durationsOfAnyLengthAreReadAndCut() {
    DataAttribute seconds = DataAttribute.of(IpsecAttribute.SA_LIFE_TYPE, 1);
    DataAttribute kilobytes = DataAttribute.of(IpsecAttribute.SA_LIFE_TYPE, 2);
    byte[] large = new byte[8];
    BigEndian.putLong(large, 0, -1L);
    assertEquals(
        new Lifetimes(Lifetimes.MAX_SECONDS, Lifetimes.MAX_KILOBYTES),
        decode(seconds, duration(large), kilobytes, duration(large)));
    assertEquals(
        new Lifetimes(0, 5_000_000_000L), decode(kilobytes, duration(ofLong(5_000_000_000L))));
    byte[] padded = new byte[40];
    padded[39] = 7;
    assertEquals(new Lifetimes(7, 0), decode(seconds, duration(padded)));
    padded[0] = 1;
    assertEquals(new Lifetimes(Lifetimes.MAX_SECONDS, 0), decode(seconds, duration(padded)));
  }

  private static byte[] ofLong(long value) {
    byte[] bytes = new byte[8];
    BigEndian.putLong(bytes, 0, value);
    return bytes;
  }

  @Test
  void lifetimesThatMakeNoSense() {
    DataAttribute seconds = DataAttribute.of(IpsecAttribute.SA_LIFE_TYPE, 1);
    DataAttribute ten = DataAttribute.of(IpsecAttribute.SA_LIFE_DURATION, 10);
    DataAttribute eleven = DataAttribute.of(IpsecAttribute.SA_LIFE_DURATION, 11);
    assertNull(decode(ten), "no type");
    assertNull(decode(seconds), "no duration");
    assertNull(decode(seconds, ten, ten), "a duration too many");
    assertNull(decode(seconds, seconds, ten), "a type too many");
    assertNull(decode(seconds, duration()), "no bytes");
    assertNull(decode(seconds, duration(new byte[4])), "zero");
    assertNull(decode(DataAttribute.of(IpsecAttribute.SA_LIFE_TYPE, 3), ten), "an unknown unit");
    assertNull(decode(seconds, ten, seconds, eleven), "two that differ");
    assertEquals(new Lifetimes(10, 0), decode(seconds, ten, seconds, ten));
  }

  @Property(tries = 300)
  void noNotificationDataThrowOrMakeALifetimeLonger(@ForAll @Size(max = 48) byte[] data) {
    Notification notification =
        new Notification(
            SecurityAssociation.DOI_IPSEC,
            ProtocolId.ESP,
            NotifyType.RESPONDER_LIFETIME,
            PhaseTwoOffer.spiBytes(0x1234),
            ByteString.of(data));
    Lifetimes before = new Lifetimes(OURS, OURS);
    Lifetimes told =
        ResponderLifetime.ofPair(PayloadChain.of(notification), ProtocolId.ESP, 0x1234);
    Lifetimes after = before.shorter(told);
    assertTrue(after.seconds() > 0 && after.seconds() <= OURS);
    assertTrue(after.kilobytes() > 0 && after.kilobytes() <= OURS);
  }
}
