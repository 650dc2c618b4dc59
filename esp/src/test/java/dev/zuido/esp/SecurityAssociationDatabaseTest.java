package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 4301 section 4.1: by SPI, destination and source, the longest match first. */
final class SecurityAssociationDatabaseTest {
  private static final IpAddress GROUP = IpAddress.parse("232.1.1.1");
  private static final IpAddress SOURCE = IpAddress.parse("192.0.2.1");
  private static final IpAddress OTHER = IpAddress.parse("192.0.2.2");
  private static final IpAddress GROUP6 = IpAddress.parse("ff3e::1");
  private static final IpAddress SOURCE6 = IpAddress.parse("2001:db8::1");
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);

  private final SecurityAssociationDatabase database = new SecurityAssociationDatabase(100);
  private final SecurityPolicy policy =
      new SecurityPolicy("p", TrafficSelector.ANY, PolicyAction.PROTECT);

  private InboundSa installed(IpAddress local, IpAddress remote, SaIdentifier identifier) {
    InboundSa sa = inbound(local, remote);
    assertTrue(database.install(policy, sa, identifier));
    return sa;
  }

  /** What {@link Packets#inbound} makes is the other end, so that the addresses change sides. */
  private static InboundSa inbound(IpAddress local, IpAddress remote) {
    return Packets.inbound(SaParameters.of(0x1000, EspMode.TUNNEL, SUITE, remote, local), 1);
  }

  @Test
  void theLongestMatchIsTaken() {
    InboundSa any = installed(OTHER, SOURCE, SaIdentifier.SPI);
    InboundSa group = installed(GROUP, SOURCE, SaIdentifier.SPI_DESTINATION);
    InboundSa source = installed(GROUP, SOURCE, SaIdentifier.SPI_DESTINATION_SOURCE);
    InboundSa source6 = installed(GROUP6, SOURCE6, SaIdentifier.SPI_DESTINATION_SOURCE);
    assertSame(source, database.inbound(0x1000, GROUP, SOURCE));
    assertSame(group, database.inbound(0x1000, GROUP, OTHER));
    assertSame(any, database.inbound(0x1000, OTHER, SOURCE));
    assertSame(source6, database.inbound(0x1000, GROUP6, SOURCE6));
    assertSame(any, database.inbound(0x1000, GROUP6, IpAddress.parse("2001:db8::2")));
    assertNull(database.inbound(0x1001, GROUP, SOURCE));
    assertTrue(database.remove(source));
    assertFalse(database.remove(source));
    assertSame(group, database.inbound(0x1000, GROUP, SOURCE));
    assertTrue(database.remove(group));
    assertSame(any, database.inbound(0x1000, GROUP, SOURCE));
    assertTrue(database.remove(any));
    assertNull(database.inbound(0x1000, GROUP, SOURCE));
    assertSame(source6, database.inbound(0x1000, GROUP6, SOURCE6));
  }

  /** The bits of 232.1.1.1 in an IPv6 address are not 232.1.1.1. */
  @Test
  void theVersionsAreToldApart() {
    InboundSa four = installed(GROUP, SOURCE, SaIdentifier.SPI_DESTINATION);
    assertNull(database.inbound(0x1000, IpAddress.parse("e801:101::"), SOURCE6));
    InboundSa six = installed(IpAddress.parse("e801:101::"), SOURCE6, SaIdentifier.SPI_DESTINATION);
    assertSame(six, database.inbound(0x1000, IpAddress.parse("e801:101::"), SOURCE6));
    assertSame(four, database.inbound(0x1000, GROUP, SOURCE));
  }

  @Test
  void whatCouldNotBeToldApartIsRefused() {
    for (SaIdentifier identifier : SaIdentifier.values()) {
      installed(GROUP, SOURCE, identifier);
      assertFalse(database.install(policy, inbound(GROUP, SOURCE), identifier));
    }
    assertFalse(database.install(policy, inbound(GROUP, OTHER), SaIdentifier.SPI));
    assertFalse(database.install(policy, inbound(GROUP, OTHER), SaIdentifier.SPI_DESTINATION));
    installed(GROUP, OTHER, SaIdentifier.SPI_DESTINATION_SOURCE);
    assertEquals(4, database.inboundAssociations().size());
    assertEquals(0, database.limitHits());
  }

  @Test
  void espAndAhHaveSpisOfTheirOwn() {
    AhParameters parameters = AhPackets.parameters(EspMode.TRANSPORT, AhIntegrity.HMAC_SHA1_96, 4);
    AhInboundSa ah = AhPackets.inbound(parameters);
    AhOutboundSa sending = AhPackets.outbound(parameters);
    SaParameters same =
        SaParameters.of(
            AhPackets.SPI, EspMode.TRANSPORT, SUITE, parameters.local(), parameters.remote());
    InboundSa esp = Packets.inbound(same, 1);
    assertTrue(database.install(policy, ah));
    assertTrue(database.install(policy, sending));
    assertTrue(database.install(policy, esp));
    assertTrue(database.install(policy, Packets.outbound(same, 1)));
    assertFalse(database.install(policy, AhPackets.inbound(parameters)));
    assertFalse(database.install(policy, AhPackets.outbound(parameters)));
    assertSame(ah, database.inboundAh(AhPackets.SPI, parameters.remote(), parameters.local()));
    assertSame(esp, database.inbound(AhPackets.SPI, parameters.remote(), parameters.local()));
    assertEquals(List.of(ah), database.inboundAhAssociations());
    assertEquals(List.of(sending), database.outboundAhAssociations());
    assertEquals(policy, database.policyOf(ah));
    assertTrue(database.removeInbound(AhPackets.SPI));
    assertNotNull(database.inboundAh(AhPackets.SPI, parameters.remote(), parameters.local()));
    database.removePeer(parameters.remote());
    assertEquals(List.of(), database.outboundAhAssociations());
    assertEquals(List.of(), database.outboundAssociations());
  }

  /** RFC 4301 section 4.4.1, "populate from packet": SAs for parts of a policy's traffic. */
  @Test
  void aPacketTakesTheNewestSaThatIsForIt() {
    SecurityPolicy lan =
        new SecurityPolicy(
            "lan",
            TrafficSelector.of(AddressRange.ANY, AddressRange.ANY_IPV4, IpProtocol.UDP),
            PolicyAction.PROTECT);
    Ipv4Address one = Ipv4Address.of(10, 0, 0, 1);
    Ipv4Address two = Ipv4Address.of(10, 0, 0, 2);
    OutboundSa older = outboundTo(lan, 0x2000, one);
    OutboundSa newer = outboundTo(lan, 0x2001, one);
    OutboundSa second = outboundTo(lan, 0x2002, two);
    byte[] toOne = Packets.ipv4(60, IpProtocol.UDP, Packets.HERE, one, 0);
    byte[] toTwo = Packets.ipv4(60, IpProtocol.UDP, Packets.HERE, two, 0);
    byte[] toThree = Packets.ipv4(60, IpProtocol.UDP, Packets.HERE, Ipv4Address.of(10, 0, 0, 3), 0);
    assertSame(newer, database.outbound(lan, toOne, 0));
    assertSame(second, database.outbound(lan, toTwo, 0));
    assertNull(database.outbound(lan, toThree, 0));
    database.remove(newer);
    assertSame(older, database.outbound(lan, toOne, 0));
  }

  private OutboundSa outboundTo(SecurityPolicy lan, int spi, Ipv4Address remote) {
    TrafficSelector part =
        TrafficSelector.of(AddressRange.ANY_IPV4, AddressRange.host(remote), IpProtocol.UDP);
    OutboundSa sa =
        Packets.outbound(
            SaParameters.of(spi, EspMode.TUNNEL, SUITE, Packets.HERE, Packets.THERE)
                .withSelector(part),
            1);
    assertTrue(database.install(lan, sa));
    return sa;
  }

  /** Chains of the table wrap around its end and are taken apart in the middle. */
  @Test
  void removalsCutNoChain() {
    for (int spi = 1; spi <= 90; spi++) {
      assertTrue(
          database.install(
              policy,
              Packets.inbound(
                  SaParameters.of(spi * 7919, EspMode.TUNNEL, SUITE, SOURCE, GROUP), spi)));
    }
    for (int spi = 3; spi <= 90; spi += 3) {
      assertTrue(database.removeInbound(spi * 7919));
    }
    for (int spi = 1; spi <= 90; spi++) {
      assertEquals(spi % 3 != 0, database.inbound(spi * 7919, GROUP, SOURCE) != null);
    }
  }

  /** A boundary takes UDP for ESP at port 4500 only. */
  @Test
  void encapsulationAtAnotherPortIsRefused() {
    SaParameters parameters =
        Packets.transport(Packets.REFERENCE).withUdpEncapsulation(new UdpEncapsulation(4500, 4501));
    SecurityPolicy policy = new SecurityPolicy("udp", parameters.selector(), PolicyAction.PROTECT);
    SecurityAssociationDatabase database = new SecurityAssociationDatabase(4);
    assertTrue(database.install(policy, Packets.outbound(parameters, 1)));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> database.install(policy, Packets.inbound(parameters, 1)));
    assertTrue(refusal.getMessage().contains("4501"), refusal.getMessage());
  }

  /** So many SPIs that the highest 16 bits of a hash would not tell their places apart. */
  @Test
  void spisHaveTheirHomesAllOverALargeTable() {
    int slots = 1 << 19;
    BitSet homes = new BitSet(slots);
    BitSet others = new BitSet(slots);
    Random random = new Random(1);
    int equal = 0;
    for (int i = 0; i < slots / 2; i++) {
      int spi = random.nextInt();
      int home = SpiTable.slotOf(spi, 0x9e37_79b9_7f4a_7c15L, slots);
      int other = SpiTable.slotOf(spi, 0xd1b5_4a32_d192_ed03L, slots);
      homes.set(home);
      others.set(other);
      equal += home == other ? 1 : 0;
    }
    assertTrue(homes.cardinality() > slots / 3, homes.cardinality() + " homes");
    assertTrue(others.cardinality() > slots / 3, others.cardinality() + " homes");
    assertTrue(equal < 20, "the secret decides");
  }
}
