package dev.zuido.ospf;

import static dev.zuido.ospf.AreaNet.area;
import static dev.zuido.ospf.AreaNet.linkPrefix;
import static dev.zuido.ospf.AreaNet.stubPrefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.ospf.spf.NextHop;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random networks of two or three areas with random failures, repairs and changes: once it is
 * quiet, what each border router tells each area is what section 12.4.3 says of its routes, and
 * every router's routes are those of {@link AreaOracle}.
 */
final class SeveralAreasPropertyTest {
  /** Stub networks of an area are 192.168.(16 * area).0/20. */
  private static final int STUBS_PER_AREA = 16;

  private record Link(int id, int area, int first, int second, int firstCost, int secondCost) {}

  private static final class Stub {
    final int id;
    final int area;
    final int router;
    int cost;
    boolean up = true;

    Stub(int id, int area, int router, int cost) {
      this.id = id;
      this.area = area;
      this.router = router;
      this.cost = cost;
    }
  }

  /** One random network and what has happened to it. */
  private static final class World {
    final Random random;
    final AreaNet net;
    final int routers;
    final int areaCount;
    final List<Link> links = new ArrayList<>();
    final List<Stub> stubs = new ArrayList<>();
    final Set<Integer> cut = new HashSet<>();
    final Set<Integer> dead = new TreeSet<>();
    final Map<Integer, OspfAreaConfig> areas = new TreeMap<>();
    final List<AreaOracle.Virtual> virtuals = new ArrayList<>();

    /** By AS boundary router and number of a destination the metric. */
    final Map<Integer, Map<Integer, Integer>> externals = new TreeMap<>();

    World(long seed, boolean virtualLink) {
      random = new Random(seed);
      net = new AreaNet(seed);
      routers = 4 + random.nextInt(4);
      areaCount = virtualLink ? 3 : 2 + random.nextInt(2);
      for (int area = 0; area < areaCount; area++) {
        areas.put(area, randomArea(area, virtualLink && area == 1));
        join(area);
      }
      for (int i = 0; i < routers; i++) {
        int area = random.nextInt(areaCount);
        addLink(area, router(), router());
      }
      for (int router = 1; router <= routers; router++) {
        addStub(random.nextInt(areaCount), router);
      }
      if (virtualLink) {
        addVirtualLink();
        if (random.nextBoolean()) {
          addVirtualLink();
        }
      }
      for (int each = 1; each <= routers; each++) {
        int router = each;
        net.areasOf(
            router,
            areas.values().stream()
                .map(area -> configOf(router, area))
                .toArray(OspfAreaConfig[]::new));
      }
    }

    /** A router's own configuration of an area: its virtual links stand in it. */
    private OspfAreaConfig configOf(int router, OspfAreaConfig area) {
      List<VirtualLinkConfig> links = new ArrayList<>();
      for (AreaOracle.Virtual each : virtuals) {
        boolean end = each.first() == router || each.second() == router;
        if (end && area.areaId().equals(area(each.transitArea()))) {
          int other = each.first() == router ? each.second() : each.first();
          links.add(VirtualLinkConfig.to(routerId(other)));
        }
      }
      return area.toBuilder().virtualLinks(links).build();
    }

    int router() {
      return 1 + random.nextInt(routers);
    }

    int cost() {
      return random.nextInt(8) == 0 ? 1 + random.nextInt(20_000) : 1 + random.nextInt(4);
    }

    /** A few routers of an area in a chain, each with a stub network. */
    private void join(int area) {
      int size = 2 + random.nextInt(Math.min(3, routers - 1));
      int previous = router();
      addStub(area, previous);
      for (int i = 1; i < size; i++) {
        int next = router();
        addLink(area, previous, next);
        addStub(area, next);
        previous = next;
      }
    }

    private void addLink(int area, int first, int second) {
      if (first != second) {
        Link link = new Link(links.size() + 1, area, first, second, cost(), cost());
        links.add(link);
        net.link(link.id(), area, first, second, link.firstCost(), link.secondCost());
      }
    }

