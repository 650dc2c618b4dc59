package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * An NSSA of one to three routers, one to three border routers and one or two routers of the
 * backbone, all of which announce and withdraw destinations while links fail and packets get lost.
 * Once all is quiet the external LSAs everywhere are those that a model says.
 */
final class ExternalsPropertyTest {
  private static final Ipv4Address AREA = ip("0.0.0.1");
  private static final int INSIDE = 1;
  private static final int BORDER = 4;
  private static final int OUTSIDE = 7;

  private static final class Run {
    final Random random;
    final SimulatedNet net;
    final Map<Integer, Node> nodes = new TreeMap<>();
    final Map<Integer, List<OspfInterfaceConfig>> interfaces = new TreeMap<>();
    final List<int[]> links = new ArrayList<>();

    /** What is announced: the metric by prefix. */
    final Map<Ipv4Prefix, ExternalDestination> announced = new TreeMap<>();

    final Map<Ipv4Prefix, Integer> announcers = new HashMap<>();

    Run(long seed) {
      random = new Random(seed);
      net = new SimulatedNet(seed);
      int inside = 1 + random.nextInt(3);
      int borders = 1 + random.nextInt(3);
      int outside = 1 + random.nextInt(2);
      for (int i = 0; i < inside; i++) {
        begin(INSIDE + i, AREA);
      }
      for (int i = 0; i < borders; i++) {
        begin(BORDER + i, random.nextBoolean() ? AREA : Configs.BACKBONE);
      }
      for (int i = 0; i < outside; i++) {
        begin(OUTSIDE + i, Configs.BACKBONE);
      }
      for (int i = 0; i < inside; i++) {
        for (int j = 0; j < borders; j++) {
          link(INSIDE + i, BORDER + j, AREA);
        }
      }
      for (int i = 0; i < borders; i++) {
        for (int j = 0; j < outside; j++) {
          link(BORDER + i, OUTSIDE + j, Configs.BACKBONE);
        }
      }
      interfaces.forEach(
          (number, of) -> {
            OspfConfig config =
                OspfConfig.builder(routerId(number))
                    .interfaces(of)
                    .areas(List.of(OspfAreaConfig.nssa(AREA)))
                    .build();
            nodes.put(number, net.add("r" + number, config));
          });
      for (int[] each : links) {
        net.join(nodes.get(each[0]), each[1], nodes.get(each[2]), each[3]);
      }
    }

    /** Every router has a passive network. */
    private void begin(int number, Ipv4Address areaId) {
      List<OspfInterfaceConfig> of = new ArrayList<>();
      of.add(
          OspfInterfaceConfig.broadcast(100, "own", Ipv4Address.of(192, 168, number, 1), 24, areaId)
              .withPassive(true));
      interfaces.put(number, of);
    }

    private void link(int a, int b, Ipv4Address areaId) {
      int cost = 1 + random.nextInt(20);
      links.add(new int[] {a, b, b, a});
      for (int[] end : new int[][] {{a, b, 1}, {b, a, 2}}) {
        interfaces
            .get(end[0])
            .add(
                OspfInterfaceConfig.pointToPoint(
                        end[1], "to" + end[1], Ipv4Address.of(10, a, b, end[2]), 30, areaId)
                    .withCost(cost));
      }
    }

    void change() {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> {
          int router = List.copyOf(nodes.keySet()).get(random.nextInt(nodes.size()));
          int number = random.nextInt(4);
          // The networks of one router overlap, and share their address.
          Ipv4Prefix prefix =
              Ipv4Prefix.containing(Ipv4Address.of(172, 16, router * 8, 0), 24 - number);
          if (random.nextInt(3) == 0) {
            announced.remove(prefix);
            net.command(nodes.get(router), new OspfCommand.WithdrawExternal(prefix));
          } else {
            ExternalDestination destination =
                new ExternalDestination(
                    prefix,
                    random.nextInt(50),
                    random.nextBoolean(),
                    Ipv4Address.UNSPECIFIED,
                    random.nextInt(3),
                    random.nextInt(4) == 0);
            announced.put(prefix, destination);
            announcers.put(prefix, router);
            net.command(nodes.get(router), new OspfCommand.AnnounceExternal(destination));
          }
        }
        case 3 -> {
          int index = random.nextInt(net.segments.size());
          net.segments.get(index).cut ^= true;
        }
        case 4 -> {
          int[] end = links.get(random.nextInt(links.size()));
          net.command(nodes.get(end[0]), new OspfCommand.InterfaceDown(end[1]));
          net.run(random.nextInt(20) * SECOND);
          net.command(nodes.get(end[0]), new OspfCommand.InterfaceUp(end[1]));
        }
        default -> net.run(random.nextInt(60) * SECOND);
      }
      net.run(random.nextInt(8) * SECOND);
    }

