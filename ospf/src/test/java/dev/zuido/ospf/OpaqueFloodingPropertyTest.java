package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Routers in a random graph, some of which take no opaque LSAs, announce, change and withdraw some
 * while links fail and packets get lost. Once all is quiet everyone has what can reach it over
 * routers that take them, and knows that it may use it.
 */
final class OpaqueFloodingPropertyTest {
  private static final class Run {
    final Random random;
    final SimulatedNet net;
    final List<Node> nodes = new ArrayList<>();
    final List<int[]> links = new ArrayList<>();
    final boolean[] capable;
    final int[] component;

    /** By where it is announced and its ID. */
    final Map<OpaqueScope, SortedMap<LsaKey, ByteString>> announced = new HashMap<>();

    /** By router and interface. */
    final Map<List<Integer>, SortedMap<LsaKey, ByteString>> announcedOnLinks = new HashMap<>();

    Run(long seed) {
      random = new Random(seed);
      net = new SimulatedNet(seed);
      int size = 3 + random.nextInt(4);
      capable = new boolean[size];
      component = new int[size];
      List<List<OspfInterfaceConfig>> interfaces = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        capable[i] = random.nextInt(4) != 0;
        component[i] = i;
        interfaces.add(new ArrayList<>());
        if (i > 0) {
          link(random.nextInt(i), i, interfaces);
        }
      }
      for (int i = random.nextInt(size); i > 0; i--) {
        int a = random.nextInt(size);
        int b = random.nextInt(size);
        if (a != b) {
          link(a, b, interfaces);
        }
      }
      for (int i = 0; i < size; i++) {
        OspfConfig config =
            OspfConfig.builder(routerId(i + 1))
                .interfaces(interfaces.get(i))
                .opaqueCapable(capable[i])
                .build();
        nodes.add(net.add("r" + (i + 1), config));
      }
      for (int[] each : links) {
        net.join(nodes.get(each[0]), each[2], nodes.get(each[1]), each[2]);
      }
    }

    private void link(int a, int b, List<List<OspfInterfaceConfig>> interfaces) {
      int number = links.size() + 1;
      links.add(new int[] {a, b, number});
      interfaces.get(a).add(Configs.link(number, number, 1));
      interfaces.get(b).add(Configs.link(number, number, 2));
      if (capable[a] && capable[b]) {
        int from = component[b];
        for (int i = 0; i < component.length; i++) {
          component[i] = component[i] == from ? component[a] : component[i];
        }
      }
    }

    void change() {
      int router = random.nextInt(nodes.size());
      int[] link = links.get(random.nextInt(links.size()));
      switch (random.nextInt(5)) {
        case 0, 1, 2 -> {
          if (capable[router]) {
            announce(router);
          }
        }
        case 3 -> net.segments.get(random.nextInt(net.segments.size())).cut ^= true;
        default -> {
          net.command(nodes.get(link[0]), new OspfCommand.InterfaceDown(link[2]));
          net.run(random.nextInt(60) * SECOND);
          net.command(nodes.get(link[0]), new OspfCommand.InterfaceUp(link[2]));
        }
      }
      net.run(random.nextInt(30) * SECOND);
    }

    private void announce(int router) {
      int id = random.nextInt(3);
      OspfEngine engine = nodes.get(router).engine;
      List<OspfInterfaceConfig> own = engine.config().interfaces();
      OpaqueScope scope =
          switch (random.nextInt(3)) {
            case 0 -> new OpaqueScope.Link(own.get(random.nextInt(own.size())).id());
            case 1 -> new OpaqueScope.InArea(Configs.BACKBONE);
            default -> new OpaqueScope.As();
          };
      LsaKey key = new LsaKey(scope.lsType(), OpaqueLsa.linkStateId(200, id), routerId(router + 1));
      SortedMap<LsaKey, ByteString> lsas =
          scope instanceof OpaqueScope.Link link
              ? announcedOnLinks.computeIfAbsent(
                  List.of(router, link.interfaceId()), absent -> new TreeMap<>())
              : announced.computeIfAbsent(scope, absent -> new TreeMap<>());
      if (random.nextInt(3) == 0) {
        lsas.remove(key);
        net.command(nodes.get(router), new OspfCommand.WithdrawOpaque(scope, 200, id));
      } else {
        byte[] body = new byte[random.nextInt(20)];
        random.nextBytes(body);
        lsas.put(key, ByteString.of(body));
        net.command(
            nodes.get(router), new OspfCommand.AnnounceOpaque(scope, 200, id, ByteString.of(body)));
      }
    }