    private void addStub(int area, int router) {
      int id = STUBS_PER_AREA * area + (int) stubs.stream().filter(s -> s.area == area).count();
      Stub stub = new Stub(id, area, router, cost());
      stubs.add(stub);
      net.stub(stub.id, area, router, stub.cost);
    }

    /** Two routers of area 1 that are border routers for good: area 2 has a network at each. */
    private void addVirtualLink() {
      int first = router();
      int second = 1 + first % routers;
      for (AreaOracle.Virtual each : virtuals) {
        if (Set.of(each.first(), each.second()).equals(Set.of(first, second))) {
          return;
        }
      }
      for (int end : new int[] {first, second}) {
        addStub(1, end);
        addStub(2, end);
      }
      addLink(1, first, second);
      virtuals.add(new AreaOracle.Virtual(1, first, second));
    }

    private OspfAreaConfig randomArea(int area, boolean mustBeNormal) {
      boolean normal = area == 0 || mustBeNormal || random.nextBoolean();
      OspfAreaConfig.Builder builder =
          OspfAreaConfig.builder(area(area), normal ? AreaType.NORMAL : AreaType.STUB)
              .summaries(random.nextInt(3) > 0)
              .defaultCost(random.nextInt(100));
      return builder.ranges(randomRanges(area)).build();
    }

    private List<AreaRange> randomRanges(int area) {
      if (random.nextBoolean()) {
        return List.of();
      }
      Ipv4Prefix prefix =
          Ipv4Prefix.containing(Ipv4Address.of(192, 168, STUBS_PER_AREA * area, 0), 20);
      int cost = random.nextInt(3) == 0 ? random.nextInt(50) : AreaRange.LARGEST;
      return List.of(new AreaRange(area(area), prefix, random.nextInt(4) > 0, cost));
    }

    void change() {
      switch (random.nextInt(8)) {
        case 0, 1 -> toggleLink();
        case 2 -> toggleStub();
        case 3 -> changeCost();
        case 4 -> toggleRouter();
        case 5 -> toggleExternal();
        case 6 -> changeType();
        default -> changeRanges();
      }
      net.net.run(random.nextInt(20) * SECOND);
    }

    private void toggleLink() {
      if (!links.isEmpty()) {
        int link = links.get(random.nextInt(links.size())).id();
        boolean works = cut.remove(link);
        if (!works) {
          cut.add(link);
        }
        net.set(link, works);
      }
    }

    private void toggleStub() {
      Stub stub = stubs.get(random.nextInt(stubs.size()));
      boolean permanent = !virtuals.isEmpty() && stub.area == 2;
      if (!dead.contains(stub.router) && !permanent) {
        stub.up = !stub.up;
        int id = AreaNet.STUB + stub.id;
        net.command(
            stub.router,
            stub.up ? new OspfCommand.InterfaceUp(id) : new OspfCommand.InterfaceDown(id));
      }
    }

    private void changeCost() {
      Stub stub = stubs.get(random.nextInt(stubs.size()));
      if (!dead.contains(stub.router)) {
        stub.cost = cost();
        OspfInterfaceConfig config =
            net.node(stub.router).engine.interfaceConfig(AreaNet.STUB + stub.id);
        net.command(stub.router, new OspfCommand.Configure(config.withCost(stub.cost)));
      }
    }

    /** A router that comes back has its first configuration, and all its interfaces are up. */
    private void toggleRouter() {
      int router = router();
      if (dead.add(router)) {
        net.kill(router);
        return;
      }
      dead.remove(router);
      net.revive(router);
      for (Stub stub : stubs) {
        if (stub.router == router) {
          stub.up = true;
          OspfInterfaceConfig config =
              net.node(router).engine.interfaceConfig(AreaNet.STUB + stub.id);
          net.command(router, new OspfCommand.Configure(config.withCost(stub.cost)));
        }
      }
      for (Link link : links) {
        if (cut.contains(link.id()) && (link.first() == router || link.second() == router)) {
          net.command(router, new OspfCommand.InterfaceDown(link.id()));
        }
      }
      for (OspfAreaConfig config : areas.values()) {
        configure(router, config);
      }
      announce(router);
    }

