package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Three routers in a triangle: traffic from 1 to 3 goes through 2 only while that is no stub. */
final class Rfc6987StubRouterTest {
  private final SimulatedNet net = new SimulatedNet(9);

  private Node router(int n, StubRouterConfig config, OspfInterfaceConfig... interfaces) {
    return net.add(
        "r" + n,
        OspfConfig.builder(routerId(n)).interfaces(List.of(interfaces)).stubRouter(config).build());
  }

  /** 1 and 3 by 2 cost 10 + 10 + 10, directly 100 + 10. */
  private List<Node> triangle(StubRouterConfig middle) {
    Node one = router(1, StubRouterConfig.NEVER, link(1, 1, 1), link(2, 2, 1).withCost(100));
    Node two = router(2, middle, link(1, 1, 2), link(2, 3, 1), stub(3, 2));
    Node three =
        router(3, StubRouterConfig.NEVER, link(1, 3, 2), link(2, 2, 2).withCost(100), stub(3, 3));
    net.join(one, 1, two, 1);
    net.join(two, 2, three, 1);
    net.join(one, 2, three, 2);
    net.upAll();
    net.run(60 * SECOND);
    return List.of(one, two, three);
  }

  private static int cost(Node from, String to) {
    return from.engine.routes().route(prefix(to)).cost();
  }

  private static Set<Integer> metrics(Node node, boolean ofStubs) {
    RouterLsa body =
        (RouterLsa) Configs.routerLsa(node.engine, node.engine.config().routerId()).lsa().body();
    Set<Integer> metrics = new TreeSet<>();
    for (RouterLink link : body.links()) {
      if ((link.type() == RouterLink.STUB) == ofStubs) {
        metrics.add(link.metric());
      }
    }
    return metrics;
  }

  @Test
  void section2AllNonStubLinksCostMaxLinkMetric() {
    List<Node> nodes = triangle(new StubRouterConfig(true, 0, 0, false, 0, 0));
    assertEquals(Set.of(0xffff), metrics(nodes.get(1), false));
    assertEquals(Set.of(10), metrics(nodes.get(1), true));
    assertEquals(110, cost(nodes.get(0), "192.168.3.0/24"), "not through the stub router");
    assertEquals(20, cost(nodes.get(0), "192.168.2.0/24"), "but to its own networks");
    assertTrue(nodes.get(1).engine.process(net.now).stubRouter().isActive());
  }

  @Test
  void stubLinksCostThatMuchToo() {
    List<Node> nodes = triangle(new StubRouterConfig(true, 0, 0, true, 0, 0));
    assertEquals(Set.of(0xffff), metrics(nodes.get(1), true));
  }

  @Test
  void afterTheStartForAWhile() {
    List<Node> nodes = triangle(new StubRouterConfig(false, 90, 0, false, 0, 0));
    assertEquals(110, cost(nodes.get(0), "192.168.3.0/24"));
    assertEquals(30 * SECOND, nodes.get(1).engine.process(net.now).stubRouter().remainingNanos());
    net.run(40 * SECOND);
    assertEquals(30, cost(nodes.get(0), "192.168.3.0/24"));
    assertFalse(nodes.get(1).engine.process(net.now).stubRouter().isActive());
    net.command(nodes.get(1), new OspfCommand.InterfaceDown(1));
    net.command(nodes.get(1), new OspfCommand.InterfaceUp(1));
    net.run(60 * SECOND);
    assertEquals(30, cost(nodes.get(0), "192.168.3.0/24"), "the start is over");
  }

  @Test
  void byCommandWhileItRuns() {
    List<Node> nodes = triangle(StubRouterConfig.NEVER);
    assertEquals(30, cost(nodes.get(0), "192.168.3.0/24"));
    net.command(
        nodes.get(1), new OspfCommand.SetStubRouter(new StubRouterConfig(true, 0, 0, false, 0, 0)));
    net.run(20 * SECOND);
    assertEquals(110, cost(nodes.get(0), "192.168.3.0/24"));
    assertEquals(
        Set.of(StubRouterReason.ALWAYS),
        nodes.get(1).engine.process(net.now).stubRouter().reasons());
    net.command(nodes.get(1), new OspfCommand.SetStubRouter(StubRouterConfig.NEVER));
    net.run(20 * SECOND);
    assertEquals(30, cost(nodes.get(0), "192.168.3.0/24"));
  }

  @Test
  void beforeAShutdownTrafficGoesElsewhereFirst() {
    List<Node> nodes = triangle(new StubRouterConfig(false, 0, 20, false, 0, 0));
    Node two = nodes.get(1);
    net.command(two, new OspfCommand.Shutdown());
    net.run(15 * SECOND);
    assertEquals(110, cost(nodes.get(0), "192.168.3.0/24"));
    assertEquals(20, cost(nodes.get(0), "192.168.2.0/24"));
    assertEquals(5 * SECOND, two.engine.process(net.now).stubRouter().remainingNanos());
    assertEquals(List.of(), two.log(OspfOutput.ShutdownComplete.class));
    net.run(20 * SECOND);
    assertEquals(1, two.log(OspfOutput.ShutdownComplete.class).size());
    assertNull(nodes.get(0).engine.routes().route(prefix("192.168.2.0/24")));
  }

  @Test
  void theMetricsOfExternalRoutesAreRaisedInTheLsas() {
    List<Node> nodes = triangle(StubRouterConfig.NEVER);
    Node two = nodes.get(1);
    net.command(
        two,
        new OspfCommand.AnnounceExternal(
            new ExternalDestination(
                prefix("172.20.0.0/16"), 20, true, Ipv4Address.UNSPECIFIED, 0)));
    net.run(20 * SECOND);
    assertEquals(20, nodes.get(0).engine.routes().route(prefix("172.20.0.0/16")).type2Cost());
    net.command(
        two, new OspfCommand.SetStubRouter(new StubRouterConfig(true, 0, 0, false, 0, 0xff0000)));
    net.run(20 * SECOND);
    assertEquals(0xff0000, nodes.get(0).engine.routes().route(prefix("172.20.0.0/16")).type2Cost());
  }

  @Test
  void theMetricsOfSummariesAreRaised() {
    StubRouterConfig config = new StubRouterConfig(true, 0, 0, false, 0xff0000, 0xff0001);
    Core core =
        new Core(
            OspfConfig.builder(routerId(1)).stubRouter(config).build(),
            new Random(1),
            OspfStore.inMemory());
    assertEquals(0xff0000, core.stubRouter.summaryMetric(7));
    assertEquals(0xfffffe, core.stubRouter.summaryMetric(0xfffffe), "never lowered");
    core.stubRouter.configure(StubRouterConfig.NEVER);
    assertEquals(7, core.stubRouter.summaryMetric(7));
  }

  @Test
  void theRangesAreChecked() {
    assertThrows(
        IllegalArgumentException.class, () -> new StubRouterConfig(false, 86_401, 0, false, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new StubRouterConfig(false, 0, 101, false, 0, 0));
  }
}
