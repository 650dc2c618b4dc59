package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The boundary with IPv6, with AH, with several SAs in a batch, and with packets that wait. */
final class BoundaryOfBothVersionsTest {
  private static final EspSuite SUITE =
      new EspSuite(EspEncryption.AES_CBC_128, EspIntegrity.HMAC_SHA1_96);
  private static final Ipv6Address HERE = Ipv6Packets.HERE;
  private static final Ipv6Address THERE = Ipv6Packets.THERE;

  private static final OwnAddresses EVERYTHING =
      new OwnAddresses() {
        @Override
        public boolean contains(int address) {
          return true;
        }

        @Override
        public boolean contains(long high, long low) {
          return true;
        }
      };

  private static SecurityPolicy protect(String name, TrafficSelector selector) {
    return new SecurityPolicy(name, selector, PolicyAction.PROTECT);
  }

  private static IpsecBoundary boundary(SecurityPolicy... policies) {
    return new IpsecBoundary(
        new SecurityPolicyDatabase(List.of(policies), PolicyAction.BYPASS),
        new SecurityAssociationDatabase(16),
        EVERYTHING);
  }

  private static TrafficSelector mirrored(TrafficSelector s) {
    return new TrafficSelector(
        s.remote(), s.local(), s.protocol(), s.remotePorts(), s.localPorts());
  }

  private static SecurityPolicy mirrored(SecurityPolicy policy) {
    return new SecurityPolicy(policy.name(), mirrored(policy.selector()), policy.action());
  }

  private static SaParameters tunnel(
      int spi, IpAddress local, IpAddress remote, TrafficSelector selector) {
    return SaParameters.of(spi, EspMode.TUNNEL, SUITE, local, remote).withSelector(selector);
  }

  private static void install(
      IpsecBoundary here, IpsecBoundary there, SecurityPolicy policy, SaParameters parameters) {
    assertTrue(here.associations().install(policy, Packets.outbound(parameters, 1)));
    assertTrue(there.associations().install(mirrored(policy), Packets.inbound(parameters, 1)));
  }

  private static SecurityPolicy udp6() {
    return protect(
        "udp6",
        TrafficSelector.of(AddressRange.host(HERE), AddressRange.host(THERE), IpProtocol.UDP));
  }

  @Test
  void ipv6CrossesInBothModes() {
    for (EspMode mode : EspMode.values()) {
      SecurityPolicy policy = udp6();
      IpsecBoundary here = boundary(policy);
      IpsecBoundary there = boundary(mirrored(policy));
      byte[] packet = Ipv6Packets.udp(HERE, 7, THERE, 9);
      PacketBatch early = Packets.batch(packet);
      here.outbound(early);
      assertEquals(EspVerdict.NO_SA, early.verdict(0));
      assertEquals(policy, here.pollAcquire());
      install(here, there, policy, tunnel(0x3000, HERE, THERE, policy.selector()).withMode(mode));
      byte[] ping =
          Ipv6Packets.packet(HERE, THERE, IpProtocol.ICMPV6, new byte[] {-128, 0, 0, 0, 0, 0});
      PacketBatch batch = Packets.batch(packet, ping, packet);
      here.outbound(batch);
      assertEquals(EspVerdict.SEALED, batch.verdict(0));
      assertEquals(EspVerdict.BYPASSED, batch.verdict(1));
      assertEquals(EspVerdict.SEALED, batch.verdict(2));
      there.inbound(batch);
      assertEquals(EspVerdict.OPENED, batch.verdict(0));
      assertEquals(EspVerdict.BYPASSED, batch.verdict(1));
      assertArrayEquals(packet, batch.copy(2));
      PacketBatch clear = Packets.batch(packet);
      there.inbound(clear);
      assertEquals(EspVerdict.CLEARTEXT, clear.verdict(0));
    }
  }

