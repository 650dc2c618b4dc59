package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.InterfaceSnapshot;
import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.testkit.ospf.simulation.LiveNetwork.Group;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.AreaPlan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Member;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must hold once a network is quiet: the routers of each piece of an area have equal
 * databases, the routes are the oracle's, no LSA is at MaxAge, nothing waits to be acknowledged or
 * sent, and all on a network have the same Designated Router.
 */
final class Agreement {
  /** How many disagreements are told. */
  private static final int MOST = 8;

  private final SimulatedNetwork network;
  private final NetworkPlan plan;
  private final LiveNetwork live;
  private final long now;
  private final List<List<OspfRoute>> expected = new ArrayList<>();

  /** An instance of an LSA, as far as two routers have to agree about it. */
  private record Instance(String key, int sequence, int checksum) {
    static Instance of(LsaEntry entry) {
      LsaHeader header = entry.lsa().header();
      return new Instance(header.key().toString(), header.sequence(), header.checksum());
    }
  }

  Agreement(SimulatedNetwork network) {
    this.network = network;
    this.plan = network.plan();
    this.live = new LiveNetwork(plan, network.status());
    this.now = network.simulation().now();
    NetworkOracle oracle = new NetworkOracle(live);
    for (int router = 0; router < plan.routers(); router++) {
      expected.add(live.isRunning(router) ? oracle.routes(router) : List.of());
    }
  }

  /** Whether all agree, looking first at what is cheap to see. */
  boolean isReached() {
    for (int router = 0; router < plan.routers(); router++) {
      if (live.isRunning(router) && !routesOf(router).equals(expected.get(router))) {
        return false;
      }
    }
    List<String> found = new ArrayList<>();
    conversationsGoOn(found);
    if (found.isEmpty()) {
      databasesDiffer(found);
    }
    if (found.isEmpty()) {
      designatedRoutersDiffer(found);
    }
    return found.isEmpty();
  }

  List<String> disagreements() {
    List<String> found = new ArrayList<>();
    designatedRoutersDiffer(found);
    conversationsGoOn(found);
    databasesDiffer(found);
    routesDiffer(found);
    return found;
  }

  private static void tell(List<String> found, String what) {
    if (found.size() < MOST) {
      found.add(what);
    }
  }

  private List<OspfRoute> routesOf(int router) {
    return List.copyOf(network.router(router).routes().routes());
  }

  private void routesDiffer(List<String> found) {
    for (int router = 0; router < plan.routers() && found.size() < MOST; router++) {
      if (!live.isRunning(router)) {
        continue;
      }
      List<OspfRoute> have = routesOf(router);
      List<OspfRoute> want = expected.get(router);
      if (!have.equals(want)) {
        List<OspfRoute> tooMuch = new ArrayList<>(have);
        tooMuch.removeAll(new HashSet<>(want));
        List<OspfRoute> missing = new ArrayList<>(want);
        missing.removeAll(new HashSet<>(have));
        tell(found, "\nr" + router + " has " + tooMuch + "\n  instead of " + missing);
      }
    }
  }

  private void conversationsGoOn(List<String> found) {
    for (int router = 0; router < plan.routers(); router++) {
      if (!live.isRunning(router)) {
        continue;
      }
      for (NeighborSnapshot each : network.router(router).engine().neighbors(now)) {
        // On an NBMA network those that cannot become Designated Router do not talk to each other.
        boolean silent = each.configured() && !each.state().atLeast(NeighborState.INIT);
        // The Hellos of a virtual link may come through in one direction only.
        boolean halfHeard = each.interfaceId() < 0 && each.state() == NeighborState.INIT;
        silent |= halfHeard && !works(router, each);
        boolean rests =
            silent || each.state() == NeighborState.FULL || each.state() == NeighborState.TWO_WAY;
        if (!rests || each.retransmissions() > 0 || each.requests() > 0 || each.summaries() > 0) {
          tell(found, "\nr" + router + ": " + each);
        }
      }
    }
  }

  private boolean works(int router, NeighborSnapshot virtual) {
    for (int other = 0; other < plan.routers(); other++) {
      if (NetworkPlan.routerId(other).equals(virtual.routerId())) {
        return live.hasVirtualLink(router, other);
      }
    }
    return false;
  }

  private void databasesDiffer(List<String> found) {
    for (AreaPlan area : plan.areas()) {
      Set<Integer> attached = new TreeSet<>();
      for (int router = 0; router < plan.routers(); router++) {
        if (live.areasOf(router).contains(area.number())) {
          attached.add(router);
        }
      }
      int[] pieces = live.graph(area.number()).pieces(attached);
      Map<Integer, Integer> firsts = new HashMap<>();
      for (int router : attached) {
        int first = firsts.computeIfAbsent(pieces[router], piece -> router);
        compare(area.id(), first, router, found);
      }
    }
  }

  private void compare(Ipv4Address area, int first, int second, List<String> found) {
    Set<Instance> one = instances(first, store(first, area), found);
    if (first == second) {
      return;
    }
    Set<Instance> other = instances(second, store(second, area), found);
    tellDifference("area " + area, first, one, second, other, found);
    boolean normal = plan.area(area.value()).config().type().externalRoutingCapability();
    if (normal) {
      one = instances(first, network.router(first).engine().database().asWide(), found);
      other = instances(second, network.router(second).engine().database().asWide(), found);
      tellDifference("the AS", first, one, second, other, found);
    }
  }

  private static void tellDifference(
      String where,
      int first,
      Set<Instance> one,
      int second,
      Set<Instance> other,
      List<String> found) {
    if (!one.equals(other)) {
      Set<Instance> onlyOne = new HashSet<>(one);
      onlyOne.removeAll(other);
      Set<Instance> onlyOther = new HashSet<>(other);
      onlyOther.removeAll(one);
      tell(
          found,
          "\n" + where + ": r" + first + " has " + onlyOne + ", r" + second + " has " + onlyOther);
    }
  }

  private @Nullable LsaStore store(int router, Ipv4Address area) {
    return network.router(router).engine().database().area(area);
  }

  private Set<Instance> instances(int router, @Nullable LsaStore store, List<String> found) {
    Set<Instance> all = new HashSet<>();
    if (store != null) {
      long moment = network.simulation().now();
      for (LsaEntry entry : store.entries()) {
        all.add(Instance.of(entry));
        if (entry.isMaxAgeAt(moment)) {
          tell(found, "\nr" + router + " has " + entry.key() + " at MaxAge");
        }
      }
    }
    return all;
  }

  private void designatedRoutersDiffer(List<String> found) {
    for (Group group : live.groups()) {
      Set<String> named = new TreeSet<>();
      for (Member member : group.members()) {
        for (InterfaceSnapshot each : network.router(member.router()).engine().interfaces(now)) {
          if (each.config().id() == NetworkPlan.lanInterface(group.lan())) {
            named.add(each.designatedRouter() + " and " + each.backupDesignatedRouter());
          }
        }
      }
      if (named.size() > 1) {
        tell(found, "\nlan " + group.lan() + " has several designated routers: " + named);
      }
    }
  }
}
