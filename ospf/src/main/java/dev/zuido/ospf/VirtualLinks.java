package dev.zuido.ospf;

import dev.zuido.ospf.VirtualLinkSnapshot.Obstacle;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.ospf.spf.RouterRoute;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The router's virtual links (RFC 2328 section 15). */
final class VirtualLinks {
  /** "A virtual link whose underlying path has cost greater than hexadecimal 0xffff". */
  private static final int LARGEST_COST = 0xffff;

  private static final int ROUTER_ID_OFFSET = 4;
  private static final int AREA_ID_OFFSET = 8;

  private final Core core;
  private final SortedMap<Integer, VirtualLink> byNumber = new TreeMap<>();

  VirtualLinks(Core core) {
    this.core = core;
  }

  /** Makes, changes and removes the links through an area. */
  void configure(OspfAreaConfig area) {
    for (VirtualLink each : List.copyOf(byNumber.values())) {
      boolean kept = false;
      for (VirtualLinkConfig wanted : area.virtualLinks()) {
        kept |= wanted.neighborId().equals(each.neighborId());
      }
      if (each.transitAreaId().equals(area.areaId()) && !kept) {
        each.unreachable(Obstacle.NO_BORDER_ROUTER);
        core.settle();
        byNumber.remove(each.number());
        core.opaque.interfaceRemoved(each.on());
        core.interfaces.remove(each.on().id());
      }
    }
    for (VirtualLinkConfig wanted : area.virtualLinks()) {
      VirtualLink known = find(area.areaId(), wanted.neighborId());
      if (known == null) {
        add(area.areaId(), wanted);
      } else if (!known.config().equals(wanted)) {
        known.reconfigure(wanted);
      }
    }
  }

  private void add(Ipv4Address transitAreaId, VirtualLinkConfig config) {
    int number = 0;
    while (byNumber.containsKey(number)) {
      number++;
    }
    VirtualLink made = new VirtualLink(core, number, transitAreaId, config);
    byNumber.put(number, made);
    core.interfaces.put(made.on().id(), made.on());
  }

  private @Nullable VirtualLink find(Ipv4Address transitAreaId, Ipv4Address neighborId) {
    for (VirtualLink each : byNumber.values()) {
      if (each.transitAreaId().equals(transitAreaId) && each.neighborId().equals(neighborId)) {
        return each;
      }
    }
    return null;
  }

  /** The link that an interface stands for; null if it is an interface to a network. */
  @Nullable VirtualLink of(OspfInterface on) {
    return byNumber.get(-1 - on.id());
  }

  /** Whether an area is the transit area of a fully adjacent link (section 12.4.1, bit V). */
  boolean hasFullThrough(Area area) {
    for (VirtualLink each : byNumber.values()) {
      if (each.transitAreaId().equals(area.id()) && each.isFull()) {
        return true;
      }
    }
    return false;
  }

  /** An adjacency became full or is no longer: the transit area's router-LSA has bit V. */
  void adjacencyChanged(OspfInterface on) {
    VirtualLink link = of(on);
    if (link != null) {
      core.origination.routerLsaMayDiffer(core.area(link.transitAreaId()));
    }
  }

  /**
   * Section 8.2, case 2 of the Area ID: the link that a packet came over.
   *
   * @param on the interface that it was received on
   * @return null if the packet belongs to that interface itself
   */
  @Nullable OspfInterface receiverOf(OspfInterface on, ByteBuf packet, Ipv4Address destination) {
    if (byNumber.isEmpty()
        || packet.readableBytes() < OspfHeader.LENGTH
        || on.area().id().equals(OspfAreaConfig.BACKBONE)
        || !isOwnAddress(destination)) {
      return null;
    }
    int start = packet.readerIndex();
    Ipv4Address areaId = new Ipv4Address(packet.getInt(start + AREA_ID_OFFSET));
    if (!areaId.equals(OspfAreaConfig.BACKBONE)) {
      return null;
    }
    Ipv4Address routerId = new Ipv4Address(packet.getInt(start + ROUTER_ID_OFFSET));
    VirtualLink link = find(on.area().id(), routerId);
    return link == null ? null : link.on();
  }

  private boolean isOwnAddress(Ipv4Address address) {
    for (OspfInterface each : core.interfaces.values()) {
      if (each.state() != InterfaceState.DOWN && each.config().address().equals(address)) {
        return !address.isUnspecified();
      }
    }
    return false;
  }

  /** The routes were calculated (section 16.7): links come up, change or go down. */
  void follow(RoutingTable table) {
    for (VirtualLink each : byNumber.values()) {
      RouterRoute route = correspondingRoute(each, table);
      if (route == null) {
        each.unreachable(Obstacle.NO_BORDER_ROUTER);
      } else if (route.cost() > LARGEST_COST) {
        each.unreachable(Obstacle.TOO_EXPENSIVE);
      } else {
        follow(each, route);
      }
    }
  }

  private void follow(VirtualLink link, RouterRoute route) {
    Ipv4Address address = ownAddress(link, route);
    Ipv4Address other = core.routes.addressOf(link.transitAreaId(), link.neighborId());
    if (address == null || other == null) {
      link.unreachable(Obstacle.NO_ADDRESS);
    } else {
      link.reachable(Math.max(1, route.cost()), address, other);
    }
  }

  /** "The routing table entry for the other endpoint router", or null. */
  private static @Nullable RouterRoute correspondingRoute(VirtualLink link, RoutingTable table) {
    for (RouterRoute route : table.routerRoutes(link.neighborId())) {
      if (route.areaId().equals(link.transitAreaId())
          && route.pathType() == PathType.INTRA_AREA
          && route.areaBorder()) {
        return route;
      }
    }
    return null;
  }

  /**
   * "The IP address of the outgoing interface"; if that has none, another one that the transit area
   * knows of.
   */
  private @Nullable Ipv4Address ownAddress(VirtualLink link, RouterRoute route) {
    for (NextHop hop : route.nextHops()) {
      OspfInterface out = core.interfaces.get(hop.interfaceIndex());
      if (out != null && !out.isUnnumbered()) {
        return out.config().address();
      }
    }
    for (OspfInterface each : core.interfaces.values()) {
      if (each.state() != InterfaceState.DOWN
          && each.area().id().equals(link.transitAreaId())
          && !each.isUnnumbered()) {
        return each.config().address();
      }
    }
    return null;
  }

  /** The links, in the order of their numbers. */
  List<VirtualLinkSnapshot> snapshots() {
    List<VirtualLinkSnapshot> all = new ArrayList<>();
    for (VirtualLink each : byNumber.values()) {
      boolean up = each.isUp();
      all.add(
          new VirtualLinkSnapshot(
              each.on().id(),
              each.on().config().name(),
              each.transitAreaId(),
              each.config(),
              each.on().state(),
              up ? each.on().config().cost() : -1,
              up ? each.on().config().address() : Ipv4Address.UNSPECIFIED,
              up ? each.neighborAddress() : Ipv4Address.UNSPECIFIED,
              each.isFull(),
              each.obstacle()));
    }
    return all;
  }
}
