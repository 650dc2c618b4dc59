package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.offload.Packets;
import dev.zuido.tun.offload.TcpSegmenter;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;
import dev.zuido.wire.TcpFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What is joined, the segmenter splits again into what it was, byte for byte. */
final class TcpCoalescerPropertyTest {
  private static final int MTU = 1500;
  private static final int PSH_ACK = 0x18;

  private final NativeBuffer native64k = new NativeBuffer(VirtioHeader.BYTES + (1 << 16));
  private final TcpCoalescer coalescer = new TcpCoalescer();
  private final TcpSegmenter segmenter = new TcpSegmenter();

  /** The segments of one write of a host, of the flow with this port. */
  private static List<byte[]> segments(
      boolean ipv6, int port, int payload, int gsoSize, int sequence, int flags) {
    byte[] whole =
        ipv6 ? Packets.tcp6(payload, sequence, flags) : Packets.tcp4(payload, sequence, flags);
    var segmenter = new TcpSegmenter();
    assertTrue(segmenter.load(whole, 0, whole.length, gsoSize, ChecksumState.PARTIAL));
    List<byte[]> segments = new ArrayList<>();
    var one = PacketBatch.ofOne(MTU);
    while (segmenter.hasNext()) {
      one.clear();
      segmenter.next(one);
      byte[] segment = one.copy(0);
      int tcp = ipv6 ? 40 : 20;
      TcpFields.replaceShort(segment, tcp, tcp, port);
      segments.add(segment);
    }
    return segments;
  }

  private static PacketBatch batchOf(List<byte[]> packets) {
    var batch = new PacketBatch(Math.max(1, packets.size()), MTU, 16, 16);
    packets.forEach(packet -> batch.add(packet, 0, packet.length));
    return batch;
  }

  /** The packets that the host would see, if it splits what it gets; in the order of writing. */
  private List<byte[]> throughTheHost(PacketBatch batch) {
    coalescer.plan(batch, MTU);
    List<byte[]> seen = new ArrayList<>();
    var one = PacketBatch.ofOne(MTU);
    for (int i = 0; i < batch.size(); i++) {
      if (!batch.passes(i) || coalescer.isJoined(i)) {
        continue;
      }
      if (coalescer.packets(i) == 1) {
        seen.add(batch.copy(i));
        continue;
      }
      int length = coalescer.write(batch, i, native64k);
      byte[] joined = new byte[length];
      native64k.get(VirtioHeader.BYTES, joined, 0, length);
      assertEquals(VirtioHeader.NEEDS_CHECKSUM, VirtioHeader.flags(native64k));
      int tcp = joined[0] >>> 4 == 4 ? 20 : 40;
      assertEquals(tcp == 20 ? 1 : 4, VirtioHeader.gsoType(native64k));
      assertEquals(tcp, VirtioHeader.checksumStart(native64k));
      assertEquals(16, VirtioHeader.checksumOffset(native64k));
      assertPartial(joined, tcp);
      int gsoSize = VirtioHeader.gsoSize(native64k);
      assertTrue(segmenter.load(joined, 0, length, gsoSize, ChecksumState.PARTIAL));
      int bytes = 0;
      int count = 0;
      while (segmenter.hasNext()) {
        one.clear();
        segmenter.next(one);
        seen.add(one.copy(0));
        bytes += one.length(0);
        count++;
      }
      assertEquals(coalescer.packets(i), count);
      assertEquals(coalescer.bytes(batch, i), bytes);
    }
    return seen;
  }

  /** The field holds the sum of the pseudo-header, the IPv4 header is whole. */
  private static void assertPartial(byte[] joined, int tcp) {
    boolean ipv4 = tcp == 20;
    long sum =
        InternetChecksum.sum(joined, ipv4 ? 12 : 8, ipv4 ? 8 : 32)
            + IpProtocol.TCP
            + joined.length
            - tcp;
    assertEquals(~InternetChecksum.finish(sum) & 0xffff, TcpFields.checksum(joined, tcp));
    if (ipv4) {
      assertEquals(0, InternetChecksum.of(joined, 0, 20));
      assertEquals(joined.length, Ipv4Fields.totalLength(joined, 0));
    } else {
      assertEquals(joined.length - 40, BigEndian.getUnsignedShort(joined, 4));
    }
  }

  private static int flow(byte[] packet) {
    int ip = packet[0] >>> 4 & 0xf;
    return ip << 16 | BigEndian.getUnsignedShort(packet, ip == 4 ? 20 : 40);
  }

  /** In each flow the same packets in the same order. */
  private static void assertSameFlows(List<byte[]> sent, List<byte[]> seen) {
    assertEquals(sent.size(), seen.size());
    for (int flow : sent.stream().mapToInt(TcpCoalescerPropertyTest::flow).distinct().toArray()) {
      byte[][] before = sent.stream().filter(p -> flow(p) == flow).toArray(byte[][]::new);
      byte[][] after = seen.stream().filter(p -> flow(p) == flow).toArray(byte[][]::new);
      assertEquals(before.length, after.length);
      for (int i = 0; i < before.length; i++) {
        assertArrayEquals(before[i], after[i], "packet " + i + " of its flow");
      }
    }
  }

