package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/** Which forwarding address an external LSA gets (RFC 2328 section 12.4.4.1, RFC 3101 2.3). */
final class ForwardingAddresses {
  private ForwardingAddresses() {}

  /**
   * The next router outside of the AS, if others can send packets straight to it: it is on a
   * network with further OSPF routers, and not this router itself.
   *
   * @param nssa the area that is told; null for the areas that take AS-external-LSAs
   * @return 0.0.0.0 if packets are to come to this router
   */
  static Ipv4Address toldTo(Core core, @Nullable Area nssa, ExternalDestination destination) {
    Ipv4Address address = destination.forwardingAddress();
    if (address.isUnspecified()) {
      return address;
    }
    for (OspfInterface each : core.interfaces.values()) {
      OspfInterfaceConfig config = each.config();
      boolean shared =
          each.isRunning()
              && !each.isUnnumbered()
              && config.type().electsDesignatedRouter()
              && (nssa == null ? each.takesAsScope() : each.area() == nssa);
      if (shared
          && config.network().contains(address)
          && !address.equals(config.address())
          && !address.equals(config.network().address())
          && !address.equals(config.network().last())) {
        return address;
      }
    }
    return Ipv4Address.UNSPECIFIED;
  }

  /**
   * An address of this router in an NSSA: that of a loopback interface if there is one, or else of
   * a network that is not a transit network, since that saves a hop; of several the interface with
   * the lowest id gives it.
   *
   * @return 0.0.0.0 if the router has none there
   */
  static Ipv4Address own(Core core, Area nssa) {
    OspfInterface best = null;
    for (OspfInterface each : core.interfaces.values()) {
      boolean usable =
          each.area() == nssa && each.state() != InterfaceState.DOWN && !each.isUnnumbered();
      if (usable && (best == null || rank(each) < rank(best))) {
        best = each;
      }
    }
    return best == null ? Ipv4Address.UNSPECIFIED : best.config().address();
  }

  private static int rank(OspfInterface on) {
    if (on.state() == InterfaceState.LOOPBACK) {
      return 0;
    }
    return on.config().passive() ? 1 : 2;
  }
}
