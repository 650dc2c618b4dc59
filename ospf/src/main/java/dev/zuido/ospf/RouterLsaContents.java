package dev.zuido.ospf;

import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the router-LSA of an area says (RFC 2328 section 12.4.1). */
final class RouterLsaContents {
  private final Core core;

  RouterLsaContents(Core core) {
    this.core = core;
  }

  /** The body; null if no interface to the area is up. */
  @Nullable RouterLsa of(Area area) {
    List<RouterLink> links = new ArrayList<>();
    Set<Ipv4Address> activeAreas = new TreeSet<>();
    for (OspfInterface each : core.interfaces.values()) {
      if (each.state() != InterfaceState.DOWN) {
        activeAreas.add(each.area().id());
        if (each.area() == area) {
          describe(each, links);
        }
      }
    }
    if (!activeAreas.contains(area.id())) {
      return null;
    }
    for (HostRoute host : area.config().hostRoutes()) {
      links.add(stub(Ipv4Prefix.host(host.address()), host.cost()));
    }
    links.replaceAll(core.stubRouter::metricOf);
    int flags = activeAreas.size() > 1 ? RouterLsa.BORDER : 0;
    if (core.virtualLinks.hasFullThrough(area)) {
      flags |= RouterLsa.VIRTUAL_ENDPOINT;
    }
    return new RouterLsa(flags | core.externals.routerLsaFlags(area), links);
  }

  private void describe(OspfInterface on, List<RouterLink> links) {
    OspfInterfaceConfig config = on.config();
    if (core.virtualLinks.of(on) != null) {
      describeVirtual(on, links);
      return;
    }
    switch (on.state()) {
      case DOWN -> {}
      case LOOPBACK -> {
        if (!on.isUnnumbered()) {
          links.add(stub(Ipv4Prefix.host(config.address()), 0));
        }
      }
      case POINT_TO_POINT -> {
        if (config.type().isPointToMultipoint()) {
          describePointToMultipoint(on, links);
        } else {
          describePointToPoint(on, links);
        }
      }
      case WAITING, DR_OTHER, BACKUP, DR -> describeBroadcast(on, links);
    }
  }

  /** Section 12.4.1.1. */
  private static void describePointToPoint(OspfInterface on, List<RouterLink> links) {
    OspfInterfaceConfig config = on.config();
    Ipv4Address linkData = on.isUnnumbered() ? new Ipv4Address(on.id()) : config.address();
    boolean hostRoute = !on.isUnnumbered() && config.prefixLength() == 32;
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.countsAsFull()) {
        links.add(
            new RouterLink(
                RouterLink.POINT_TO_POINT, neighbor.routerId(), linkData, config.cost()));
      }
      if (hostRoute
          && !on.suppressesPrefix()
          && (neighbor.countsAsFull() || neighbor.state().atLeast(NeighborState.TWO_WAY))) {
        links.add(stub(Ipv4Prefix.host(neighbor.address()), config.cost()));
      }
    }
    if (!hostRoute && !on.isUnnumbered() && !on.suppressesPrefix()) {
      links.add(stub(config.network(), config.cost()));
    }
  }

  /** Section 12.4.1.4: a host route to itself, and a link to each fully adjacent neighbor. */
  private static void describePointToMultipoint(OspfInterface on, List<RouterLink> links) {
    OspfInterfaceConfig config = on.config();
    if (!on.suppressesPrefix()) {
      links.add(stub(Ipv4Prefix.host(config.address()), 0));
    }
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.countsAsFull()) {
        StaticNeighbor known = config.staticNeighbor(neighbor.address());
        int cost = known == null || known.cost() == 0 ? config.cost() : known.cost();
        links.add(
            new RouterLink(RouterLink.POINT_TO_POINT, neighbor.routerId(), config.address(), cost));
      }
    }
  }

  /** Section 12.4.1.2. */
  private static void describeBroadcast(OspfInterface on, List<RouterLink> links) {
    OspfInterfaceConfig config = on.config();
    boolean transit = false;
    for (Neighbor neighbor : on.neighbors()) {
      transit |=
          neighbor.countsAsFull()
              && (on.state() == InterfaceState.DR || neighbor.isDesignatedRouter());
    }
    if (transit) {
      links.add(
          new RouterLink(
              RouterLink.TRANSIT, on.designatedRouter(), config.address(), config.cost()));
    } else if (!on.suppressesPrefix()) {
      links.add(stub(config.network(), config.cost()));
    }
  }

  /** Section 12.4.1.3. */
  private static void describeVirtual(OspfInterface on, List<RouterLink> links) {
    OspfInterfaceConfig config = on.config();
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.countsAsFull()) {
        links.add(
            new RouterLink(
                RouterLink.VIRTUAL, neighbor.routerId(), config.address(), config.cost()));
      }
    }
  }

  private static RouterLink stub(Ipv4Prefix network, int cost) {
    return new RouterLink(RouterLink.STUB, network.address(), network.mask(), cost);
  }
}
