package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.PacketBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fragments and SAs that select by ports: RFC 4301 section 7. */
final class HiddenPortsTest {
  private static final EspSuite SUITE = EspSuite.combined(EspEncryption.AES_GCM_16_128);
  private static final int MORE = 0x2000;
  private static final TrafficSelector DNS =
      new TrafficSelector(
          AddressRange.ANY, AddressRange.ANY, IpProtocol.UDP, PortRange.ANY, PortRange.of(53));

  private final SecurityPolicy policy = new SecurityPolicy("dns", DNS, PolicyAction.PROTECT);
  private final IpsecBoundary boundary =
      new IpsecBoundary(
          new SecurityPolicyDatabase(List.of(policy), PolicyAction.BYPASS),
          new SecurityAssociationDatabase(4),
          address -> true);

  private static SaParameters parameters(int spi, TrafficSelector selector) {
    return SaParameters.of(spi, EspMode.TUNNEL, SUITE, Packets.HERE, Packets.THERE)
        .withSelector(selector);
  }

  private static TrafficSelector opaque(int protocol) {
    return new TrafficSelector(
        AddressRange.ANY, AddressRange.ANY, protocol, PortRange.OPAQUE, PortRange.OPAQUE);
  }

  private static byte[] query(int flagsAndOffset) {
    byte[] packet = Packets.ipv4(60, IpProtocol.UDP, Packets.HERE, Packets.THERE, flagsAndOffset);
    BigEndian.putShort(packet, 22, 53);
    return packet;
  }

