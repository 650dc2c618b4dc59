package dev.zuido.testkit.ospf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.RouteCalculation;
import dev.zuido.ospf.spf.RoutingTable;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every router's routes are those that a brute-force search of the topology finds. */
final class RouteCalculationPropertyTest {
  private static final RouteCalculation.Settings SETTINGS =
      new RouteCalculation.Settings(true, 64, List.of());

  @Provide
  Arbitrary<OspfTopology> topologies() {
    return OspfTopology.topologies(9);
  }

  @Property(tries = 400)
  void routesEqualTheBruteForceResult(@ForAll("topologies") OspfTopology topology) {
    LinkStateDatabase database = topology.database();
    for (int router = 0; router < topology.routers(); router++) {
      RoutingTable table =
          new RouteCalculation(topology.routerId(router), SETTINGS)
              .calculate(database, topology.interfacesOf(router), 0);
      assertEquals(
          RouteOracle.routes(topology, router), List.copyOf(table.routes()), "router " + router);
    }
  }

  @Property(tries = 100)
  void anLsaOfMaxAgeCountsAsGone(@ForAll("topologies") OspfTopology topology) {
    LinkStateDatabase aged = topology.database();
    LinkStateDatabase gone = topology.database();
    int victim = topology.routers() - 1;
    LsaStore store = aged.area(OspfTopology.AREA);
    LsaEntry entry = store.routerLsa(topology.routerId(victim));
    store.install(entry.lsa().withAge(LsaHeader.MAX_AGE), 0);
    gone.area(OspfTopology.AREA).remove(entry.key());
    RouteCalculation calculation = new RouteCalculation(topology.routerId(0), SETTINGS);
    assertEquals(
        calculation.calculate(gone, topology.interfacesOf(0), 0),
        calculation.calculate(aged, topology.interfacesOf(0), 0));
  }
}
