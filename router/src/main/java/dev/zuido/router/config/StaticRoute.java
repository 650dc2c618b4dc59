package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import org.jspecify.annotations.Nullable;

/**
 * A static route: by a next hop, by an interface, or by a next hop that must lie behind an
 * interface.
 *
 * @param prefix where it leads
 * @param exit the interface, {@code Null0} to throw away
 * @param nextHop the next hop
 * @param distance the administrative distance, 1 to 255; a higher one floats behind other routes
 */
public record StaticRoute(
    Ipv4Prefix prefix,
    @Nullable IosInterfaceName exit,
    @Nullable Ipv4Address nextHop,
    int distance) {
  /** The distance where none is given. */
  public static final int DEFAULT_DISTANCE = 1;

  /** Checks that it leads somewhere. */
  public StaticRoute {
    Checks.range("a distance", distance, 1, 255);
    if (exit == null && nextHop == null) {
      throw new IllegalArgumentException("a route has a next hop or an interface");
    }
    if (exit != null && exit.kind() == InterfaceKind.NULL && nextHop != null) {
      throw new IllegalArgumentException("nothing lies behind " + exit);
    }
  }

  /** Whether matching packets are thrown away. */
  public boolean discards() {
    return exit != null && exit.kind() == InterfaceKind.NULL;
  }

  /** Whether the two differ in the distance at most. */
  public boolean samePathAs(StaticRoute other) {
    return equals(new StaticRoute(other.prefix, other.exit, other.nextHop, distance));
  }

  /** The line of a configuration text. */
  @Override
  public String toString() {
    return "ip route "
        + prefix.address()
        + " "
        + prefix.mask()
        + (exit == null ? "" : " " + exit)
        + (nextHop == null ? "" : " " + nextHop)
        + (distance == DEFAULT_DISTANCE ? "" : " " + distance);
  }
}
