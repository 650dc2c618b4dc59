package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.TransportChecksum;
import java.time.Duration;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The path MTU of an SA, and the ICMP errors that lower it. */
final class PathMtuTest {
  private static final long MINUTE = 60_000_000_000L;
  private static final Ipv4Address ROUTER = Ipv4Address.of(9, 9, 9, 9);
  private static final Ipv6Address ROUTER6 = Ipv6Address.parse("2001:db8:9::9");

  private static SaParameters tunnel(boolean six, boolean udp) {
    return SaParameters.of(
            0x1234,
            EspMode.TUNNEL,
            Packets.REFERENCE,
            six ? Ipv6Packets.HERE : Packets.HERE,
            six ? Ipv6Packets.THERE : Packets.THERE)
        .withUdpEncapsulation(udp ? new UdpEncapsulation(4500, 33_333) : null);
  }

  /** The error of a router that quotes so many bytes of a packet. */
  private static byte[] tooBig(byte[] packet, int mtu, int quoted) {
    boolean six = packet[0] >> 4 == 6;
    byte[] icmp = new byte[8 + Math.min(quoted, packet.length)];
    System.arraycopy(packet, 0, icmp, 8, icmp.length - 8);
    if (six) {
      icmp[0] = 2;
      BigEndian.putInt(icmp, 4, mtu);
      BigEndian.putShort(
          icmp,
          2,
          TransportChecksum.of(ROUTER6, Ipv6Packets.HERE, IpProtocol.ICMPV6, icmp, 0, icmp.length));
      return Ipv6Packets.packet(ROUTER6, Ipv6Packets.HERE, IpProtocol.ICMPV6, icmp);
    }
    icmp[0] = 3;
    icmp[1] = 4;
    BigEndian.putShort(icmp, 6, mtu);
    BigEndian.putShort(icmp, 2, InternetChecksum.of(icmp, 0, icmp.length));
    byte[] error = Packets.ipv4(20 + icmp.length, IpProtocol.ICMP, ROUTER, Packets.HERE, 0);
    System.arraycopy(icmp, 0, error, 20, icmp.length);
    return error;
  }

  private static IcmpQuote quote(byte[] error) {
    IcmpQuote quote = IcmpQuote.of(error, 0, error.length);
    assertNotNull(quote);
    return quote;
  }

  @Test
  void anErrorThatQuotesOurPacketLowersIt() {
    for (boolean six : new boolean[] {false, true}) {
      for (boolean udp : new boolean[] {false, true}) {
        SaParameters parameters = tunnel(six, udp);
        OutboundSa out = Packets.outbound(parameters, 1);
        assertEquals(OutboundSa.UNKNOWN_PATH_MTU, out.pathMtu(0));
        assertEquals(parameters.maxInner(1500), out.maxInner(1500, 0));
        byte[] sealed = Packets.seal(out, Packets.gre(1400));
        int seen = (six ? 40 : 20) + (udp ? 16 : 8);
        IcmpQuote quote = quote(tooBig(sealed, 1300, seen));
        assertEquals(1300, quote.mtu());
        assertEquals(0x1234, quote.spi());
        assertEquals(1, quote.sequence());
        assertEquals(parameters.remote(), quote.destination());
        assertTrue(out.learnPathMtu(quote, 5));
        assertEquals(1300, out.pathMtu(5));
        assertEquals(parameters.maxInner(1300), out.maxInner(1500, 5));
        assertEquals(parameters.maxInner(1290), out.maxInner(1290, 5));
        assertEquals(1, out.counters().get(SaCounters.Extra.PATH_MTU_LOWERED));
        assertNull(IcmpQuote.of(tooBig(sealed, 1300, seen - 1), 0, 28 + (six ? 20 : 0) + seen - 1));
      }
    }
  }

  @Test
  void whatWeHaveNotSentIsNotBelieved() {
    SaParameters parameters = tunnel(false, true);
    OutboundSa out = Packets.outbound(parameters, 1);
    byte[] sealed = Packets.seal(out, Packets.gre(1400));
    for (int position : new int[] {12, 16, 20, 22, 28, 32}) {
      byte[] forged = sealed.clone();
      forged[position + 1] ^= 1; // addresses, ports, SPI, sequence number
      assertFalse(out.learnPathMtu(quote(tooBig(forged, 600, 100)), 0), "byte " + position);
    }
    byte[] next = sealed.clone();
    BigEndian.putInt(next, 32, 2);
    assertFalse(out.hasSent(quote(tooBig(next, 600, 100))));
    BigEndian.putInt(next, 32, 0);
    assertFalse(out.hasSent(quote(tooBig(next, 600, 100))));
    assertTrue(out.hasSent(quote(tooBig(sealed, 600, 100))));
    out.preset(1 + (1L << 20), null, 0);
    assertFalse(out.hasSent(quote(tooBig(sealed, 600, 100))), "long ago");
    assertEquals(OutboundSa.UNKNOWN_PATH_MTU, out.pathMtu(0));
  }

