package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LinuxTunDeviceKernelTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LONG = 60 * SECOND;

  @BeforeEach
  void inANamespace() {
    Kernel.require();
  }

  @Test
  void answersTheEchoesOfTheHost() throws Exception {
    var device = LinuxTunDevice.open("zping%d", 1400);
    try {
      assertEquals("zping0", device.name());
      device.addAddress(IpAddress.parse("192.0.2.1"), 24);
      device.addAddress(IpAddress.parse("2001:db8::1"), 64);
      device.setUp(true);
      CompletableFuture<Void> responder =
          CompletableFuture.runAsync(() -> answerEchoes(device), Kernel.THREADS);
      InetAddress remote = InetAddress.getByName("192.0.2.77");
      for (int i = 0; i < 10; i++) {
        // As root this is an ICMP echo; the fallback, TCP, would get no answer.
        assertTrue(remote.isReachable(5000));
      }
      for (int i = 0; i < 10; i++) {
        byte[] payload = new byte[1372];
        Arrays.fill(payload, (byte) i);
        assertArrayEquals(payload, exchange(remote, payload));
      }
      String link = Kernel.run("ip", "addr", "show", "zping0");
      assertTrue(link.contains("mtu 1400") && link.contains("inet6 2001:db8::1/64"), link);
      assertFalse(Pattern.compile("2001:db8::1/64.*tentative").matcher(link).find(), link);
      device.setMtu(1300);
      assertTrue(Kernel.run("ip", "link", "show", "zping0").contains("mtu 1300"));
      device.close();
      responder.get(5, TimeUnit.SECONDS);
      TunStatistics statistics = device.statistics();
      assertTrue(statistics.receivedPackets() >= 20, statistics.toString());
      assertEquals(20, statistics.sentPackets());
      assertTrue(statistics.sentBytes() > 10 * 1400, statistics.toString());
      assertFalse(Kernel.run("ip", "link").contains("zping0"));
    } finally {
      device.close();
    }
  }

  /** Sends a datagram and returns the payload of the answer. */
  private static byte[] exchange(InetAddress remote, byte[] payload) throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.setSoTimeout(5000);
      socket.send(new DatagramPacket(payload, payload.length, remote, 7));
      var answer = new DatagramPacket(new byte[2000], 2000);
      socket.receive(answer);
      return Arrays.copyOf(answer.getData(), answer.getLength());
    }
  }

  /** Turns each IPv4 echo request and each UDP datagram around until the device is closed. */
  private static void answerEchoes(LinuxTunDevice device) {
    var batch = new PacketBatch(8, 2000, 0, 0);
    while (device.isOpen()) {
      device.awaitReadable(LONG);
      batch.clear();
      device.receive(batch);
      for (int i = 0; i < batch.size(); i++) {
        byte[] slab = batch.slab();
        int ip = batch.offset(i);
        boolean echo = slab[ip] == 0x45 && slab[ip + 9] == IpProtocol.ICMP && slab[ip + 20] == 8;
        boolean udp = slab[ip] == 0x45 && slab[ip + 9] == IpProtocol.UDP && slab[ip + 16] != -32;
        if (!echo && !udp) {
          batch.setVerdict(i, Verdict.Basic.CONSUMED);
          continue;
        }
        int source = BigEndian.getInt(slab, ip + 12);
        BigEndian.putInt(slab, ip + 12, BigEndian.getInt(slab, ip + 16));
        BigEndian.putInt(slab, ip + 16, source);
        if (udp) {
          int port = BigEndian.getUnsignedShort(slab, ip + 20);
          BigEndian.putShort(slab, ip + 20, BigEndian.getUnsignedShort(slab, ip + 22));
          BigEndian.putShort(slab, ip + 22, port);
          continue;
        }
        // Type 8 becomes 0: the checksum grows by 0x0800, with the carry wrapped around.
        slab[ip + 20] = 0;
        int sum = BigEndian.getUnsignedShort(slab, ip + 22) + 0x0800;
        BigEndian.putShort(slab, ip + 22, sum + (sum >>> 16));
      }
      device.send(batch);
    }
  }

  @Test
  void aCloseEndsAWaitOfAnotherThreadAtOnce() throws Exception {
    var device = LinuxTunDevice.open("zclose", 1400);
    var waiting = new CompletableFuture<Thread>();
    CompletableFuture<Boolean> wait =
        CompletableFuture.supplyAsync(
            () -> {
              waiting.complete(Thread.currentThread());
              return device.awaitReadable(LONG);
            },
            Kernel.THREADS);
    waiting.get(5, TimeUnit.SECONDS);
    assertThrows(TimeoutException.class, () -> wait.get(200, TimeUnit.MILLISECONDS));
    long start = System.nanoTime();
    device.close();
    assertFalse(wait.get(5, TimeUnit.SECONDS));
    assertTrue(System.nanoTime() - start < SECOND / 2);
    assertFalse(device.isOpen());
    assertFalse(device.awaitReadable(LONG));
    assertEquals(0, device.receive(PacketBatch.ofOne(1400)));
    device.close();
  }

  @Test
  void receivingNeverBlocksAndWaitingEndsInTime() {
    try (var device = LinuxTunDevice.open("zidle", 1400)) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () -> {
            assertEquals(0, device.receive(PacketBatch.ofOne(1400)));
            assertFalse(device.awaitReadable(SECOND / 20));
          });
    }
  }

  @Test
  void sendingToAnInterfaceThatIsDownDropsAndTheMtuDoesNotLimitWhatTheHostIsSent() {
    try (var device = LinuxTunDevice.open("zdown", 100)) {
      var batch = PacketBatch.ofOne(200);
      byte[] packet = new byte[101];
      packet[0] = 0x45;
      batch.add(packet, 0, 101);
      assertEquals(0, device.send(batch));
      assertEquals(1, device.statistics().sendDrops());
      device.setUp(true);
      assertEquals(1, device.send(batch));
      assertEquals(1, device.statistics().sendDrops());
      assertEquals(101, device.statistics().sentBytes());
    }
  }

  @Test
  void aNameThatIsTakenSaysSo() {
    try (var device = LinuxTunDevice.open("zbusy", 1400)) {
      var busy =
          assertThrows(
              OperatingSystemException.class, () -> LinuxTunDevice.open(device.name(), 1400));
      assertEquals(Errno.EBUSY, busy.error());
      var loopback =
          assertThrows(OperatingSystemException.class, () -> LinuxTunDevice.open("lo", 1400));
      assertEquals(Errno.EINVAL, loopback.error());
    }
  }

  @Test
  void takesOverAnOpenDescriptor() {
    int number = Libc.open("/dev/net/tun", Linux.O_RDWR | Linux.O_CLOEXEC);
    assertThrows(OperatingSystemException.class, () -> LinuxTunDevice.adopt(number, 1500));
    TunRequest.attach(number, "zadopt", TunRequest.ofName("zadopt", TunOptions.PLAIN));
    try (var device = LinuxTunDevice.adopt(number, 1500)) {
      assertEquals("zadopt", device.name());
      assertEquals(number, device.fileDescriptor());
      assertEquals(0, device.receive(PacketBatch.ofOne(1500)));
    }
    assertFalse(Kernel.run("ip", "link").contains("zadopt"));
  }

  @Test
  void anInterfaceThatIsDeletedUnderItSaysSo() {
    try (var device = LinuxTunDevice.open("zgone", 1400)) {
      Kernel.run("ip", "link", "del", "zgone");
      assertTrue(device.awaitReadable(LONG));
      var gone =
          assertThrows(
              OperatingSystemException.class, () -> device.receive(PacketBatch.ofOne(1400)));
      assertEquals(Errno.EBADFD, gone.error());
    }
  }

  @Test
  void withoutTheCapabilityItSaysWhatIsNeeded() {
    String printed = Kernel.runWithoutCapabilities(WithoutCapabilities.class);
    assertTrue(printed.contains("make the TUN interface zeperm: EPERM"), printed);
    assertTrue(printed.contains("CAP_NET_ADMIN"), printed);
  }

  /** Prints what an unprivileged process is told. */
  static final class WithoutCapabilities {
    private WithoutCapabilities() {}

    public static void main(String[] args) {
      try (var device = LinuxTunDevice.open("zeperm", 1400)) {
        System.out.println("made " + device);
      } catch (OperatingSystemException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aPollerSeesWhichPortIsReadyAndCanBeWokenUp() throws Exception {
    try (var quiet = LinuxTunDevice.open("zquiet", 1400);
        var busy = LinuxTunDevice.open("zbusy2", 1400);
        var poller = new PortPoller(2)) {
      assertEquals(0, poller.add(quiet));
      assertEquals(1, poller.add(busy));
      assertThrows(IllegalStateException.class, () -> poller.add(busy));
      assertFalse(poller.await(SECOND / 100));
      CompletableFuture<Boolean> wait =
          CompletableFuture.supplyAsync(() -> poller.await(LONG), Kernel.THREADS);
      poller.wakeUp();
      assertFalse(wait.get(5, TimeUnit.SECONDS));
      busy.addAddress(IpAddress.parse("198.51.100.1"), 24);
      busy.setUp(true);
      try (var socket = new DatagramSocket()) {
        socket.send(new DatagramPacket(new byte[1], 1, InetAddress.getByName("198.51.100.2"), 7));
      }
      assertTrue(poller.await(LONG));
      assertFalse(poller.isReady(0));
      assertTrue(poller.isReady(1));
    }
  }
}
