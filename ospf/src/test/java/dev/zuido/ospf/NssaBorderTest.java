package dev.zuido.ospf;

import static dev.zuido.ospf.Externals.announce;
import static dev.zuido.ospf.Externals.asExternals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A border router of two NSSAs, 2, whose only link to the backbone comes and goes. */
final class NssaBorderTest {
  private static final int TO_BACKBONE = 1;

  private final AreaNet net =
      new AreaNet(5)
          .areas(OspfAreaConfig.nssa(AreaNet.area(1)), OspfAreaConfig.nssa(AreaNet.area(2)))
          .link(TO_BACKBONE, 0, 1, 2, 1)
          .link(2, 1, 2, 3, 1)
          .link(3, 2, 2, 4, 1)
          .stub(1, 1, 3, 1)
          .converge();

  private List<String> heard() {
    return asExternals(net.node(1).engine, net.net.now);
  }

  @Test
  void translationsAreToldAgainWhenTheBackboneIsBack() {
    net.command(3, announce("172.16.0.0/16", true, 20));
    net.quiet();
    List<String> told = List.of("172.16.0.0/16 by 2.2.2.2: E2 20 via 192.168.1.3");
    assertEquals(told, heard());
    net.set(TO_BACKBONE, false);
    net.quiet();
    assertEquals(List.of(), asExternals(net.node(2).engine, net.net.now), "nobody is to be told");
    net.set(TO_BACKBONE, true);
    net.quiet();
    assertEquals(told, heard());
  }
}
