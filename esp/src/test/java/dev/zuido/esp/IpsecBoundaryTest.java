package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two sites whose policies protect GRE between them, discard IGMP and let the rest by. */
final class IpsecBoundaryTest {
  private static final SaParameters PARAMETERS =
      Packets.transport(Packets.REFERENCE)
          .withSelector(TrafficSelector.hosts(Packets.HERE, Packets.THERE, IpProtocol.GRE));

  private final SecurityPolicy gre =
      new SecurityPolicy("map 1", PARAMETERS.selector(), PolicyAction.PROTECT);
  private final IpsecBoundary here = boundary(Packets.HERE, gre);
  private final SecurityPolicy greThere =
      new SecurityPolicy("map 1", Packets.mirrored(PARAMETERS).selector(), PolicyAction.PROTECT);
  private final IpsecBoundary there = boundary(Packets.THERE, greThere);

  private static IpsecBoundary boundary(Ipv4Address address, SecurityPolicy policy) {
    SecurityPolicy igmp =
        new SecurityPolicy(
            "no igmp",
            TrafficSelector.of(AddressRange.ANY, AddressRange.ANY, IpProtocol.IGMP),
            PolicyAction.DISCARD);
    return new IpsecBoundary(
        new SecurityPolicyDatabase(List.of(policy, igmp), PolicyAction.BYPASS),
        new SecurityAssociationDatabase(4),
        destination -> destination == address.value());
  }

  private void install(int spi, long seed) {
    assertTrue(
        there.associations().install(greThere, Packets.inbound(PARAMETERS.withSpi(spi), seed)));
    assertTrue(here.associations().install(gre, Packets.outbound(PARAMETERS.withSpi(spi), seed)));
  }

  @Test
  void withoutAnSaNothingLeavesAndTheKeyExchangeIsAskedOnce() {
    PacketBatch batch = Packets.batch(Packets.gre(60), Packets.gre(61));
    here.outbound(batch);
    assertEquals(EspVerdict.NO_SA, batch.verdict(0));
    assertEquals(EspVerdict.NO_SA, batch.verdict(1));
    assertEquals(gre, here.pollAcquire());
    assertNull(here.pollAcquire());
    here.outbound(Packets.batch(Packets.gre(60)));
    assertEquals(gre, here.pollAcquire());
  }

  /** A policy that selects by ports: the fragments that show none stay protected too. */
  @Test
  void laterFragmentsOfProtectedTrafficDoNotLeaveInTheClear() {
    TrafficSelector web =
        new TrafficSelector(
            AddressRange.host(Packets.HERE),
            AddressRange.host(Packets.THERE),
            IpProtocol.TCP,
            PortRange.ANY,
            PortRange.of(80));
    IpsecBoundary boundary =
        boundary(Packets.HERE, new SecurityPolicy("web", web, PolicyAction.PROTECT));
    PacketBatch batch =
        Packets.batch(
            Packets.ipv4(60, IpProtocol.TCP, Packets.HERE, Packets.THERE, 185),
            Packets.ipv4(60, IpProtocol.TCP, Packets.THERE, Packets.HERE, 0));
    boundary.outbound(batch);
    assertEquals(EspVerdict.NO_SA, batch.verdict(0));
    assertEquals(EspVerdict.BYPASSED, batch.verdict(1));
    PacketBatch arrived =
        Packets.batch(Packets.ipv4(60, IpProtocol.TCP, Packets.THERE, Packets.HERE, 185));
    boundary.inbound(arrived);
    assertEquals(EspVerdict.CLEARTEXT, arrived.verdict(0));
  }

