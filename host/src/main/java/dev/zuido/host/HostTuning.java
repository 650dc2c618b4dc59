package dev.zuido.host;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * How a router on a host moves its packets. Nothing of it changes what arrives where.
 *
 * @param offloads the work that is left to the kernel where it can; without any, everything still
 *     works
 * @param queues the queues of each TUN device, 1 to {@value #MAX_QUEUES}. With one, the router's
 *     thread reads and writes it; with more, each has a thread that cuts super-packets apart and
 *     joins segments, and the router's thread takes the packets in their order
 */
public record HostTuning(Set<Offload> offloads, int queues) {
  /** The most queues of a device. */
  public static final int MAX_QUEUES = 16;

  /** All offloads, one queue. */
  public static final HostTuning DEFAULT = new HostTuning(EnumSet.allOf(Offload.class), 1);

  /** What can be left to the kernel. */
  public enum Offload {
    /** The host hands over TCP super-packets and unfinished checksums (IFF_VNET_HDR). */
    TUN_SEGMENTATION,
    /** TCP segments that follow each other are handed to the host as one super-packet. */
    TUN_COALESCING,
    /** ESP in UDP leaves as one datagram that the kernel cuts apart (UDP_SEGMENT). */
    UDP_SEGMENTATION,
    /** Datagrams of one peer arrive joined, and are cut apart here (UDP_GRO). */
    UDP_COALESCING;

    /** The name in words: {@code udp-segmentation}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Copies the set.
   *
   * @throws IllegalArgumentException for another number of queues, or coalescing without
   *     segmentation at the TUN device, whose virtio headers it needs
   */
  public HostTuning {
    offloads =
        Collections.unmodifiableSet(
            offloads.isEmpty() ? EnumSet.noneOf(Offload.class) : EnumSet.copyOf(offloads));
    if (queues < 1 || queues > MAX_QUEUES) {
      throw new IllegalArgumentException(
          "a TUN device has 1 to " + MAX_QUEUES + " queues here, not " + queues);
    }
    if (offloads.contains(Offload.TUN_COALESCING) && !offloads.contains(Offload.TUN_SEGMENTATION)) {
      throw new IllegalArgumentException("tun-coalescing needs tun-segmentation");
    }
  }

  /** Whether an offload is asked for. */
  boolean has(Offload offload) {
    return offloads.contains(offload);
  }
}
