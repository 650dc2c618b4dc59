package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.TransportChecksum;
import org.junit.jupiter.api.Test;

/** Packets whose bytes were computed with another program, and what IPv6 has of its own. */
final class Ipv6SaTest {
  private static final EspSuite SUITE = new EspSuite(EspEncryption.NULL, EspIntegrity.HMAC_SHA1_96);
  private static final byte[] KEY = Packets.hex("000102030405060708090a0b0c0d0e0f10111213");
  private static final String INNER_IPV6 =
      "62a1234500003b07fd000000000000000000000000000001fd000000000000000000000000000002";
  private static final String ESP_OF_INNER_IPV6 =
      "0000123400000005" + INNER_IPV6 + "0102022918c72674c52afa2984222a0d";

  private static SaParameters parameters(EspMode mode, IpAddress local, IpAddress remote) {
    return SaParameters.of(0x1234, mode, SUITE, local, remote).withSelector(TrafficSelector.ANY);
  }

  private static void check(
      SaParameters parameters, long sequence, int identification, String inner, String sealed) {
    try (EspKeys keys = EspKeys.of(SUITE, new byte[0], new byte[0], KEY)) {
      OutboundSa out = new OutboundSa(parameters, keys, EspCrypto.platform(), Packets.random(1), 0);
      out.preset(sequence - 1, null, identification);
      byte[] packet = Packets.seal(out, Packets.hex(inner));
      assertArrayEquals(Packets.hex(sealed), packet);
      InboundSa in = new InboundSa(parameters.mirrored(), keys, EspCrypto.platform(), 0);
      in.presetHighest(sequence - 1);
      PacketBatch batch = Packets.batch(packet);
      in.open(batch);
      assertEquals(EspVerdict.OPENED, batch.verdict(0));
      assertArrayEquals(Packets.hex(inner), batch.copy(0));
    }
  }

  @Test
  void ipv4InIpv6InUdpWithExtendedSequenceNumbers() {
    check(
        parameters(EspMode.TUNNEL, Ipv6Packets.HERE, Ipv6Packets.THERE)
            .withUdpEncapsulation(UdpEncapsulation.STANDARD)
            .withExtendedSequenceNumbers(true),
        0x1_0000_0005L,
        0,
        "45b90020004d40003c0629d00a0000010a00000268656c6c6f2c20776f726c64",
        "6b9000000040114020010db800010000000000000000000120010db8000200000000000000000001"
            + "11941194004054b8"
            + "000012340000000545b90020004d40003c0629d00a0000010a00000268656c6c6f2c20776f726c64"
            + "010202041c203347f8e9fa255f6834ac");
  }

  @Test
  void ipv6InIpv4() {
    check(
        parameters(EspMode.TUNNEL, Packets.HERE, Packets.THERE),
        5,
        9,
        INNER_IPV6,
        "452a00540009400040320c4164010101c8010101" + ESP_OF_INNER_IPV6);
  }

  @Test
  void ipv6InIpv6() {
    check(
        parameters(EspMode.TUNNEL, Ipv6Packets.HERE, Ipv6Packets.THERE),
        5,
        0,
        INNER_IPV6,
        "62a000000040324020010db800010000000000000000000120010db8000200000000000000000001"
            + ESP_OF_INNER_IPV6);
  }

  @Test
  void transportModeKeepsHopByHopOptionsAndProtectsDestinationOptions() {
    check(
        parameters(EspMode.TRANSPORT, Ipv6Packets.HERE, Ipv6Packets.THERE),
        5,
        0,
        "60000000001a004020010db800010000000000000000000120010db8000200000000000000000001"
            + "3c00010400000000110001040000000000070009000aabcd6f6b",
        "600000000030004020010db800010000000000000000000120010db8000200000000000000000001"
            + "3200010400000000000012340000000511000104000000000007"
            + "0009000aabcd6f6b003ce247c305a15a1077dbde0c34");
  }

  private static EspVerdict seal(SaParameters parameters, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    Packets.outbound(parameters, 1).seal(batch);
    return (EspVerdict) batch.verdict(0);
  }

  private static EspVerdict open(SaParameters parameters, byte[] packet) {
    PacketBatch batch = Packets.batch(packet);
    Packets.inbound(parameters, 1).open(batch);
    return (EspVerdict) batch.verdict(0);
  }