  @Test
  void ipv6FragmentsAndMalformedHeadersDoNotSlipThrough() {
    SecurityPolicy dns =
        protect(
            "dns",
            new TrafficSelector(
                AddressRange.host(HERE),
                AddressRange.host(THERE),
                IpProtocol.UDP,
                PortRange.ANY,
                PortRange.of(53)));
    IpsecBoundary here = boundary(dns);
    byte[] later =
        Ipv6Packets.packet(
            HERE,
            THERE,
            IpProtocol.IPV6_FRAGMENT,
            Ipv6Packets.fragment(IpProtocol.UDP, 8, false),
            new byte[16]);
    byte[] hidden =
        Ipv6Packets.packet(
            HERE,
            THERE,
            IpProtocol.IPV6_FRAGMENT,
            Ipv6Packets.fragment(Ipv6Packets.DESTINATION_OPTIONS, 8, false),
            new byte[16]);
    byte[] malformed =
        Ipv6Packets.packet(HERE, THERE, IpProtocol.HOP_BY_HOP, new byte[] {17, 99, 0, 0});
    byte[] other = Ipv6Packets.udp(HERE, 7, THERE, 54);
    PacketBatch batch = Packets.batch(later, hidden, malformed, other);
    here.outbound(batch);
    assertEquals(EspVerdict.NO_SA, batch.verdict(0));
    assertEquals(EspVerdict.NO_SA, batch.verdict(1));
    assertEquals(EspVerdict.NOT_IPV4, batch.verdict(2));
    assertEquals(EspVerdict.BYPASSED, batch.verdict(3));
    PacketBatch arrived = Packets.batch(malformed);
    here.inbound(arrived);
    assertEquals(EspVerdict.NOT_IPV4, arrived.verdict(0));
  }

