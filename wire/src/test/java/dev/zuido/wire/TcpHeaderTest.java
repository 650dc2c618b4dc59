package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TcpHeaderTest {
  /** A SYN of Linux 6.1 from 10.1.1.1 to 10.1.2.1. */
  private static final String SYN =
      "e15c00074403992a00000000a002faf071740000020405340402080a0129055a000000000103030a";

  private static final Ipv4Address SOURCE = Ipv4Address.of(10, 1, 1, 1);
  private static final Ipv4Address DESTINATION = Ipv4Address.of(10, 1, 2, 1);

  private static String withOptions(String area) {
    int words = 5 + area.length() / 8;
    return "e15c00074403992a00000000" + Integer.toHexString(words) + "002faf000000000" + area;
  }

  @Test
  void aRecordedSynDecodesAndEncodesToTheSameBytes() throws MalformedPacketException {
    TcpHeader header = TcpHeader.decode(Codecs.hex(SYN));
    assertEquals(
        new TcpHeader(
            57_692,
            7,
            0x4403992a,
            0,
            TcpHeader.SYN,
            64_240,
            0x7174,
            0,
            List.of(
                new TcpOption.MaximumSegmentSize(1332),
                new TcpOption.SackPermitted(),
                new TcpOption.Timestamps(0x0129055a, 0),
                new TcpOption.NoOperation(),
                new TcpOption.WindowScale(10))),
        header);
    assertTrue(header.has(TcpHeader.SYN));
    assertFalse(header.has(TcpHeader.SYN | TcpHeader.ACK));
    assertEquals(SYN, Codecs.encode(header::encode));
  }

  @Test
  void theChecksumCoversTheAddresses() {
    ByteBuf segment = Codecs.hex(SYN);
    assertTrue(TcpHeader.verify(SOURCE, DESTINATION, segment, 0, 40));
    assertFalse(TcpHeader.verify(SOURCE, SOURCE, segment, 0, 40));
    segment.setByte(39, 11);
    assertFalse(TcpHeader.verify(SOURCE, DESTINATION, segment, 0, 40));
  }

  @Test
  void oddOptionsAreKept() throws MalformedPacketException {
    String odd = withOptions("050a00000001000000020101");
    for (String message :
        List.of(
            odd,
            withOptions("fd040102" + "00ffaa55"),
            withOptions("01010100"),
            withOptions("01".repeat(40)),
            withOptions("0502" + "0101"))) {
      TcpHeader header = TcpHeader.decode(Codecs.hex(message));
      assertEquals(message, Codecs.encode(header::encode));
    }
  }

  @Test
  void wrongOptionLengthsAreMalformed() {
    for (String area :
        List.of(
            "02030101",
            "03040101",
            "04030001",
            "05030101",
            "08040101",
            "fe010101",
            "fe050101",
            "010101fe",
            "fe000101")) {
      int position = area.startsWith("010101") ? 24 : 21;
      Codecs.assertMalformed(
          MalformedReason.BAD_LENGTH, position, withOptions(area), TcpHeader::decode);
    }
  }

  @Test
  void aDataOffsetBelowFiveIsMalformed() {
    Codecs.assertMalformed(
        MalformedReason.BAD_LENGTH, 12, SYN.replace("a002faf0", "4002faf0"), TcpHeader::decode);
  }

  @Test
  void everyTruncationIsMalformed() {
    byte[] message = ByteBufUtil.decodeHexDump(SYN);
    Codecs.assertTruncationsAreMalformed(message, TcpHeader::decode);
  }

  @Test
  void paddedFillsUpWithTheEndOfTheList() {
    assertEquals(
        List.of(new TcpOption.WindowScale(7), new TcpOption.EndOfOptions(ByteString.EMPTY)),
        TcpOption.padded(List.of(new TcpOption.WindowScale(7))));
    assertEquals(
        List.of(new TcpOption.MaximumSegmentSize(1460)),
        TcpOption.padded(List.of(new TcpOption.MaximumSegmentSize(1460))));
  }

  @Test
  void whatCannotBeEncodedIsRefused() {
    List<TcpOption> odd = List.of(new TcpOption.WindowScale(7));
    assertThrows(IllegalArgumentException.class, () -> new TcpHeader(1, 2, 0, 0, 0, 0, 0, 0, odd));
    List<TcpOption> afterEnd =
        List.of(new TcpOption.EndOfOptions(ByteString.ofHex("0000")), new TcpOption.NoOperation());
    assertThrows(
        IllegalArgumentException.class, () -> new TcpHeader(1, 2, 0, 0, 0, 0, 0, 0, afterEnd));
    assertThrows(
        IllegalArgumentException.class, () -> new TcpOption.Unknown(2, ByteString.ofHex("0534")));
  }

  @Test
  void fieldsFindAndReplaceTheSegmentSize() {
    byte[] bytes = ByteBufUtil.decodeHexDump("ffff" + SYN);
    assertTrue(TcpFields.isWellFormed(bytes, 2, 40));
    assertFalse(TcpFields.isWellFormed(bytes, 2, 39));
    int index = TcpFields.maximumSegmentSizeIndex(bytes, 2);
    assertEquals(24, index);
    TcpFields.replaceShort(bytes, 2, index, 1300);
    assertEquals(1300, BigEndian.getUnsignedShort(bytes, index));
    assertEquals(
        0,
        TransportChecksum.ofIpv4(
            SOURCE.value(), DESTINATION.value(), IpProtocol.TCP, bytes, 2, 40));
  }

  @Test
  void fieldsReplaceTheSegmentSizeAtAnOddPlace() {
    byte[] bytes = ByteBufUtil.decodeHexDump(withOptions("01020405b4000000"));
    TcpFields.updateChecksum(bytes, 0, bytes.length, SOURCE.value(), DESTINATION.value());
    int index = TcpFields.maximumSegmentSizeIndex(bytes, 0);
    assertEquals(23, index);
    TcpFields.replaceShort(bytes, 0, index, 1332);
    assertEquals(
        0,
        TransportChecksum.ofIpv4(
            SOURCE.value(), DESTINATION.value(), IpProtocol.TCP, bytes, 0, bytes.length));
  }

  @Test
  void fieldsFindNoSegmentSizeWhereThereIsNone() {
    for (String area : List.of("", "00020405", "fd000204", "0203050000000000", "01010102")) {
      byte[] bytes = ByteBufUtil.decodeHexDump(withOptions(area));
      assertEquals(-1, TcpFields.maximumSegmentSizeIndex(bytes, 0), area);
    }
  }
}
