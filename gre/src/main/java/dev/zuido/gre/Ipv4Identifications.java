package dev.zuido.gre;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The identifications of outer IPv4 packets (RFC 6864).
 *
 * <p>They must not repeat soon for the same two addresses and protocol while packets may be
 * fragmented. So tunnels between the same endpoints, which differ in their keys, share one object:
 * see {@link GreTunnel#GreTunnel(GreTunnelConfig, Ipv4Identifications)}. Any thread may take.
 */
public final class Ipv4Identifications {
  private final AtomicInteger next;

  /** Begins with a number; one that others cannot guess makes forged fragments harder. */
  public Ipv4Identifications(int first) {
    this.next = new AtomicInteger(first);
  }

  /** Takes so many consecutive numbers, modulo 65 536, and returns the first. */
  public int take(int count) {
    return next.getAndAdd(count) & 0xffff;
  }
}
