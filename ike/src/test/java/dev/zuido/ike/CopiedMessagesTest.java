package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Messages of phase 2 that come again: as they were, changed where no HASH covers it, reflected.
 */
class CopiedMessagesTest {
  private static final int RESPONDER_COOKIE = 8;
  private static final int EXCHANGE_TYPE = 18;
  private static final int FLAGS = 19;
  private static final int LENGTH = 24;

  private static Site.Datagram with(Site.Datagram datagram, UnaryOperator<byte[]> change) {
    return new Site.Datagram(
        datagram.from(), datagram.to(), ByteString.of(change.apply(datagram.bytes().toArray())));
  }

  private static byte[] commit(byte[] message) {
    message[FLAGS] |= (byte) IsakmpHeader.FLAG_COMMIT;
    return message;
  }

  private static byte[] longer(byte[] message) {
    byte[] longer = Arrays.copyOf(message, message.length + 8);
    BigEndian.putInt(longer, LENGTH, longer.length);
    return longer;
  }

  private static byte[] withoutCookie(byte[] message) {
    BigEndian.putLong(message, RESPONDER_COOKIE, 0);
    return message;
  }

  /** Every copy that means the same to a receiver who looks at what HASH(1) covers. */
  private static List<Site.Datagram> copies(Site.Datagram datagram) {
    return List.of(
        datagram,
        with(datagram, CopiedMessagesTest::commit),
        with(datagram, CopiedMessagesTest::longer),
        with(datagram, CopiedMessagesTest::withoutCookie));
  }

  private static boolean isInformational(Site.Datagram datagram) {
    return datagram.bytes().toArray()[EXCHANGE_TYPE] == ExchangeType.INFORMATIONAL;
  }

  private static UnaryOperator<PeerConfig> dpd(DpdConfig dpd) {
    return p -> HandshakeTest.withProposals(p, p.proposals(), dpd);
  }

  private static Net net(Site[] sites, DpdConfig atA, DpdConfig atB) {
    Net net = new Net(81);
    sites[0] = net.add(Site.A, Site.config(true, dpd(atA)), 3);
    sites[1] = net.add(Site.B, Site.config(false, dpd(atB)), 4);
    sites[0].initiate(0);
    net.run(5 * Net.SECOND);
    assertTrue(Net.usable(sites[0], sites[1]));
    return net;
  }

  private static long dropped(Site site, DropReason reason) {
    return site.engine.counters().dropped().get(reason);
  }

  /** Site A sends probes, then is no more; somebody has kept what it has sent. */
  @Test
  void copiesOfInformationalMessagesAreKnownAndNoSignOfLife() {
    Site[] sites = new Site[2];
    Net net = net(sites, DpdConfig.periodic(5), DpdConfig.periodic(10));
    Site b = sites[1];
    net.run(20 * Net.SECOND);
    List<Site.Datagram> kept =
        net.carried.stream()
            .filter(each -> isInformational(each) && each.from().address().equals(Site.A))
            .toList();
    assertTrue(kept.size() >= 3);
    net.lose = datagram -> true;
    int sent = 0;
    for (Site.Datagram each : kept) {
      for (Site.Datagram copy : copies(each)) {
        long before = dropped(b, DropReason.DUPLICATE);
        b.receive(copy, net.now);
        assertEquals(before + 1, dropped(b, DropReason.DUPLICATE));
        sent++;
      }
    }
    assertTrue(sent >= 12);
    for (int i = 0; i < 40; i++) {
      copies(kept.get(i % kept.size())).forEach(copy -> b.receive(copy, net.now));
      net.run(Net.SECOND);
    }
    assertTrue(b.installed.isEmpty(), "the peer is dead");
  }

  /** HASH(1) and the first IV are the same in both directions. */
  @Test
  void whatWeHaveSentIsNoSignOfThePeersLife() {
    Site[] sites = new Site[2];
    Net net = net(sites, DpdConfig.OFF, DpdConfig.periodic(10));
    Site b = sites[1];
    net.lose = datagram -> true;
    int next = net.carried.size();
    for (int i = 0; i < 60; i++) {
      net.run(Net.SECOND);
      while (next < net.carried.size()) {
        Site.Datagram own = net.carried.get(next++);
        if (own.from().address().equals(Site.B)) {
          b.receive(new Site.Datagram(own.to(), own.from(), own.bytes()), net.now);
        }
      }
    }
    assertTrue(dropped(b, DropReason.DUPLICATE) > 0);
    assertTrue(b.installed.isEmpty(), "the peer is dead");
  }

  /** The table of exchanges forgets the oldest; what it was about does not begin again. */
  @Test
  void theFirstMessageOfAForgottenQuickModeBeginsNothing() {
    Net net = new Net(82);
    IkeLimits few = new IkeLimits(10, 10, 30, 2, 2, 6, 10);
    Site a = net.add(Site.A, Site.config(true), 3);
    Site b =
        net.add(
            Site.B, new IkeConfig(List.of(Site.peer(false)), RetransmissionPolicy.DEFAULT, few), 4);
    a.initiate(0);
    net.run(5 * Net.SECOND);
    Site.Datagram first =
        net.carried.stream()
            .filter(each -> each.bytes().toArray()[EXCHANGE_TYPE] == ExchangeType.QUICK_MODE)
            .findFirst()
            .orElseThrow();
    for (int i = 0; i < 3; i++) {
      long id =
          a.pairs().stream()
              .filter(IkeSnapshot.ChildSaView::current)
              .findAny()
              .orElseThrow()
              .inboundSaId();
      a.command(new IkeCommand.LifetimeExceeded(id, false), net.now);
      net.run(5 * Net.SECOND);
    }
    int installed = b.installed.size();
    long before = dropped(b, DropReason.DUPLICATE);
    b.receive(first, net.now);
    assertEquals(before + 1, dropped(b, DropReason.DUPLICATE));
    assertTrue(b.sent.isEmpty(), "no second message");
    assertEquals(installed, b.installed.size());
  }

  /** Many hours before the lifetime of the ISAKMP SA is over. */
  @Test
  void anIsakmpSaThatHasSeenTooMuchGetsASuccessor() {
    Site[] sites = new Site[2];
    Net net = net(sites, DpdConfig.periodic(1), DpdConfig.periodic(1));
    for (int i = 0;
        i < 70 && sites[1].outputs(IkeOutput.PhaseOneEstablished.class).size() < 2;
        i++) {
      net.carried.clear();
      net.run(100 * Net.SECOND);
    }
    net.run(10 * Net.SECOND);
    int established = sites[1].outputs(IkeOutput.PhaseOneEstablished.class).size();
    assertTrue(established == 2 || established == 3, "one, or two that crossed: " + established);
    assertEquals(0, dropped(sites[0], DropReason.LIMIT) + dropped(sites[1], DropReason.LIMIT));
    assertTrue(Net.usable(sites[0], sites[1]));
  }

  /** A set that is nearly full is a reason for a new ISAKMP SA, a full one takes nothing more. */
  @Test
  void messageIdsAreCounted() {
    MessageIds ids = new MessageIds();
    for (int i = 1; i <= MessageIds.MAX; i++) {
      assertEquals(i > MessageIds.NEARLY_FULL, ids.isNearlyFull());
      assertTrue(ids.add(i * 0x0101_0101));
      assertFalse(ids.add(i * 0x0101_0101), "it is there");
    }
    assertTrue(ids.isFull());
    for (int i = 1; i <= MessageIds.MAX; i++) {
      assertTrue(ids.contains(i * 0x0101_0101));
    }
    assertFalse(ids.contains(0));
    assertFalse(ids.add(1), "there is no room");
  }
}
