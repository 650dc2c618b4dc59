package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be seen in the packet that is dropped, and what is seen on the other side. */
final class ExplanationsTest {
  private final SimulatedNet net = new SimulatedNet(8);

  private Node router(int n, OspfInterfaceConfig... interfaces) {
    return net.add("r" + n, OspfConfig.of(routerId(n), interfaces));
  }

  private List<String> explanations(Node node, int interfaceId) {
    for (InterfaceSnapshot each : node.engine.interfaces(net.now)) {
      if (each.config().id() == interfaceId) {
        return each.explanations().stream().map(e -> e.mismatch().explain()).toList();
      }
    }
    throw new AssertionError("no interface " + interfaceId);
  }

  private static List<String> told(Node node) {
    return node.log(OspfOutput.Mismatched.class).stream()
        .map(mismatched -> mismatched.mismatch().explain())
        .toList();
  }

  private static OspfAuthentication key(int keyId, int secret) {
    return new OspfAuthentication.Cryptographic(
        keyId, Algorithm.HMAC_SHA_256, ByteString.of(new byte[] {(byte) secret}));
  }

  private static Stream<Arguments> mistakes() {
    OspfInterfaceConfig right = lan(1, 2).withAuthentication(key(1, 1));
    return Stream.of(
        Arguments.of("hello interval 10 against 30", right.withTimers(timers(30, 40))),
        Arguments.of("dead interval 40 against 120", right.withTimers(timers(10, 120))),
        Arguments.of(
            "network mask 255.255.255.0 against 255.255.0.0",
            right.withAddress(right.address(), 16)),
        Arguments.of(
            "area 0.0.0.0 against 0.0.0.9",
            right.toBuilder().areaId(Ipv4Address.of(0, 0, 0, 9)).build()),
        Arguments.of(
            "authentication type 2 against 0", right.withAuthentication(OspfAuthentication.NONE)),
        Arguments.of("authentication key ID 1 against 2", right.withAuthentication(key(2, 1))),
        Arguments.of("authentication failed", right.withAuthentication(key(1, 2))));
  }

