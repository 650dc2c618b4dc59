package dev.zuido.benchmarks;

import dev.zuido.benchmarks.IkeSite.Datagram;
import dev.zuido.ike.DpdConfig;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.PeerOptions;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.wire.Ipv4Address;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What very many established peers cost one engine that does nothing but look after them: the heap
 * that they retain, and the time that a second takes. The second is one of virtual time; the peers
 * are all in another engine, whose cost does not count.
 *
 * <p>Arguments: the number of peers, 10 000 without it.
 */
public final class IkePeers {
  private static final long SECOND = 1_000_000_000L;
  private static final int DPD_SECONDS = 30;
  private static final int MEASURED_SECONDS = 60;
  private static final Ipv4Address HUB = Packets.SITE_A;

  private final int count;
  private final DpdConfig dpd;
  private final long heapBefore;
  private final IkeSite hub;
  private final long heapConfigured;
  private IkeSite spokes;
  private long now;

  private IkePeers(int count, DpdConfig dpd) {
    this.count = count;
    this.dpd = dpd;
    heapBefore = heap();
    hub = new IkeSite(config(true), new SecureRandom());
    heapConfigured = heap();
    spokes = new IkeSite(config(false), new SecureRandom());
  }

  /** Prints a table. */
  public static void main(String[] arguments) {
    int count = arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]);
    // The first run only loads and compiles.
    new IkePeers(Math.min(count, 1_000), DpdConfig.periodic(1)).measure(true);
    System.out.printf(
        Locale.ROOT, "Java %s, %d peers%n%n", System.getProperty("java.version"), count);
    System.out.println(
        "| dead peer detection | children | heap a peer, configured | heap a peer, established"
            + " | messages a second | a second of idling |");
    System.out.println("|---|--:|--:|--:|--:|--:|");
    List<DpdConfig> modes =
        List.of(DpdConfig.OFF, DpdConfig.onDemand(DPD_SECONDS), DpdConfig.periodic(DPD_SECONDS));
    for (DpdConfig dpd : modes) {
      for (boolean child : new boolean[] {false, true}) {
        System.out.println(new IkePeers(count, dpd).measure(child));
      }
    }
  }

  private static Ipv4Address spoke(int index) {
    return new Ipv4Address(Ipv4Address.of(10, 0, 0, 1).value() + index);
  }

  private IkeConfig config(boolean atHub) {
    List<PeerConfig> peers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Ipv4Address spoke = spoke(i);
      peers.add(
          atHub
              ? IkePair.peer("peer-" + i, HUB, spoke, DhGroup.CURVE_25519, dpd)
              : IkePair.peer("peer-" + i, spoke, HUB, DhGroup.CURVE_25519, DpdConfig.OFF)
                  .withOptions(PeerOptions.DEFAULT.withInvalidSpiRecovery(true)));
    }
    return IkeConfig.of(peers);
  }

  /** A line of the table. */
  private String measure(boolean child) {
    for (int i = 0; i < count; i++) {
      runUntil(DPD_SECONDS * SECOND * i / count);
      // A report of an unknown SPI to a peer with which there is nothing begins main mode alone.
      spokes.command(
          child ? IkePair.initiate("peer-" + i) : new IkeCommand.InvalidSpi(spoke(i), HUB, 4711),
          now);
    }
    runUntil(2L * DPD_SECONDS * SECOND);
    long busy = hub.busyNanos();
    long messages = hub.messages();
    runUntil(now + MEASURED_SECONDS * SECOND);
    busy = hub.busyNanos() - busy;
    messages = hub.messages() - messages;
    spokes = new IkeSite(IkeConfig.of(List.of()), new SecureRandom());
    long heapEstablished = heap();
    if (hub.installed() != (child ? 2 * count : 0)) {
      throw new IllegalStateException("only " + hub.installed() + " SAs were installed");
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d bytes | %d bytes | %d | %.2f ms |",
        dpd.mode(),
        child ? 1 : 0,
        (heapConfigured - heapBefore) / count,
        (heapEstablished - heapConfigured) / count,
        messages / MEASURED_SECONDS,
        busy / 1e6 / MEASURED_SECONDS);
  }

  private void runUntil(long end) {
    while (true) {
      deliver();
      long next = Math.min(hub.nextDeadline(), spokes.nextDeadline());
      if (next > end) {
        now = end;
        return;
      }
      now = Math.max(now, next);
      if (hub.nextDeadline() <= now) {
        hub.timeout(now);
      }
      if (spokes.nextDeadline() <= now) {
        spokes.timeout(now);
      }
    }
  }

  private void deliver() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Datagram each; (each = hub.poll()) != null; moved = true) {
        spokes.receive(each, now);
      }
      for (Datagram each; (each = spokes.poll()) != null; moved = true) {
        hub.receive(each, now);
      }
    }
  }

  /** Bytes of the heap that are in use after collections. */
  private static long heap() {
    Runtime runtime = Runtime.getRuntime();
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
    }
    return used;
  }
}