  @Test
  void anSaThatSelectsByPortsTakesNoFragmentThatHidesThem() {
    boundary.associations().install(policy, Packets.outbound(parameters(300, DNS), 1));
    PacketBatch batch = Packets.batch(query(0), query(100), query(MORE), query(0));
    boundary.outbound(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
    assertEquals(EspVerdict.PORTS_HIDDEN, batch.verdict(1));
    assertArrayEquals(query(100), batch.copy(1));
    assertEquals(EspVerdict.SEALED, batch.verdict(2), "the first fragment shows them");
    assertEquals(EspVerdict.SEALED, batch.verdict(3));
    assertNull(boundary.pollAcquire(), "another SA of this kind would not help");
    assertEquals(1, boundary.counters().packets(EspVerdict.PORTS_HIDDEN));
  }

  @Test
  void anSaForOpaquePortsTakesThem() {
    boundary.associations().install(policy, Packets.outbound(parameters(300, DNS), 1));
    SaParameters fragments = parameters(301, opaque(IpProtocol.UDP));
    boundary.associations().install(policy, Packets.outbound(fragments, 2));
    PacketBatch batch = Packets.batch(query(0), query(100), query(0));
    boundary.outbound(batch);
    for (int i = 0; i < 3; i++) {
      assertEquals(EspVerdict.SEALED, batch.verdict(i));
      assertEquals(i == 1 ? 301 : 300, BigEndian.getInt(batch.slab(), batch.offset(i) + 20));
    }
    PacketBatch arrived = Packets.batch(batch.copy(1));
    Packets.inbound(fragments, 2).open(arrived);
    assertEquals(EspVerdict.OPENED, arrived.verdict(0));
    assertArrayEquals(query(100), arrived.copy(0));
  }

  @Test
  void anSaThatIsWiderThanThePolicyTakesThemToo() {
    boundary
        .associations()
        .install(policy, Packets.outbound(parameters(300, TrafficSelector.ANY), 1));
    PacketBatch batch = Packets.batch(query(100));
    boundary.outbound(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
  }

  @Test
  void fragmentsThatHaveWaitedAreRefusedOnceTheSaIsThere() {
    boundary.withHoldQueue(4, 4096, 1000);
    boundary.outbound(Packets.batch(query(100), query(0)), 0);
    assertNotNull(boundary.pollAcquire());
    boundary.associations().install(policy, Packets.outbound(parameters(300, DNS), 1));
    PacketBatch into = new PacketBatch(4, 200, 128, 64);
    assertEquals(1, boundary.release(into, 1));
    assertEquals(EspVerdict.SEALED, into.verdict(0));
    assertEquals(0, boundary.heldPackets());
    assertEquals(1, boundary.counters().packets(EspVerdict.PORTS_HIDDEN));
  }

  /** The protocol of a later IPv6 fragment stands in the first, if an extension header does. */
  @Test
  void anSaThatSelectsByProtocolTakesNoFragmentThatHidesIt() {
    SaParameters parameters =
        parameters(300, TrafficSelector.of(AddressRange.ANY, AddressRange.ANY, IpProtocol.UDP));
    SecurityPolicy udp = new SecurityPolicy("udp", parameters.selector(), PolicyAction.PROTECT);
    boundary.replacePolicies(new SecurityPolicyDatabase(List.of(udp), PolicyAction.BYPASS));
    boundary.associations().install(udp, Packets.outbound(parameters, 1));
    byte[] shown = fragment6(IpProtocol.UDP);
    byte[] hidden = fragment6(Ipv6Packets.DESTINATION_OPTIONS);
    PacketBatch batch = Packets.batch(shown, hidden);
    boundary.outbound(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
    assertEquals(EspVerdict.PORTS_HIDDEN, batch.verdict(1));
  }

  private static byte[] fragment6(int next) {
    byte[] body = new byte[48];
    body[0] = (byte) next;
    BigEndian.putShort(body, 2, 800);
    return Ipv6Packets.packet(Ipv6Packets.HERE, Ipv6Packets.THERE, IpProtocol.IPV6_FRAGMENT, body);
  }

  private static EspVerdict overOpaque(int protocol, int length, int flagsAndOffset) {
    SaParameters parameters = parameters(300, opaque(protocol));
    byte[] packet = Packets.ipv4(length, protocol, Packets.HERE, Packets.THERE, flagsAndOffset);
    PacketBatch batch = Packets.batch(Packets.seal(Packets.outbound(parameters, 1), packet));
    Packets.inbound(parameters, 1).open(batch);
    return (EspVerdict) batch.verdict(0);
  }

  @Test
  void fragmentsInsideTheUpperLayersHeaderAreRefused() {
    assertEquals(EspVerdict.TINY_FRAGMENT, overOpaque(IpProtocol.TCP, 60, 1));
    assertEquals(EspVerdict.TINY_FRAGMENT, overOpaque(IpProtocol.TCP, 60, MORE | 2));
    assertEquals(EspVerdict.OPENED, overOpaque(IpProtocol.TCP, 60, 3));
    assertEquals(EspVerdict.TINY_FRAGMENT, overOpaque(132, 60, 1));
    assertEquals(EspVerdict.OPENED, overOpaque(132, 60, 2));
    assertEquals(EspVerdict.OPENED, overOpaque(IpProtocol.UDP, 60, 1));
    assertEquals(EspVerdict.OPENED, overOpaque(IpProtocol.ICMP, 60, MORE | 1));
  }

  @Test
  void firstFragmentsThatHideTheirPortsAreRefused() {
    assertEquals(EspVerdict.TINY_FRAGMENT, overOpaque(IpProtocol.UDP, 23, MORE));
    assertEquals(EspVerdict.OPENED, overOpaque(IpProtocol.UDP, 23, 0), "no fragment");
  }

  /** What a later fragment of IPv6 shows of the length of its headers is all that there is. */
  @Test
  void laterFragmentsOfIpv6AreJudgedAsFarAsTheyShow() {
    SaParameters parameters = parameters(300, opaque(TrafficSelector.ANY_PROTOCOL));
    for (int start : new int[] {8, 16, 24}) {
      byte[] packet = fragment6(IpProtocol.TCP);
      BigEndian.putShort(packet, 42, start);
      PacketBatch batch = Packets.batch(Packets.seal(Packets.outbound(parameters, 1), packet));
      Packets.inbound(parameters, 1).open(batch);
      assertEquals(start < 20 ? EspVerdict.TINY_FRAGMENT : EspVerdict.OPENED, batch.verdict(0));
    }
  }
}