  private static OspfInterfaceTimers timers(int hello, int dead) {
    return OspfInterfaceTimers.DEFAULT.withHello(hello, dead);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void whatIsMendedIsNotExplainedAnyMore(String explanation, OspfInterfaceConfig wrong) {
    Node one = router(1, lan(1, 1).withAuthentication(key(1, 1)));
    Node two = router(2, wrong);
    net.join(one, 1, two, 1);
    net.upAll();
    net.run(60 * SECOND);
    assertEquals(List.of(explanation), told(one));
    assertEquals(List.of(explanation), explanations(one, 1));
    assertEquals(1, told(two).size(), "the other side says so too");
    net.command(two, new OspfCommand.Configure(lan(1, 2).withAuthentication(key(1, 1))));
    assertTrue(net.runUntil(() -> one.isFullWith(two) && two.isFullWith(one), 120 * SECOND));
    assertEquals(List.of(), explanations(one, 1));
    assertEquals(List.of(), explanations(two, 1));
    assertNull(one.engine.neighbors(net.now).get(0).mismatch());
  }

  @Test
  void anMtuOf1372Against1500IsExplainedOnBothSidesWhicheverIsMaster() {
    for (int small : new int[] {1, 2}) {
      SimulatedNet fresh = new SimulatedNet(small);
      Node one =
          fresh.add(
              "1", OspfConfig.of(routerId(1), link(1, 1, 1).withMtu(small == 1 ? 1372 : 1500)));
      Node two =
          fresh.add(
              "2", OspfConfig.of(routerId(2), link(1, 1, 2).withMtu(small == 2 ? 1372 : 1500)));
      fresh.join(one, 1, two, 1);
      fresh.upAll();
      fresh.run(60 * SECOND);
      Node smaller = small == 1 ? one : two;
      Node larger = small == 1 ? two : one;
      assertEquals(List.of("MTU 1372 against 1500"), told(smaller));
      assertEquals(List.of("MTU 1500 against 1372"), told(larger));
      Mismatch ofNeighbor = larger.engine.neighbors(fresh.now).get(0).mismatch();
      assertEquals(new Mismatch.Mtu(1500, 1372), ofNeighbor);
      fresh.command(
          larger, new OspfCommand.Configure(larger.engine.interfaceConfig(1).withMtu(1372)));
      assertTrue(fresh.runUntil(() -> one.isFullWith(two) && two.isFullWith(one), 30 * SECOND));
      assertNull(larger.engine.neighbors(fresh.now).get(0).mismatch());
      assertNull(smaller.engine.neighbors(fresh.now).get(0).mismatch());
    }
  }

  @Test
  void anAddressThatTwoRoutersHaveIsExplained() {
    Node one = router(1, lan(1, 1));
    Node two = router(2, lan(1, 1));
    Segment segment = net.join(one, 1, two, 1);
    net.upAll();
    net.run(60 * SECOND);
    assertEquals(List.of("another router has the address 10.0.0.1"), told(one));
    assertEquals(List.of("another router has the address 10.0.0.1"), explanations(two, 1));
    net.command(two, new OspfCommand.Configure(lan(1, 2)));
    segment.ports.remove(1);
    net.attach(segment, two, 1);
    net.run(590 * SECOND);
    assertEquals(1, explanations(one, 1).size(), "nobody has said yet that it is over");
    net.run(20 * SECOND);
    assertTrue(one.isFullWith(two) && two.isFullWith(one));
    assertEquals(List.of(), explanations(one, 1));
  }

  @Test
  void aUnidirectionalLinkIsExplainedAfterRouterDeadInterval() {
    Node one = router(1, link(1, 1, 1));
    Node two = router(2, link(1, 1, 2));
    Segment wire = net.join(one, 1, two, 1);
    wire.deaf = 1;
    net.upAll();
    net.run(39 * SECOND);
    assertEquals(List.of(), told(one));
    net.run(20 * SECOND);
    assertEquals(List.of("the neighbor does not hear this router's Hellos"), told(one));
    assertEquals(NeighborState.INIT, one.stateOf(routerId(2)));
    assertEquals(new Mismatch.OneWay(), one.engine.neighbors(net.now).get(0).mismatch());
    wire.deaf = -1;
    assertTrue(net.runUntil(() -> one.isFullWith(two), 30 * SECOND));
    assertEquals(List.of(), explanations(one, 1));
  }

  @Test
  void aPointToPointLinkAgainstABroadcastNetworkIsSeenInTheLsas() {
    Node one = router(1, lan(1, 1).withType(NetworkType.POINT_TO_POINT), stub(2, 1));
    Node two = router(2, lan(1, 2), stub(2, 2));
    net.join(one, 1, two, 1);
    net.upAll();
    net.run(120 * SECOND);
    assertTrue(one.isFullWith(two) && two.isFullWith(one));
    assertNull(one.engine.routes().route(Configs.prefix("192.168.2.0/24")));
    assertEquals(
        List.of("network type point-to-point against with a Designated Router"), told(one));
    assertEquals(
        List.of("network type with a Designated Router against point-to-point"), told(two));
    assertInstanceOf(Mismatch.NetworkType.class, one.engine.neighbors(net.now).get(0).mismatch());
    net.command(one, new OspfCommand.Configure(lan(1, 1)));
    net.run(120 * SECOND);
    assertEquals(List.of(), explanations(one, 1));
    assertEquals(List.of(), explanations(two, 1));
  }

  @Test
  void twoRoutersOfAnAreaWithOneRouterIdAreToldOfEachOther() {
    Node first = router(1, link(1, 1, 1), stub(2, 1));
    Node middle = router(2, link(1, 1, 2), link(2, 2, 1));
    Node second = net.add("other1", OspfConfig.of(routerId(1), link(1, 2, 2), stub(2, 9)));
    net.join(first, 1, middle, 1);
    Segment right = net.join(middle, 2, second, 1);
    net.upAll();
    net.run(120 * SECOND);
    String expected = "another router in area 0.0.0.0 has router ID 1.1.1.1";
    assertEquals(List.of(expected), told(first));
    assertEquals(List.of(expected), told(second));
    assertEquals(List.of(expected), explanations(first, 1));
    assertEquals(1, first.engine.process(net.now).areas().get(0).explanations().size());
    assertEquals(List.of(), told(middle), "it cannot know");
    right.cut = true;
    net.run(240 * SECOND);
    assertEquals(List.of(), explanations(first, 1));
  }

  @Test
  void anOldInstanceOfBeforeARestartIsNoOtherRouter() {
    Node one = router(1, link(1, 1, 1), stub(2, 1));
    Node two = router(2, link(1, 1, 2));
    net.join(one, 1, two, 1);
    net.upAll();
    for (int i = 0; i < 5; i++) {
      net.run(90 * SECOND);
      net.restart(one, one.engine.config());
    }
    net.run(90 * SECOND);
    assertEquals(List.of(), told(one));
  }

  @Test
  void aPathThatCarriesLessThanTheMtuSaysIsSuspected() {
    Node one = router(1, link(1, 1, 1));
    List<OspfInterfaceConfig> many = new ArrayList<>(List.of(link(1, 1, 2)));
    for (int n = 2; n < 150; n++) {
      many.add(stub(n, n));
    }
    Node two = router(2, many.toArray(OspfInterfaceConfig[]::new));
    Segment wire = net.join(one, 1, two, 1);
    wire.largest = 1372;
    net.upAll();
    net.run(60 * SECOND);
    String expected =
        "no progress in state LOADING: packets of up to 1500 bytes may not get through";
    assertEquals(List.of(expected), told(one));
    assertEquals(List.of(expected), explanations(one, 1));
    wire.largest = 65_535;
    assertTrue(net.runUntil(() -> one.isFullWith(two), 30 * SECOND));
    assertEquals(List.of(), explanations(one, 1));
    one.log.clear();
    two.log.clear();
    wire.largest = 1372;
    net.command(two, new OspfCommand.Configure(stub(2, 2).withCost(99)));
    net.run(150 * SECOND);
    assertEquals(
        List.of("LSAs are not acknowledged: packets of up to 1500 bytes may not get through"),
        told(two));
    wire.largest = 65_535;
    net.run(60 * SECOND);
    assertEquals(List.of(), explanations(two, 1));
  }

  @Test
  void aLossyLinkWithDifferentMtusIgnoredIsNotExplained() {
    net.loss = 0.2;
    Node one = router(1, link(1, 1, 1));
    Node two = router(2, link(1, 1, 2));
    net.join(one, 1, two, 1);
    net.upAll();
    net.run(600 * SECOND);
    List<String> mtu = new ArrayList<>(told(one));
    mtu.addAll(told(two));
    mtu.removeIf(text -> !text.startsWith("MTU"));
    assertEquals(List.of(), mtu);
    assertFalse(one.engine.adjacencyLog().isEmpty());
  }
}