    /** The AS-external-LSAs and NSSA-LSAs that there are to be, without Link State IDs. */
    void expect(SortedSet<String> asExternals, SortedSet<String> nssaLsas) {
      int translator =
          nodes.keySet().stream().filter(n -> n < OUTSIDE).max(Integer::compare).orElseThrow();
      announced.forEach(
          (prefix, destination) -> {
            int router = announcers.get(prefix);
            String told = text(destination);
            String own = "192.168." + router + ".1";
            if (router >= BORDER) {
              asExternals.add(prefix + " by " + routerId(router) + told + "0.0.0.0");
            }
            if (router < OUTSIDE && router >= BORDER) {
              nssaLsas.add(prefix + " by " + routerId(router) + told + "0.0.0.0");
            }
            if (router < BORDER && destination.nssaOnly()) {
              nssaLsas.add(prefix + " by " + routerId(router) + told + "0.0.0.0");
            } else if (router < BORDER) {
              nssaLsas.add(prefix + " by " + routerId(router) + told + own + " P");
              asExternals.add(prefix + " by " + routerId(translator) + told + own);
            }
          });
    }
  }

  private static String text(ExternalDestination destination) {
    return (destination.type2() ? ": E2 " : ": E1 ") + destination.metric() + " via ";
  }

  /** With the network in place of the Link State ID, which several could have. */
  private static SortedSet<String> withoutIds(List<String> lsas) {
    SortedSet<String> all = new TreeSet<>();
    for (String each : lsas) {
      int slash = each.indexOf('/');
      int blank = each.indexOf(' ');
      Ipv4Prefix prefix =
          Ipv4Prefix.containing(
              ip(each.substring(0, slash)), Integer.parseInt(each.substring(slash + 1, blank)));
      all.add(prefix + each.substring(blank));
    }
    assertEquals(lsas.size(), all.size(), lsas.toString());
    return all;
  }

  @Property(tries = 25)
  void externalLsasAreThoseOfTheModel(@ForAll long seed) {
    Run run = new Run(seed);
    run.net.upAll();
    run.net.loss = run.random.nextInt(3) * 0.1;
    run.net.reorder = 0.2;
    for (int i = 0; i < 25; i++) {
      run.change();
    }
    run.net.loss = 0;
    run.net.segments.forEach(segment -> segment.cut = false);
    run.net.run(240 * SECOND);
    SortedSet<String> asExternals = new TreeSet<>();
    SortedSet<String> nssaLsas = new TreeSet<>();
    run.expect(asExternals, nssaLsas);
    run.nodes.forEach(
        (number, node) -> {
          String where = "router " + number;
          if (number >= BORDER) {
            assertEquals(
                asExternals, withoutIds(Externals.asExternals(node.engine, run.net.now)), where);
          }
          if (number < OUTSIDE) {
            assertEquals(
                nssaLsas, withoutIds(Externals.nssaLsas(node.engine, AREA, run.net.now)), where);
          }
          checkRoutes(run, number, node);
        });
  }

  /** A flush had overtaken what it was to flush. */
  @Example
  void foundSeeds() {
    externalLsasAreThoseOfTheModel(987);
    externalLsasAreThoseOfTheModel(1041);
  }

  private static void checkRoutes(Run run, int number, Node node) {
    run.announced.forEach(
        (prefix, destination) -> {
          int router = run.announcers.get(prefix);
          boolean told =
              number != router
                  && (router < BORDER
                      ? number < OUTSIDE || !destination.nssaOnly()
                      : router < OUTSIDE || number >= BORDER);
          if (told) {
            OspfRoute route = node.engine.routes().route(prefix);
            assertNotNull(route, () -> "router " + number + " to " + prefix);
            assertEquals(destination.type2() ? destination.metric() : 0, route.type2Cost());
          }
        });
    assertEquals(
        0,
        node.engine.database().asWide().entriesOfType(LsaType.AS_EXTERNAL).stream()
            .filter(entry -> entry.isMaxAgeAt(run.net.now))
            .count());
  }
}
