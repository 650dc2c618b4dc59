package dev.zuido.ospf.spf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** After any changes a table is the one that is calculated from nothing. */
final class IncrementalCalculationPropertyTest {
  @Property(tries = 300)
  void theTableIsThatOfAFreshCalculation(@ForAll long seed) {
    RandomDatabase network = new RandomDatabase(seed, (int) (seed & 63));
    RouteCalculation.Settings settings = network.settings();
    IncrementalCalculation incremental =
        new IncrementalCalculation(RandomDatabase.ROOT, settings, network.database);
    RoutingTable before = RoutingTable.EMPTY;
    for (int step = 0; step < 60; step++) {
      if (!network.settings().equals(settings)) {
        settings = network.settings();
        incremental.configure(settings);
      }
      incremental.setExternalAreas(network.externalAreas());
      RoutingTable table = incremental.calculate(network.interfaces(), 0);
      RouteCalculation once = new RouteCalculation(RandomDatabase.ROOT, settings);
      once.setExternalAreas(network.externalAreas());
      RoutingTable fresh = once.calculate(network.database, network.interfaces(), 0);
      int failed = step;
      assertEquals(
          List.copyOf(fresh.routes()),
          List.copyOf(table.routes()),
          () -> "step " + failed + "\n" + network.text());
      assertEquals(fresh, table, () -> "step " + failed + "\n" + network.text());
      differencesLeadFromOneToTheOther(before, table);
      before = table;
      for (int change = 0; change <= step % 3; change++) {
        network.change();
      }
    }
  }

  private static void differencesLeadFromOneToTheOther(RoutingTable before, RoutingTable after) {
    Set<OspfRoute> routes = new HashSet<>(before.routes());
    for (RouteDifference difference : after.differences(before)) {
      routes.remove(difference.before());
      if (difference.after() != null) {
        routes.add(difference.after());
      }
      assertSame(before.route(difference.prefix()), difference.before());
      assertSame(after.route(difference.prefix()), difference.after());
    }
    assertEquals(new HashSet<>(after.routes()), routes);
  }
}