    private void toggleExternal() {
      int router = router();
      int number = random.nextInt(3);
      if (!dead.contains(router)) {
        Map<Integer, Integer> own = externals.computeIfAbsent(router, absent -> new TreeMap<>());
        if (own.remove(number) != null) {
          net.command(router, new OspfCommand.WithdrawExternal(externalPrefix(number)));
        } else {
          own.put(number, cost());
          announce(router);
        }
      }
    }

    private void announce(int router) {
      externals
          .getOrDefault(router, Map.of())
          .forEach(
              (number, metric) ->
                  net.command(
                      router,
                      new OspfCommand.AnnounceExternal(
                          ExternalDestination.of(externalPrefix(number), metric, false))));
    }

    private static Ipv4Prefix externalPrefix(int number) {
      return Ipv4Prefix.containing(Ipv4Address.of(172, 16 + number, 0, 0), 16);
    }

    /** An area becomes a stub area, or is one no longer; never the backbone or a transit area. */
    private void changeType() {
      int area = areaCount - 1;
      OspfAreaConfig before = areas.get(area);
      boolean normal = before.type() == AreaType.NORMAL;
      configureAll(area, before.toBuilder().type(normal ? AreaType.STUB : AreaType.NORMAL).build());
    }

    private void changeRanges() {
      int area = random.nextInt(areaCount);
      configureAll(area, areas.get(area).toBuilder().ranges(randomRanges(area)).build());
    }

    private void configureAll(int area, OspfAreaConfig changed) {
      areas.put(area, changed);
      for (int router = 1; router <= routers; router++) {
        if (!dead.contains(router)) {
          configure(router, areas.get(area));
        }
      }
    }

    private void configure(int router, OspfAreaConfig config) {
      net.command(router, new OspfCommand.ConfigureArea(configOf(router, config)));
    }

    AreaOracle oracle() {
      AreaOracle oracle = new AreaOracle();
      areas.forEach(
          (area, config) -> {
            oracle.areas.put(area, config);
            for (AreaRange range : config.ranges()) {
              oracle.ranges.put(
                  area, new AreaOracle.Range(range.prefix(), range.advertise(), range.cost()));
            }
          });
      for (int router = 1; router <= routers; router++) {
        if (!dead.contains(router)) {
          oracle.attached.put(router, new TreeSet<>());
        }
      }
      for (Link link : links) {
        if (!cut.contains(link.id())) {
          addEnd(oracle, link, link.first(), link.second(), link.firstCost());
          addEnd(oracle, link, link.second(), link.first(), link.secondCost());
        }
      }
      for (Stub stub : stubs) {
        if (stub.up && !dead.contains(stub.router)) {
          oracle.attached.get(stub.router).add(stub.area);
          oracle.networks.add(
              new AreaOracle.Network(stub.area, stub.router, stubPrefix(stub.id), stub.cost));
        }
      }
      externals.forEach(
          (router, own) -> {
            if (!dead.contains(router)) {
              own.forEach(
                  (number, metric) ->
                      oracle.externals.add(
                          new AreaOracle.External(router, externalPrefix(number), metric)));
            }
          });
      for (AreaOracle.Virtual each : virtuals) {
        if (!dead.contains(each.first()) && !dead.contains(each.second())) {
          oracle.virtuals.add(each);
        }
      }
      return oracle;
    }

