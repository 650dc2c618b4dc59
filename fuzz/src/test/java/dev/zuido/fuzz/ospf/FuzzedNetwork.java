package dev.zuido.fuzz.ospf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.InterfaceSnapshot;
import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfAuthentication;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.testkit.ospf.simulation.Datagram;
import dev.zuido.testkit.ospf.simulation.EngineImage;
import dev.zuido.testkit.ospf.simulation.NetworkPlan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Lan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Link;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Member;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Stub;
import dev.zuido.testkit.ospf.simulation.OspfSimulation;
import dev.zuido.testkit.ospf.simulation.SimulatedNetwork;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Four routers: the first is joined to the second by a link, and the second to the others by a
 * broadcast network. The second is attacked.
 *
 * <p>The input is a list of packets, each with two bytes of length, a byte that says from whom and
 * how it comes, and its bytes: bit 0 the broadcast network and not the link, bit 1 the bytes as
 * they are and not in a frame whose length and checksum fit, bits 2 and 3 how many seconds pass
 * before, the others the type of the frame.
 */
final class FuzzedNetwork {
  static final UnaryOperator<OspfInterfaceConfig> PLAIN = UnaryOperator.identity();
  static final UnaryOperator<OspfInterfaceConfig> KEYED =
      config ->
          config.withAuthentication(
              new OspfAuthentication.Cryptographic(
                  1,
                  CryptographicKey.Algorithm.HMAC_SHA_256,
                  ByteString.of("secret".getBytes(StandardCharsets.US_ASCII))));

  private static final NetworkPlan PLAN =
      NetworkPlan.ofBackbone(
          4,
          List.of(Link.of(0, 0, 1, 3)),
          List.of(
              new Lan(0, List.of(new Member(1, 2, 1), new Member(2, 2, 1), new Member(3, 2, 0)))),
          List.of(new Stub(0, 0, 1, 1), new Stub(0, 3, 2, 1)));
  private static final int VICTIM = 1;
  private static final int MOST_PACKETS = 12;

  /** What an attacker leaves behind may live until MaxAge. */
  private static final int PATIENCE_SECONDS = 4000;

  private final SimulatedNetwork network;

  FuzzedNetwork(UnaryOperator<OspfInterfaceConfig> change) {
    network = new SimulatedNetwork(PLAN, 1, change);
    network.start();
  }

  SimulatedNetwork network() {
    return network;
  }

  void converge() {
    network.runUntilAgreed(120);
  }

  /** Goes on until the victim exchanges databases with its neighbor on the link. */
  void beginExchange() {
    OspfEngine engine = network.router(VICTIM).engine();
    boolean exchanging =
        network
            .simulation()
            .runUntil(
                () ->
                    engine.neighbors(0).stream()
                        .anyMatch(each -> each.state().atLeast(NeighborState.EXCHANGE)),
                1_000_000,
                60 * OspfSimulation.SECOND);
    assertTrue(exchanging);
  }

  void attack(byte[] input) {
    int at = 0;
    for (int i = 0; i < MOST_PACKETS && at + 3 <= input.length; i++) {
      int how = input[at + 2] & 0xff;
      int length = Math.min(BigEndian.getUnsignedShort(input, at), input.length - at - 3);
      byte[] bytes = Arrays.copyOfRange(input, at + 3, at + 3 + length);
      network.run(how >> 2 & 3);
      network.simulation().inject(network.router(VICTIM), datagram(how, bytes));
      show();
      at += 3 + length;
    }
  }

  /** Packets that nobody signed change nothing but counters. */
  void attackInVain(byte[] input) {
    String before = image();
    int at = 0;
    for (int i = 0; i < MOST_PACKETS && at + 3 <= input.length; i++) {
      int length = Math.min(BigEndian.getUnsignedShort(input, at), input.length - at - 3);
      byte[] bytes = Arrays.copyOfRange(input, at + 3, at + 3 + length);
      network.simulation().inject(network.router(VICTIM), datagram(input[at + 2] & 0xff, bytes));
      assertEquals(before, image());
      at += 3 + length;
    }
  }

  private String image() {
    return EngineImage.of(network.router(VICTIM).engine(), network.simulation().now());
  }

  private static Datagram datagram(int how, byte[] bytes) {
    boolean onLan = (how & 1) != 0;
    int neighbor = onLan ? 2 : 0;
    int routerId = NetworkPlan.routerId(neighbor).value();
    byte[] packet = (how & 2) != 0 ? bytes : Datagrams.framed((how >> 4) % 7, routerId, 0, bytes);
    return new Datagram(
        onLan ? NetworkPlan.lanInterface(0) : NetworkPlan.linkInterface(0, false),
        onLan ? PLAN.lanAddress(0, neighbor) : PLAN.linkAddress(0, true),
        Ipv4Address.of(224, 0, 0, 5),
        ByteString.of(packet));
  }

  /** Everything that a router prints of an engine. */
  private void show() {
    OspfEngine engine = network.router(VICTIM).engine();
    long now = network.simulation().now();
    for (InterfaceSnapshot each : engine.interfaces(now)) {
      assertTrue(!each.toString().isEmpty());
      each.explanations().forEach(why -> assertTrue(!why.mismatch().explain().isEmpty()));
    }
    for (NeighborSnapshot each : engine.neighbors(now)) {
      assertTrue(!each.toString().isEmpty());
    }
    engine
        .database()
        .areaIds()
        .forEach(
            area ->
                engine
                    .database()
                    .area(area)
                    .entries()
                    .forEach(entry -> assertTrue(!entry.lsa().toString().isEmpty())));
    engine
        .database()
        .interfaceIds()
        .forEach(
            id ->
                engine
                    .database()
                    .link(id)
                    .entries()
                    .forEach(entry -> assertTrue(!entry.lsa().toString().isEmpty())));
    assertTrue(!engine.process(now).toString().isEmpty());
    assertTrue(!engine.adjacencyLog().toString().isEmpty());
    engine.database().asWide().entries().forEach(entry -> assertTrue(!entry.toString().isEmpty()));
    assertTrue(!engine.routes().toString().isEmpty());
  }

  void recover() {
    network.runUntilAgreed(PATIENCE_SECONDS);
  }
}