  private static final SaParameters TRANSPORT =
      parameters(EspMode.TRANSPORT, Ipv6Packets.HERE, Ipv6Packets.THERE);

  private static byte[] packet(int next, byte[]... parts) {
    return Ipv6Packets.packet(Ipv6Packets.HERE, Ipv6Packets.THERE, next, parts);
  }

  @Test
  void fragmentsAreRefusedInTransportModeAndTunnelled() {
    byte[] ports = Ipv6Packets.ports(7, 8);
    byte[] first =
        packet(IpProtocol.IPV6_FRAGMENT, Ipv6Packets.fragment(IpProtocol.UDP, 0, true), ports);
    byte[] last =
        packet(IpProtocol.IPV6_FRAGMENT, Ipv6Packets.fragment(IpProtocol.UDP, 8, false), ports);
    assertEquals(EspVerdict.FRAGMENT, seal(TRANSPORT, first));
    assertEquals(EspVerdict.FRAGMENT, seal(TRANSPORT, last));
    assertEquals(EspVerdict.SEALED, seal(TRANSPORT.withMode(EspMode.TUNNEL), last));
    byte[] sealed = Packets.seal(Packets.outbound(TRANSPORT, 1), packet(IpProtocol.UDP, ports));
    byte[] esp = java.util.Arrays.copyOfRange(sealed, 40, sealed.length);
    assertEquals(
        EspVerdict.FRAGMENT,
        open(TRANSPORT, packet(IpProtocol.IPV6_FRAGMENT, Ipv6Packets.fragment(50, 8, true), esp)));
    assertEquals(
        EspVerdict.OPENED,
        open(TRANSPORT, packet(IpProtocol.IPV6_FRAGMENT, Ipv6Packets.fragment(50, 0, false), esp)));
  }

  @Test
  void malformedExtensionHeadersAreRefused() {
    byte[] beyond = Ipv6Packets.extension(IpProtocol.UDP);
    beyond[1] = 9;
    byte[] packet = packet(IpProtocol.HOP_BY_HOP, beyond, Ipv6Packets.ports(1, 2));
    assertEquals(EspVerdict.NOT_IPV4, seal(TRANSPORT, packet));
    assertEquals(EspVerdict.BAD_ENCAPSULATION, open(TRANSPORT, packet));
  }

  @Test
  void aUdpChecksumBehindARoutingHeaderIsRefused() {
    SaParameters udp = TRANSPORT.withUdpEncapsulation(UdpEncapsulation.STANDARD);
    byte[] routed =
        packet(
            IpProtocol.IPV6_ROUTE, Ipv6Packets.extension(IpProtocol.UDP), Ipv6Packets.ports(1, 2));
    assertEquals(EspVerdict.UNSUPPORTED, seal(udp, routed));
    assertEquals(EspVerdict.SEALED, seal(TRANSPORT, routed));
  }

  @Test
  void aReceivedUdpChecksumMayBeZero() {
    SaParameters udp = TRANSPORT.withUdpEncapsulation(UdpEncapsulation.STANDARD);
    byte[] sealed =
        Packets.seal(Packets.outbound(udp, 1), packet(IpProtocol.UDP, Ipv6Packets.ports(1, 2)));
    BigEndian.putShort(sealed, 46, 0);
    assertEquals(EspVerdict.OPENED, open(udp, sealed));
  }

  @Test
  void aTranslatorsChangeOfAddressesIsCorrected() {
    Ipv6Address inside = Ipv6Address.parse("fd00::77");
    byte[] tcp = new byte[20];
    tcp[13] = 2;
    int checksum =
        TransportChecksum.of(inside, Ipv6Packets.THERE, IpProtocol.TCP, tcp, 0, tcp.length);
    BigEndian.putShort(tcp, 16, checksum);
    byte[] packet = Ipv6Packets.packet(inside, Ipv6Packets.THERE, IpProtocol.TCP, tcp);
    SaParameters peer = TRANSPORT.withUdpEncapsulation(UdpEncapsulation.STANDARD);
    byte[] sealed = Packets.seal(Packets.outbound(peer, 1), packet);
    System.arraycopy(Ipv6Packets.HERE.toBytes(), 0, sealed, 8, 16);
    SaParameters knowing =
        peer.withUdpEncapsulation(new UdpEncapsulation(4500, 4500, inside, null));
    PacketBatch batch = Packets.batch(sealed);
    Packets.inbound(knowing, 1).open(batch);
    assertEquals(EspVerdict.OPENED, batch.verdict(0));
    byte[] opened = batch.copy(0);
    assertEquals(
        0,
        TransportChecksum.of(Ipv6Packets.HERE, Ipv6Packets.THERE, IpProtocol.TCP, opened, 40, 20));
  }