  @Test
  void aMixedBatchIsSortedByPolicy() {
    install(0x1000, 1);
    byte[] ping = Packets.ipv4(60, IpProtocol.ICMP);
    PacketBatch batch =
        Packets.batch(
            Packets.gre(60),
            Packets.gre(61),
            ping,
            Packets.ipv4(60, IpProtocol.IGMP),
            Packets.gre(62),
            new byte[7]);
    here.outbound(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
    assertEquals(EspVerdict.SEALED, batch.verdict(1));
    assertEquals(EspVerdict.BYPASSED, batch.verdict(2));
    assertEquals(EspVerdict.DISCARDED, batch.verdict(3));
    assertEquals(EspVerdict.SEALED, batch.verdict(4));
    assertEquals(EspVerdict.NOT_IPV4, batch.verdict(5));
    assertArrayEquals(ping, batch.copy(2));
    assertEquals(3, BigEndian.getInt(batch.slab(), batch.offset(4) + 24), "the order is kept");
    there.inbound(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    assertEquals(EspVerdict.OPENED, batch.verdict(1));
    assertEquals(EspVerdict.BYPASSED, batch.verdict(2));
    assertEquals(EspVerdict.OPENED, batch.verdict(4));
    assertArrayEquals(Packets.gre(62), batch.copy(4));
    assertEquals(3, there.counters().packets(EspVerdict.OPENED));
    assertEquals(3, here.counters().packets(EspVerdict.SEALED));
  }

  @Test
  void whatShouldBeProtectedIsRefusedInTheClear() {
    PacketBatch batch = Packets.batch(Packets.gre(60));
    there.inbound(batch);
    assertEquals(EspVerdict.CLEARTEXT, batch.verdict(0));
  }

  @Test
  void espForNobodyHereIsUnknownAndForOthersIsTraffic() {
    byte[] stranger = Packets.ipv4(80, IpProtocol.ESP);
    PacketBatch batch = Packets.batch(stranger);
    there.inbound(batch);
    assertEquals(EspVerdict.UNKNOWN_SPI, batch.verdict(0));
    PacketBatch transit = Packets.batch(stranger);
    here.inbound(transit);
    assertEquals(EspVerdict.BYPASSED, transit.verdict(0));
    PacketBatch fragment =
        Packets.batch(Packets.ipv4(80, IpProtocol.ESP, Packets.HERE, Packets.THERE, 3));
    there.inbound(fragment);
    assertEquals(EspVerdict.FRAGMENT, fragment.verdict(0));
  }

  @Test
  void ikeAndKeepalivesOnPort4500AreNoEsp() {
    byte[] ike = Packets.ipv4(60, IpProtocol.UDP);
    BigEndian.putShort(ike, 22, UdpEncapsulation.PORT);
    BigEndian.putInt(ike, 28, EspFields.NON_ESP_MARKER);
    byte[] keepalive = Packets.ipv4(29, IpProtocol.UDP);
    BigEndian.putShort(keepalive, 22, UdpEncapsulation.PORT);
    PacketBatch batch = Packets.batch(ike, keepalive);
    there.inbound(batch);
    assertEquals(EspVerdict.BYPASSED, batch.verdict(0));
    assertEquals(EspVerdict.BYPASSED, batch.verdict(1));
    BigEndian.putInt(ike, 28, 0x1000);
    PacketBatch esp = Packets.batch(ike);
    there.inbound(esp);
    assertEquals(EspVerdict.UNKNOWN_SPI, esp.verdict(0));
  }

  @Test
  void duringARekeyTheNewestSendsAndAllReceive() {
    install(0x1000, 1);
    PacketBatch onTheWay = Packets.batch(Packets.gre(60));
    here.outbound(onTheWay);
    install(0x2000, 2);
    PacketBatch next = Packets.batch(Packets.gre(60));
    here.outbound(next);
    assertEquals(0x2000, EspFields.spi(next.slab(), next.offset(0)));
    there.inbound(next);
    there.inbound(onTheWay);
    assertEquals(EspVerdict.OPENED, next.verdict(0));
    assertEquals(EspVerdict.OPENED, onTheWay.verdict(0));
    assertTrue(here.associations().removeOutbound(0x2000, Packets.THERE));
    PacketBatch fallen = Packets.batch(Packets.gre(60));
    here.outbound(fallen);
    assertEquals(0x1000, EspFields.spi(fallen.slab(), fallen.offset(0)));
    assertTrue(there.associations().removeInbound(0x1000));
    there.inbound(fallen);
    assertEquals(EspVerdict.UNKNOWN_SPI, fallen.verdict(0));
  }

  @Test
  void anSaAtAnotherAddressDoesNotOpen() {
    install(0x1000, 1);
    PacketBatch batch = Packets.batch(Packets.gre(60));
    here.outbound(batch);
    BigEndian.putInt(batch.slab(), batch.offset(0) + 16, Ipv4Address.of(200, 1, 1, 2).value());
    Ipv4Fields.updateChecksum(batch.slab(), batch.offset(0));
    IpsecBoundary twoAddresses =
        new IpsecBoundary(there.policies(), there.associations(), destination -> true);
    twoAddresses.inbound(batch);
    assertEquals(EspVerdict.UNKNOWN_SPI, batch.verdict(0));
  }

  @Test
  void fullAndDoubleInstallationsAreRefused() {
    install(0x1000, 1);
    SecurityAssociationDatabase database = here.associations();
    assertFalse(database.install(gre, Packets.outbound(PARAMETERS.withSpi(0x1000), 2)));
    assertEquals(0, database.limitHits());
    for (int spi = 0x1001; spi < 0x1004; spi++) {
      install(spi, 3);
    }
    assertFalse(database.install(gre, Packets.outbound(PARAMETERS.withSpi(0x9999), 2)));
    assertFalse(
        there.associations().install(greThere, Packets.inbound(PARAMETERS.withSpi(0x9999), 2)));
    assertEquals(1, database.limitHits());
    there.associations().removePeer(Packets.HERE);
    assertEquals(List.of(), there.associations().inboundAssociations());
  }

  @Test
  void lifetimesBecomeEventsAndDeadAssociationsLeave() {
    SaParameters parameters = PARAMETERS.withLifetime(SaLifetime.of(5, 10, 0, 0));
    SecurityAssociationDatabase database = here.associations();
    OutboundSa sa = Packets.outbound(parameters, 1);
    assertEquals(SecurityAssociation.NO_DEADLINE, database.nextDeadline());
    assertTrue(database.install(gre, sa));
    assertEquals(gre, database.policyOf(sa));
    assertEquals(5_000_000_000L, database.nextDeadline());
    database.expire(5_000_000_000L);
    assertEquals(new SaEvent(SaEvent.Kind.SOFT_EXPIRED, gre, sa), database.poll());
    database.expire(6_000_000_000L);
    assertNull(database.poll());
    database.expire(10_000_000_000L);
    assertEquals(new SaEvent(SaEvent.Kind.HARD_EXPIRED, gre, sa), database.poll());
    assertNull(database.outbound(gre));
    assertNull(database.policyOf(sa));
    PacketBatch batch = Packets.batch(Packets.gre(60));
    here.outbound(batch);
    assertEquals(EspVerdict.NO_SA, batch.verdict(0));
  }

  @Test
  void replacedPoliciesForgetTheirAcquires() {
    here.outbound(Packets.batch(Packets.gre(60)));
    here.replacePolicies(new SecurityPolicyDatabase(List.of(), PolicyAction.DISCARD));
    assertNull(here.pollAcquire());
    PacketBatch batch = Packets.batch(Packets.gre(60));
    here.outbound(batch);
    assertEquals(EspVerdict.DISCARDED, batch.verdict(0));
  }

  @Test
  void manyInboundAssociationsAreFoundByTheirSpi() {
    SecurityAssociationDatabase database = new SecurityAssociationDatabase(200);
    for (int i = 0; i < 200; i++) {
      assertTrue(database.install(gre, Packets.inbound(PARAMETERS.withSpi(0x4000 + 64 * i), i)));
    }
    for (int i = 0; i < 200; i += 2) {
      assertTrue(database.removeInbound(0x4000 + 64 * i));
    }
    for (int i = 0; i < 200; i++) {
      InboundSa found = database.inbound(0x4000 + 64 * i, Packets.THERE.value());
      assertEquals(i % 2 == 1, found != null);
    }
  }
}