    private void addEnd(AreaOracle oracle, Link link, int router, int other, int cost) {
      if (!dead.contains(router)) {
        oracle.attached.get(router).add(link.area());
        oracle.networks.add(
            new AreaOracle.Network(link.area(), router, linkPrefix(link.id()), cost));
        if (!dead.contains(other)) {
          oracle.edges.add(new AreaOracle.Edge(link.area(), router, other, cost));
        }
      }
    }

    void check() {
      AreaOracle oracle = oracle();
      Map<Integer, Map<Ipv4Prefix, AreaOracle.Route>> solution = oracle.solve();
      if (solution.isEmpty() && !oracle.isBackboneWhole()) {
        return;
      }
      assertFalse(solution.isEmpty());
      for (int router : oracle.attached.keySet()) {
        Map<Ipv4Prefix, AreaOracle.Route> table = tableOf(router);
        for (int area = 0; area < areaCount; area++) {
          Map<String, Integer> expected = new TreeMap<>();
          boolean transit = net.node(router).engine.routes().transitAreas().contains(area(area));
          oracle
              .tell(table, oracle.attached.get(router), area, transit)
              .forEach((prefix, metric) -> expected.put(prefix.toString(), metric));
          assertEquals(expected, net.told(router, area), "router " + router + " area " + area);
          Map<String, Integer> boundaries = new TreeMap<>();
          oracle
              .boundariesTold(router, area)
              .forEach((target, metric) -> boundaries.put(routerId(target).toString(), metric));
          assertEquals(
              boundaries,
              net.summaries(router, area, LsaType.SUMMARY_ASBR, router),
              "AS boundary routers, router " + router + " area " + area);
        }
      }
      solution.forEach(
          (router, routes) -> {
            Map<String, String> expected = new TreeMap<>();
            Map<String, String> found = new TreeMap<>();
            routes.forEach((prefix, route) -> expected.put(prefix.toString(), route.text()));
            tableOf(router).forEach((prefix, route) -> found.put(prefix.toString(), route.text()));
            assertEquals(expected, found, "router " + router);
          });
    }

    /** A router's own table, as the oracle has tables. */
    private Map<Ipv4Prefix, AreaOracle.Route> tableOf(int router) {
      Map<Integer, Integer> areaOf = new HashMap<>();
      links.forEach(link -> areaOf.put(link.id(), link.area()));
      stubs.forEach(stub -> areaOf.put(AreaNet.STUB + stub.id, stub.area));
      Map<Ipv4Prefix, AreaOracle.Route> table = new TreeMap<>();
      for (OspfRoute route : net.node(router).engine.routes().routes()) {
        Set<Integer> hops = new TreeSet<>();
        for (NextHop hop : route.nextHops()) {
          hops.add(areaOf.get(hop.interfaceIndex()));
        }
        int area = route.areaId() == null ? -1 : route.areaId().value();
        table.put(route.prefix(), new AreaOracle.Route(route.pathType(), area, route.cost(), hops));
      }
      return table;
    }
  }

  private static void run(long seed, boolean virtualLink) {
    World world = new World(seed, virtualLink);
    world.net.converge().quiet();
    world.check();
    for (int round = 0; round < 2; round++) {
      world.net.net.loss = world.random.nextInt(3) == 0 ? 0.05 : 0;
      world.net.net.duplicate = world.random.nextInt(3) == 0 ? 0.1 : 0;
      int changes = 1 + world.random.nextInt(6);
      for (int i = 0; i < changes; i++) {
        world.change();
      }
      world.net.net.loss = 0;
      world.net.quiet().quiet();
      world.check();
    }
  }

  @Property(tries = 60)
  void summariesAndRoutesAreRightAfterWhateverHappens(@ForAll long seed) {
    run(seed, false);
  }

  /** Packets for a virtual link's end that go in a circle, on lines that double them. */
  @Example
  void packetsInACircleComeToAnEnd() {
    run(6905021832877622250L, true);
    run(-5134577481363966877L, true);
  }

  @Property(tries = 60)
  void alsoWithAVirtualLink(@ForAll long seed) {
    run(seed, true);
  }
}