    /** What a router is to have of a scope. */
    SortedMap<LsaKey, ByteString> expected(int router, OpaqueScope scope) {
      SortedMap<LsaKey, ByteString> expected = new TreeMap<>();
      announced
          .getOrDefault(scope, new TreeMap<>())
          .forEach(
              (key, body) -> {
                int originator = (key.advertisingRouter().value() >>> 24) - 1;
                if (component[originator] == component[router]) {
                  expected.put(key, body);
                }
              });
      return expected;
    }
  }

  private static SortedMap<LsaKey, ByteString> opaques(LsaStore store) {
    SortedMap<LsaKey, ByteString> found = new TreeMap<>();
    for (LsaEntry entry : store.entries()) {
      if (LsaType.isOpaque(entry.key().type())) {
        found.put(entry.key(), ((OpaqueLsa) entry.lsa().body()).information());
      }
    }
    return found;
  }

  @Property(tries = 25)
  void everyoneHasWhatItIsToHaveAndMayUseIt(@ForAll long seed) {
    Run run = new Run(seed);
    run.net.upAll();
    run.net.loss = run.random.nextInt(3) * 0.1;
    run.net.duplicate = 0.1;
    run.net.reorder = 0.2;
    for (int i = 0; i < 30; i++) {
      run.change();
    }
    run.net.loss = 0;
    run.net.segments.forEach(segment -> segment.cut = false);
    run.net.run(200 * SECOND);
    for (int i = 0; i < run.nodes.size(); i++) {
      OspfEngine engine = run.nodes.get(i).engine;
      String where = "router " + (i + 1);
      OpaqueScope area = new OpaqueScope.InArea(Configs.BACKBONE);
      assertEquals(run.expected(i, area), opaques(engine.database().area(Configs.BACKBONE)), where);
      assertEquals(
          run.expected(i, new OpaqueScope.As()), opaques(engine.database().asWide()), where);
      int heard = run.expected(i, area).size() + run.expected(i, new OpaqueScope.As()).size();
      for (int[] link : run.links) {
        if (link[0] == i || link[1] == i) {
          int other = link[0] + link[1] - i;
          SortedMap<LsaKey, ByteString> expected = new TreeMap<>();
          expected.putAll(run.announcedOnLinks.getOrDefault(List.of(i, link[2]), new TreeMap<>()));
          if (run.capable[i]) {
            expected.putAll(
                run.announcedOnLinks.getOrDefault(List.of(other, link[2]), new TreeMap<>()));
          }
          assertEquals(expected, opaques(engine.database().link(link[2])), where);
          heard += expected.size();
        }
      }
      checkStates(run.nodes.get(i), heard, where);
    }
  }

  /** The last that was told of each LSA of another router. */
  private static void checkStates(Node node, int heard, String where) {
    Map<List<Object>, OspfOutput.OpaqueChanged> last = new HashMap<>();
    for (OspfOutput.OpaqueChanged each : node.log(OspfOutput.OpaqueChanged.class)) {
      last.put(List.of(each.scope(), each.header().key()), each);
    }
    last.values().removeIf(each -> each.state() == OpaqueState.WITHDRAWN);
    Ipv4Address self = node.engine.config().routerId();
    LsaStore asWide = node.engine.database().asWide();
    long own =
        Stream.concat(
                Stream.of(asWide, node.engine.database().area(Configs.BACKBONE)),
                node.engine.database().interfaceIds().stream().map(node.engine.database()::link))
            .flatMap(store -> opaques(store).keySet().stream())
            .filter(key -> key.advertisingRouter().equals(self))
            .count();
    assertEquals(heard - own, last.size(), where);
    last.forEach((key, each) -> assertEquals(OpaqueState.USABLE, each.state(), where + key));
  }
}
