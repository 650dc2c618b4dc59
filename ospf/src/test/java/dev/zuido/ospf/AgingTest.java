package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.routerLsa;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.lsa.LsaHeader;
import org.junit.jupiter.api.Test;

/** Section 14, and what restarts and old instances do to it. Three routers in a row. */
final class AgingTest {
  private final SimulatedNet net = new SimulatedNet(3);
  private final Node a = net.add("a", OspfConfig.of(routerId(1), link(1, 1, 1), stub(3, 1)));
  private final Node b = net.add("b", OspfConfig.of(routerId(2), link(1, 1, 2), link(2, 2, 1)));
  private final Node c = net.add("c", OspfConfig.of(routerId(3), link(1, 2, 2), stub(3, 3)));

  AgingTest() {
    net.join(a, 1, b, 1);
    net.join(b, 2, c, 1);
    net.upAll();
    net.run(60 * SECOND);
  }

  @Test
  void anLsaIsRefreshedAtHalfAnHour() {
    int before = routerLsa(c.engine, routerId(1)).lsa().header().sequence();
    long originated = routerLsa(a.engine, routerId(1)).installedNanos();
    net.run(originated + 1800 * SECOND - net.now - 1);
    assertEquals(before, routerLsa(c.engine, routerId(1)).lsa().header().sequence());
    net.run(2 * SECOND);
    LsaHeader refreshed = routerLsa(c.engine, routerId(1)).lsa().header();
    assertEquals(before + 1, refreshed.sequence());
    assertTrue(refreshed.age() <= 3, "InfTransDelay for each hop: " + refreshed.age());
  }

  @Test
  void aDeadRoutersLsaStaysUntilMaxAgeAndThenGoesFromAllDatabases() {
    c.dead = true;
    net.run(3000 * SECOND);
    assertNotNull(a.engine.database().area(Configs.BACKBONE).routerLsa(routerId(3)));
    assertNull(a.engine.routes().route(Configs.prefix("192.168.3.0/24")));
    net.run(700 * SECOND);
    assertNull(a.engine.database().area(Configs.BACKBONE).routerLsa(routerId(3)));
    assertNull(b.engine.database().area(Configs.BACKBONE).routerLsa(routerId(3)));
    assertEquals(2, a.engine.database().size());
    assertTrue(a.isFullWith(b));
  }

  @Test
  void aRestartedRouterAdvancesPastItsOldLsas() {
    net.run(4000 * SECOND);
    int old = routerLsa(a.engine, routerId(3)).lsa().header().sequence();
    net.restart(c, c.engine.config());
    net.run(60 * SECOND);
    assertTrue(c.isFullWith(b) && b.isFullWith(c));
    LsaHeader now = routerLsa(a.engine, routerId(3)).lsa().header();
    assertTrue(now.sequence() > old);
    assertEquals(Configs.contents(a.engine, net.now), Configs.contents(c.engine, net.now));
  }

  @Test
  void aCostChangeIsFloodedOnceInMinLsInterval() {
    int before = routerLsa(c.engine, routerId(1)).lsa().header().sequence();
    for (int cost = 100; cost < 110; cost++) {
      net.command(a, new OspfCommand.Configure(stub(3, 1).withCost(cost)));
      net.run(SECOND / 10);
    }
    net.run(10 * SECOND);
    assertEquals(before + 2, routerLsa(c.engine, routerId(1)).lsa().header().sequence());
    assertEquals(109 + 20, c.engine.routes().route(Configs.prefix("192.168.1.0/24")).cost());
  }

  @Test
  void shutdownLeavesNoTraceInTheOthersDatabases() {
    net.command(c, new OspfCommand.Shutdown());
    net.run(2 * SECOND);
    assertNull(a.engine.database().area(Configs.BACKBONE).routerLsa(routerId(3)));
  }
}
