package dev.zuido.tun.offload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;
import dev.zuido.wire.TransportChecksum;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class TcpSegmenterTest {
  private static final int ALL_FLAGS = 0xff;
  private static final int FIN = 0x01;
  private static final int PSH = 0x08;
  private static final int CWR = 0x80;

  private final TcpSegmenter segmenter = new TcpSegmenter();
  private final PacketBatch out = new PacketBatch(64, 2000, 0, 0);

  private static PacketBatch batchOf(byte[] packet, int gsoSize, ChecksumState state) {
    var batch = PacketBatch.ofOne(0xffff);
    batch.add(packet, 0, packet.length);
    batch.setGsoSize(0, gsoSize);
    batch.setChecksumState(0, state);
    return batch;
  }

  private int split(byte[] packet, int gsoSize, ChecksumState state) {
    assertTrue(segmenter.load(batchOf(packet, gsoSize, state), 0));
    while (segmenter.hasNext()) {
      int length = segmenter.segmentBytes();
      assertEquals(length, out.length(segmenter.next(out)));
    }
    return out.size();
  }

  private static int checksum4(byte[] packet) {
    return TransportChecksum.ofIpv4(
        BigEndian.getInt(packet, 12),
        BigEndian.getInt(packet, 16),
        IpProtocol.TCP,
        packet,
        20,
        packet.length - 20);
  }

  private static int checksum6(byte[] packet, int protocol) {
    return TransportChecksum.of(
        Ipv6Address.ofBytes(Arrays.copyOfRange(packet, 8, 24)),
        Ipv6Address.ofBytes(Arrays.copyOfRange(packet, 24, 40)),
        protocol,
        packet,
        40,
        packet.length - 40);
  }

  @Test
  void eachSegmentHasHeadersOfItsOwn() {
    byte[] whole = Packets.tcp4(3500, 0xfffffff0, ALL_FLAGS);
    assertEquals(3, split(whole, 1400, ChecksumState.PARTIAL));
    byte[] payload = new byte[0];
    int[] identifications = {0xfffe, 0xffff, 0};
    int[] flags = {0xff & ~FIN & ~PSH, 0xff & ~FIN & ~PSH & ~CWR, 0xff & ~CWR};
    for (int i = 0; i < 3; i++) {
      byte[] segment = out.copy(i);
      int expected = 52 + (i < 2 ? 1400 : 700);
      assertEquals(expected, segment.length);
      assertEquals(expected, BigEndian.getUnsignedShort(segment, 2));
      assertEquals(identifications[i], BigEndian.getUnsignedShort(segment, 4));
      assertEquals(0, InternetChecksum.of(segment, 0, 20));
      assertEquals(0xfffffff0 + i * 1400, BigEndian.getInt(segment, 24));
      assertEquals(flags[i], segment[33] & 0xff);
      assertEquals(0, checksum4(segment));
      assertArrayEquals(
          Arrays.copyOfRange(whole, 40, 52), Arrays.copyOfRange(segment, 40, 52), "options");
      assertEquals(ChecksumState.VERIFIED, out.checksumState(i));
      assertEquals(0, out.gsoSize(i));
      int at = payload.length;
      payload = Arrays.copyOf(payload, at + segment.length - 52);
      System.arraycopy(segment, 52, payload, at, segment.length - 52);
    }
    assertArrayEquals(Arrays.copyOfRange(whole, 52, whole.length), payload);
  }

  @Test
  void ipv6HasNoIdentificationButAPayloadLength() {
    assertEquals(3, split(Packets.tcp6(3000, 7, FIN), 1400, ChecksumState.PARTIAL));
    for (int i = 0; i < 3; i++) {
      byte[] segment = out.copy(i);
      assertEquals(segment.length - 40, BigEndian.getUnsignedShort(segment, 4));
      assertEquals(7 + i * 1400, BigEndian.getInt(segment, 44));
      assertEquals(i < 2 ? 0 : FIN, segment[53]);
      assertEquals(0, checksum6(segment, IpProtocol.TCP));
    }
  }

  @Test
  void aSuperPacketOfOneSegmentKeepsAllItsFlags() {
    assertEquals(1, split(Packets.tcp4(100, 1, ALL_FLAGS), 1400, ChecksumState.PARTIAL));
    assertEquals(ALL_FLAGS, out.copy(0)[33] & 0xff);
    assertEquals(0, checksum4(out.copy(0)));
  }

  @Test
  void aPlainPacketIsFinishedOrPassesAsItIs() {
    byte[] unfinished = Packets.udp6(33);
    assertEquals(1, split(unfinished, 0, ChecksumState.PARTIAL));
    assertEquals(0, checksum6(out.copy(0), IpProtocol.UDP));
    assertEquals(ChecksumState.VERIFIED, out.checksumState(0));
    byte[] other = {1, 2, 3};
    assertEquals(2, split(other, 0, ChecksumState.UNKNOWN));
    assertArrayEquals(other, out.copy(1));
    assertEquals(ChecksumState.UNKNOWN, out.checksumState(1));
  }

  @Test
  void aChecksumOfZeroIsSentAsItsOtherForm() {
    byte[] packet = Packets.udp6(2);
    var finished = packet.clone();
    PartialChecksum.complete(finished, 40, 50, 46);
    int checksum = BigEndian.getUnsignedShort(finished, 46);
    int payload = BigEndian.getUnsignedShort(packet, 48);
    // What is left of the sum to all ones goes into the payload.
    BigEndian.putShort(packet, 48, ~InternetChecksum.finish((long) checksum + payload));
    PartialChecksum.complete(packet, 40, 50, 46);
    assertEquals(0xffff, BigEndian.getUnsignedShort(packet, 46));
    assertThrows(
        IllegalArgumentException.class, () -> PartialChecksum.complete(packet, 40, 50, 49));
  }

  @Test
  void segmentsKnowWhatTheBatchKnewOfTheWhole() {
    PacketBatch from = batchOf(Packets.tcp4(3000, 1, 0), 1400, ChecksumState.PARTIAL);
    from.setEcn(0, 2);
    from.setIngress(0, 5);
    from.setArrivalNanos(0, 77);
    from.setNextHop(0, 0x0a000001);
    assertTrue(segmenter.load(from, 0));
    while (segmenter.hasNext()) {
      int i = segmenter.next(out);
      assertEquals(2, out.ecn(i));
      assertEquals(5, out.ingress(i));
      assertEquals(77, out.arrivalNanos(i));
      assertEquals(0x0a000001, out.nextHop(i));
    }
  }

  @Test
  void whatDoesNotFitCanBeTakenLater() {
    var small = new PacketBatch(1, 1000, 0, 0);
    var one = new PacketBatch(1, 2000, 0, 0);
    PacketBatch from = batchOf(Packets.tcp4(3000, 1, 0), 1400, ChecksumState.PARTIAL);
    assertTrue(segmenter.load(from, 0));
    assertThrows(IllegalArgumentException.class, () -> segmenter.next(small));
    segmenter.next(one);
    assertThrows(IllegalStateException.class, () -> segmenter.next(one));
    one.clear();
    segmenter.next(one);
    assertEquals(1401, BigEndian.getInt(one.copy(0), 24));
    segmenter.clear();
    assertFalse(segmenter.hasNext());
    assertEquals(0, segmenter.segmentBytes());
    assertThrows(IllegalStateException.class, () -> segmenter.next(out));
  }

  private boolean takes(byte[] packet, int gsoSize, ChecksumState state) {
    boolean usable = segmenter.load(batchOf(packet, gsoSize, state), 0);
    assertEquals(usable, segmenter.hasNext());
    return usable;
  }

  @Test
  void whatCannotBeSplitIsRefused() {
    byte[] good = Packets.tcp4(3000, 1, 0);
    assertTrue(takes(good, 1400, ChecksumState.PARTIAL));
    assertTrue(takes(good, 1400, ChecksumState.VERIFIED));
    assertFalse(takes(good, 1400, ChecksumState.UNKNOWN), "a wrong checksum would become right");
    assertFalse(takes(Packets.udp6(3000), 1400, ChecksumState.PARTIAL), "no TCP");
    assertFalse(takes(Packets.tcp4(0, 1, 0), 1400, ChecksumState.PARTIAL), "no payload");
    assertFalse(takes(good, -1, ChecksumState.PARTIAL), "no size");
    assertFalse(takes(with(good, 9, IpProtocol.GRE), 0, ChecksumState.PARTIAL), "no transport");
    assertFalse(takes(with(good, 6, 0x20), 1400, ChecksumState.PARTIAL), "a fragment");
    assertFalse(takes(with(good, 0, 0x44), 1400, ChecksumState.PARTIAL), "a short IP header");
    assertFalse(takes(with(good, 0, 0x55), 1400, ChecksumState.PARTIAL), "another version");
    assertFalse(takes(with(good, 3, good[3] - 1), 1400, ChecksumState.PARTIAL), "padding");
    assertFalse(takes(with(good, 32, 0x40), 1400, ChecksumState.PARTIAL), "a short TCP header");
    assertFalse(takes(new byte[0], 1400, ChecksumState.PARTIAL), "nothing");
    assertFalse(
        takes(Arrays.copyOf(good, 30), 1400, ChecksumState.PARTIAL), "less than the headers");
  }

  private static byte[] with(byte[] packet, int index, int value) {
    byte[] other = packet.clone();
    other[index] = (byte) value;
    return other;
  }

  @Test
  void extensionHeadersAreRepeatedButARoutingHeaderIsNot() {
    byte[] plain = Packets.tcp6(3000, 1, 0);
    byte[] packet = new byte[plain.length + 8];
    System.arraycopy(plain, 0, packet, 0, 40);
    System.arraycopy(plain, 40, packet, 48, plain.length - 40);
    BigEndian.putShort(packet, 4, packet.length - 40);
    packet[6] = 60;
    packet[40] = IpProtocol.TCP;
    assertEquals(3, split(packet, 1400, ChecksumState.PARTIAL));
    byte[] last = out.copy(2);
    assertArrayEquals(Arrays.copyOfRange(packet, 40, 48), Arrays.copyOfRange(last, 40, 48));
    assertEquals(2801, BigEndian.getInt(last, 52));
    assertEquals(last.length - 40, BigEndian.getUnsignedShort(last, 4));
    packet[6] = IpProtocol.IPV6_ROUTE;
    assertFalse(takes(packet, 1400, ChecksumState.PARTIAL));
    assertTrue(takes(packet, 0, ChecksumState.PARTIAL), "its sum is in the field already");
    byte[] small = Packets.tcp6(100, 1, 0);
    small[6] = 60;
    small[41] = (byte) 0xff;
    assertFalse(takes(small, 0, ChecksumState.PARTIAL), "an extension beyond the packet");
  }
}
