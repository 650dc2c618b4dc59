package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;

/**
 * A {@code network} line: interfaces whose primary address matches take part in an area.
 *
 * @param match the addresses
 * @param area the area ID
 */
public record OspfNetwork(AddressMatch match, Ipv4Address area) {
  /** The line of a configuration text. */
  @Override
  public String toString() {
    return "network " + match.address() + " " + match.wildcard() + " area " + area;
  }
}