  /** Mixes flows without changing the order in any of them. */
  private static List<byte[]> mixed(List<List<byte[]>> flows, Random random) {
    List<byte[]> all = new ArrayList<>();
    int[] taken = new int[flows.size()];
    int left = flows.stream().mapToInt(List::size).sum();
    while (left > 0) {
      int flow = random.nextInt(flows.size());
      if (taken[flow] < flows.get(flow).size()) {
        all.add(flows.get(flow).get(taken[flow]++));
        left--;
      }
    }
    return all;
  }

  @Property(tries = 300)
  void mixedFlowsAreSplitIntoWhatTheyWere(
      @ForAll @IntRange(min = 1, max = 12) int flows, @ForAll long seed) {
    var random = new Random(seed);
    List<List<byte[]>> byFlow = new ArrayList<>();
    for (int flow = 0; flow < flows; flow++) {
      boolean ipv6 = random.nextBoolean();
      int gsoSize = 1 + random.nextInt(1400);
      int payload = 1 + random.nextInt(Math.min(60_000, gsoSize * 30));
      int flags = random.nextBoolean() ? PSH_ACK : random.nextInt(256);
      byFlow.add(segments(ipv6, 2000 + flow, payload, gsoSize, random.nextInt(), flags));
    }
    List<byte[]> sent = mixed(byFlow, random);
    assertSameFlows(sent, throughTheHost(batchOf(sent)));
  }

  /** Arbitrary changes of bytes, with or without right checksums behind them. */
  @Property(tries = 1000)
  void whatWasChangedStaysChanged(
      @ForAll @IntRange(min = 1, max = 3) int flows,
      @ForAll @IntRange(min = 1, max = 6) int changes,
      @ForAll long seed) {
    var random = new Random(seed);
    List<List<byte[]>> byFlow = new ArrayList<>();
    for (int flow = 0; flow < flows; flow++) {
      boolean ipv6 = flow == 1;
      byFlow.add(segments(ipv6, 2000 + flow, 10_000, 700, random.nextInt(), PSH_ACK));
    }
    List<byte[]> sent = mixed(byFlow, random);
    for (int i = 0; i < changes; i++) {
      byte[] packet = sent.get(random.nextInt(sent.size()));
      int tcp = packet[0] >>> 4 == 4 ? 20 : 40;
      // Lengths, addresses, ports and identification are the subject of other tests.
      int[] places = tcp == 20 ? new int[] {1, 6, 8, 10} : new int[] {1, 2, 7};
      int at =
          random.nextInt(3) == 0
              ? places[random.nextInt(places.length)]
              : tcp + 4 + random.nextInt(random.nextBoolean() ? 28 : 600);
      packet[Math.min(at, packet.length - 1)] ^= (byte) (1 << random.nextInt(8));
      if (random.nextBoolean()) {
        repair(packet, tcp);
      }
    }
    var batch = batchOf(sent);
    assertSameFlows(sent, throughTheHost(batch));
  }

  private static void repair(byte[] packet, int tcp) {
    boolean ipv4 = tcp == 20;
    if (ipv4) {
      Ipv4Fields.updateChecksum(packet, 0);
    }
    TcpFields.setChecksum(packet, tcp, 0);
    long sum =
        InternetChecksum.sum(packet, ipv4 ? 12 : 8, packet.length - (ipv4 ? 12 : 8))
            + IpProtocol.TCP
            + packet.length
            - tcp;
    TcpFields.setChecksum(packet, tcp, InternetChecksum.finish(sum));
  }

  @Property(tries = 300)
  void losesAndRepetitionsEndAChain(@ForAll long seed, @ForAll boolean ipv6) {
    var random = new Random(seed);
    List<byte[]> sent = new ArrayList<>(segments(ipv6, 2000, 30_000, 1000, -9000, PSH_ACK));
    for (int i = 0; i < 4; i++) {
      int at = random.nextInt(sent.size());
      switch (random.nextInt(3)) {
        case 0 -> sent.remove(at);
        case 1 -> sent.add(at, sent.get(at).clone());
        default -> sent.add(random.nextInt(sent.size()), sent.remove(at));
      }
    }
    assertSameFlows(sent, throughTheHost(batchOf(sent)));
  }

  private int writes(List<byte[]> packets) {
    PacketBatch batch = batchOf(packets);
    assertSameFlows(packets, throughTheHost(batch));
    int writes = 0;
    for (int i = 0; i < packets.size(); i++) {
      writes += coalescer.isJoined(i) ? 0 : 1;
    }
    return writes;
  }

