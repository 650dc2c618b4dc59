package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;

/**
 * An address of an interface with the length of its network.
 *
 * @param address the router's own address
 * @param prefixLength 1 to 32
 * @param secondary whether it stands beside the first one
 */
public record InterfaceAddress(Ipv4Address address, int prefixLength, boolean secondary) {
  /** Checks the length. */
  public InterfaceAddress {
    if (prefixLength < 1 || prefixLength > 32) {
      throw new IllegalArgumentException(
          "the prefix length of an interface is 1 to 32, not " + prefixLength);
    }
  }

  /** The connected network. */
  public Ipv4Prefix prefix() {
    return Ipv4Prefix.containing(address, prefixLength);
  }

  @Override
  public String toString() {
    return address + "/" + prefixLength;
  }
}
