package dev.zuido.testkit.ospf.vectors;

import dev.zuido.ospf.AreaType;
import dev.zuido.ospf.NetworkType;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfAuthentication;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfInterfaceTimers;
import dev.zuido.ospf.SpfBackoff;
import dev.zuido.ospf.VirtualLinkConfig;
import dev.zuido.testkit.ospf.simulation.OspfSimulation;
import dev.zuido.testkit.ospf.simulation.SimulatedRouter;
import dev.zuido.testkit.ospf.simulation.SimulatedSegment;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A network of the vectors, brought to life. */
final class TopologyFile {
  /** The origin's default. */
  private static final int DEFAULT_COST = 10;

  private final Map<String, Object> json;
  private final OspfSimulation simulation = new OspfSimulation(1);
  private final Map<String, SimulatedRouter> routers = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> interfaceIds = new LinkedHashMap<>();
  private final Map<Ipv4Prefix, SimulatedSegment> segments = new TreeMap<>();
  private final Map<String, SimulatedSegment> wires = new LinkedHashMap<>();

  /** What a test has to say about all routers. */
  record Tuning(OspfInterfaceTimers timers, SpfBackoff backoff, boolean broadcast) {
    static final Tuning NONE = new Tuning(OspfInterfaceTimers.DEFAULT, SpfBackoff.DEFAULT, false);
  }

  TopologyFile(Map<String, Object> json, Tuning tuning) {
    this.json = json;
    for (Map<String, Object> router : Json.objects(json, "routers")) {
      String name = Json.text(router, "name");
      Map<String, Integer> ids = new LinkedHashMap<>();
      interfaceIds.put(name, ids);
      routers.put(name, simulation.add(name, config(router, tuning, ids)));
    }
    for (Map<String, Object> router : Json.objects(json, "routers")) {
      for (Map<String, Object> area : Json.objects(router, "areas")) {
        Map<String, Integer> copies = new TreeMap<>();
        Json.objects(area, "interfaces").forEach(each -> attach(router, each, copies));
      }
    }
    routers.values().forEach(simulation::bringUp);
  }

  OspfSimulation simulation() {
    return simulation;
  }

  Map<String, SimulatedRouter> routers() {
    return routers;
  }

  Map<String, Object> json() {
    return json;
  }

  /** An interface's id; -1 if the router has none of the name. */
  int interfaceId(String router, String name) {
    return interfaceIds.get(router).getOrDefault(name, -1);
  }

  String interfaceName(String router, int id) {
    for (Map.Entry<String, Integer> each : interfaceIds.get(router).entrySet()) {
      if (each.getValue() == id) {
        return each.getKey();
      }
    }
    return "interface " + id;
  }

  private static OspfConfig config(
      Map<String, Object> router, Tuning tuning, Map<String, Integer> ids) {
    List<OspfAreaConfig> areas = new ArrayList<>();
    List<OspfInterfaceConfig> interfaces = new ArrayList<>();
    for (Map<String, Object> area : Json.objects(router, "areas")) {
      Ipv4Address areaId = address(area, "areaId");
      List<VirtualLinkConfig> virtual = new ArrayList<>();
      for (Map<String, Object> each : Json.objects(router, "virtualLinks")) {
        if (address(each, "transitAreaId").equals(areaId)) {
          virtual.add(
              new VirtualLinkConfig(
                  address(each, "routerId"), tuning.timers(), OspfAuthentication.NONE));
        }
      }
      boolean stub = Json.text(area, "type").equals("stub");
      areas.add(
          OspfAreaConfig.builder(areaId, stub ? AreaType.STUB : AreaType.NORMAL)
              .summaries(!Boolean.FALSE.equals(area.get("summary")))
              .defaultCost(DEFAULT_COST)
              .virtualLinks(virtual)
              .build());
      for (Map<String, Object> each : Json.objects(area, "interfaces")) {
        OspfInterfaceConfig made = config(each, areaId, tuning);
        interfaces.add(made);
        ids.put(made.name(), made.id());
      }
    }
    return OspfConfig.builder(address(router, "routerId"))
        .areas(areas)
        .interfaces(interfaces)
        .spfBackoff(tuning.backoff())
        .build();
  }

  private static OspfInterfaceConfig config(
      Map<String, Object> own, Ipv4Address areaId, Tuning tuning) {
    String kind = Json.text(own, "kind");
    OspfInterfaceConfig.Builder builder =
        OspfInterfaceConfig.builder(Json.number(own, "ifIndex"), Json.text(own, "name"))
            .areaId(areaId)
            .mtu(Math.min(0xffff, Json.number(own, "mtu")))
            .priority(Json.number(own, "priority"))
            .cost(Math.max(1, Json.number(own, "cost")))
            .timers(tuning.timers());
    if (isNumbered(own)) {
      Ipv4Prefix network = network(own);
      builder.address(ownAddress(own), network.length());
    } else {
      builder.address(Ipv4Address.UNSPECIFIED, 0);
    }
    boolean pointToPoint = kind.equals("point-to-point") && !tuning.broadcast();
    return builder
        .type(
            kind.equals("loopback")
                ? NetworkType.LOOPBACK
                : pointToPoint ? NetworkType.POINT_TO_POINT : NetworkType.BROADCAST)
        .build();
  }

  private void attach(
      Map<String, Object> router, Map<String, Object> own, Map<String, Integer> copies) {
    String name = Json.text(router, "name");
    if (Json.text(own, "kind").equals("loopback")) {
      return;
    }
    SimulatedSegment segment;
    if (isNumbered(own)) {
      segment = segments.computeIfAbsent(network(own), absent -> simulation.segment());
    } else {
      // The first unnumbered interface towards a router meets the first of that one, and so on.
      String here = Json.text(router, "routerId");
      String there = Json.text(Json.objects(own, "neighbors").get(0), "routerId");
      int copy = copies.merge(there, 1, Integer::sum);
      String key = here.compareTo(there) < 0 ? here + " " + there : there + " " + here;
      segment = wires.computeIfAbsent(key + " " + copy, absent -> simulation.segment());
    }
    simulation.attach(segment, routers.get(name), Json.number(own, "ifIndex"));
  }

  private static boolean isNumbered(Map<String, Object> own) {
    return !Boolean.TRUE.equals(own.get("unnumbered")) && !Json.list(own, "addresses").isEmpty();
  }

  private static Ipv4Address ownAddress(Map<String, Object> own) {
    String text = Json.list(own, "addresses").get(0).toString();
    return Ipv4Address.parse(text.substring(0, text.indexOf('/')));
  }

  private static Ipv4Prefix network(Map<String, Object> own) {
    String text = Json.list(own, "addresses").get(0).toString();
    int length = Integer.parseInt(text.substring(text.indexOf('/') + 1));
    return Ipv4Prefix.containing(ownAddress(own), length);
  }

  private static Ipv4Address address(Map<String, Object> object, String key) {
    return Ipv4Address.parse(Json.text(object, key));
  }
}
