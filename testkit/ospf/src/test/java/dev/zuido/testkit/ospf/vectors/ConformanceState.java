package dev.zuido.testkit.ospf.vectors;

import dev.zuido.ospf.InterfaceSnapshot;
import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.wire.Ipv4Address;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The state that a behaviour case expects after a step, in YANG terms, and ours. */
final class ConformanceState {
  private final ConformanceCase of;

  ConformanceState(ConformanceCase of) {
    this.of = of;
  }

  void check(String where, Map<String, Object> state) {
    Map<String, Object> routing = Json.object(state.get("ietf-routing:routing"));
    for (Map<String, Object> protocol :
        Json.within(routing, "control-plane-protocols", "control-plane-protocol")) {
      Map<String, Object> ospf = Json.object(protocol.get("ietf-ospf:ospf"));
      of.assertSame(database(ospf), ourDatabase(), where + ": database");
      of.assertSame(conversations(ospf), ourConversations(), where + ": interfaces, neighbors");
      checkRoutes(where, ospf);
    }
  }

  private static Set<String> database(Map<String, Object> ospf) {
    Set<String> lines = new TreeSet<>();
    for (Map<String, Object> type : Json.within(ospf, "database", "as-scope-lsa-type")) {
      int number = Json.number(type, "lsa-type");
      for (Map<String, Object> lsa : Json.within(type, "as-scope-lsas", "as-scope-lsa")) {
        add(lines, "AS", number, lsa);
      }
    }
    for (Map<String, Object> area : Json.within(ospf, "areas", "area")) {
      for (Map<String, Object> type : Json.within(area, "database", "area-scope-lsa-type")) {
        int number = Json.number(type, "lsa-type");
        for (Map<String, Object> lsa : Json.within(type, "area-scope-lsas", "area-scope-lsa")) {
          add(lines, Json.text(area, "area-id"), number, lsa);
        }
      }
    }
    return lines;
  }

  private static void add(Set<String> lines, String where, int type, Map<String, Object> lsa) {
    if (LsaText.isCompared(type)) {
      lines.add(where + ": " + LsaText.ofState(type, lsa));
    }
  }

  Set<String> ourDatabase() {
    Set<String> lines = new TreeSet<>();
    LinkStateDatabase database = of.router.engine().database();
    for (Ipv4Address area : database.areaIds()) {
      add(lines, area.toString(), database.area(area));
    }
    add(lines, "AS", database.asWide());
    return lines;
  }

  private void add(Set<String> lines, String where, @Nullable LsaStore store) {
    if (store != null) {
      for (LsaEntry entry : store.entries()) {
        if (LsaText.isCompared(entry.key().type())) {
          boolean maxAge = entry.isMaxAgeAt(of.file.simulation().now());
          lines.add(where + ": " + LsaText.of(entry.lsa(), maxAge));
        }
      }
    }
  }

  private static Set<String> conversations(Map<String, Object> ospf) {
    Set<String> lines = new TreeSet<>();
    for (Map<String, Object> area : Json.within(ospf, "areas", "area")) {
      for (Map<String, Object> each : Json.within(area, "interfaces", "interface")) {
        lines.add(each.get("name") + " " + each.get("state"));
        for (Map<String, Object> neighbor : Json.within(each, "neighbors", "neighbor")) {
          Map<String, Object> statistics = Json.object(neighbor.get("statistics"));
          lines.add(
              each.get("name")
                  + " "
                  + neighbor.get("neighbor-router-id")
                  + " "
                  + neighbor.get("address")
                  + " "
                  + neighbor.get("state")
                  + " "
                  + Json.number(statistics, "nbr-retrans-qlen"));
        }
      }
    }
    return lines;
  }

  private Set<String> ourConversations() {
    Set<String> lines = new TreeSet<>();
    for (InterfaceSnapshot each : of.router.engine().interfaces(0)) {
      lines.add(each.config().name() + " " + ConformanceNotices.name(each.state()));
    }
    for (NeighborSnapshot each : of.router.engine().neighbors(0)) {
      lines.add(
          of.file.interfaceName(of.router.name(), each.interfaceId())
              + " "
              + each.routerId()
              + " "
              + each.address()
              + " "
              + ConformanceNotices.name(each.state())
              + " "
              + of.newRetransmissions(each));
    }
    return lines;
  }

  /** Where the vectors leave the next hops of an own network away, so does this. */
  private void checkRoutes(String where, Map<String, Object> ospf) {
    Set<String> expected = new TreeSet<>();
    Set<String> own = new TreeSet<>();
    for (Map<String, Object> route : Json.within(ospf, "local-rib", "route")) {
      Set<String> hops = new TreeSet<>();
      for (Map<String, Object> hop : Json.within(route, "next-hops", "next-hop")) {
        hops.add(hop.get("outgoing-interface") + " " + hop.get("next-hop"));
      }
      if (hops.isEmpty()) {
        own.add(Json.text(route, "prefix"));
      }
      expected.add(
          route.get("prefix")
              + " "
              + route.get("route-type")
              + " "
              + Json.number(route, "metric")
              + " "
              + hops);
    }
    Set<String> found = new TreeSet<>();
    for (OspfRoute route : of.router.routes().routes()) {
      Set<String> hops = new TreeSet<>();
      if (!own.contains(route.prefix().toString())) {
        for (NextHop hop : route.nextHops()) {
          String name = of.file.interfaceName(of.router.name(), hop.interfaceIndex());
          hops.add(name + " " + hop.address());
        }
      }
      String type = route.pathType() == PathType.INTRA_AREA ? "intra-area" : "inter-area";
      found.add(route.prefix() + " " + type + " " + route.cost() + " " + hops);
    }
    of.assertSame(expected, found, where + ": routes");
  }
}
