package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each reason why no adjacency forms is explained, once. */
final class MismatchTest {
  private final SimulatedNet net = new SimulatedNet(5);

  private Node router(int n, OspfInterfaceConfig config) {
    return net.add("r" + n, OspfConfig.of(routerId(n), config));
  }

  /** What r1 says about r2 after a minute without an adjacency. */
  private String explanation(OspfInterfaceConfig ours, OspfInterfaceConfig theirs) {
    return explanation(router(1, ours), router(2, theirs));
  }

  private String explanation(Node one, Node two) {
    net.join(one, 1, two, 1);
    net.upAll();
    net.run(120 * SECOND);
    assertTrue(!one.isFullWith(two));
    List<OspfOutput.Mismatched> told = one.log(OspfOutput.Mismatched.class);
    assertEquals(1, told.size(), told::toString);
    assertEquals(
        told.get(0).mismatch(),
        one.engine.interfaces(net.now).get(0).explanations().get(0).mismatch());
    return told.get(0).mismatch().explain();
  }

  @Test
  void helloInterval() {
    OspfInterfaceTimers slow = OspfInterfaceTimers.DEFAULT.withHello(30, 40);
    assertEquals(
        "hello interval 10 against 30", explanation(lan(1, 1), lan(1, 2).withTimers(slow)));
  }

  @Test
  void deadInterval() {
    OspfInterfaceTimers slow = OspfInterfaceTimers.DEFAULT.withHello(10, 120);
    assertEquals(
        "dead interval 40 against 120", explanation(lan(1, 1), lan(1, 2).withTimers(slow)));
  }

  @Test
  void networkMask() {
    OspfInterfaceConfig wide = lan(1, 2).withAddress(lan(1, 2).address(), 16);
    assertEquals("network mask 255.255.255.0 against 255.255.0.0", explanation(lan(1, 1), wide));
  }

  @Test
  void subnet() {
    OspfInterfaceConfig other = lan(1, 2).withAddress(Ipv4Address.of(10, 9, 0, 2), 24);
    assertEquals(
        "address 10.9.0.2 is not on the network of 10.0.0.1/24", explanation(lan(1, 1), other));
  }

  @Test
  void area() {
    OspfInterfaceConfig other =
        OspfInterfaceConfig.broadcast(
            1, "lan", Ipv4Address.of(10, 0, 0, 2), 24, Ipv4Address.of(0, 0, 0, 1));
    assertEquals("area 0.0.0.0 against 0.0.0.1", explanation(lan(1, 1), other));
  }

  @Test
  void stubArea() {
    Ipv4Address areaId = Ipv4Address.of(0, 0, 0, 1);
    OspfInterfaceConfig ours =
        OspfInterfaceConfig.broadcast(1, "lan", Ipv4Address.of(10, 0, 0, 1), 24, areaId);
    OspfInterfaceConfig theirs = ours.withAddress(Ipv4Address.of(10, 0, 0, 2), 24);
    Node stub =
        net.add(
            "stub",
            OspfConfig.builder(routerId(2))
                .areas(List.of(OspfAreaConfig.stub(areaId)))
                .interfaces(List.of(theirs))
                .build());
    assertEquals("the neighbor takes the area for a stub area", explanation(router(1, ours), stub));
  }

  @Test
  void notSoStubbyArea() {
    Ipv4Address areaId = Ipv4Address.of(0, 0, 0, 1);
    OspfInterfaceConfig ours =
        OspfInterfaceConfig.broadcast(1, "lan", Ipv4Address.of(10, 0, 0, 1), 24, areaId);
    OspfInterfaceConfig theirs = ours.withAddress(Ipv4Address.of(10, 0, 0, 2), 24);
    Node stub = inArea(1, OspfAreaConfig.stub(areaId), ours);
    Node nssa = inArea(2, OspfAreaConfig.nssa(areaId), theirs);
    assertEquals("the neighbor takes the area for an NSSA", explanation(stub, nssa));
    assertEquals(
        new Mismatch.NssaCapability(true, false),
        nssa.log(OspfOutput.Mismatched.class).get(0).mismatch());
  }

  private Node inArea(int n, OspfAreaConfig area, OspfInterfaceConfig config) {
    return net.add(
        "r" + n,
        OspfConfig.builder(routerId(n)).areas(List.of(area)).interfaces(List.of(config)).build());
  }

  @Test
  void duplicateRouterId() {
    Node one = router(1, lan(1, 1));
    Node two = router(1, lan(1, 2));
    assertEquals("duplicate router ID 1.1.1.1", explanation(one, two));
  }

  @Test
  void mtuTooLarge() {
    OspfInterfaceConfig small = Configs.link(1, 1, 1).withMtu(1372);
    assertEquals("MTU 1372 against 1500", explanation(small, Configs.link(1, 1, 2)));
  }

  @Test
  void mtuIgnoredByOption() {
    Node one = router(1, Configs.link(1, 1, 1).withMtu(1372).withMtuIgnore(true));
    Node two = router(2, Configs.link(1, 1, 2));
    net.join(one, 1, two, 1);
    net.upAll();
    net.run(60 * SECOND);
    assertTrue(one.isFullWith(two) && two.isFullWith(one));
  }

  @Test
  void mtuRepairedWhileRunning() {
    Node one = router(1, Configs.link(1, 1, 1).withMtu(1372));
    Node two = router(2, Configs.link(1, 1, 2));
    explanation(one, two);
    net.command(two, new OspfCommand.Configure(Configs.link(1, 1, 2).withMtu(1372)));
    assertTrue(net.runUntil(() -> one.isFullWith(two) && two.isFullWith(one), 20 * SECOND));
    assertEquals(List.of(), one.engine.interfaces(net.now).get(0).explanations());
  }

  @Test
  void authenticationType() {
    assertEquals(
        "authentication type 0 against 2",
        explanation(lan(1, 1), lan(1, 2).withAuthentication(md5(1, "secret"))));
  }

  @Test
  void authenticationKeyId() {
    assertEquals(
        "authentication key ID 1 against 2",
        explanation(
            lan(1, 1).withAuthentication(md5(1, "secret")),
            lan(1, 2).withAuthentication(md5(2, "secret"))));
  }

  @Test
  void authenticationSecret() {
    assertEquals(
        "authentication failed",
        explanation(
            lan(1, 1).withAuthentication(md5(1, "secret")),
            lan(1, 2).withAuthentication(md5(1, "other"))));
  }

  @Test
  void equalAuthenticationLetsTheAdjacencyForm() {
    for (OspfAuthentication authentication :
        List.of(
            new OspfAuthentication.Simple(bytes("password")),
            md5(1, "secret"),
            new OspfAuthentication.Cryptographic(
                7, Algorithm.HMAC_SHA_256, bytes("long secret")))) {
      SimulatedNet fresh = new SimulatedNet(6);
      Node one =
          fresh.add(
              "1",
              OspfConfig.of(routerId(1), Configs.link(1, 1, 1).withAuthentication(authentication)));
      Node two =
          fresh.add(
              "2",
              OspfConfig.of(routerId(2), Configs.link(1, 1, 2).withAuthentication(authentication)));
      fresh.join(one, 1, two, 1);
      fresh.upAll();
      fresh.run(60 * SECOND);
      assertTrue(one.isFullWith(two) && two.isFullWith(one), authentication::toString);
    }
  }

  private static OspfAuthentication md5(int keyId, String secret) {
    return new OspfAuthentication.Cryptographic(keyId, Algorithm.MD5, bytes(secret));
  }

  private static ByteString bytes(String text) {
    return ByteString.of(text.getBytes(StandardCharsets.US_ASCII));
  }
}
