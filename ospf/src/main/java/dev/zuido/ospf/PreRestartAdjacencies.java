package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the adjacencies of before a graceful restart are back, judged by the LSAs that this
 * router originated then and its neighbors have kept (RFC 3623 section 2.2).
 */
final class PreRestartAdjacencies {
  private final Core core;
  private final Set<Ipv4Address> expectedAreas = new HashSet<>();
  private final Timer timer = new Timer(now -> mayDiffer());
  private boolean areasKnown;
  private long startedNanos;
  private boolean dirty;

  /** What is to be said of the adjacencies. */
  enum Judgment {
    /** Some are missing. */
    WAITING,
    /** All are back. */
    BACK,
    /** An LSA says that one will not come back. */
    INCONSISTENT
  }

  PreRestartAdjacencies(Core core) {
    this.core = core;
  }

  /** What is known from before the restart. */
  void expect(RestartRecord remembered) {
    expectedAreas.addAll(remembered.areas());
    areasKnown = remembered.planned();
    startedNanos = core.now;
    dirty = true;
    if (!areasKnown) {
      core.heap.schedule(timer, core.now + deadNanos());
    }
  }

  /** Neighbors or LSAs changed since the last judgment. */
  void mayDiffer() {
    dirty = true;
  }

  /** Judges anew if something changed. */
  Judgment judge() {
    if (!dirty) {
      return Judgment.WAITING;
    }
    dirty = false;
    Judgment judgment = Judgment.BACK;
    for (Area area : core.areas()) {
      Judgment ofArea = judge(area);
      if (ofArea == Judgment.INCONSISTENT) {
        return ofArea;
      }
      judgment = ofArea == Judgment.WAITING ? ofArea : judgment;
    }
    return judgment;
  }

  private Judgment judge(Area area) {
    RouterLsa own = body(area, new LsaKey(LsaType.ROUTER, core.routerId, core.routerId));
    if (own == null) {
      if (hasFullNeighbor(area)) {
        // "X establishes an adjacency with router Y and doesn't receive an instance of its own
        // pre-restart router LSA."
        return Judgment.INCONSISTENT;
      }
      return isExpected(area) ? Judgment.WAITING : Judgment.BACK;
    }
    Judgment judgment = Judgment.BACK;
    for (RouterLink link : own.links()) {
      Judgment ofLink =
          switch (link.type()) {
            case RouterLink.POINT_TO_POINT, RouterLink.VIRTUAL -> judgePointToPoint(area, link);
            case RouterLink.TRANSIT -> judgeTransit(area, link);
            default -> Judgment.BACK;
          };
      if (ofLink == Judgment.INCONSISTENT) {
        return ofLink;
      }
      judgment = ofLink == Judgment.WAITING ? ofLink : judgment;
    }
    return judgment;
  }

  /**
   * Whether adjacencies are still to come in an area of which no neighbor has shown this router's
   * LSA. Who restarted without a plan does not know; it waits for RouterDeadInterval.
   */
  private boolean isExpected(Area area) {
    return areasKnown ? expectedAreas.contains(area.id()) : core.now - startedNanos < deadNanos();
  }

  private long deadNanos() {
    long dead = 0;
    for (OspfInterface each : core.interfaces.values()) {
      dead = Math.max(dead, each.config().timers().deadSeconds() * Core.SECOND);
    }
    return dead;
  }

  private Judgment judgePointToPoint(Area area, RouterLink link) {
    Ipv4Address peer = link.linkId();
    RouterLsa theirs = body(area, new LsaKey(LsaType.ROUTER, peer, peer));
    if (theirs != null && !leadsTo(theirs, link.type(), core.routerId)) {
      return Judgment.INCONSISTENT;
    }
    for (OspfInterface each : core.interfaces.values()) {
      if (each.area() == area) {
        for (Neighbor neighbor : each.neighbors()) {
          if (neighbor.routerId().equals(peer)
              && neighbor.state() == NeighborState.FULL
              && isOn(each, link)) {
            return Judgment.BACK;
          }
        }
      }
    }
    return Judgment.WAITING;
  }

  /** Whether an interface is the one that a link's Link Data names; virtual links name none. */
  private static boolean isOn(OspfInterface on, RouterLink link) {
    if (link.type() == RouterLink.VIRTUAL) {
      return true;
    }
    Ipv4Address data = on.isUnnumbered() ? new Ipv4Address(on.id()) : on.config().address();
    return data.equals(link.linkData());
  }

  private Judgment judgeTransit(Area area, RouterLink link) {
    OspfInterface on = null;
    for (OspfInterface each : core.interfaces.values()) {
      if (each.area() == area && each.config().address().equals(link.linkData())) {
        on = each;
      }
    }
    if (on == null) {
      return Judgment.WAITING;
    }
    if (link.linkId().equals(link.linkData())) {
      return judgeOwnNetwork(area, on);
    }
    NetworkLsa network = network(area, link.linkId());
    if (network != null && !network.attachedRouters().contains(core.routerId)) {
      return Judgment.INCONSISTENT;
    }
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.address().equals(link.linkId()) && neighbor.state() == NeighborState.FULL) {
        return Judgment.BACK;
      }
    }
    return Judgment.WAITING;
  }

  /** A network on which this router was the Designated Router. */
  private Judgment judgeOwnNetwork(Area area, OspfInterface on) {
    Ipv4Address address = on.config().address();
    NetworkLsa network = network(area, address);
    if (network == null) {
      return Judgment.WAITING;
    }
    Judgment judgment = Judgment.BACK;
    for (Ipv4Address attached : network.attachedRouters()) {
      if (attached.equals(core.routerId)) {
        continue;
      }
      RouterLsa theirs = body(area, new LsaKey(LsaType.ROUTER, attached, attached));
      if (theirs != null && !leadsTo(theirs, RouterLink.TRANSIT, address)) {
        return Judgment.INCONSISTENT;
      }
      if (!isFull(on, attached)) {
        judgment = Judgment.WAITING;
      }
    }
    return judgment;
  }

  private static boolean isFull(OspfInterface on, Ipv4Address routerId) {
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.routerId().equals(routerId) && neighbor.state() == NeighborState.FULL) {
        return true;
      }
    }
    return false;
  }

  private boolean hasFullNeighbor(Area area) {
    for (OspfInterface each : core.interfaces.values()) {
      if (each.area() == area) {
        for (Neighbor neighbor : each.neighbors()) {
          if (neighbor.state() == NeighborState.FULL) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private static boolean leadsTo(RouterLsa from, int type, Ipv4Address linkId) {
    for (RouterLink link : from.links()) {
      if (link.type() == type && link.linkId().equals(linkId)) {
        return true;
      }
    }
    return false;
  }

  /** The network-LSA of a Designated Router's address, whoever advertises it. */
  private static @Nullable NetworkLsa network(Area area, Ipv4Address designatedRouter) {
    for (HeldLsa held : area.database.all()) {
      if (held.key.type() == LsaType.NETWORK
          && held.key.linkStateId().equals(designatedRouter)
          && !held.isMaxAge()
          && held.lsa().body() instanceof NetworkLsa network) {
        return network;
      }
    }
    return null;
  }

  private static @Nullable RouterLsa body(Area area, LsaKey key) {
    HeldLsa held = area.database.find(key);
    return held != null && !held.isMaxAge() && held.lsa().body() instanceof RouterLsa body
        ? body
        : null;
  }
}
