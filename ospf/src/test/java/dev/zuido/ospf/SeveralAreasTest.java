package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.ip;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import org.junit.jupiter.api.Test;

/** A router between the backbone and area 0.0.0.1 keeps one database for each. */
final class SeveralAreasTest {
  private static final Ipv4Address AREA_1 = ip("0.0.0.1");

  private static OspfInterfaceConfig inner(int id, int n) {
    return OspfInterfaceConfig.pointToPoint(id, "inner", Ipv4Address.of(10, 2, 0, n), 30, AREA_1);
  }

  @Test
  void areasAreFloodedSeparatelyAndTheRouterBetweenThemSetsBitB() {
    SimulatedNet net = new SimulatedNet(4);
    Node a = net.add("a", OspfConfig.of(routerId(1), link(1, 1, 1)));
    Node border = net.add("b", OspfConfig.of(routerId(2), link(1, 1, 2), inner(2, 1)));
    Node c = net.add("c", OspfConfig.of(routerId(3), inner(1, 2)));
    net.join(a, 1, border, 1);
    net.join(border, 2, c, 1);
    net.upAll();
    net.run(60 * SECOND);
    assertTrue(a.isFullWith(border) && c.isFullWith(border));
    RouterLsa told = (RouterLsa) Configs.routerLsa(a.engine, routerId(2)).lsa().body();
    assertTrue(told.isBorder());
    // Two router-LSAs in each area, and a summary of the other one.
    assertEquals(3, a.engine.database().size());
    assertEquals(3, c.engine.database().size());
    assertEquals(6, border.engine.database().size());
    assertNotNull(border.engine.routes().route(Configs.prefix("10.2.0.0/30")));
    net.command(border, new OspfCommand.InterfaceDown(2));
    net.run(10 * SECOND);
    told = (RouterLsa) Configs.routerLsa(a.engine, routerId(2)).lsa().body();
    assertFalse(told.isBorder());
  }
}
