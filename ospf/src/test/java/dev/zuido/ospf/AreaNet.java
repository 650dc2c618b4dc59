package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Routers in several areas, put together link by link. Router n has the Router ID n.n.n.n; the link
 * with number k is 10.1.k.0/30 and has the interface number k at both ends; stub network k of any
 * router is 192.168.k.0/24 and has the interface number 100 + k.
 */
final class AreaNet {
  static final int STUB = 100;

  final SimulatedNet net;
  private final Map<Integer, List<OspfInterfaceConfig>> interfaces = new TreeMap<>();
  private final List<int[]> links = new ArrayList<>();
  private List<OspfAreaConfig> areas = List.of();
  private final Map<Integer, List<OspfAreaConfig>> ownAreas = new HashMap<>();
  private final Map<Integer, Node> nodes = new TreeMap<>();
  private final Map<Integer, Segment> segments = new HashMap<>();

  AreaNet(long seed) {
    net = new SimulatedNet(seed);
  }

  static Ipv4Address area(int n) {
    return new Ipv4Address(n);
  }

  static Ipv4Prefix linkPrefix(int link) {
    return Ipv4Prefix.containing(Ipv4Address.of(10, 1, link, 0), 30);
  }

  static Ipv4Prefix stubPrefix(int stub) {
    return Ipv4Prefix.containing(Ipv4Address.of(192, 168, stub, 0), 24);
  }

  /** A link between two routers, with a cost for each direction. */
  AreaNet link(int link, int area, int first, int second, int firstCost, int secondCost) {
    end(link, area, first, 1, firstCost);
    end(link, area, second, 2, secondCost);
    links.add(new int[] {link, first, second});
    return this;
  }

  AreaNet link(int link, int area, int first, int second, int cost) {
    return link(link, area, first, second, cost, cost);
  }

  private void end(int link, int area, int router, int host, int cost) {
    add(
        router,
        OspfInterfaceConfig.pointToPoint(
                link, "link" + link, Ipv4Address.of(10, 1, link, host), 30, area(area))
            .withCost(cost));
  }

  /** A network that only one router is on. */
  AreaNet stub(int stub, int area, int router, int cost) {
    add(
        router,
        OspfInterfaceConfig.broadcast(
                STUB + stub, "stub" + stub, Ipv4Address.of(192, 168, stub, router), 24, area(area))
            .withPassive(true)
            .withCost(cost));
    return this;
  }

  void add(int router, OspfInterfaceConfig config) {
    interfaces.computeIfAbsent(router, absent -> new ArrayList<>()).add(config);
  }

  /** How all routers are configured for the areas. */
  AreaNet areas(OspfAreaConfig... configs) {
    areas = List.of(configs);
    return this;
  }

  /** How one router is configured for the areas. */
  AreaNet areasOf(int router, OspfAreaConfig... configs) {
    ownAreas.put(router, List.of(configs));
    return this;
  }

  private OspfConfig config(int router) {
    return OspfConfig.builder(routerId(router))
        .areas(ownAreas.getOrDefault(router, areas))
        .interfaces(interfaces.getOrDefault(router, List.of()))
        .gracefulRestart(new GracefulRestartConfig(true, 120, true, true, 1_800))
        .build();
  }

  /** Starts all routers. */
  AreaNet start() {
    for (int router : interfaces.keySet()) {
      nodes.put(router, net.add("r" + router, config(router)));
    }
    for (int[] link : links) {
      segments.put(link[0], net.join(node(link[1]), link[0], node(link[2]), link[0]));
    }
    net.upAll();
    return this;
  }

  /** Starts all routers and lets them converge. */
  AreaNet converge() {
    return start().quiet();
  }

  /** A minute in which everything settles. */
  AreaNet quiet() {
    net.run(60 * SECOND);
    return this;
  }

  Node node(int router) {
    Node node = nodes.get(router);
    if (node == null) {
      throw new AssertionError("no router " + router);
    }
    return node;
  }

  Segment segment(int link) {
    Segment segment = segments.get(link);
    if (segment == null) {
      throw new AssertionError("no link " + link);
    }
    return segment;
  }

  /** Both ends of a link learn at once that it does not work, or works again. */
  void set(int link, boolean works) {
    segment(link).cut = !works;
    for (int[] each : links) {
      if (each[0] == link) {
        for (int router : new int[] {each[1], each[2]}) {
          if (!node(router).dead) {
            net.command(
                node(router),
                works ? new OspfCommand.InterfaceUp(link) : new OspfCommand.InterfaceDown(link));
          }
        }
      }
    }
  }

  /** A router loses power. */
  void kill(int router) {
    node(router).dead = true;
  }

  /** A router that lost power begins anew. */
  void revive(int router) {
    net.restart(node(router), config(router));
  }

  void command(int router, OspfCommand command) {
    net.command(node(router), command);
  }

  @Nullable OspfRoute route(int router, Ipv4Prefix prefix) {
    return node(router).engine.routes().route(prefix);
  }

  /** "inter-area 30" and the like; "none". */
  String way(int router, Ipv4Prefix prefix) {
    OspfRoute route = route(router, prefix);
    return route == null ? "none" : route.pathType() + " " + route.cost();
  }

  /** The summary-LSAs of a type that a router holds of another: prefix or router, and metric. */
  Map<String, Integer> summaries(int holder, int area, int type, int originator) {
    Map<String, Integer> found = new TreeMap<>();
    LsaStore store = node(holder).engine.database().area(area(area));
    if (store == null) {
      return found;
    }
    for (LsaEntry entry : store.entriesOfType(type)) {
      if (!entry.isMaxAgeAt(net.now)
          && entry.lsa().header().advertisingRouter().equals(routerId(originator))
          && entry.lsa().body() instanceof SummaryLsa body) {
        Ipv4Address id = entry.lsa().header().linkStateId();
        String name =
            type == LsaType.SUMMARY_ASBR
                ? id.toString()
                : Ipv4Prefix.containing(id, Ipv4Prefix.lengthOf(body.networkMask())).toString();
        if (found.put(name, body.metric()) != null) {
          throw new AssertionError("told twice: " + name);
        }
      }
    }
    return found;
  }

  /** What a border router tells an area of networks, as it is in its own database. */
  Map<String, Integer> told(int border, int area) {
    return summaries(border, area, LsaType.SUMMARY_NETWORK, border);
  }
}
