package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.TunOptions.Offload;
import dev.zuido.tun.netlink.KernelNextHop;
import dev.zuido.tun.netlink.KernelRoute;
import dev.zuido.tun.netlink.LinkMonitor;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.tun.offload.TransportHeader;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * TCP between two interfaces of one host: a pump moves the packets from one to the other and
 * renames their addresses in such a way that the sum of the checksums stays what it is.
 *
 * <pre>
 *   host 10.1.0.2 --- one --- 10.2.0.1 }            { 10.1.0.1 --- other --- host 10.2.0.2
 *                             10.1.0.2 } is renamed { 10.1.0.1
 *                             10.2.0.1 }            { 10.2.0.2
 * </pre>
 */
final class TunOffloadKernelTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int MTU = 1400;
  private static final int STREAM_BYTES = 4_000_000;

  @BeforeEach
  void inANamespace() {
    Kernel.require();
  }

  /** The octet that is renamed: the last one of both addresses, 1 to 2 and 2 to 1. */
  private static void rename(PacketBatch batch, int index) {
    int ip = batch.offset(index);
    boolean ipv4 = batch.slab()[ip] >>> 4 == 4;
    for (int last : ipv4 ? new int[] {15, 19} : new int[] {23, 39}) {
      batch.slab()[ip + last] ^= 3;
    }
  }

  /** Moves packets until it is told to end, and notes what they were. */
  static final class Pump {
    private final PacketBatch batch = new PacketBatch(16, 0xffff, 0, 0);
    private final TransportHeader transport = new TransportHeader();

    /** The packet, counted from 1, of which a byte of the payload is changed; 0 for none. */
    int corrupted;

    private int received;
    volatile boolean ended;
    private int superPackets;
    private int partial;
    private int longest;
    private int wrongChecksums;

    void run(LinuxTunDevice one, LinuxTunDevice other) {
      try (var poller = new PortPoller(2)) {
        poller.add(one);
        poller.add(other);
        while (!ended) {
          poller.await(SECOND / 20);
          move(one, other);
          move(other, one);
        }
      }
    }

    private void move(LinuxTunDevice from, LinuxTunDevice to) {
      int count;
      do {
        batch.clear();
        count = from.receive(batch);
        for (int i = 0; i < count; i++) {
          note(i);
          rename(batch, i);
          corrupt(i);
        }
        to.send(batch);
      } while (count > 0);
    }

    /** Of long packets only: what it carries is no longer what its checksum says. */
    private void corrupt(int i) {
      if (batch.length(i) == MTU && ++received == corrupted) {
        batch.slab()[batch.offset(i) + MTU - 9] ^= 0x55;
        batch.setChecksumState(i, ChecksumState.UNKNOWN);
      }
    }

    private void note(int i) {
      int offset = batch.offset(i);
      longest = Math.max(longest, batch.length(i));
      superPackets += batch.gsoSize(i) > 0 ? 1 : 0;
      if (batch.checksumState(i) == ChecksumState.PARTIAL) {
        partial++;
      } else if (transport.locate(batch.slab(), offset, batch.length(i))) {
        boolean ipv4 = batch.slab()[offset] >>> 4 == 4;
        int bytes = transport.end() - transport.start();
        long addresses =
            InternetChecksum.sum(batch.slab(), offset + (ipv4 ? 12 : 8), ipv4 ? 8 : 32);
        long sum = InternetChecksum.sum(batch.slab(), transport.start(), bytes);
        boolean right =
            InternetChecksum.finish(addresses + transport.protocol() + bytes + sum) == 0;
        wrongChecksums += right ? 0 : 1;
      }
    }
  }

  /** An interface with the addresses x.N.y.2, behind which the hosts x.M.y.1 are. */
  static LinuxTunDevice device(String name, TunOptions options, int n, int m) {
    var device = LinuxTunDevice.open(name, MTU, options);
    device.setUp(true);
    try (var netlink = RouteNetlink.open()) {
      int index = device.interfaceIndex();
      for (String family : List.of("10.%d.0.%d", "fd00:%d::%d")) {
        IpPrefix local = host(family.formatted(n, 2));
        device.addAddress(local.address(), local.length());
        IpPrefix remote = host(family.formatted(m, 1));
        netlink.replaceRoute(KernelRoute.through(remote, 1, KernelNextHop.on(index)));
      }
    }
    return device;
  }

  private static IpPrefix host(String text) {
    IpAddress address = IpAddress.parse(text);
    return address instanceof Ipv4Address v4
        ? new Ipv4Prefix(v4, 32)
        : new Ipv6Prefix((Ipv6Address) address, 128);
  }

  static void transfer(String client, String remote, String server) throws Exception {
    byte[] stream = new byte[STREAM_BYTES];
    new Random(7).nextBytes(stream);
    try (var listener = new ServerSocket(0, 1, InetAddress.getByName(server))) {
      listener.setSoTimeout(5000);
      var sender =
          CompletableFuture.runAsync(
              () -> send(client, remote, listener.getLocalPort(), stream), Kernel.THREADS);
      try (Socket accepted = listener.accept()) {
        accepted.setSoTimeout(10_000);
        assertArrayEquals(stream, accepted.getInputStream().readAllBytes());
      }
      sender.get(5, TimeUnit.SECONDS);
    }
  }

  private static void send(String client, String remote, int port, byte[] stream) {
    try (var socket =
            new Socket(InetAddress.getByName(remote), port, InetAddress.getByName(client), 0);
        OutputStream out = socket.getOutputStream()) {
      out.write(stream);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NONE,NONE",
    "NONE,SUPER_PACKETS",
    "SEGMENTED,NONE",
    "SEGMENTED,SEGMENTED",
    "SUPER_PACKETS,NONE",
    "SUPER_PACKETS,SUPER_PACKETS"
  })
  void tcpAndUdpPass(Offload first, Offload second) throws Exception {
    try (var one = device("zoff1", TunOptions.PLAIN.withOffload(first), 1, 2);
        var other = device("zoff2", TunOptions.PLAIN.withOffload(second), 2, 1)) {
      var pump = new Pump();
      var pumping = CompletableFuture.runAsync(() -> pump.run(one, other), Kernel.THREADS);
      transfer("10.1.0.2", "10.2.0.1", "10.2.0.2");
      transfer("fd00:1::2", "fd00:2::1", "fd00:2::2");
      exchange("10.1.0.2", "10.2.0.1", "10.2.0.2");
      exchange("fd00:1::2", "fd00:2::1", "fd00:2::2");
      pump.ended = true;
      pumping.get(5, TimeUnit.SECONDS);
      assertEquals(0, pump.wrongChecksums);
      assertEquals(0, one.statistics().receiveDrops());
      assertEquals(0, other.statistics().sendDrops(), other.statistics().toString());
      boolean superPackets = first == Offload.SUPER_PACKETS;
      assertEquals(superPackets ? 0xffff : MTU, one.maxReceiveBytes());
      assertEquals(superPackets, pump.longest > MTU, "longest: " + pump.longest);
      assertEquals(superPackets, pump.superPackets > 0);
      boolean partial = superPackets || second == Offload.SUPER_PACKETS;
      assertEquals(partial, pump.partial > 0);
    }
  }

  /** One datagram in a packet, one in fragments. */
  private static void exchange(String client, String remote, String server) throws IOException {
    try (var from = new DatagramSocket(0, InetAddress.getByName(client));
        var to = new DatagramSocket(0, InetAddress.getByName(server))) {
      to.setSoTimeout(5000);
      for (int length : new int[] {99, 5000}) {
        byte[] sent = new byte[length];
        new Random(length).nextBytes(sent);
        InetAddress address = InetAddress.getByName(remote);
        from.send(new DatagramPacket(sent, length, address, to.getLocalPort()));
        var received = new DatagramPacket(new byte[6000], 6000);
        to.receive(received);
        assertArrayEquals(sent, Arrays.copyOf(received.getData(), received.getLength()));
      }
    }
  }

  /** The payload of two full segments, beside headers of 20 + 32 bytes: the least super-packet. */
  private static final int TWO_SEGMENTS = 2 * (MTU - 52);

  /** What is done with a device once the host has put two segments of a connection into it. */
  private interface Step {
    void with(LinuxTunDevice device);
  }

  private static void withSuperPackets(Step step) throws Exception {
    // Without probes, so that nothing follows the segments before the retransmission timer runs
    // out.
    Sysctl.write("net/ipv4/tcp_early_retrans", 0);
    var segmented = TunOptions.PLAIN.withOffload(Offload.SEGMENTED);
    try (var one = device("zoff1", segmented, 1, 2);
        var other = device("zoff2", TunOptions.PLAIN, 2, 1)) {
      var pump = new Pump();
      var pumping = CompletableFuture.runAsync(() -> pump.run(one, other), Kernel.THREADS);
      try (var listener = new ServerSocket(0, 1, InetAddress.getByName("10.2.0.2"));
          var socket =
              new Socket(
                  InetAddress.getByName("10.2.0.1"),
                  listener.getLocalPort(),
                  InetAddress.getByName("10.1.0.2"),
                  0)) {
        pump.ended = true;
        pumping.get(5, TimeUnit.SECONDS);
        socket.getOutputStream().write(new byte[TWO_SEGMENTS]);
        step.with(one);
      }
    }
  }

  @Test
  void segmentsThatAFullBatchLeavesBehindAreReceivedLater() throws Exception {
    withSuperPackets(
        device -> {
          var batch = new PacketBatch(1, MTU, 0, 0);
          long before = device.statistics().receivedBytes();
          while (device.awaitReadable(0)) {
            batch.clear();
            device.receive(batch);
          }
          long received = device.statistics().receivedBytes() - before;
          assertTrue(received >= 2 * MTU, "received " + received);
          assertEquals(0, device.statistics().receiveDrops());
        });
  }

  @Test
  void aBatchOfShortSlotsLosesWholeSuperPackets() throws Exception {
    withSuperPackets(
        device -> {
          long before = device.statistics().receivedBytes();
          device.receive(new PacketBatch(64, 1000, 0, 0));
          assertEquals(1, device.statistics().receiveDrops());
          assertTrue(device.statistics().receivedBytes() - before < 1000);
        });
  }

  @Test
  void severalQueuesAreOneInterface() throws Exception {
    List<LinuxTunDevice> queues = LinuxTunDevice.openQueues("zqueue%d", MTU, 4);
    try (var poller = new PortPoller(4)) {
      assertEquals("zqueue0", queues.get(3).name());
      assertTrue(queues.get(3).options().multiQueue());
      queues.get(3).setMtu(1300);
      assertEquals(1300, queues.get(0).mtu());
      queues.get(1).addAddress(IpAddress.parse("192.0.2.1"), 24);
      queues.get(2).setUp(true);
      queues.forEach(poller::add);
      var batch = new PacketBatch(64, 1300, 0, 0);
      for (int flow = 0; flow < 64; flow++) {
        try (var socket = new DatagramSocket()) {
          InetAddress remote = InetAddress.getByName("192.0.2.2");
          socket.send(new DatagramPacket(new byte[9], 9, remote, 1000 + flow));
        }
      }
      assertTrue(poller.await(5 * SECOND));
      long start = System.nanoTime();
      int datagrams = 0;
      while (datagrams < 64 && System.nanoTime() - start < 5 * SECOND) {
        for (LinuxTunDevice queue : queues) {
          batch.clear();
          queue.receive(batch);
          for (int i = 0; i < batch.size(); i++) {
            datagrams += batch.length(i) == 37 ? 1 : 0;
          }
        }
      }
      assertEquals(64, datagrams);
      long used = queues.stream().filter(q -> q.statistics().receivedPackets() > 0).count();
      assertTrue(used > 1, "all flows in one queue");
      queues.get(0).close();
      assertTrue(Kernel.run("ip", "link").contains("zqueue0"));
    } finally {
      queues.forEach(LinuxTunDevice::close);
    }
    assertFalse(Kernel.run("ip", "link").contains("zqueue0"));
    assertThrows(IllegalArgumentException.class, () -> LinuxTunDevice.openQueues("a", MTU, 0));
    assertThrows(IllegalArgumentException.class, () -> LinuxTunDevice.openQueues("a", MTU, 257));
  }

  @Test
  void queuesThatCannotBeOpenedLeaveNothingOpen() {
    try (var single = LinuxTunDevice.open("zsingle", MTU)) {
      var refused =
          assertThrows(
              OperatingSystemException.class,
              () -> LinuxTunDevice.openQueues(single.name(), MTU, 2));
      assertEquals(Errno.EINVAL, refused.error());
      assertTrue(refused.advice().contains("other options"), refused.advice());
    }
  }

  @Test
  void takesOverADescriptorWithOffload() {
    var options = TunOptions.PLAIN.withOffload(Offload.SEGMENTED);
    int number = Libc.open("/dev/net/tun", Linux.O_RDWR | Linux.O_CLOEXEC);
    TunRequest.attach(number, "zadopt2", TunRequest.ofName("zadopt2", options));
    assertThrows(IllegalArgumentException.class, () -> LinuxTunDevice.adopt(number, 1500));
    try (var device = LinuxTunDevice.adopt(number, 1500, options)) {
      assertEquals(options, device.options());
      assertEquals(0, device.receive(PacketBatch.ofOne(1500)));
    }
  }

  @Test
  void theCarrierIsWhatTheHostIsTold() {
    var device = LinuxTunDevice.open("zcarrier", MTU);
    try (var monitor = LinkMonitor.open()) {
      assertTrue(device.isUp());
      device.setUp(true);
      for (boolean carrier : new boolean[] {false, true, false}) {
        device.setCarrier(carrier);
        assertEquals(carrier, await(monitor, carrier));
      }
    } finally {
      device.close();
    }
    assertFalse(device.isUp());
    assertThrows(IllegalStateException.class, () -> device.setCarrier(true));
  }

  private static boolean await(LinkMonitor monitor, boolean running) {
    long start = System.nanoTime();
    boolean seen = !running;
    while (seen != running && System.nanoTime() - start < 5 * SECOND) {
      monitor.awaitReadable(SECOND / 10);
      monitor.poll();
      seen = monitor.link("zcarrier").orElseThrow().running();
    }
    return seen;
  }
}
