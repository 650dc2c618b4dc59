package dev.zuido.tun.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.Kernel;
import dev.zuido.tun.PortPoller;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LinkMonitorKernelTest {
  private static final long SECOND = 1_000_000_000L;

  @BeforeEach
  void aPairOfInterfaces() {
    Kernel.require();
    Kernel.run("ip", "link", "add", "zm0", "mtu", "1400", "type", "veth", "peer", "name", "zm1");
  }

  @AfterEach
  void remove() {
    if (Boolean.getBoolean("zuido.kernel") && Kernel.run("ip", "link").contains("zm")) {
      Kernel.run("ip", "link", "del", "zm0");
    }
  }

  /** Changes of one interface, collected until its last is as wanted. */
  private static List<LinkChange> until(LinkMonitor monitor, String name, LinkChange wanted) {
    List<LinkChange> seen = new ArrayList<>();
    long start = System.nanoTime();
    do {
      monitor.awaitReadable(SECOND);
      monitor.poll().stream()
          .filter(change -> change.link().name().equals(name))
          .forEach(seen::add);
      if (!seen.isEmpty() && seen.get(seen.size() - 1).equals(wanted)) {
        return seen;
      }
    } while (System.nanoTime() - start < 5 * SECOND);
    throw new AssertionError("not seen: " + wanted + ", but " + seen);
  }

  @Test
  void followsAnInterfaceUntilItIsGone() {
    try (var monitor = LinkMonitor.open();
        var poller = new PortPoller(1)) {
      poller.add(monitor);
      int index = monitor.link("zm0").orElseThrow().index();
      assertEquals(new NetworkLink(index, "zm0", 1400, false, false), monitor.links().get(2));
      assertEquals(List.of(), monitor.poll());
      assertFalse(poller.await(SECOND / 20));

      Kernel.run("ip", "link", "set", "zm0", "up");
      assertTrue(poller.await(5 * SECOND));
      assertTrue(poller.isReady(0));
      var withoutCarrier = new NetworkLink(index, "zm0", 1400, true, false);
      until(monitor, "zm0", new LinkChange(withoutCarrier, false));
      Kernel.run("ip", "link", "set", "zm1", "up");
      var up = new NetworkLink(index, "zm0", 1400, true, true);
      until(monitor, "zm0", new LinkChange(up, false));
      assertEquals(up, monitor.link("zm0").orElseThrow());
      assertFalse(poller.await(SECOND / 20), "what did not change was reported");

      Kernel.run("ip", "link", "set", "zm0", "mtu", "1300");
      until(monitor, "zm0", new LinkChange(new NetworkLink(index, "zm0", 1300, true, true), false));
      Kernel.run("ip", "link", "del", "zm0");
      var gone = new LinkChange(new NetworkLink(index, "zm0", 1300, false, false), true);
      until(monitor, "zm0", gone);
      assertTrue(monitor.link("zm0").isEmpty());
      assertEquals(0, monitor.overflows());
    }
  }

  @Test
  void anOverflowIsMadeGoodByReadingAll() {
    try (var monitor = LinkMonitor.open(2304)) {
      int index = monitor.link("zm0").orElseThrow().index();
      int other = monitor.link("zm1").orElseThrow().index();
      Kernel.run("ip", "link", "set", "zm0", "up");
      for (int mtu = 1301; mtu <= 1340; mtu++) {
        Kernel.run("ip", "link", "set", "zm0", "mtu", Integer.toString(mtu));
      }
      List<LinkChange> changes = monitor.poll();
      assertEquals(1, monitor.overflows());
      var now = new NetworkLink(index, "zm0", 1340, true, false);
      assertEquals(new LinkChange(now, false), changes.get(changes.size() - 1));
      assertTrue(changes.size() < 40, changes.toString());

      Kernel.run("ip", "link", "del", "zm0");
      for (int i = 0; i < 20; i++) {
        Kernel.run("ip", "link", "add", "zm0", "type", "veth", "peer", "name", "zm1");
        Kernel.run("ip", "link", "del", "zm0");
      }
      changes = monitor.poll();
      assertEquals(2, monitor.overflows());
      for (int gone : new int[] {index, other}) {
        assertTrue(
            changes.stream().anyMatch(c -> c.removed() && c.link().index() == gone),
            changes.toString());
      }
      assertEquals(1, monitor.links().size());
    }
  }

  @Test
  void leavingABridgeIsNoRemoval() {
    try (var monitor = LinkMonitor.open()) {
      Kernel.run("ip", "link", "add", "zmbr", "type", "bridge");
      Kernel.run("ip", "link", "set", "zm1", "master", "zmbr");
      Kernel.run("ip", "link", "set", "zm1", "nomaster");
      Kernel.run("ip", "link", "del", "zmbr");
      assertTrue(
          monitor.poll().stream()
              .filter(change -> change.link().name().equals("zm1"))
              .noneMatch(LinkChange::removed));
      assertTrue(monitor.link("zm1").isPresent());
    }
  }

  @Test
  void aCloseEndsAWait() throws Exception {
    var monitor = LinkMonitor.open();
    var started = new CompletableFuture<Boolean>();
    var wait =
        CompletableFuture.supplyAsync(
            () -> {
              started.complete(true);
              return monitor.awaitReadable(60 * SECOND);
            },
            Kernel.THREADS);
    assertTrue(started.get(5, TimeUnit.SECONDS));
    monitor.close();
    assertFalse(wait.get(5, TimeUnit.SECONDS));
    assertFalse(monitor.isOpen());
    assertEquals(List.of(), monitor.poll());
  }
}
