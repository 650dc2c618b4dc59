package dev.zuido.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.TcpFields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualHostTest {
  private static final Ipv4Address LEFT = Ipv4Address.parse("10.0.0.1");
  private static final Ipv4Address RIGHT = Ipv4Address.parse("10.0.0.2");
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final VirtualNetwork network = new VirtualNetwork(1);
  private final Link link = network.link("wan", 1500);
  private final VirtualHost left = network.host("left", link.a(), LEFT, 24, null);
  private final VirtualHost right = network.host("right", link.b(), RIGHT, 24, null);

  @Test
  void aPingTakesTheDelayOfBothDirections() {
    link.impair(Impairments.NONE.withDelay(Duration.ofMillis(20)));
    Ping ping = left.ping(PingRequest.to(RIGHT));
    assertTrue(network.runUntil(ping::isDone, MINUTE));
    assertTrue(ping.isAnswered());
    assertEquals(40_000_000, ping.rttNanos());
    assertEquals(40_000_000, network.nowNanos());
    assertEquals(1, ping.probesSent());
    assertEquals(1, right.count(HostCounter.ECHOES_ANSWERED));
  }

  @Test
  void aLargePingIsFragmentedAndReassembledBothWays() {
    List<PacketEvent> seen = new ArrayList<>();
    network.addTap(seen::add);
    Ping ping = left.ping(PingRequest.to(RIGHT).withTotalBytes(65_535));
    network.runUntil(ping::isDone, MINUTE);
    assertTrue(ping.isAnswered(), ping::toString);
    assertEquals(2 * 45, seen.size());
    assertTrue(seen.stream().allMatch(event -> event.sent().length() <= 1500));
  }

  @Test
  void aPingThatMustNotBeFragmentedSaysWhereItIsTooNarrow() {
    Ping ping =
        left.ping(
            PingRequest.to(RIGHT)
                .withTotalBytes(1501)
                .withDontFragment()
                .withProbes(2, Duration.ofSeconds(1)));
    network.runUntil(ping::isDone, MINUTE);
    assertFalse(ping.isAnswered());
    assertEquals(2, ping.errors().size());
    assertEquals(1500, ping.errors().get(0).nextHopMtu());
    assertEquals(2_000_000_000, network.nowNanos());
  }

  @Test
  void aCutLinkEndsInNoAnswerAndComesBack() {
    link.cut();
    Ping lost = left.ping(PingRequest.to(RIGHT).withProbes(3, Duration.ofSeconds(1)));
    assertTrue(network.runUntil(lost::isDone, MINUTE));
    assertFalse(lost.isAnswered());
    assertEquals(3, link.aToB().count(Fate.CUT));
    link.restore();
    Ping found = left.ping(PingRequest.to(RIGHT));
    network.runUntil(found::isDone, MINUTE);
    assertTrue(found.isAnswered());
  }

  @Test
  void corruptedEchoesAreNeverTakenForAnswers() {
    link.impair(Impairments.NONE.withCorruption(1));
    Ping ping = left.ping(PingRequest.to(RIGHT));
    network.runUntil(ping::isDone, MINUTE);
    assertFalse(ping.isAnswered());
    assertEquals(20, ping.probesSent());
    assertEquals(
        20,
        right.count(HostCounter.MALFORMED)
            + right.count(HostCounter.BAD_MESSAGE)
            + right.count(HostCounter.NOT_FOR_ME));
  }

  @Test
  void transferOverACleanLinkIsWholeWithoutRetransmission() {
    TcpServer server = right.serve(9);
    byte[] content = content(300_000);
    link.impair(Impairments.NONE.withDelay(Duration.ofMillis(5)));
    TcpTransfer transfer = left.transfer(RIGHT, 9, content);
    assertTrue(network.runUntil(transfer::isDone, MINUTE));
    assertTrue(transfer.isWhole(), transfer::toString);
    assertEquals(0, transfer.retransmissions());
    assertEquals(1460, transfer.peerMss());
    assertEquals(1460, transfer.largestSegment());
    assertEquals(1, server.count());
    ReceivedContent received = server.received().get(0);
    assertEquals(300_000, received.length());
    assertEquals(ByteString.of(TcpReceiver.sha256(content)), received.sha256());
  }

  @Test
  void transferSurvivesEveryImpairment() {
    right.serve(9);
    link.impair(
        Impairments.NONE
            .withDelay(Duration.ofMillis(20))
            .withJitter(Duration.ofMillis(5))
            .withLoss(0.1)
            .withDuplication(0.05)
            .withReordering(0.1, Duration.ofMillis(15))
            .withCorruption(0.02)
            .withRate(10_000_000, 64 * 1024));
    TcpTransfer transfer = left.transfer(RIGHT, 9, content(200_000));
    assertTrue(network.runUntil(transfer::isDone, 10 * MINUTE), transfer::toString);
    assertTrue(transfer.isWhole(), transfer::toString);
    assertTrue(transfer.retransmissions() > 5, transfer::toString);
  }

  @Test
  void theSmallerMssOfAClampedSynIsKept() {
    right.serve(9);
    PacketFilter clamp =
        (now, packet, onward) -> {
          int tcp = Ipv4Fields.headerLength(packet, 0);
          int mss = TcpFields.maximumSegmentSizeIndex(packet, tcp);
          if (mss >= 0) {
            TcpFields.replaceShort(packet, tcp, mss, 1332);
          }
          onward.accept(packet);
        };
    link.aToB().addFilter(clamp);
    link.bToA().addFilter(clamp);
    TcpTransfer transfer = left.transfer(RIGHT, 9, content(50_000));
    network.runUntil(transfer::isDone, MINUTE);
    assertTrue(transfer.isWhole(), transfer::toString);
    assertEquals(1332, transfer.peerMss());
    assertEquals(1332, transfer.largestSegment());
    assertEquals(1, link.aToB().count(Fate.ALTERED));
  }

  @Test
  void nobodyListensIsAReset() {
    TcpTransfer transfer = left.transfer(RIGHT, 9, content(10));
    network.runUntil(transfer::isDone, MINUTE);
    assertEquals(TcpTransfer.Outcome.RESET, transfer.outcome());
    assertEquals(1, right.count(HostCounter.NO_CONNECTION));
  }

  @Test
  void aTransferIntoNothingIsGivenUp() {
    link.cut();
    TcpTransfer transfer = left.transfer(RIGHT, 9, content(10));
    network.runUntil(transfer::isDone, 10 * MINUTE);
    assertEquals(TcpTransfer.Outcome.TIMED_OUT, transfer.outcome());
  }

  @Test
  void aDeceivedReceiverMakesTheTransferCorrupt() {
    right.serve(9);
    link.aToB()
        .addFilter(
            (now, packet, onward) -> {
              int tcp = Ipv4Fields.headerLength(packet, 0);
              int data = tcp + TcpFields.headerLength(packet, tcp);
              if (packet.length > data) {
                TcpFields.replaceShort(packet, tcp, data, 0xbeef);
              }
              onward.accept(packet);
            });
    TcpTransfer transfer = left.transfer(RIGHT, 9, content(10_000));
    network.runUntil(transfer::isDone, MINUTE);
    assertEquals(TcpTransfer.Outcome.CORRUPT, transfer.outcome());
  }

  @Test
  void segmentsHaveRightChecksumsAndForbidFragmentation() {
    right.serve(9);
    List<PacketEvent> seen = new ArrayList<>();
    link.addTap(seen::add);
    TcpTransfer transfer = left.transfer(RIGHT, 9, content(5_000));
    network.runUntil(transfer::isDone, MINUTE);
    assertTrue(seen.size() > 8);
    for (PacketEvent event : seen) {
      byte[] packet = event.sent().toArray();
      assertTrue(Ipv4Fields.isWellFormed(packet, 0, packet.length));
      assertTrue(Ipv4Fields.dontFragment(packet, 0));
      int checksum =
          dev.zuido.wire.TransportChecksum.ofIpv4(
              Ipv4Fields.source(packet, 0),
              Ipv4Fields.destination(packet, 0),
              IpProtocol.TCP,
              packet,
              20,
              packet.length - 20);
      assertEquals(0, checksum);
    }
  }

  @Test
  void theInternetTellsOfANarrowLinkAndTheTransferObeys() {
    Topology topology = new Topology(1400);
    TcpTransfer transfer = topology.a.transfer(topology.b.address(), 9, content(100_000));
    topology.network.runUntil(transfer::isDone, MINUTE);
    assertTrue(transfer.isWhole(), transfer::toString);
    assertEquals(1400, topology.a.pathMtu(topology.b.address()));
    assertTrue(topology.a.errors().stream().anyMatch(IcmpError::isFragmentationNeeded));
    Ping ping = topology.a.ping(PingRequest.to(topology.b.address()).withTotalBytes(2028));
    topology.network.runUntil(ping::isDone, 2 * MINUTE);
    assertTrue(ping.isAnswered());
  }

  @Test
  void aSilentInternetIsABlackHole() {
    Topology topology = new Topology(1400);
    topology.internet.setSilent(true);
    TcpTransfer transfer = topology.a.transfer(topology.b.address(), 9, content(100_000));
    topology.network.runUntil(transfer::isDone, MINUTE);
    assertFalse(transfer.isWhole());
    assertTrue(topology.a.errors().isEmpty());
  }

  @Test
  void theInternetRefusesUnknownDestinationsAndSpentPackets() {
    Topology topology = new Topology(1500);
    Ping nowhere =
        topology.a.ping(
            PingRequest.to(Ipv4Address.parse("8.8.8.8")).withProbes(1, Duration.ofSeconds(1)));
    topology.network.runUntil(nowhere::isDone, MINUTE);
    assertEquals(Ipv4Packets.UNREACHABLE, nowhere.errors().get(0).type());
    assertEquals(Ipv4Packets.CODE_NET, nowhere.errors().get(0).code());
    byte[] spent =
        Ipv4Packets.udp(topology.a.address(), 1, topology.b.address(), 2, new byte[] {1, 2, 3});
    BigEndian.putShort(spent, 8, 1 << 8 | IpProtocol.UDP);
    Ipv4Fields.updateChecksum(spent, 0);
    topology.a.send(spent);
    topology.network.runFor(MINUTE);
    assertEquals(Ipv4Packets.TIME_EXCEEDED, topology.a.errors().get(1).type());
    Ping router = topology.a.ping(PingRequest.to(Ipv4Address.parse("100.1.1.254")));
    topology.network.runUntil(router::isDone, 3 * MINUTE);
    assertTrue(router.isAnswered());
  }

  /** a - internet - b. */
  private static final class Topology {
    private final VirtualNetwork network = new VirtualNetwork(7);
    private final VirtualHost a;
    private final VirtualHost b;
    private final InternetNode internet = new InternetNode();

    private Topology(int mtuToB) {
      Link toA = network.link("to-a", 1500);
      Link toB = network.link("to-b", mtuToB);
      a =
          network.host(
              "a", toA.a(), Ipv4Address.parse("100.1.1.1"), 24, Ipv4Address.parse("100.1.1.254"));
      b =
          network.host(
              "b", toB.a(), Ipv4Address.parse("200.1.1.1"), 24, Ipv4Address.parse("200.1.1.254"));
      toB.a().setMtu(1500);
      b.serve(9);
      internet.connect(toA.b(), Ipv4Address.parse("100.1.1.254"), 24);
      internet.connect(toB.b(), Ipv4Address.parse("200.1.1.254"), 24);
      internet.route(Ipv4Prefix.parse("10.0.0.0/8"), toB.b(), null);
      network.attach(internet, toA.b(), toB.b());
    }
  }

  static byte[] content(int length) {
    byte[] content = new byte[length];
    new SeededRandom(5, "content").nextBytes(content);
    return content;
  }
}
