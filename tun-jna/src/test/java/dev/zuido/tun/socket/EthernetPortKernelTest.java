package dev.zuido.tun.socket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.Errno;
import dev.zuido.tun.Kernel;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.netlink.LinkMonitor;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.MacAddress;
import dev.zuido.wire.PacketBatch;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two ports at the ends of a cable. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EthernetPortKernelTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int DISCOVERY = 0x8863;
  private static final int SESSION = 0x8864;
  private static final int VLAN_TAG = 0x8100;
  private static final Set<Integer> PPPOE = Set.of(DISCOVERY, SESSION);
  private static final MacAddress STRANGER = MacAddress.parse("02:00:5e:00:00:99");

  private EthernetPort near;
  private EthernetPort far;

  @BeforeAll
  void layTheCable() {
    Kernel.require();
    Kernel.run("ip", "link", "add", "ze0", "type", "veth", "peer", "name", "ze1");
    for (String end : new String[] {"ze0", "ze1"}) {
      Kernel.run("ip", "link", "set", end, "addrgenmode", "none");
      Kernel.run("ip", "link", "set", end, "up");
    }
  }

  @AfterAll
  void takeTheCableAway() {
    if (Boolean.getBoolean("zuido.kernel")) {
      Kernel.run("ip", "link", "del", "ze0");
    }
  }

  @BeforeEach
  void openBothEnds() {
    near = EthernetPort.open(EthernetConfiguration.on("ze0", PPPOE));
    far = EthernetPort.open(EthernetConfiguration.on("ze1", PPPOE));
  }

  @AfterEach
  void closeBothEnds() {
    near.close();
    far.close();
  }

  private static byte[] frame(MacAddress to, MacAddress from, int type, int length, int filling) {
    byte[] frame = new byte[length];
    Arrays.fill(frame, 14, length, (byte) filling);
    to.put(frame, 0);
    from.put(frame, 6);
    BigEndian.putShort(frame, 12, type);
    return frame;
  }

  private byte[] toFar(int type, int length, int filling) {
    return frame(far.address(), near.address(), type, length, filling);
  }

  private static PacketBatch batchOf(byte[]... frames) {
    var batch = new PacketBatch(frames.length, 3000, 0, 0);
    for (byte[] frame : frames) {
      batch.add(frame, 0, frame.length);
    }
    return batch;
  }

  private static PacketBatch receive(EthernetPort port, int count) {
    var batch = new PacketBatch(count, 3000, 0, 0);
    long start = System.nanoTime();
    while (!batch.isFull() && System.nanoTime() - start < 5 * SECOND) {
      port.awaitReadable(SECOND);
      port.receive(batch);
    }
    assertEquals(count, batch.size(), port.statistics().toString());
    return batch;
  }

  private static void assertNothingComes(EthernetPort port) {
    port.awaitReadable(SECOND / 5);
    assertEquals(0, port.receive(new PacketBatch(1, 3000, 0, 0)));
  }

  @Test
  void framesPassBothWaysAsTheyAre() {
    assertEquals(1514, near.mtu());
    assertEquals(1514, near.maxReceiveBytes());
    assertTrue(Kernel.run("ip", "link", "show", "ze0").contains(near.address().toString()));
    assertEquals("frames of type 0x8863 0x8864 on ze0", near.toString());
    byte[] session = toFar(SESSION, 1514, 1);
    assertEquals(1, near.send(batchOf(session)));
    assertArrayEquals(session, receive(far, 1).copy(0));
    byte[] answer = frame(near.address(), far.address(), DISCOVERY, 60, 2);
    assertEquals(1, far.send(batchOf(answer)));
    PacketBatch back = receive(near, 1);
    assertArrayEquals(answer, back.copy(0));
    assertTrue(Kernel.run("ip", "-o", "link", "show", "ze0").startsWith(back.ingress(0) + ":"));
    assertEquals(new SocketStatistics(1, 60, 0, 1, 1514, 0), near.statistics());
  }

  @Test
  void severalGroupsOfFramesPassInOrderOverBothTypes() {
    byte[][] frames = new byte[150][];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = toFar(i % 2 == 0 ? SESSION : DISCOVERY, 1514 - i, i);
    }
    assertEquals(150, near.send(batchOf(frames)));
    PacketBatch received = receive(far, 150);
    for (int i = 0; i < frames.length; i++) {
      assertArrayEquals(frames[i], received.copy(i), "frame " + i);
    }
  }

  @Test
  void framesToAllAndToGroupsAreReceivedAndThoseToOthersAreNot() {
    byte[] toAll = frame(MacAddress.BROADCAST, near.address(), DISCOVERY, 60, 3);
    byte[] toGroup = frame(MacAddress.parse("01:00:5e:00:00:05"), near.address(), DISCOVERY, 60, 4);
    byte[] toStranger = frame(STRANGER, near.address(), DISCOVERY, 60, 5);
    assertEquals(3, near.send(batchOf(toStranger, toAll, toGroup)));
    PacketBatch received = receive(far, 2);
    assertArrayEquals(toAll, received.copy(0));
    assertArrayEquals(toGroup, received.copy(1));
    assertNothingComes(far);
    Kernel.run("ip", "link", "set", "ze1", "promisc", "on");
    try {
      assertEquals(1, near.send(batchOf(toStranger)));
      assertNothingComes(far);
    } finally {
      Kernel.run("ip", "link", "set", "ze1", "promisc", "off");
    }
  }

  @Test
  void whatTheHostSendsIsNotReceived() {
    byte[] toAll = frame(MacAddress.BROADCAST, near.address(), DISCOVERY, 60, 3);
    try (var another = EthernetPort.open(EthernetConfiguration.on("ze0", PPPOE))) {
      assertEquals(1, near.send(batchOf(toAll)));
      assertEquals(1, another.send(batchOf(toAll)));
      receive(far, 2);
      assertNothingComes(another);
    }
    assertNothingComes(near);
  }

  @Test
  void otherTypesAreNeitherReceivedNorSent() {
    byte[] arp = toFar(0x0806, 60, 6);
    byte[] discovery = toFar(DISCOVERY, 60, 7);
    assertEquals(1, near.send(batchOf(arp, discovery)));
    assertEquals(1, near.statistics().sendDrops());
    try (var other = EthernetPort.open(EthernetConfiguration.on("ze0", Set.of(0x0806)))) {
      assertEquals(1, other.send(batchOf(arp)));
    }
    assertArrayEquals(discovery, receive(far, 1).copy(0));
    assertNothingComes(far);
  }

  /** Sends a frame with a tag (IEEE 802.1Q), which the far end's kernel takes off. */
  private void sendTagged(int tag, byte[] frame) {
    byte[] tagged = new byte[frame.length + 4];
    System.arraycopy(frame, 0, tagged, 0, 12);
    BigEndian.putInt(tagged, 12, VLAN_TAG << 16 | tag);
    System.arraycopy(frame, 12, tagged, 16, frame.length - 12);
    try (var tagging = EthernetPort.open(EthernetConfiguration.on("ze0", Set.of(VLAN_TAG)))) {
      assertEquals(1, tagging.send(batchOf(tagged)));
    }
  }

  @Test
  void framesOfAVlanAreNotTakenForUntaggedOnes() {
    sendTagged(5, toFar(SESSION, 100, 8));
    assertNothingComes(far);
    assertEquals(1, far.taggedFrames());
    assertEquals(1, far.statistics().receiveDrops());
  }

  @Test
  void aTagWithAPriorityAloneIsNoVlan() {
    byte[] frame = toFar(SESSION, 100, 9);
    sendTagged(0xe000, frame);
    assertArrayEquals(frame, receive(far, 1).copy(0));
    assertEquals(0, far.taggedFrames());
  }

  @Test
  void whatIsTooLongIsCountedAndTheRestPasses() {
    byte[] good = toFar(SESSION, 100, 1);
    byte[] shortOne = new byte[13];
    assertEquals(1, near.send(batchOf(toFar(SESSION, 1515, 1), shortOne, good)));
    assertEquals(2, near.statistics().sendDrops());
    assertArrayEquals(good, receive(far, 1).copy(0));
    Kernel.run("ip", "link", "set", "ze0", "mtu", "1600");
    try (var monitor = LinkMonitor.open();
        var longer = EthernetPort.open(EthernetConfiguration.on("ze0", PPPOE))) {
      // The far end's kernel leaves room for a tag.
      assertEquals(2, longer.send(batchOf(toFar(SESSION, 1518, 1), good)));
      assertArrayEquals(good, receive(far, 1).copy(0));
      assertEquals(1, far.statistics().receiveDrops());
      near.follow(monitor.link("ze0").orElseThrow());
      assertEquals(1614, near.mtu());
      assertEquals(1514, near.maxReceiveBytes());
    } finally {
      Kernel.run("ip", "link", "set", "ze0", "mtu", "1500");
    }
  }

  @Test
  void aLinkThatWasDownIsUsedAgainWhenItIsUp() {
    byte[] frame = toFar(SESSION, 100, 1);
    assertTrue(near.isUp());
    try (var monitor = LinkMonitor.open()) {
      Kernel.run("ip", "link", "set", "ze0", "down");
      monitor.poll();
      near.follow(monitor.link("ze0").orElseThrow());
      assertFalse(near.isUp());
      assertTrue(near.isOpen());
      assertEquals(0, near.send(batchOf(frame)));
      assertEquals(1, near.statistics().sendDrops());
      assertNothingComes(near);
      Kernel.run("ip", "link", "set", "ze0", "up");
      while (!near.isUp()) {
        assertTrue(monitor.awaitReadable(5 * SECOND));
        monitor.poll();
        near.follow(monitor.link("ze0").orElseThrow());
      }
      assertThrows(
          IllegalArgumentException.class, () -> near.follow(monitor.link("ze1").orElseThrow()));
    }
    assertEquals(1, near.send(batchOf(frame)));
    assertArrayEquals(frame, receive(far, 1).copy(0));
    byte[] answer = frame(near.address(), far.address(), SESSION, 60, 2);
    assertEquals(1, far.send(batchOf(answer)));
    assertArrayEquals(answer, receive(near, 1).copy(0));
  }

  @Test
  @SuppressWarnings("try") // what is counted has to outlive the port
  void whatTheKernelDropsIsCounted() {
    byte[][] frames = new byte[64][];
    Arrays.setAll(frames, i -> toFar(SESSION, 1514, i));
    var narrow = EthernetConfiguration.on("ze1", PPPOE).withBufferBytes(4096);
    try (var slow = EthernetPort.open(narrow)) {
      assertEquals(64, near.send(batchOf(frames)));
      receive(far, 64);
      long dropped = slow.kernelDrops();
      assertTrue(dropped > 0 && dropped < 64, dropped + " of 64");
      assertEquals(dropped, slow.kernelDrops());
      receive(slow, (int) (64 - dropped));
      assertNothingComes(slow);
      slow.close();
      assertEquals(dropped, slow.kernelDrops());
    }
  }

  @Test
  void framesPassTheQueueingDisciplineUnlessTheyGoPastIt() {
    Kernel.run("tc", "qdisc", "add", "dev", "ze0", "root", "pfifo");
    byte[] frame = toFar(SESSION, 100, 1);
    var past = EthernetConfiguration.on("ze0", PPPOE).withBypassQueue(true);
    try (var bypassing = EthernetPort.open(past)) {
      assertEquals(1, near.send(batchOf(frame)));
      assertEquals(1, bypassing.send(batchOf(frame)));
      receive(far, 2);
      String queue = Kernel.run("tc", "-s", "qdisc", "show", "dev", "ze0");
      assertTrue(queue.contains("Sent 100 bytes 1 pkt"), queue);
    } finally {
      Kernel.run("tc", "qdisc", "del", "dev", "ze0", "root");
    }
  }

  @Test
  void refusalsAreTyped() {
    var absent =
        assertThrows(
            OperatingSystemException.class,
            () -> EthernetPort.open(EthernetConfiguration.on("absent", PPPOE)));
    assertEquals(Errno.ENODEV, absent.error());
    var loopback =
        assertThrows(
            OperatingSystemException.class,
            () -> EthernetPort.open(EthernetConfiguration.on("lo", PPPOE)));
    assertEquals(Errno.EAFNOSUPPORT, loopback.error());
    assertTrue(loopback.advice().contains("lo is no Ethernet interface"), loopback.advice());
    String printed = Kernel.runWithoutCapabilities(WithoutCapabilities.class);
    assertTrue(
        printed.contains("open a socket for frames of type 0x8863 0x8864 on ze0: EPERM"), printed);
    assertTrue(printed.contains("CAP_NET_RAW"), printed);
  }

  @Test
  void aClosedPortRefuses() {
    near.close();
    assertFalse(near.isUp());
    assertEquals(0, near.send(batchOf(toFar(SESSION, 100, 1))));
    assertEquals(1, near.statistics().sendDrops());
    assertEquals(0, near.receive(new PacketBatch(1, 3000, 0, 0)));
    assertEquals(0, near.kernelDrops());
  }

  /** Prints what an unprivileged process is told. */
  static final class WithoutCapabilities {
    private WithoutCapabilities() {}

    public static void main(String[] args) {
      try (var port = EthernetPort.open(EthernetConfiguration.on("ze0", PPPOE))) {
        System.out.println("opened " + port);
      } catch (OperatingSystemException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
