package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;

/** Where the outer packets of a tunnel come from. */
public sealed interface TunnelSource {
  /**
   * The address of an interface, or the one that it borrows.
   *
   * @param name the interface
   */
  record OfInterface(IosInterfaceName name) implements TunnelSource {
    @Override
    public String toString() {
      return name.toString();
    }
  }

  /**
   * An address.
   *
   * @param address one of the router's own
   */
  record OfAddress(Ipv4Address address) implements TunnelSource {
    @Override
    public String toString() {
      return address.toString();
    }
  }
}