  @Test
  void sequenceNumbersOf64BitsAreComparedByTheirLowHalf() {
    OutboundSa out = Packets.outbound(tunnel(false, false).withExtendedSequenceNumbers(true), 1);
    out.preset(0x1_ffff_fffeL, null, 0);
    byte[] before = Packets.seal(out, Packets.gre(1400));
    Packets.seal(out, Packets.gre(1400));
    assertTrue(out.hasSent(quote(tooBig(before, 600, 100))));
  }

  @Test
  void otherMessagesAreNone() {
    byte[] sealed = Packets.seal(Packets.outbound(tunnel(false, false), 1), Packets.gre(100));
    byte[] error = tooBig(sealed, 600, 100);
    byte[] wrongChecksum = error.clone();
    wrongChecksum[40]++;
    assertNull(IcmpQuote.of(wrongChecksum, 0, wrongChecksum.length));
    assertNull(IcmpQuote.of(sealed, 0, sealed.length));
    assertNull(IcmpQuote.of(error, 0, error.length - 1));
    byte[] tcp = tooBig(Packets.ipv4(60, IpProtocol.TCP), 600, 60);
    assertNull(IcmpQuote.of(tcp, 0, tcp.length));
    byte[] later = tooBig(Packets.ipv4(60, 50, Packets.HERE, Packets.THERE, 4), 600, 60);
    assertNull(IcmpQuote.of(later, 0, later.length));
    byte[] shortHeader = sealed.clone();
    shortHeader[0] = 0x42;
    byte[] quoting = tooBig(shortHeader, 600, 60);
    assertNull(IcmpQuote.of(quoting, 0, quoting.length));
  }

  /** RFC 1191 section 5: a router that names no MTU has one below the packet's length. */
  @Test
  void aRouterThatNamesNoMtuHasTheNextUsualOne() {
    byte[] sealed = Packets.seal(Packets.outbound(tunnel(false, false), 1), Packets.gre(1400));
    assertEquals(1006, quote(tooBig(sealed, 0, 28)).mtu());
  }

  @Test
  void quotesAreReadBehindExtensionHeaders() {
    SaParameters transport = tunnel(true, false).withMode(EspMode.TRANSPORT);
    byte[] packet =
        Ipv6Packets.packet(
            Ipv6Packets.HERE,
            Ipv6Packets.THERE,
            IpProtocol.HOP_BY_HOP,
            Ipv6Packets.extension(IpProtocol.UDP),
            new byte[1400]);
    OutboundSa out = Packets.outbound(transport, 1);
    byte[] sealed = Packets.seal(out, packet);
    assertTrue(out.hasSent(quote(tooBig(sealed, 1300, 56))));
    byte[] cut = tooBig(sealed, 1300, 47);
    assertNull(IcmpQuote.of(cut, 0, cut.length));
  }

  @Test
  void theSenderIsFoundAmongTheSasOfADatabase() {
    SecurityAssociationDatabase database = new SecurityAssociationDatabase(3);
    SecurityPolicy policy = new SecurityPolicy("all", TrafficSelector.ANY, PolicyAction.PROTECT);
    OutboundSa other = Packets.outbound(tunnel(false, false).withSpi(0x99), 1);
    OutboundSa sender = Packets.outbound(tunnel(false, false), 1);
    database.install(policy, other);
    database.install(policy, sender);
    byte[] sealed = Packets.seal(sender, Packets.gre(1400));
    assertSame(sender, database.sender(quote(tooBig(sealed, 1300, 28))));
    BigEndian.putInt(sealed, 20, 0x98);
    assertNull(database.sender(quote(tooBig(sealed, 1300, 28))));
  }

