package dev.zuido.router.forwarding;

import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * Where a route leads.
 *
 * @param interfaceNumber the router's number of the outgoing interface, or {@link #DISCARD}, or
 *     {@link #RECURSIVE} where only the gateway is known
 * @param gateway the next router, or null where the destination itself is on the interface
 */
public record NextHop(int interfaceNumber, @Nullable Ipv4Address gateway) {
  /** The interface number of the interface Null0. */
  public static final int DISCARD = -1;

  /** Stands for "the interface on which the gateway is found". */
  public static final int RECURSIVE = -2;

  /** Checks that a recursive next hop has a gateway. */
  public NextHop {
    if (interfaceNumber < RECURSIVE || (interfaceNumber == RECURSIVE && gateway == null)) {
      throw new IllegalArgumentException("a next hop needs an interface or a gateway");
    }
  }
}
