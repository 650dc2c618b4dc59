package dev.zuido.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapngWriterTest {
  private static final ByteString PACKET =
      ByteString.of(
          Ipv4Packets.udp(
              Ipv4Address.parse("10.0.0.1"),
              1,
              Ipv4Address.parse("10.0.0.2"),
              2,
              new byte[] {1, 2, 3}));

  @Test
  void whatWasWrittenIsReadBack() throws IOException {
    byte[] file = twoPackets();
    assertEquals(
        List.of(
            new CapturedPacket(1, "wan", 101, PACKET, 31, ""),
            new CapturedPacket(5_000_000_000_123L, "lan", 101, PACKET, 31, "lost \u2013 why")),
        PcapReader.read(file));
    assertEquals(PACKET, PcapReader.read(file).get(0).ipPacket());
  }

  @Test
  void theFirstBlocksAreThoseOfTheFormat() throws IOException {
    // draft-ietf-opsawg-pcapng: section header block with the option shb_userappl, then an
    // interface description block with if_name and if_tsresol.
    assertEquals(
        "0a0d0d0a0000002c1a2b3c4d00010000ffffffffffffffff"
            + "000400055a7569646f000000"
            + "000000000000002c"
            + "000000010000002800650000000000000002000377616e00"
            + "00090001"
            + "090000000000000000000028",
        ByteString.of(Arrays.copyOf(twoPackets(), 44 + 40)).toString());
  }

  @Test
  void everyTruncationAndEveryFlipIsReadOrRefused() throws IOException {
    byte[] file = twoPackets();
    for (int length = 0; length < file.length; length++) {
      readOrRefuse(Arrays.copyOf(file, length));
    }
    for (int bit = 0; bit < file.length * 8; bit++) {
      byte[] flipped = file.clone();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      readOrRefuse(flipped);
    }
    assertThrows(IOException.class, () -> PcapReader.read(new byte[40]));
    assertThrows(IOException.class, () -> PcapReader.read(Arrays.copyOf(file, file.length - 4)));
  }

  private static void readOrRefuse(byte[] file) {
    try {
      PcapReader.read(file);
    } catch (IOException refused) {
      assertTrue(refused.getMessage() != null);
    }
  }

  @Test
  void classicCapturesOfBothByteOrdersAndResolutionsAreRead() throws IOException {
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      assertEquals(3_000_007_000L, classic(order, 0xa1b2c3d4).nanos());
      assertEquals(3_000_000_007L, classic(order, 0xa1b23c4d).nanos());
      assertEquals(PACKET, classic(order, 0xa1b2c3d4).ipPacket());
    }
  }

  private static CapturedPacket classic(ByteOrder order, int magic) throws IOException {
    ByteBuffer file = ByteBuffer.allocate(24 + 16 + 14 + 46).order(order);
    file.putInt(magic).putShort((short) 2).putShort((short) 4).putLong(0).putInt(65_535).putInt(1);
    file.putInt(3).putInt(7).putInt(60).putInt(60).position(file.position() + 12);
    file.put((byte) 8).put((byte) 0).put(PACKET.toArray());
    return PcapReader.read(file.array()).get(0);
  }

  @Test
  void aRecordedSessionIsReadWholly() throws IOException {
    List<CapturedPacket> session = PcapReader.readResource(getClass(), "cisco/session.pcap");
    assertEquals(65, session.size());
    assertEquals(65, PcapReader.ipPackets(session).size());
    assertTrue(session.stream().allMatch(CapturedPacket::isWhole));
  }

  @Test
  void theTapWritesEachPacketOnceWithItsFate() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(file)) {
      VirtualNetwork network = new VirtualNetwork(1);
      Link link = network.link("wan", 1500);
      link.addTap(writer.asTap("wan"));
      link.a().send(PACKET.toArray());
      link.impair(Impairments.NONE.withDuplication(1));
      link.b().send(PACKET.toArray());
      link.impair(Impairments.NONE.withLoss(1));
      network.runFor(Duration.ofSeconds(2).toNanos());
      link.a().send(PACKET.toArray());
    }
    List<CapturedPacket> read = PcapReader.read(file.toByteArray());
    assertEquals(
        List.of("", "", "wan:a>b: lost"), read.stream().map(CapturedPacket::comment).toList());
    assertEquals(2_000_000_000L, read.get(2).nanos());
  }

  private static byte[] twoPackets() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (PcapngWriter writer = new PcapngWriter(file)) {
      writer.write("wan", 1, PACKET, "");
      writer.write("lan", 5_000_000_000_123L, PACKET, "lost \u2013 why");
    }
    return file.toByteArray();
  }
}