  @Test
  void aPacketThatWouldOutgrowIpv6IsRefused() {
    byte[] longest = packet(IpProtocol.GRE, new byte[65_500]);
    PacketBatch batch = new PacketBatch(1, longest.length, 128, 128);
    batch.add(longest, 0, longest.length);
    Packets.outbound(TRANSPORT, 1).seal(batch);
    assertEquals(EspVerdict.SEALED, batch.verdict(0));
    PacketBatch tunnelled = new PacketBatch(1, longest.length, 128, 128);
    tunnelled.add(longest, 0, longest.length);
    Packets.outbound(TRANSPORT.withMode(EspMode.TUNNEL), 1).seal(tunnelled);
    assertEquals(EspVerdict.BAD_LENGTH, tunnelled.verdict(0));
  }

  @Test
  void bothEndsAreOfOneVersion() {
    assertThrows(
        IllegalArgumentException.class,
        () -> SaParameters.of(1, EspMode.TUNNEL, SUITE, Packets.HERE, Ipv6Packets.THERE));
    OutboundSa out =
        Packets.outbound(
            TRANSPORT.withMode(EspMode.TUNNEL).withUdpEncapsulation(UdpEncapsulation.STANDARD), 1);
    assertThrows(IllegalArgumentException.class, () -> out.redirect(Packets.HERE, 4500));
    assertTrue(out.redirect(Ipv6Address.parse("2001:db8:3::1"), 4501));
    byte[] sealed = Packets.seal(out, Packets.gre(60));
    assertEquals(0x2001_0db8_0003_0000L, Ipv6Fields.destinationHigh(sealed, 0));
    assertEquals(4501, BigEndian.getUnsignedShort(sealed, 42));
  }

  @Test
  void fieldsAreFoundBehindExtensionHeaders() {
    byte[] esp = new byte[20];
    BigEndian.putInt(esp, 0, 0x77);
    byte[] udp = new byte[28];
    BigEndian.putShort(udp, 2, 4500);
    BigEndian.putInt(udp, 8, 0x78);
    byte[] bare = packet(IpProtocol.HOP_BY_HOP, Ipv6Packets.extension(50), esp);
    byte[] encapsulated = packet(IpProtocol.HOP_BY_HOP, Ipv6Packets.extension(17), udp);
    assertTrue(EspFields.isEsp(bare, 0));
    assertEquals(0x77, EspFields.spi(bare, 0));
    assertTrue(EspFields.isUdpEncapsulatedEsp(encapsulated, 0));
    assertEquals(0x78, EspFields.spi(encapsulated, 0));
    BigEndian.putInt(encapsulated, 56, 0);
    assertFalse(EspFields.isUdpEncapsulatedEsp(encapsulated, 0));
    assertEquals(0, EspFields.spi(packet(IpProtocol.TCP, esp), 0));
    assertEquals(0, EspFields.spi(packet(50, new byte[3]), 0));
    assertFalse(EspFields.isFragment(bare, 0));
    assertTrue(
        EspFields.isFragment(
            packet(IpProtocol.IPV6_FRAGMENT, Ipv6Packets.fragment(50, 8, false), esp), 0));
  }

  @Test
  void theSelectorOfTheAddressesIsTheirVersions() {
    SaParameters parameters =
        SaParameters.of(1, EspMode.TRANSPORT, SUITE, Ipv6Packets.HERE, Ipv6Packets.THERE);
    byte[] other =
        Ipv6Packets.packet(Ipv6Address.parse("2001:db8::9"), Ipv6Packets.THERE, 47, new byte[8]);
    assertEquals(
        EspVerdict.SELECTOR_MISMATCH,
        open(parameters, Packets.seal(Packets.outbound(parameters, 1), other)));
    assertEquals(
        Ipv4Address.class,
        SaParameters.of(1, EspMode.TUNNEL, SUITE, Packets.HERE, Packets.THERE).local().getClass());
  }
}
