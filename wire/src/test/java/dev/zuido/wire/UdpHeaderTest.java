package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

final class UdpHeaderTest {
  /** Built by scapy 2.5.0: 198.51.100.237 to 203.0.113.88, with 3 bytes of data. */
  private static final String DATAGRAM = "50d50983000b8bf6fb0eb7";

  private static final Ipv4Address SOURCE = Ipv4Address.parse("198.51.100.237");
  private static final Ipv4Address DESTINATION = Ipv4Address.parse("203.0.113.88");

  @Test
  void aDatagramDecodesAndEncodesToTheSameBytes() throws MalformedPacketException {
    ByteBuf in = Codecs.hex(DATAGRAM);
    UdpHeader header = UdpHeader.decode(in);
    assertEquals(new UdpHeader(20_693, 2435, 11, 0x8bf6), header);
    assertEquals(3, header.payloadLength());
    assertEquals(8, in.readerIndex());
    assertTrue(header.verify(SOURCE, DESTINATION, in, 0));
    assertFalse(header.verify(SOURCE, SOURCE, in, 0));
    assertEquals(DATAGRAM.substring(0, 16), Codecs.encode(header::encode));
  }

  @Test
  void malformedHeadersHaveTheirReason() {
    Codecs.assertMalformed(MalformedReason.TRUNCATED, 0, "50d50983000b8b", UdpHeader::decode);
    Codecs.assertMalformed(MalformedReason.BAD_LENGTH, 4, "50d5098300078bf6", UdpHeader::decode);
    Codecs.assertMalformed(
        MalformedReason.TRUNCATED, 10, DATAGRAM.substring(0, 20), UdpHeader::decode);
    Codecs.assertTruncationsAreMalformed(ByteBufUtil.decodeHexDump(DATAGRAM), UdpHeader::decode);
  }

  @Test
  void anAbsentChecksumIsRightOverIpv4Only() throws MalformedPacketException {
    ByteBuf in = Codecs.hex("50d5098300080000");
    UdpHeader header = UdpHeader.decode(in);
    assertTrue(header.verify(SOURCE, DESTINATION, in, 0));
    assertFalse(header.verify(Ipv6Address.parse("::1"), Ipv6Address.parse("::2"), in, 0));
  }

  @Test
  void fieldsWriteWhatTheRecordReads() throws MalformedPacketException {
    byte[] bytes = new byte[14];
    UdpFields.write(bytes, 2, 500, 4500, 12);
    bytes[10] = 77;
    UdpFields.updateChecksum(bytes, 2, SOURCE.value(), DESTINATION.value());
    assertTrue(UdpFields.isWellFormed(bytes, 2, 12));
    assertFalse(UdpFields.isWellFormed(bytes, 2, 11));
    assertTrue(UdpFields.verify(bytes, 2, SOURCE.value(), DESTINATION.value()));
    ByteBuf in = Codecs.hex(ByteBufUtil.hexDump(bytes, 2, 12));
    UdpHeader header = UdpHeader.decode(in);
    assertEquals(500, header.sourcePort());
    assertEquals(4500, header.destinationPort());
    assertTrue(header.verify(SOURCE, DESTINATION, in, 0));
    bytes[10] = 78;
    assertFalse(UdpFields.verify(bytes, 2, SOURCE.value(), DESTINATION.value()));
  }

  @Test
  void aChecksumOfZeroIsSentAsOnes() {
    assertEquals(0xffff, TransportChecksum.udpValue(0));
    assertEquals(1, TransportChecksum.udpValue(1));
  }

  @Test
  void addressesOfDifferentFamiliesAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> TransportChecksum.of(SOURCE, Ipv6Address.parse("::1"), 17, new byte[8], 0, 8));
  }
}