  @Test
  void twoMixedFlowsAreTwoWrites() {
    for (boolean ipv6 : new boolean[] {false, true}) {
      List<byte[]> sent =
          mixed(
              List.of(
                  segments(false, 1, 40_000, 1348, 7, PSH_ACK),
                  segments(ipv6, 2, 40_000, 1348, 7, PSH_ACK)),
              new Random(1));
      assertEquals(2, writes(sent));
    }
  }

  @Test
  void aSuperPacketIsNoLongerThanAnIpPacketCanBe() {
    List<byte[]> sent = segments(false, 1, 65_000, 1000, 7, 0x10);
    List<byte[]> more = segments(false, 1, 65_000, 1000, 7 + 65_000, 0x10);
    // The identifications go on counting.
    for (int i = 0; i < more.size(); i++) {
      BigEndian.putShort(more.get(i), 4, 0xfffe + sent.size() + i);
      Ipv4Fields.updateChecksum(more.get(i), 0);
    }
    List<byte[]> all = new ArrayList<>(sent);
    all.addAll(more);
    assertEquals(2, writes(all));
  }

  @Test
  void aWrongChecksumGoesAloneAndIsNotHidden() {
    List<byte[]> sent = segments(false, 1, 10_000, 1000, 7, PSH_ACK);
    sent.get(4)[600] ^= 1;
    // Four before it, itself, five behind it.
    assertEquals(3, writes(sent));
    sent.get(4)[600] ^= 1;
    sent.get(0)[600] ^= 1;
    assertEquals(2, writes(sent), "the first of them");
    sent.get(0)[600] ^= 1;
    assertEquals(1, writes(sent));
    sent.get(9)[10] ^= 1;
    assertEquals(2, writes(sent), "of the IPv4 header");
  }

  @Test
  void whatIsVerifiedIsNotLookedAt() {
    List<byte[]> sent = segments(false, 1, 10_000, 1000, 7, PSH_ACK);
    sent.get(4)[600] ^= 1;
    PacketBatch batch = batchOf(sent);
    for (int i = 0; i < sent.size(); i++) {
      batch.setChecksumState(i, ChecksumState.VERIFIED);
    }
    coalescer.plan(batch, MTU);
    assertEquals(10, coalescer.packets(0));
  }

  @Test
  void pushAndAShorterSegmentAreTheLast() {
    List<byte[]> sent = segments(false, 1, 10_000, 1000, 7, 0x10);
    sent.get(3)[33] = PSH_ACK;
    repair(sent.get(3), 20);
    assertEquals(2, writes(sent));
    assertEquals(1, writes(segments(false, 1, 9_999, 1000, 7, PSH_ACK)));
    assertEquals(10, writes(segments(false, 1, 10_000, 1000, 7, 0x50)), "ECE");
    assertEquals(2, writes(segments(false, 1, 10_000, 1000, 7, 0x11)), "FIN");
  }

  @Test
  void identificationsThatStayAreJoinedWithDfOnly() {
    List<byte[]> sent = segments(false, 1, 5_000, 1000, 7, PSH_ACK);
    for (byte[] packet : sent) {
      BigEndian.putShort(packet, 4, 0);
      Ipv4Fields.updateChecksum(packet, 0);
    }
    coalescer.plan(batchOf(sent), MTU);
    assertEquals(5, coalescer.packets(0));
    for (byte[] packet : sent) {
      packet[6] = 0;
      Ipv4Fields.updateChecksum(packet, 0);
    }
    assertEquals(5, writes(sent));
  }

  @Test
  void packetsThatAreNotToBeJoinedStayAlone() {
    List<byte[]> sent = segments(false, 1, 5_000, 1000, 7, PSH_ACK);
    PacketBatch batch = batchOf(sent);
    coalescer.plan(batch, 1051);
    assertEquals(1, coalescer.packets(0), "longer than the MTU");
    batch.setChecksumState(2, ChecksumState.PARTIAL);
    coalescer.plan(batch, MTU);
    assertEquals(2, coalescer.packets(0));
    assertEquals(1, coalescer.packets(2));
    assertEquals(2, coalescer.packets(3));
    batch.setChecksumState(2, ChecksumState.UNKNOWN);
    batch.setVerdict(2, dev.zuido.wire.Verdict.Basic.CONSUMED);
    coalescer.plan(batch, MTU);
    assertEquals(2, coalescer.packets(0));
    assertEquals(2, coalescer.packets(3));
    // An acknowledgement without data, or a segment with IP options, keeps its place.
    byte[] acknowledgement = Arrays.copyOf(sent.get(2), 52);
    BigEndian.putShort(acknowledgement, 2, 52);
    repair(acknowledgement, 20);
    List<byte[]> withOne = new ArrayList<>(sent);
    withOne.add(2, acknowledgement);
    assertEquals(3, writes(withOne));
  }
}
