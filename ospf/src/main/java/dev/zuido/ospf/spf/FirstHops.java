package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The next hop calculation (RFC 2328 section 16.1.1) for destinations that no router lies before;
 * all others inherit from their parent.
 */
final class FirstHops {
  private final Ipv4Address rootId;
  private final List<SpfInterface> interfaces;
  private final Map<Integer, SpfInterface> byIndex = new HashMap<>();
  private final int maximumPaths;

  /**
   * Prepares the calculation for one area.
   *
   * @param interfaces the root's interfaces in the area; for the backbone its virtual links too
   */
  FirstHops(Ipv4Address rootId, List<SpfInterface> interfaces, int maximumPaths) {
    this.rootId = rootId;
    this.interfaces = new ArrayList<>(interfaces);
    this.maximumPaths = maximumPaths;
    for (SpfInterface own : interfaces) {
      byIndex.put(own.index(), own);
    }
  }

  /** The parent is the root: the hops over one of its own links. */
  Set<NextHop> ofRootLink(RouterLink link, Lsa destination) {
    NavigableSet<NextHop> hops = new TreeSet<>();
    for (SpfInterface own : interfaces) {
      switch (own.kind()) {
        case MULTI_ACCESS -> {
          if (link.type() == RouterLink.TRANSIT && own.hasLinkData(link.linkData())) {
            hops.add(new NextHop(own.index(), null));
          }
        }
        case POINT_TO_POINT -> {
          if (link.type() == RouterLink.POINT_TO_POINT && own.hasLinkData(link.linkData())) {
            hops.add(new NextHop(own.index(), own.neighbors().get(link.linkId())));
          }
        }
        case POINT_TO_MULTIPOINT -> {
          if (link.type() == RouterLink.POINT_TO_POINT && own.hasLinkData(link.linkData())) {
            addPointToMultipoint(own, destination, hops);
          }
        }
        case VIRTUAL -> {
          if (link.type() == RouterLink.VIRTUAL && own.neighbors().containsKey(link.linkId())) {
            // "The setting of the next hop should be deferred until the calculation in Section
            // 16.3": the virtual link itself stands for it till then.
            hops.add(new NextHop(own.index(), null));
          }
        }
        case STUB -> {}
      }
    }
    return PathArithmetic.limit(hops, maximumPaths);
  }

  /**
   * The parent is a network: where the root is on it itself, the destination's address on the
   * network is the hop; hops over other routers are inherited.
   */
  Set<NextHop> throughNetwork(Vertex network, Lsa destination) {
    if (!isOnNetwork(network.nextHops)) {
      return network.nextHops;
    }
    List<Ipv4Address> addresses = addressesOn(network.id, destination);
    NavigableSet<NextHop> hops = new TreeSet<>();
    for (NextHop hop : network.nextHops) {
      if (isOnNetwork(hop)) {
        for (Ipv4Address address : addresses) {
          hops.add(new NextHop(hop.interfaceIndex(), address));
        }
      } else {
        hops.add(hop);
      }
    }
    return PathArithmetic.limit(hops, maximumPaths);
  }

  /** The hops to a stub network of the root itself: the interface that it belongs to, if any. */
  Set<NextHop> toOwnStub(Ipv4Prefix prefix) {
    NavigableSet<NextHop> hops = new TreeSet<>();
    for (SpfInterface own : interfaces) {
      Ipv4Address address = own.address();
      boolean host = prefix.length() == 32 && prefix.address().equals(address);
      boolean neighbor = prefix.length() == 32 && isNeighborAddress(own, prefix.address());
      if (prefix.equals(own.prefix()) || host || neighbor) {
        hops.add(new NextHop(own.index(), null));
      }
    }
    return PathArithmetic.limit(hops, maximumPaths);
  }

  private static boolean isNeighborAddress(SpfInterface own, Ipv4Address address) {
    return own.kind() == SpfInterface.Kind.POINT_TO_POINT && own.neighbors().containsValue(address);
  }

  /** Whether any of the hops of a network is none, since the root is on the network itself. */
  boolean isOnNetwork(Set<NextHop> hops) {
    boolean direct = false;
    for (NextHop hop : hops) {
      direct |= isOnNetwork(hop);
    }
    return direct;
  }

  private boolean isOnNetwork(NextHop hop) {
    SpfInterface own = byIndex.get(hop.interfaceIndex());
    return hop.address() == null && own != null && own.kind() == SpfInterface.Kind.MULTI_ACCESS;
  }

  private static List<Ipv4Address> addressesOn(Ipv4Address networkId, Lsa router) {
    List<Ipv4Address> addresses = new ArrayList<>();
    if (router.body() instanceof RouterLsa body) {
      for (RouterLink link : body.links()) {
        if (link.type() == RouterLink.TRANSIT && link.linkId().equals(networkId)) {
          addresses.add(link.linkData());
        }
      }
    }
    return addresses;
  }

  /** Links of the neighbour that point back to the root from an address of the common subnet. */
  private void addPointToMultipoint(SpfInterface own, Lsa destination, NavigableSet<NextHop> hops) {
    @Nullable Ipv4Prefix prefix = own.prefix();
    if (prefix == null || !(destination.body() instanceof RouterLsa body)) {
      return;
    }
    for (RouterLink link : body.links()) {
      if (link.type() == RouterLink.POINT_TO_POINT
          && link.linkId().equals(rootId)
          && prefix.contains(link.linkData())) {
        hops.add(new NextHop(own.index(), link.linkData()));
      }
    }
  }

  /**
   * The interface address of a router that points back to the root (section 16.1 step 4): that of a
   * link to its parent in the tree, the lowest of several. If those links are not numbered, which
   * would let a virtual link fail, any other address that the router tells the area.
   *
   * @return null if the router tells none
   */
  static @Nullable Ipv4Address addressTowardRoot(AreaTree tree, Vertex router) {
    NavigableSet<Ipv4Address> towardRoot = new TreeSet<>();
    NavigableSet<Ipv4Address> others = new TreeSet<>();
    if (router.lsa.body() instanceof RouterLsa body) {
      for (RouterLink link : body.links()) {
        boolean host = link.type() == RouterLink.STUB && link.linkData().value() == -1;
        if (host) {
          others.add(link.linkId());
        } else if (link.type() == RouterLink.TRANSIT || isNumbered(link)) {
          (leadsToParent(tree, router, link) ? towardRoot : others).add(link.linkData());
        }
      }
    }
    if (!towardRoot.isEmpty()) {
      return towardRoot.first();
    }
    return others.isEmpty() ? null : others.first();
  }

  /** Whether a point-to-point link's data is an address; an ifIndex has its first octet zero. */
  private static boolean isNumbered(RouterLink link) {
    return link.type() == RouterLink.POINT_TO_POINT && link.linkData().value() >>> 24 != 0;
  }

  private static boolean leadsToParent(AreaTree tree, Vertex router, RouterLink link) {
    if (link.type() == RouterLink.TRANSIT) {
      Vertex network = tree.reachableNetwork(link.linkId());
      return network != null && network.distance == router.distance;
    }
    Vertex parent = tree.reachableRouter(link.linkId());
    if (parent == null || !(parent.lsa.body() instanceof RouterLsa body)) {
      return false;
    }
    for (RouterLink down : body.links()) {
      if (down.type() == RouterLink.POINT_TO_POINT
          && down.linkId().equals(router.id)
          && PathArithmetic.sum(parent.distance, down.metric()) == router.distance) {
        return true;
      }
    }
    return false;
  }
}