  @Test
  void ahIsFoundBesideEsp() {
    AhParameters parameters = AhPackets.parameters(EspMode.TRANSPORT, AhIntegrity.HMAC_SHA1_96, 4);
    Ipv4Address from = (Ipv4Address) parameters.local();
    Ipv4Address to = (Ipv4Address) parameters.remote();
    SecurityPolicy policy = protect("ah", TrafficSelector.hosts(from, to, IpProtocol.UDP));
    IpsecBoundary here = boundary(policy);
    IpsecBoundary there = boundary(mirrored(policy));
    assertTrue(here.associations().install(policy, AhPackets.outbound(parameters)));
    byte[] packet = Packets.ipv4(60, IpProtocol.UDP, from, to, 0);
    PacketBatch batch = Packets.batch(packet);
    here.outbound(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
    byte[] sealed = batch.copy(0);
    there.inbound(batch);
    assertEquals(EspVerdict.UNKNOWN_SPI, batch.verdict(0));
    // An SA of ESP with the same SPI is not meant.
    assertTrue(
        there
            .associations()
            .install(
                mirrored(policy),
                Packets.inbound(tunnel(AhPackets.SPI, from, to, TrafficSelector.ANY), 1)));
    assertTrue(there.associations().install(mirrored(policy), AhPackets.inbound(parameters)));
    PacketBatch arrived = Packets.batch(sealed);
    there.inbound(arrived);
    assertEquals(EspVerdict.OPENED, arrived.verdict(0));
    assertArrayEquals(packet, arrived.copy(0));
    PacketBatch cut =
        Packets.batch(
            Packets.ipv4(30, IpProtocol.AH, from, to, 0),
            Packets.ipv4(60, IpProtocol.AH, from, to, 3));
    there.inbound(cut);
    assertEquals(EspVerdict.UNKNOWN_SPI, cut.verdict(0));
    assertEquals(EspVerdict.FRAGMENT, cut.verdict(1));
  }

  private static SecurityPolicy toHost(int last) {
    return protect(
        "to " + last,
        TrafficSelector.of(
            AddressRange.ANY,
            AddressRange.host(Ipv4Address.of(10, 0, 0, last)),
            TrafficSelector.ANY_PROTOCOL));
  }

  private static byte[] packetTo(int last, int length) {
    return Packets.ipv4(length, IpProtocol.UDP, Packets.HERE, Ipv4Address.of(10, 0, 0, last), 0);
  }

  /** Packets of three SAs, let by and dropped ones alternate; each gets its own treatment once. */
  @Test
  void alternatingSasKeepEachOthersPackets() {
    SecurityPolicy[] policies = {toHost(1), toHost(2), toHost(3)};
    IpsecBoundary here = boundary(policies);
    IpsecBoundary there =
        boundary(mirrored(policies[0]), mirrored(policies[1]), mirrored(policies[2]));
    for (int i = 0; i < 3; i++) {
      install(
          here,
          there,
          policies[i],
          tunnel(0x4000 + i, Packets.HERE, Packets.THERE, policies[i].selector()));
    }
    int[] hosts = {1, 2, 4, 1, 3, 3, 0, 2, 1, 4, 3, 2, 1};
    byte[][] packets = new byte[hosts.length][];
    for (int i = 0; i < hosts.length; i++) {
      packets[i] = packetTo(hosts[i], 40 + i);
    }
    PacketBatch batch = Packets.batch(packets);
    batch.setVerdict(6, EspVerdict.DISCARDED);
    here.outbound(batch);
    int[] sequence = new int[4];
    for (int i = 0; i < hosts.length; i++) {
      Verdict expected =
          hosts[i] == 0
              ? EspVerdict.DISCARDED
              : hosts[i] == 4 ? EspVerdict.BYPASSED : EspVerdict.SEALED;
      assertEquals(expected, batch.verdict(i), "packet " + i);
      if (expected == EspVerdict.SEALED) {
        assertEquals(0x4000 + hosts[i] - 1, EspFields.spi(batch.slab(), batch.offset(i)));
        int number = BigEndian.getInt(batch.slab(), batch.offset(i) + 24);
        assertEquals(++sequence[hosts[i]], number, "the order is kept");
      } else {
        assertArrayEquals(packets[i], batch.copy(i));
      }
    }
    assertEquals(10, here.counters().packets(EspVerdict.SEALED));
    assertEquals(2, here.counters().packets(EspVerdict.BYPASSED));
    there.inbound(batch);
    for (int i = 0; i < hosts.length; i++) {
      if (hosts[i] > 0 && hosts[i] < 4) {
        assertEquals(EspVerdict.OPENED, batch.verdict(i));
        assertArrayEquals(packets[i], batch.copy(i));
      }
    }
    assertEquals(10, there.counters().packets(EspVerdict.OPENED));
  }

  /** SAs for parts of a policy's traffic: packets that follow each other take different ones. */
  @Test
  void packetsOfOnePolicyTakeTheSaThatIsForThem() {
    SecurityPolicy policy = protect("all", TrafficSelector.ANY);
    IpsecBoundary here = boundary(policy);
    for (int i = 1; i < 3; i++) {
      SaParameters part = tunnel(0x7000 + i, Packets.HERE, Packets.THERE, toHost(i).selector());
      assertTrue(here.associations().install(policy, Packets.outbound(part, i)));
    }
    int[] hosts = {1, 2, 2, 3, 1};
    PacketBatch batch = new PacketBatch(5, 100, 128, 64);
    for (int host : hosts) {
      batch.add(packetTo(host, 50), 0, 50);
    }
    here.outbound(batch);
    for (int i = 0; i < hosts.length; i++) {
      if (hosts[i] == 3) {
        assertEquals(EspVerdict.NO_SA, batch.verdict(i));
      } else {
        assertEquals(EspVerdict.SEALED, batch.verdict(i));
        assertEquals(0x7000 + hosts[i], EspFields.spi(batch.slab(), batch.offset(i)));
      }
    }
  }

  /** RFC 4301 section 5.2 step 4: the SA's selectors allow it, and the policies do not. */
  @Test
  void whatComesOutHasToBeThePolicysOwn() {
    SecurityPolicy wide = protect("wide", TrafficSelector.ANY);
    IpsecBoundary here = boundary(wide);
    SecurityPolicy narrow = mirrored(toHost(1));
    IpsecBoundary there = boundary(narrow, mirrored(wide));
    AuditLog log = new AuditLog(4);
    there.auditTo(log);
    install(here, there, wide, tunnel(0x5000, Packets.HERE, Packets.THERE, TrafficSelector.ANY));
    PacketBatch batch = Packets.batch(packetTo(1, 40), packetTo(2, 40));
    here.outbound(batch);
    there.inbound(batch);
    assertEquals(EspVerdict.POLICY_MISMATCH, batch.verdict(0), "another policy's");
    assertEquals(EspVerdict.OPENED, batch.verdict(1));
    assertEquals(1, there.counters().packets(EspVerdict.POLICY_MISMATCH));
    assertEquals(1, there.counters().packets(EspVerdict.OPENED));
    assertEquals(EspVerdict.POLICY_MISMATCH, assertNotNullEvent(log).reason());
    for (PolicyAction action : List.of(PolicyAction.BYPASS, PolicyAction.DISCARD)) {
      there.replacePolicies(new SecurityPolicyDatabase(List.of(), action));
      PacketBatch late = Packets.batch(packetTo(2, 40));
      here.outbound(late);
      there.inbound(late);
      assertEquals(EspVerdict.POLICY_MISMATCH, late.verdict(0));
    }
  }

  private static AuditEvent assertNotNullEvent(AuditLog log) {
    AuditEvent event = log.poll();
    assertNotNull(event);
    return event;
  }

  @Test
  void heldPacketsLeaveSealedOnceTheirSaIsThere() {
    SecurityPolicy[] policies = {toHost(1), toHost(2)};
    IpsecBoundary here = boundary(policies).withHoldQueue(3, 200, 1_000);
    IpsecBoundary there = boundary(mirrored(policies[0]), mirrored(policies[1]));
    PacketBatch batch = Packets.batch(packetTo(1, 40), packetTo(2, 41), packetTo(1, 42));
    here.outbound(batch, 5);
    for (int i = 0; i < 3; i++) {
      assertEquals(EspVerdict.HELD, batch.verdict(i));
    }
    assertEquals(3, here.heldPackets());
    assertEquals(policies[0], here.pollAcquire());
    assertEquals(policies[1], here.pollAcquire());
    assertNull(here.pollAcquire());
    PacketBatch out = new PacketBatch(8, 1500, 128, 64);
    assertEquals(0, here.release(out, 6));
    install(
        here,
        there,
        policies[0],
        tunnel(0x6000, Packets.HERE, Packets.THERE, policies[0].selector()));
    assertEquals(2, here.release(out, 7));
    assertEquals(1, here.heldPackets());
    for (int i = 0; i < 2; i++) {
      assertEquals(EspVerdict.SEALED, out.verdict(i));
    }
    there.inbound(out);
    assertArrayEquals(packetTo(1, 40), out.copy(0));
    assertArrayEquals(packetTo(1, 42), out.copy(1));
    assertEquals(0, here.release(out, 1_004));
    assertEquals(1, here.heldPackets());
    assertEquals(0, here.release(out, 1_005));
    assertEquals(0, here.heldPackets(), "too old");
    assertEquals(3, here.counters().packets(EspVerdict.HELD));
    assertEquals(1, here.counters().packets(EspVerdict.NO_SA));
    assertEquals(1, here.counters().drops());
  }

  @Test
  void heldPacketsNeverLeaveInTheClear() {
    SecurityPolicy policy = toHost(1);
    IpsecBoundary here = boundary(policy).withHoldQueue(2, 200, 1_000);
    PacketBatch batch = Packets.batch(packetTo(1, 40), packetTo(1, 41), packetTo(1, 42));
    here.outbound(batch, 5);
    assertEquals(2, here.heldPackets());
    assertEquals(1, here.counters().packets(EspVerdict.NO_SA), "the oldest had to go");
    here.replacePolicies(new SecurityPolicyDatabase(List.of(), PolicyAction.BYPASS));
    PacketBatch out = new PacketBatch(8, 1500, 128, 64);
    assertEquals(0, here.release(out, 6));
    assertEquals(0, here.heldPackets());
    assertEquals(2, here.counters().packets(EspVerdict.DISCARDED));
    here.replacePolicies(new SecurityPolicyDatabase(List.of(policy), PolicyAction.BYPASS));
    here.outbound(Packets.batch(packetTo(1, 40)), 7);
    SecurityPolicy bypass =
        new SecurityPolicy(policy.name(), policy.selector(), PolicyAction.BYPASS);
    here.replacePolicies(new SecurityPolicyDatabase(List.of(bypass), PolicyAction.DISCARD));
    assertEquals(1, here.heldPackets());
    assertEquals(0, here.release(out, 8));
    assertEquals(0, here.heldPackets());
    here.replacePolicies(new SecurityPolicyDatabase(List.of(policy), PolicyAction.BYPASS));
    PacketBatch timeless = Packets.batch(packetTo(1, 40));
    here.outbound(timeless);
    assertEquals(EspVerdict.NO_SA, timeless.verdict(0), "without the time none waits");
  }
}
