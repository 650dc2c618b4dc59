package dev.zuido.tun.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.Errno;
import dev.zuido.tun.Kernel;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.InternetChecksum;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Against a process in another network namespace, over a pair of interfaces. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SocketKernelTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Ipv4Address OURS = Ipv4Address.parse("192.0.2.1");
  private static final SocketConfiguration ANY_LINK = SocketConfiguration.onAll();
  private static final SocketConfiguration ON_LINK = SocketConfiguration.on("zs0");

  private Process neighbour;
  private int index;

  @BeforeAll
  void startTheNeighbour() throws IOException {
    Kernel.require();
    String other = System.getProperty("zuido.kernel.peer", "");
    Kernel.run("ip", "link", "add", "zs0", "type", "veth", "peer", "name", "zs1", "netns", other);
    Kernel.run("ip", "addr", "add", OURS + "/24", "dev", "zs0");
    Kernel.run("ip", "link", "set", "zs0", "up");
    Kernel.run("ip", "-n", other, "addr", "add", Neighbour.ADDRESS + "/24", "dev", "zs1");
    Kernel.run("ip", "-n", other, "link", "set", "zs1", "up");
    try (var netlink = RouteNetlink.open()) {
      index = netlink.link("zs0").orElseThrow().index();
    }
    neighbour = NeighbourProcess.start(Neighbour.class);
  }

  @AfterAll
  void stopTheNeighbour() throws Exception {
    if (neighbour != null) {
      NeighbourProcess.stop(neighbour);
      Kernel.run("ip", "link", "del", "zs0");
    }
  }

  /** An IPv4 packet whose payload is filled with a number. */
  private static byte[] packet(int protocol, Ipv4Address destination, int length, int filling) {
    byte[] packet = new byte[length];
    Arrays.fill(packet, 20, length, (byte) filling);
    BigEndian.putShort(packet, 0, 0x45c1);
    BigEndian.putShort(packet, 2, length);
    BigEndian.putShort(packet, 8, 1 << 8 | protocol);
    BigEndian.putInt(packet, 12, OURS.value());
    BigEndian.putInt(packet, 16, destination.value());
    if (protocol == IpProtocol.UDP) {
      BigEndian.putInt(packet, 20, 500 << 16 | 500);
      BigEndian.putInt(packet, 24, (length - 20) << 16);
    }
    return packet;
  }

  private static PacketBatch batchOf(byte[]... packets) {
    var batch = new PacketBatch(Math.max(1, packets.length), 5000, 0, 0);
    for (byte[] packet : packets) {
      batch.add(packet, 0, packet.length);
    }
    return batch;
  }

  private static PacketBatch receive(IpSocket socket, int count) {
    var batch = new PacketBatch(count, 5000, 0, 0);
    long start = System.nanoTime();
    while (!batch.isFull() && System.nanoTime() - start < 5 * SECOND) {
      socket.awaitReadable(SECOND);
      socket.receive(batch);
    }
    assertEquals(count, batch.size(), socket.statistics().toString());
    return batch;
  }

  private void assertEchoed(PacketBatch echoed, int i, byte[] sent, Ipv4Address destination) {
    byte[] back = echoed.copy(i);
    assertArrayEquals(
        Arrays.copyOfRange(sent, 20, sent.length), Arrays.copyOfRange(back, 20, back.length));
    assertEquals(Neighbour.ADDRESS.value(), BigEndian.getInt(back, 12));
    assertEquals(destination.value(), BigEndian.getInt(back, 16));
    assertEquals(0, InternetChecksum.of(back, 0, 20));
    assertEquals(sent.length, BigEndian.getUnsignedShort(back, 2));
    assertEquals(index, echoed.ingress(i));
    assertEquals(1, echoed.ecn(i));
  }

  @Test
  void ospfHellosReachTheGroupAndComeBackFromTheInterface() {
    try (var ospf = RawIpSocket.open(IpProtocol.OSPF, ON_LINK)) {
      byte[] hello = packet(IpProtocol.OSPF, Neighbour.ALL_SPF_ROUTERS, 64, 7);
      ospf.sendGroupsOutOf(index);
      assertEquals(1, ospf.send(batchOf(hello)));
      assertFalse(ospf.awaitReadable(SECOND / 5), "received without having joined");
      ospf.joinGroup(Neighbour.ALL_SPF_ROUTERS, index);
      assertEquals(1, ospf.send(batchOf(hello)));
      PacketBatch back = receive(ospf, 1);
      assertEchoed(back, 0, hello, Neighbour.ALL_SPF_ROUTERS);
      assertEquals(1, back.slab()[back.offset(0) + 8], "the TTL of the header, not changed");
      assertFalse(ospf.awaitReadable(SECOND / 5), "received its own multicast");
      var twice =
          assertThrows(
              OperatingSystemException.class,
              () -> ospf.joinGroup(Neighbour.ALL_SPF_ROUTERS, index));
      assertEquals(Errno.EADDRINUSE, twice.error());
      ospf.leaveGroup(Neighbour.ALL_SPF_ROUTERS, index);
      ospf.send(batchOf(hello));
      assertFalse(ospf.awaitReadable(SECOND / 5), "received after having left");
    }
  }

  @Test
  void moreThanAGroupOfGrePacketsPassInOrder() {
    try (var gre = RawIpSocket.open(IpProtocol.GRE, ON_LINK)) {
      byte[][] packets = new byte[70][];
      for (int i = 0; i < packets.length; i++) {
        packets[i] = packet(IpProtocol.GRE, Neighbour.ADDRESS, 1500 - i, i);
      }
      assertEquals(70, gre.send(batchOf(packets)));
      PacketBatch back = receive(gre, 70);
      for (int i = 0; i < packets.length; i++) {
        assertEchoed(back, i, packets[i], OURS);
      }
      assertEquals(70, gre.statistics().receivedPackets());
      assertEquals(gre.statistics().sentBytes(), gre.statistics().receivedBytes());
    }
  }

  @Test
  void whatDoesNotFitIsDroppedAndTheRestPasses() {
    try (var gre = RawIpSocket.open(IpProtocol.GRE, ANY_LINK.withMtu(4000))) {
      byte[] good = packet(IpProtocol.GRE, Neighbour.ADDRESS, 100, 1);
      var batch =
          batchOf(
              packet(IpProtocol.GRE, Neighbour.ADDRESS, 4001, 0),
              packet(IpProtocol.GRE, Neighbour.ADDRESS, 1501, 0),
              packet(IpProtocol.ESP, Neighbour.ADDRESS, 100, 0),
              packet(IpProtocol.GRE, Ipv4Address.parse("203.0.113.1"), 100, 0),
              good);
      assertEquals(1, gre.send(batch));
      assertEquals(4, gre.statistics().sendDrops());
      assertEchoed(receive(gre, 1), 0, good, OURS);
    }
  }

  @Test
  void ikeMessagesPassWithTheirAddressesAlsoInFragments() {
    try (var ike = UdpSocket.open(Ipv4Address.UNSPECIFIED, 500, ON_LINK.withMtu(5000))) {
      byte[] small = packet(IpProtocol.UDP, Neighbour.ADDRESS, 128, 5);
      byte[] large = packet(IpProtocol.UDP, Neighbour.ADDRESS, 4600, 6);
      byte[] otherPort = packet(IpProtocol.UDP, Neighbour.ADDRESS, 128, 5);
      BigEndian.putShort(otherPort, 20, 501);
      assertEquals(2, ike.send(batchOf(small, otherPort, large)));
      assertEquals(1, ike.statistics().sendDrops());
      PacketBatch back = receive(ike, 2);
      assertEchoed(back, 0, small, OURS);
      assertEchoed(back, 1, large, OURS);
      assertEquals(PacketBatch.ChecksumState.VERIFIED, back.checksumState(0));
      assertEquals(64, back.slab()[back.offset(0) + 8]);
      var taken =
          assertThrows(
              OperatingSystemException.class,
              () -> UdpSocket.open(Ipv4Address.UNSPECIFIED, 500, ON_LINK));
      assertEquals(Errno.EADDRINUSE, taken.error());
      assertTrue(taken.advice().contains("IKE daemon"));
    }
  }

  @Test
  void whatTheKernelHasReassembledIsDeliveredWhereTheConfigurationAllowsIt() {
    var whole = ON_LINK.withMaxReceiveBytes(0xffff);
    try (var ike = UdpSocket.open(Ipv4Address.UNSPECIFIED, 500, ON_LINK.withMtu(5000));
        var all = RawIpSocket.open(IpProtocol.UDP, whole);
        var shortOnes = RawIpSocket.open(IpProtocol.UDP, ON_LINK)) {
      assertEquals(0xffff, all.maxReceiveBytes());
      assertEquals(1500, shortOnes.maxReceiveBytes());
      byte[] large = packet(IpProtocol.UDP, Neighbour.ADDRESS, 4600, 6);
      byte[] small = packet(IpProtocol.UDP, Neighbour.ADDRESS, 128, 5);
      assertEquals(2, ike.send(batchOf(large, small)));
      PacketBatch back = receive(all, 2);
      assertEquals(4600, back.length(0));
      assertEquals(128, back.length(1));
      assertEquals(128, receive(shortOnes, 1).length(0));
      assertEquals(1, shortOnes.statistics().receiveDrops());
    }
  }

  @Test
  void aCloseEndsAWait() throws Exception {
    var esp = RawIpSocket.open(IpProtocol.ESP, ON_LINK);
    var started = new CompletableFuture<Boolean>();
    var wait =
        CompletableFuture.supplyAsync(
            () -> {
              started.complete(true);
              return esp.awaitReadable(60 * SECOND);
            },
            Kernel.THREADS);
    assertTrue(started.get(5, TimeUnit.SECONDS));
    esp.close();
    assertFalse(wait.get(5, TimeUnit.SECONDS));
    assertEquals(0, esp.send(batchOf(packet(IpProtocol.ESP, Neighbour.ADDRESS, 100, 0))));
    assertEquals(1, esp.statistics().sendDrops());
    assertEquals(0, esp.receive(PacketBatch.ofOne(100)));
    assertThrows(
        IllegalStateException.class, () -> esp.joinGroup(Neighbour.ALL_SPF_ROUTERS, index));
  }

  @Test
  void refusalsAreTyped() {
    var absent =
        assertThrows(
            OperatingSystemException.class,
            () -> RawIpSocket.open(IpProtocol.GRE, SocketConfiguration.on("absent")));
    assertEquals(Errno.ENODEV, absent.error());
    String printed = Kernel.runWithoutCapabilities(WithoutCapabilities.class);
    assertTrue(printed.contains("open a socket for protocol esp: EPERM"), printed);
    assertTrue(printed.contains("bind UDP 0.0.0.0:500: EACCES"), printed);
    assertTrue(printed.contains("CAP_NET_BIND_SERVICE"), printed);
  }

  /** Prints what an unprivileged process is told. */
  static final class WithoutCapabilities {
    private WithoutCapabilities() {}

    public static void main(String[] args) {
      var all = SocketConfiguration.onAll();
      try (var socket = RawIpSocket.open(IpProtocol.ESP, all)) {
        System.out.println("opened " + socket);
      } catch (OperatingSystemException e) {
        System.out.println(e.getMessage());
      }
      try (var socket = UdpSocket.open(Ipv4Address.UNSPECIFIED, 500, all)) {
        System.out.println("opened " + socket);
      } catch (OperatingSystemException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
