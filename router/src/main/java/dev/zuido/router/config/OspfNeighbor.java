package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import java.util.OptionalInt;

/**
 * A {@code neighbor} line: a router that is not found by multicast (RFC 2328, section C.5).
 *
 * @param address its address
 * @param priority its priority until it says another, 0 to 255; 0 if empty
 * @param pollSeconds how often it is called while it is silent, 1 to 65535; 120 if empty
 * @param cost the cost of reaching it, 1 to 65535; the interface's if empty
 */
public record OspfNeighbor(
    Ipv4Address address, OptionalInt priority, OptionalInt pollSeconds, OptionalInt cost) {
  /** Checks the ranges. */
  public OspfNeighbor {
    priority.ifPresent(value -> Checks.range("a priority", value, 0, 255));
    pollSeconds.ifPresent(value -> Checks.range("a poll interval", value, 1, 65535));
    cost.ifPresent(value -> Checks.range("a cost", value, 1, 65535));
  }

  /** The line. */
  @Override
  public String toString() {
    return "neighbor "
        + address
        + (priority.isPresent() ? " priority " + priority.getAsInt() : "")
        + (pollSeconds.isPresent() ? " poll-interval " + pollSeconds.getAsInt() : "")
        + (cost.isPresent() ? " cost " + cost.getAsInt() : "");
  }
}
