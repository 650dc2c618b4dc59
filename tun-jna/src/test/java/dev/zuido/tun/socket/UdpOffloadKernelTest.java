package dev.zuido.tun.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.Kernel;
import dev.zuido.tun.LinuxTunDevice;
import dev.zuido.tun.NativePort;
import dev.zuido.tun.PortPoller;
import dev.zuido.tun.system.Linux;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.PacketBatch;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** UDP_SEGMENT as a TUN interface sees it, and UDP_GRO over the loopback interface. */
final class UdpOffloadKernelTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int PORT = 4500;
  private static final int OTHER_PORT = 4501;
  private static final int SO_NO_CHECK = 11;
  private static final Ipv4Address LOCAL = Ipv4Address.parse("192.0.2.1");
  private static final Ipv4Address REMOTE = Ipv4Address.parse("192.0.2.2");
  private static final Ipv4Address OTHER_REMOTE = Ipv4Address.parse("192.0.2.3");
  private static final Ipv4Address LOOPBACK = Ipv4Address.parse("127.0.0.1");
  private static final SocketConfiguration LONG =
      SocketConfiguration.onAll().withMtu(SocketConfiguration.MAX_MTU);

  @BeforeAll
  static void inANamespace() {
    Kernel.require();
  }

  /** A UDP packet whose payload begins with a number. */
  private static byte[] packet(
      Ipv4Address source, Ipv4Address destination, int payload, int tos, int number) {
    byte[] packet = new byte[28 + payload];
    BigEndian.putInt(packet, 0, 0x4500 << 16 | tos << 16 | packet.length);
    BigEndian.putInt(packet, 8, 64 << 24 | IpProtocol.UDP << 16);
    BigEndian.putInt(packet, 12, source.value());
    BigEndian.putInt(packet, 16, destination.value());
    fillUdp(packet, 20, payload, number);
    return packet;
  }

  private static byte[] packet6(Ipv6Address source, Ipv6Address destination, int payload, int n) {
    byte[] packet = new byte[48 + payload];
    BigEndian.putInt(packet, 0, 0x60200000);
    BigEndian.putInt(packet, 4, (8 + payload) << 16 | IpProtocol.UDP << 8 | 64);
    System.arraycopy(source.toBytes(), 0, packet, 8, 16);
    System.arraycopy(destination.toBytes(), 0, packet, 24, 16);
    fillUdp(packet, 40, payload, n);
    return packet;
  }

  private static void fillUdp(byte[] packet, int udp, int payload, int number) {
    BigEndian.putInt(packet, udp, PORT << 16 | OTHER_PORT);
    BigEndian.putInt(packet, udp + 4, (8 + payload) << 16);
    for (int i = udp + 8; i < packet.length; i++) {
      packet[i] = (byte) (i * 31 + number);
    }
    if (payload >= 4) {
      BigEndian.putInt(packet, udp + 8, number);
    }
  }

  private static PacketBatch batchOf(byte[]... packets) {
    var batch = new PacketBatch(packets.length, 9000, 0, 0);
    for (byte[] packet : packets) {
      batch.add(packet, 0, packet.length);
    }
    return batch;
  }

  /** Receives until nothing has come for a while, in batches of a size. */
  private static byte[][] receiveAll(NativePort port, int count, int batchSize) {
    byte[][] all = new byte[count][];
    int size = 0;
    var batch = new PacketBatch(batchSize, 9000, 0, 0);
    while (size < count && port.awaitReadable(2 * SECOND)) {
      batch.clear();
      port.receive(batch);
      for (int i = 0; i < batch.size() && size < count; i++) {
        // Neighbour discovery and what else an interface hears is not ours.
        if (isOurs(batch.copy(i))) {
          all[size++] = batch.copy(i);
        }
      }
    }
    assertEquals(count, size);
    return all;
  }

  private static boolean isOurs(byte[] packet) {
    return packet[0] >>> 4 == 4 ? packet[9] == IpProtocol.UDP : packet[6] == IpProtocol.UDP;
  }

  private static byte[] payload(byte[] packet) {
    return Arrays.copyOfRange(packet, packet[0] >>> 4 == 4 ? 28 : 48, packet.length);
  }

  private static void assertSamePayloads(byte[][] sent, byte[][] received) {
    for (int i = 0; i < sent.length; i++) {
      assertArrayEquals(payload(sent[i]), payload(received[i]), "packet " + i);
    }
  }

  private static LinuxTunDevice wire(int mtu) {
    LinuxTunDevice tun = LinuxTunDevice.open("zgso%d", mtu);
    tun.addAddress(IpAddress.parse("192.0.2.1"), 24);
    tun.addAddress(IpAddress.parse("2001:db8:7::1"), 64);
    tun.setUp(true);
    return tun;
  }

  /** Runs of several flows, lengths and traffic classes, longer than one message. */
  private static byte[][] mixture() {
    return IntStream.range(0, 300)
        .mapToObj(
            i ->
                packet(
                    LOCAL,
                    i >= 200 && i < 210 ? OTHER_REMOTE : REMOTE,
                    i % 97 == 96 ? 700 : i >= 150 && i < 160 ? 1001 : 1000,
                    i >= 250 ? 0x2 : 0,
                    i))
        .toArray(byte[][]::new);
  }

  @Test
  void aRunLeavesAsTheDatagramsThatItIs() {
    try (var tun = wire(1500);
        var socket = UdpSocket.open(Ipv4Address.UNSPECIFIED, PORT, LONG)) {
      assertTrue(socket.offloads().segmentation());
      byte[][] sent = mixture();
      assertEquals(sent.length, socket.send(batchOf(sent)));
      byte[][] received = receiveAll(tun, sent.length, 64);
      assertSamePayloads(sent, received);
      for (int i = 0; i < sent.length; i++) {
        byte[] packet = received[i];
        assertEquals(sent[i].length, BigEndian.getUnsignedShort(packet, 2));
        assertEquals(0, InternetChecksum.of(packet, 0, 20));
        assertEquals(0, BigEndian.getUnsignedShort(packet, 6), "no DF and no fragment");
        assertEquals(sent[i][1], packet[1], "TOS");
        assertEquals(BigEndian.getLong(sent[i], 12), BigEndian.getLong(packet, 12), "addresses");
        assertEquals(packet.length - 20, BigEndian.getUnsignedShort(packet, 24));
        long sum =
            InternetChecksum.sum(packet, 12, packet.length - 12)
                + IpProtocol.UDP
                + packet.length
                - 20;
        assertEquals(0, InternetChecksum.finish(sum), "UDP checksum");
      }
      for (int i = 1; i < GroupSender.MAX_SEGMENTS; i++) {
        int before = BigEndian.getUnsignedShort(received[i - 1], 4);
        assertEquals(before + 1 & 0xffff, BigEndian.getUnsignedShort(received[i], 4));
      }
      assertTrue(socket.offloads().segmentation());
      assertEquals(sent.length, socket.statistics().sentPackets());
      assertEquals(0, socket.statistics().sendDrops());
    }
  }

  @Test
  void runsOverIpv6LeaveAsTheDatagramsThatTheyAre() {
    var local = Ipv6Address.parse("2001:db8:7::1");
    try (var tun = wire(1500);
        var socket = UdpIpv6Socket.open(Ipv6Address.UNSPECIFIED, PORT, LONG)) {
      assertTrue(socket.offloads().segmentation());
      byte[][] sent =
          IntStream.range(0, 100)
              .mapToObj(
                  i ->
                      packet6(
                          local,
                          Ipv6Address.parse("2001:db8:7::" + (i >= 50 && i < 55 ? 3 : 2)),
                          i == 80 ? 200 : 1400,
                          i))
              .toArray(byte[][]::new);
      assertEquals(sent.length, socket.send(batchOf(sent)));
      byte[][] received = receiveAll(tun, sent.length, 64);
      assertSamePayloads(sent, received);
      for (int i = 0; i < sent.length; i++) {
        assertArrayEquals(
            Arrays.copyOfRange(sent[i], 8, 46), Arrays.copyOfRange(received[i], 8, 46));
        assertEquals(2, BigEndian.getInt(received[i], 0) >>> 20 & 0xff);
      }
    }
  }

  @Test
  void whatIsLongerThanThePathIsFragmentedAsWithoutOffload() {
    for (boolean segmentation : new boolean[] {true, false}) {
      try (var tun = wire(1400);
          var socket =
              UdpSocket.open(Ipv4Address.UNSPECIFIED, PORT, LONG.withSegmentation(segmentation))) {
        byte[][] sent =
            IntStream.range(0, 20)
                .mapToObj(i -> packet(LOCAL, REMOTE, i < 10 ? 2000 : 1300, 0, i))
                .toArray(byte[][]::new);
        assertEquals(sent.length, socket.send(batchOf(sent)));
        assertEquals(sent.length, socket.send(batchOf(sent)));
        byte[][] received = receiveAll(tun, 60, 64);
        assertEquals(
            40,
            Arrays.stream(received).filter(p -> (BigEndian.getInt(p, 4) & 0x3fff) != 0).count());
        assertEquals(segmentation, socket.offloads().segmentation(), "only the length was refused");
        assertEquals(0, socket.statistics().sendDrops());
        assertEquals(40, socket.statistics().sentPackets());
      }
    }
  }

  @Test
  void aKernelThatRefusesGetsSinglePacketsFromThenOn() {
    try (var tun = wire(1500);
        var socket = UdpSocket.open(Ipv4Address.UNSPECIFIED, PORT, LONG)) {
      // Segmentation and datagrams without a checksum exclude each other: EINVAL.
      Linux.option(socket.fileDescriptor(), "no checksums", Linux.SOL_SOCKET, SO_NO_CHECK, 1);
      byte[][] sent =
          IntStream.range(0, 150)
              .mapToObj(i -> packet(LOCAL, REMOTE, 300, 0, i))
              .toArray(byte[][]::new);
      assertEquals(sent.length, socket.send(batchOf(sent)));
      assertSamePayloads(sent, receiveAll(tun, sent.length, 64));
      assertFalse(socket.offloads().segmentation());
      assertEquals(sent.length, socket.send(batchOf(sent)));
      assertSamePayloads(sent, receiveAll(tun, sent.length, 64));
      assertEquals(0, socket.statistics().sendDrops());
      assertEquals(2 * 150 * 328, socket.statistics().sentBytes());
    }
  }

  private static byte[][] toLoopback(int count, int payload) {
    return IntStream.range(0, count)
        .mapToObj(i -> packet(LOOPBACK, LOOPBACK, i == count - 1 ? 9 : payload, 3, i))
        .toArray(byte[][]::new);
  }

  private static void assertRebuilt(byte[][] sent, byte[][] received) {
    assertSamePayloads(sent, received);
    for (int i = 0; i < sent.length; i++) {
      byte[] packet = received[i];
      assertEquals(packet.length, BigEndian.getUnsignedShort(packet, 2));
      assertEquals(packet.length - 20, BigEndian.getUnsignedShort(packet, 24));
      assertEquals(0, InternetChecksum.of(packet, 0, 20));
      assertEquals(0x4503, BigEndian.getUnsignedShort(packet, 0));
      assertEquals(64 << 8 | IpProtocol.UDP, BigEndian.getUnsignedShort(packet, 8));
      assertArrayEquals(
          Arrays.copyOfRange(sent[i], 12, 24), Arrays.copyOfRange(packet, 12, 24), "addresses");
    }
  }

  @Test
  void whatArrivesTogetherIsDeliveredOneByOneOverSeveralBatches() {
    try (var socket = UdpSocket.open(LOOPBACK, PORT, LONG);
        var peer = UdpSocket.open(LOOPBACK, OTHER_PORT, LONG);
        var poller = new PortPoller(1)) {
      assertTrue(peer.offloads().coalescing());
      poller.add(peer);
      byte[][] sent = toLoopback(100, 1000);
      assertEquals(100, socket.send(batchOf(sent)));
      var batch = new PacketBatch(7, 9000, 0, 0);
      assertEquals(7, peer.receive(batch));
      assertTrue(peer.hasPending(), "a message has more than 7 datagrams");
      assertTrue(poller.await(60 * SECOND));
      assertTrue(poller.isReady(0));
      byte[][] received = new byte[100][];
      int taken = 0;
      while (batch.size() > 0) {
        for (int i = 0; i < batch.size(); i++) {
          assertEquals(3, batch.ecn(i));
          assertEquals(PacketBatch.ChecksumState.VERIFIED, batch.checksumState(i));
          received[taken++] = batch.copy(i);
        }
        batch.clear();
        boolean more = peer.awaitReadable(0);
        assertEquals(more, peer.receive(batch) > 0);
      }
      assertEquals(100, taken);
      assertRebuilt(sent, received);
      assertFalse(peer.hasPending());
      assertFalse(poller.await(0));
      assertFalse(poller.isReady(0));
      assertEquals(100, peer.statistics().receivedPackets());
    }
  }

  @Test
  void leftoversEndWithTheSocket() {
    var peer = UdpSocket.open(LOOPBACK, OTHER_PORT, LONG);
    try (var socket = UdpSocket.open(LOOPBACK, PORT, LONG)) {
      socket.send(batchOf(toLoopback(20, 1000)));
      peer.receive(new PacketBatch(2, 9000, 0, 0));
      assertTrue(peer.hasPending());
      peer.close();
      assertFalse(peer.hasPending());
      assertFalse(peer.awaitReadable(SECOND));
      assertEquals(0, peer.receive(new PacketBatch(2, 9000, 0, 0)));
    }
  }

  @Test
  void eachOffloadCanBeSwitchedOff() {
    for (int choice = 0; choice < 4; choice++) {
      boolean segmentation = (choice & 1) != 0;
      boolean coalescing = (choice & 2) != 0;
      var configuration = LONG.withSegmentation(segmentation).withCoalescing(coalescing);
      try (var socket = UdpSocket.open(LOOPBACK, PORT, configuration);
          var peer = UdpSocket.open(LOOPBACK, OTHER_PORT, configuration)) {
        assertEquals(new UdpOffloads(segmentation, coalescing), peer.offloads());
        byte[][] sent = toLoopback(90, 1200);
        assertEquals(90, socket.send(batchOf(sent)));
        var first = new PacketBatch(1, 9000, 0, 0);
        assertTrue(peer.awaitReadable(SECOND));
        assertEquals(1, peer.receive(first));
        assertEquals(segmentation && coalescing, peer.hasPending());
        byte[][] rest = receiveAll(peer, 89, 64);
        assertArrayEquals(payload(sent[0]), payload(first.copy(0)));
        assertRebuilt(Arrays.copyOfRange(sent, 1, 90), rest);
      }
    }
  }

  @Test
  void whatComesTogetherOverIpv6HasItsChecksums() {
    var loopback = Ipv6Address.parse("::1");
    try (var socket = UdpIpv6Socket.open(loopback, PORT, LONG);
        var peer = UdpIpv6Socket.open(loopback, OTHER_PORT, LONG)) {
      assertEquals("UDP_SEGMENT on, UDP_GRO on", peer.offloads().toString());
      byte[][] sent =
          IntStream.range(0, 50)
              .mapToObj(i -> packet6(loopback, loopback, i == 49 ? 3 : 1201, i))
              .toArray(byte[][]::new);
      assertEquals(50, socket.send(batchOf(sent)));
      byte[][] received = receiveAll(peer, 50, 12);
      assertSamePayloads(sent, received);
      for (int i = 0; i < 50; i++) {
        byte[] packet = received[i];
        assertArrayEquals(
            Arrays.copyOfRange(sent[i], 0, 46), Arrays.copyOfRange(packet, 0, 46), "headers");
        long sum =
            InternetChecksum.sum(packet, 8, packet.length - 8)
                + IpProtocol.UDP
                + packet.length
                - 40;
        assertEquals(0, InternetChecksum.finish(sum), "UDP checksum");
      }
    }
  }
}
