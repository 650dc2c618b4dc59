package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

final class Ipv6HeaderTest {
  /** Written by hand from RFC 8200 section 3. */
  private static final String HEADER =
      "6b81234500083a40" + "20010db8000000000000000000000001" + "20010db8000000000000000000000002";

  @Test
  void theHeaderDecodesAndEncodesToTheSameBytes() throws MalformedPacketException {
    ByteBuf in = Codecs.hex(HEADER + "0000000000000000");
    Ipv6Header header = Ipv6Header.decode(in);
    assertEquals(
        new Ipv6Header(
            0xb8,
            0x12345,
            8,
            58,
            64,
            Ipv6Address.parse("2001:db8::1"),
            Ipv6Address.parse("2001:db8::2")),
        header);
    assertEquals(40, in.readerIndex());
    assertEquals(HEADER, Codecs.encode(header::encode));
  }

  @Test
  void malformedHeadersHaveTheirReason() throws MalformedPacketException {
    Codecs.assertMalformed(
        MalformedReason.TRUNCATED, 47, HEADER + "00".repeat(7), Ipv6Header::decode);
    Codecs.assertMalformed(
        MalformedReason.BAD_VERSION, 0, "4" + HEADER.substring(1), Ipv6Header::decode);
    Codecs.assertTruncationsAreMalformed(
        ByteBufUtil.decodeHexDump(HEADER + "00".repeat(8)), Ipv6Header::decode);
    assertEquals(8, Ipv6Header.decodeQuoted(Codecs.hex(HEADER)).payloadLength());
  }

  @Test
  void theFragmentHeaderDecodesAndEncodesToTheSameBytes() throws MalformedPacketException {
    Ipv6FragmentHeader header = Ipv6FragmentHeader.decode(Codecs.hex("1100000901020304"));
    assertEquals(new Ipv6FragmentHeader(17, 8, true, 0x01020304), header);
    assertEquals("1100000901020304", Codecs.encode(header::encode));
  }

  @Test
  void theWalkEndsAtTheUpperLayer() throws MalformedPacketException {
    // hop-by-hop, routing of 16 bytes, fragment, destination options, then UDP
    ByteBuf in =
        Codecs.hex(
            "2b00010400000000"
                + "2c01000000000000"
                + "0000000000000000"
                + "3c00000100000007"
                + "1100010400000000"
                + "abcd");
    Ipv6ExtensionHeaders found = Ipv6ExtensionHeaders.walk(in, IpProtocol.HOP_BY_HOP);
    assertEquals(IpProtocol.UDP, found.protocol());
    assertEquals(40, found.length());
    assertEquals(24, found.fragmentHeaderOffset());
    assertEquals(new Ipv6FragmentHeader(60, 0, true, 7), assertNotNullAnd(found.fragment()));
    assertEquals(0xabcd, in.readUnsignedShort());
  }

  private static <T> T assertNotNullAnd(T value) {
    assertNotNull(value);
    return value;
  }

  @Test
  void theWalkOfALaterFragmentEndsBehindTheFragmentHeader() throws MalformedPacketException {
    ByteBuf in = Codecs.hex("0000000800000007" + "ffffffffffffffff");
    Ipv6ExtensionHeaders found = Ipv6ExtensionHeaders.walk(in, IpProtocol.IPV6_FRAGMENT);
    assertEquals(8, in.readerIndex());
    assertEquals(0, found.protocol());
  }

  @Test
  void aPacketWithoutExtensionsIsAtItsUpperLayerAtOnce() throws MalformedPacketException {
    Ipv6ExtensionHeaders found = Ipv6ExtensionHeaders.walk(Codecs.hex(""), IpProtocol.ESP);
    assertEquals(0, found.length());
    assertNull(found.fragment());
  }

  @Test
  void theWalkIsBounded() {
    String nine = "3c00000000000000".repeat(9);
    Codecs.assertMalformed(
        MalformedReason.LIMIT_EXCEEDED, 64, nine, in -> Ipv6ExtensionHeaders.walk(in, 60));
    Codecs.assertMalformed(
        MalformedReason.TRUNCATED, 0, "3c01000000000000", in -> Ipv6ExtensionHeaders.walk(in, 60));
    Codecs.assertMalformed(
        MalformedReason.BAD_VALUE,
        8,
        "0000000000000000" + "1100000000000000",
        in -> Ipv6ExtensionHeaders.walk(in, 60));
    Codecs.assertMalformed(
        MalformedReason.BAD_VALUE,
        8,
        "2c00000000000000" + "1100000000000000",
        in -> Ipv6ExtensionHeaders.walk(in, 44));
  }
}
