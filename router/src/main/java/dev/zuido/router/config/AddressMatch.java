package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Optional;

/**
 * Addresses by a wildcard: the bits that are zero in the wildcard must agree. The wildcard need not
 * be contiguous.
 *
 * @param address the address, its free bits zero
 * @param wildcard the free bits
 */
public record AddressMatch(Ipv4Address address, Ipv4Address wildcard) {
  /** Every address. */
  public static final AddressMatch ANY =
      new AddressMatch(Ipv4Address.UNSPECIFIED, Ipv4Address.BROADCAST);

  /** Clears the bits of the address that do not count. */
  public AddressMatch {
    address = new Ipv4Address(address.value() & ~wildcard.value());
  }

  /** One address. */
  public static AddressMatch host(Ipv4Address address) {
    return new AddressMatch(address, Ipv4Address.UNSPECIFIED);
  }

  /** Whether an address matches. */
  public boolean matches(Ipv4Address candidate) {
    return matches(candidate.value());
  }

  /** Whether an address, as a 32-bit number, matches. */
  public boolean matches(int candidate) {
    return (candidate & ~wildcard.value()) == address.value();
  }

  /** Whether all match. */
  public boolean isAny() {
    return wildcard.equals(Ipv4Address.BROADCAST);
  }

  /** Whether just one matches. */
  public boolean isHost() {
    return wildcard.isUnspecified();
  }

  /** The prefix that it is, if the wildcard is contiguous: what a quick-mode identity can carry. */
  public Optional<Ipv4Prefix> prefix() {
    int length = Integer.bitCount(~wildcard.value());
    return Ipv4Prefix.maskOf(length) == ~wildcard.value()
        ? Optional.of(new Ipv4Prefix(address, length))
        : Optional.empty();
  }

  /** As an access list has it: {@code any}, {@code host A} or {@code A W}. */
  @Override
  public String toString() {
    if (isAny()) {
      return "any";
    }
    return isHost() ? "host " + address : address + " " + wildcard;
  }
}
