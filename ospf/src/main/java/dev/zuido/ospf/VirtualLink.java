package dev.zuido.ospf;

import dev.zuido.ospf.VirtualLinkSnapshot.Obstacle;
import dev.zuido.wire.Ipv4Address;

/**
 * One end of a virtual link (RFC 2328 section 15): an interface of the backbone whose cost and
 * addresses come from the route to the other end, and which is up while there is such a route.
 */
final class VirtualLink {
  /**
   * What packets are limited to: "an attempt should be made to limit the sizes of OSPF packets sent
   * over virtual links to 576 bytes" (appendix A.1).
   */
  private static final int PACKET_LIMIT = 576;

  private final int number;
  private final Ipv4Address transitAreaId;
  private VirtualLinkConfig config;
  private Ipv4Address neighborAddress = Ipv4Address.UNSPECIFIED;
  private Obstacle obstacle = Obstacle.NO_BORDER_ROUTER;
  private final OspfInterface on;

  /**
   * A link that is down.
   *
   * @param number from 0, of no other link of the router
   */
  VirtualLink(Core core, int number, Ipv4Address transitAreaId, VirtualLinkConfig config) {
    this.number = number;
    this.transitAreaId = transitAreaId;
    this.config = config;
    this.on = new OspfInterface(core, interfaceConfig(Ipv4Address.UNSPECIFIED, 1));
  }

  int number() {
    return number;
  }

  Ipv4Address transitAreaId() {
    return transitAreaId;
  }

  VirtualLinkConfig config() {
    return config;
  }

  Ipv4Address neighborId() {
    return config.neighborId();
  }

  /** Where packets over the link are sent; 0.0.0.0 before it was up. */
  Ipv4Address neighborAddress() {
    return neighborAddress;
  }

  /** The link as an interface of the backbone. */
  OspfInterface on() {
    return on;
  }

  Obstacle obstacle() {
    return obstacle;
  }

  boolean isUp() {
    return on.state() != InterfaceState.DOWN;
  }

  boolean isFull() {
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.countsAsFull()) {
        return true;
      }
    }
    return false;
  }

  /** Other intervals or another authentication. */
  void reconfigure(VirtualLinkConfig changed) {
    config = changed;
    on.reconfigure(interfaceConfig(on.config().address(), on.config().cost()));
  }

  /** There is a route to the other end: the interface comes up, or changes its cost. */
  void reachable(int cost, Ipv4Address address, Ipv4Address newNeighborAddress) {
    neighborAddress = newNeighborAddress;
    obstacle = Obstacle.NONE;
    OspfInterfaceConfig now = interfaceConfig(address, cost);
    if (!now.equals(on.config())) {
      on.reconfigure(now);
    }
    if (!isUp()) {
      on.event(InterfaceEvent.INTERFACE_UP);
    }
  }

  void unreachable(Obstacle why) {
    obstacle = why;
    if (isUp()) {
      on.event(InterfaceEvent.INTERFACE_DOWN);
    }
  }

  /** The prefix length is that of the mask in Hellos: "on … virtual links … set to 0.0.0.0". */
  private OspfInterfaceConfig interfaceConfig(Ipv4Address address, int cost) {
    return OspfInterfaceConfig.builder(-1 - number, "VL" + number)
        .type(NetworkType.VIRTUAL_LINK)
        .address(address, 0)
        .areaId(OspfAreaConfig.BACKBONE)
        .cost(cost)
        .mtu(PACKET_LIMIT)
        .mtuIgnore(true)
        .timers(config.timers())
        .authentication(config.authentication())
        .ttlSecurityHops(config.ttlSecurityHops())
        .build();
  }
}