  @Test
  void boundsAndAgeing() {
    OutboundSa four = Packets.outbound(tunnel(false, false), 1);
    assertTrue(four.learnPathMtu(1400, 0));
    assertFalse(four.learnPathMtu(1400, 0));
    assertFalse(four.learnPathMtu(1450, 0));
    assertTrue(four.learnPathMtu(100, MINUTE));
    assertEquals(576, four.pathMtu(MINUTE));
    assertFalse(four.learnPathMtu(80, 2 * MINUTE));
    assertEquals(576, four.pathMtu(11 * MINUTE - 1));
    assertEquals(OutboundSa.UNKNOWN_PATH_MTU, four.pathMtu(11 * MINUTE));
    four.forgetPathMtuAfter(Duration.ofMinutes(1));
    assertTrue(four.learnPathMtu(1000, 12 * MINUTE));
    assertEquals(OutboundSa.UNKNOWN_PATH_MTU, four.pathMtu(13 * MINUTE));
    assertThrows(IllegalArgumentException.class, () -> four.forgetPathMtuAfter(Duration.ZERO));
    OutboundSa six = Packets.outbound(tunnel(true, false), 1);
    assertFalse(six.learnPathMtu(1279, 0));
    assertTrue(six.learnPathMtu(1280, 0));
    assertEquals(1280, six.pathMtu(0));
  }

  @Test
  void anotherPathIsUnknownAgain() {
    OutboundSa out = Packets.outbound(tunnel(false, true), 1);
    assertTrue(out.learnPathMtu(1000, 0));
    out.redirect(4501);
    out.redirect(Packets.THERE, 4502);
    assertEquals(1000, out.pathMtu(0));
    out.redirect(Ipv4Address.of(200, 1, 1, 2), 4502);
    assertEquals(OutboundSa.UNKNOWN_PATH_MTU, out.pathMtu(0));
  }

  @Property(tries = 2000)
  void anythingCanBeRead(
      @ForAll boolean six,
      @ForAll @Size(max = 120) byte[] bytes,
      @ForAll @IntRange(max = 200) int length,
      @ForAll @IntRange(max = 199) int position,
      @ForAll byte value) {
    IcmpQuote.of(bytes, 0, bytes.length);
    byte[] sealed = Packets.seal(Packets.outbound(tunnel(six, false), 1), Packets.gre(100));
    // Changed before the checksum is made, so that the reading goes on behind it.
    sealed[position % sealed.length] = value;
    byte[] error = tooBig(sealed, 1300, length);
    IcmpQuote.of(error, 0, error.length);
    IcmpQuote.of(Arrays.copyOf(error, length), 0, length);
  }

  /** IPv4 options are not encrypted: rounding to blocks starts behind them. */
  @Test
  void theLongestPacketWithOptionsFitsToTheByte() {
    SaParameters parameters =
        SaParameters.of(
            300,
            EspMode.TRANSPORT,
            new EspSuite(EspEncryption.AES_CBC_128, EspIntegrity.HMAC_SHA2_256_128),
            Packets.HERE,
            Packets.THERE);
    OutboundSa out = Packets.outbound(parameters, 1);
    for (int options = 0; options <= 40; options += 4) {
      byte[] header = withOptions(100, options);
      for (int mtu = 600; mtu < 640; mtu++) {
        int longest = out.maxInner(header, 0, mtu, 0);
        assertTrue(Packets.seal(out, withOptions(longest, options)).length <= mtu);
        assertTrue(Packets.seal(out, withOptions(longest + 1, options)).length > mtu);
      }
      assertEquals(0, out.maxInner(header, 0, 20 + options, 0));
    }
    assertEquals(out.maxInner(1400, 0), out.maxInner(withOptions(60, 0), 0, 1400, 0));
  }

  private static byte[] withOptions(int length, int options) {
    byte[] packet = Packets.gre(length);
    packet[0] = (byte) (0x45 + options / 4);
    Arrays.fill(packet, 20, 20 + options, (byte) 1);
    Ipv4Fields.updateChecksum(packet, 0);
    return packet;
  }

  @Test
  void theLongestPacketWithExtensionHeadersFitsToTheByte() {
    SaParameters parameters =
        SaParameters.of(
            300,
            EspMode.TRANSPORT,
            new EspSuite(EspEncryption.AES_CBC_128, EspIntegrity.HMAC_SHA2_256_128),
            Ipv6Packets.HERE,
            Ipv6Packets.THERE);
    OutboundSa out = Packets.outbound(parameters, 1);
    for (int mtu = 1300; mtu < 1340; mtu++) {
      int longest = out.maxInner(withHopByHop(100), 0, mtu, 0);
      assertTrue(Packets.seal(out, withHopByHop(longest)).length <= mtu);
      assertTrue(Packets.seal(out, withHopByHop(longest + 1)).length > mtu);
    }
  }

  private static byte[] withHopByHop(int length) {
    byte[] body = new byte[length - 40];
    body[0] = (byte) IpProtocol.GRE;
    body[2] = 1; // PadN
    body[3] = 4;
    return Ipv6Packets.packet(Ipv6Packets.HERE, Ipv6Packets.THERE, IpProtocol.HOP_BY_HOP, body);
  }
}
