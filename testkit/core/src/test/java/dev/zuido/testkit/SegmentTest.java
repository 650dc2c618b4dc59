package dev.zuido.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final VirtualNetwork network = new VirtualNetwork(3);
  private final Segment lan = network.segment("lan", 1500);
  private final List<VirtualHost> hosts = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();

  SegmentTest() {
    for (int i = 1; i <= 3; i++) {
      String name = "h" + i;
      VirtualHost host =
          network.host(
              name,
              lan.attach(name),
              Ipv4Address.of(10, 1, 1, i),
              24,
              Ipv4Address.of(10, 1, 1, 254));
      host.onProtocol(IpProtocol.OSPF, packet -> heard.add(name));
      host.onProtocol(IpProtocol.UDP, packet -> heard.add(name));
      hosts.add(host);
    }
  }

  @Test
  void aPacketForOneReachesOne() {
    Ping ping = hosts.get(0).ping(PingRequest.to(hosts.get(2).address()));
    network.runUntil(ping::isDone, MINUTE);
    assertTrue(ping.isAnswered());
    assertEquals(0, hosts.get(1).count(HostCounter.RECEIVED));
  }

  @Test
  void multicastAndBroadcastReachAllOthers() {
    send(hosts.get(0), Ipv4Address.parse("224.0.0.5"));
    network.runFor(0);
    assertEquals(List.of("h2", "h3"), heard);
    send(hosts.get(1), Ipv4Address.BROADCAST);
    network.runFor(0);
    assertEquals(List.of("h2", "h3", "h1", "h3"), heard);
  }

  @Test
  void whatGoesElsewhereReachesTheGatewayOnly() {
    VirtualPort router = lan.attach("router");
    router.addAddress(Ipv4Address.of(10, 1, 1, 254));
    List<PacketEvent> toRouter = new ArrayList<>();
    lan.to(router).addTap(toRouter::add);
    send(hosts.get(0), Ipv4Address.parse("10.1.2.1"));
    network.runFor(0);
    assertEquals(1, toRouter.size());
    assertEquals(List.of(), heard);
    assertEquals(0, hosts.get(1).count(HostCounter.RECEIVED));
  }

  @Test
  void aPortWithoutAddressHearsEverything() {
    VirtualPort spy = lan.attach("spy");
    Ping ping = hosts.get(0).ping(PingRequest.to(hosts.get(2).address()));
    network.runUntil(ping::isDone, MINUTE);
    assertEquals(2, lan.to(spy).count(Fate.DELIVERED));
  }

  @Test
  void eachStationLosesPacketsByItself() {
    lan.impair(Impairments.NONE.withLoss(0.5));
    for (int i = 0; i < 1_000; i++) {
      send(hosts.get(0), Ipv4Address.parse("224.0.0.5"));
    }
    network.runFor(0);
    long second = lan.to(hosts.get(1).port()).count(Fate.LOST);
    long third = lan.to(hosts.get(2).port()).count(Fate.LOST);
    assertTrue(second > 400 && second < 600 && third > 400 && third < 600);
    assertFalse(second == 1_000 || heard.size() == 2_000);
  }

  @Test
  void aStationIsCutOffAndComesBack() {
    lan.cut(hosts.get(1).port());
    send(hosts.get(0), Ipv4Address.parse("224.0.0.5"));
    send(hosts.get(1), Ipv4Address.parse("224.0.0.5"));
    network.runFor(0);
    assertEquals(List.of("h3"), heard);
    lan.restore(hosts.get(1).port());
    send(hosts.get(0), Ipv4Address.parse("224.0.0.5"));
    network.runFor(0);
    assertEquals(List.of("h3", "h2", "h3"), heard);
  }

  @Test
  void namesAreUsedOnce() {
    assertThrows(IllegalArgumentException.class, () -> lan.attach("h1"));
    assertThrows(IllegalArgumentException.class, () -> network.segment("lan", 1500));
    assertThrows(IllegalArgumentException.class, () -> network.link("lan", 1500));
  }

  private static void send(VirtualHost from, Ipv4Address to) {
    from.send(Ipv4Packets.udp(from.address(), 1, to, 2, new byte[] {1}));
  }
}
