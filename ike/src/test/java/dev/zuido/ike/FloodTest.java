package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ten thousand first messages of main mode, each with another cookie. */
class FloodTest {
  private static final int MESSAGES = 10_000;
  private static final int OFTEN = 100;

  /** A first message that a configured peer could have sent. */
  private static ByteString firstMessage() {
    Site site = new Site("forger", Site.config(true), 99);
    site.initiate(0);
    return site.sent.get(0).bytes();
  }

  private static ByteString withCookie(ByteString message, int cookie) {
    byte[] bytes = message.toArray();
    for (int i = 0; i < 4; i++) {
      bytes[i] = (byte) (cookie >>> 8 * i);
    }
    bytes[7] |= 1;
    return ByteString.of(bytes);
  }

  /** Templates take messages from anywhere: the limit over all addresses holds. */
  private static IkeConfig hub() {
    return IkeConfig.of(
        List.of(
            Site.peer(false),
            PeerConfig.template(
                "any",
                Site.B,
                Ipv4Prefix.parse("0.0.0.0/0"),
                Site.secret("cisco"),
                List.of(Site.CISCO),
                DpdConfig.OFF,
                List.of(
                    ChildConfig.of(
                        "gre",
                        TrafficSelector.host(Site.B, IpProtocol.GRE),
                        new TrafficSelector(Ipv4Prefix.parse("0.0.0.0/0"), IpProtocol.GRE, 0),
                        EncapsulationMode.TRANSPORT,
                        List.of(Site.TRIPLE_DES_MD5))))));
  }

  /** From the address of an established peer, or from one address each. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theTableIsBoundedAndWhatIsEstablishedStays(boolean fromThePeer) {
    Net net = new Net(1);
    Site b = net.add(Site.B, hub(), 1);
    Site a = net.add(Site.A, Site.config(true), 2);
    a.initiate(0);
    net.run(5 * Net.SECOND);
    assertTrue(Net.usable(a, b));
    IkeSnapshot before = b.engine.snapshot();
    ByteString first = firstMessage();
    int most = fromThePeer ? 32 : 1_000;
    for (int i = 0; i < MESSAGES; i++) {
      Ipv4Address from = fromThePeer ? Site.A : Ipv4Address.of(10, 9, i >> 8, i & 0xff);
      b.receive(
          new Site.Datagram(Endpoint.isakmp(from), Endpoint.isakmp(Site.B), withCookie(first, i)),
          net.now);
      if (i % OFTEN == 0) {
        assertTrue(b.phaseOnes().size() <= most + 1);
      }
      b.outputs.clear();
    }
    assertEquals(MESSAGES, b.sent.size(), "one answer each, and no more");
    b.sent.clear();
    assertEquals(before.childSas(), b.engine.snapshot().childSas());
    assertTrue(b.phaseOnes().containsAll(before.isakmpSas()));
    assertEquals(MESSAGES - most, b.engine.counters().halfOpenEvicted());
    net.run(40 * Net.SECOND);
    assertEquals(1, b.phaseOnes().size(), "the half-open ones are forgotten after 30 s");
    assertTrue(Net.usable(a, b));
  }

  /**
   * In the middle of a flood a peer that is where it says gets through: between its messages come
   * ten times as many first messages as the table holds.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLegitimateExchangeGetsThroughAFlood(boolean fromThePeer) {
    Site b = new Site("b", hub(), 1);
    Site a = new Site("a", Site.config(true), 2);
    ByteString first = firstMessage();
    a.initiate(0);
    int cookie = 0;
    for (int i = 0; i < 9; i++) {
      for (Site.Datagram each : List.copyOf(a.sent)) {
        b.receive(each, 0);
      }
      a.sent.clear();
      List<Site.Datagram> answers = List.copyOf(b.sent);
      b.sent.clear();
      // Message 3 follows message 2 at once, then nothing makes room at the exchange's cost.
      for (int j = 0; i > 0 && j < MESSAGES; j++) {
        Ipv4Address from =
            fromThePeer ? Site.A : Ipv4Address.of(10, 9, cookie >> 8 & 0xff, cookie & 0xff);
        b.receive(
            new Site.Datagram(
                Endpoint.isakmp(from), Endpoint.isakmp(Site.B), withCookie(first, cookie++)),
            0);
        b.outputs.clear();
      }
      b.sent.clear();
      for (Site.Datagram each : answers) {
        a.receive(each, 0);
      }
    }
    assertTrue(Net.usable(a, b));
    assertTrue(b.engine.counters().halfOpenEvicted() > MESSAGES);
  }

  @Test
  void aNewPeerIsAnsweredAfterAFlood() {
    Net net = new Net(3);
    Site b = net.add(Site.B, hub(), 1);
    ByteString first = firstMessage();
    for (int i = 0; i < MESSAGES; i++) {
      b.receive(
          new Site.Datagram(Endpoint.isakmp(Site.A), Endpoint.isakmp(Site.B), withCookie(first, i)),
          0);
      b.outputs.clear();
      b.sent.clear();
    }
    Site a = net.add(Site.A, Site.config(true), 2);
    a.initiate(0);
    net.run(5 * Net.SECOND);
    assertTrue(Net.usable(a, b));
  }

  /**
   * A million first messages from a million addresses in ten seconds of virtual time, while a peer
   * goes through its main mode: what is kept is bounded by the documented limit, and the peer gets
   * in.
   */
  @Test
  void oneMillionSpoofedFirstMessages() {
    int million = 1_000_000;
    Site b = new Site("b", hub(), 1);
    Site a = new Site("a", Site.config(true), 2);
    byte[] message = firstMessage().toArray();
    ByteBuf out = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);
    Endpoint local = Endpoint.isakmp(Site.B);
    long received = 0;
    long sent = 0;
    for (int i = 0; i < million; i++) {
      long now = i * 10_000L;
      if (i == 100_000) {
        a.initiate(now);
      }
      // In the peer's round trip of 200 ms the table is filled twenty times.
      if (i >= 100_000 && i % 10_000 == 0) {
        exchange(a, b, now);
      }
      BigEndian.putInt(message, 0, i);
      message[7] |= 1;
      Ipv4Address from = Ipv4Address.of(11, i >> 16, i >> 8 & 0xff, i & 0xff);
      b.engine.handle(Unpooled.wrappedBuffer(message), local, Endpoint.isakmp(from), now);
      received += message.length;
      for (IkeOutput output; (output = b.engine.poll(out.clear())) != null; ) {
        sent += output instanceof IkeOutput.Transmit to ? to.length() : 0;
      }
      if (b.engine.nextDeadline() <= now) {
        b.timeout(now);
      }
    }
    assertTrue(Net.usable(a, b), "the peer is in");
    assertTrue(sent <= 3 * received);
    int halfOpen = b.engine.peers().registry().halfOpen().size();
    assertEquals(IkeLimits.DEFAULT.halfOpen(), halfOpen);
    assertTrue(b.engine.counters().halfOpenEvicted() >= million - halfOpen - 1);
    b.timeout(million * 10_000L + 31 * Net.SECOND);
    assertEquals(1, b.phaseOnes().size(), "nothing else is left");
  }

  /** Carries what both have sent, once. */
  private static void exchange(Site a, Site b, long now) {
    List<Site.Datagram> toB = List.copyOf(a.sent);
    List<Site.Datagram> toA = List.copyOf(b.sent);
    a.sent.clear();
    b.sent.clear();
    toB.forEach(each -> b.receive(each, now));
    toA.stream()
        .filter(each -> each.to().address().equals(Site.A))
        .forEach(each -> a.receive(each, now));
    b.outputs.clear();
  }
}
