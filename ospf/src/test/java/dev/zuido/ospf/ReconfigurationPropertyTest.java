package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.packet.CryptographicKey.Algorithm;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Whatever an interface is changed to while it runs, the adjacencies of the others stay; and once
 * both ends are equal again, so does its own come back.
 */
final class ReconfigurationPropertyTest {
  @Property(tries = 60)
  void theOtherInterfacesAdjacencyStaysThroughAllChanges(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedNet net = new SimulatedNet(seed);
    Node left = net.add("left", OspfConfig.of(routerId(1), lan(1, 1), stub(2, 1)));
    Node middle = net.add("middle", OspfConfig.of(routerId(2), lan(1, 2), link(2, 1, 1)));
    Node right = net.add("right", OspfConfig.of(routerId(3), link(1, 1, 2), stub(2, 3)));
    net.join(left, 1, middle, 1);
    net.join(middle, 2, right, 1);
    net.upAll();
    net.run(90 * SECOND);
    assertTrue(middle.isFullWith(left, right));
    net.nodes.forEach(node -> node.log.clear());
    OspfInterfaceConfig config = lan(1, 2);
    List<String> steps = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      config = changed(config, random);
      steps.add(config.toString());
      net.command(middle, new OspfCommand.Configure(config));
      net.run(random.nextInt(60) * SECOND);
    }
    for (int n = 1; n <= 2; n++) {
      OspfInterfaceConfig same =
          config.toBuilder()
              .address(Ipv4Address.of(10, 0, 0, n), 24)
              .passive(false)
              .priority(n)
              .staticNeighbors(List.of())
              .build();
      if (!same.type().multicasts()) {
        StaticNeighbor other = new StaticNeighbor(Ipv4Address.of(10, 0, 0, 3 - n), 1, 30, 0);
        same = same.toBuilder().staticNeighbors(List.of(other)).build();
      }
      net.command(n == 1 ? left : middle, new OspfCommand.Configure(same));
    }
    net.run(250 * SECOND);
    assertTrue(
        middle.isFullWith(left) && left.isFullWith(middle),
        () -> "at last " + left.engine.interfaceConfig(1) + " after " + steps);
    assertEquals(
        List.of(),
        middle.log(OspfOutput.NeighborChanged.class).stream()
            .filter(change -> change.interfaceId() == 2)
            .toList());
    assertEquals(List.of(), right.log(OspfOutput.NeighborChanged.class));
    assertEquals(Configs.contents(left.engine, net.now), Configs.contents(right.engine, net.now));
  }

  private static OspfInterfaceConfig changed(OspfInterfaceConfig from, Random random) {
    OspfInterfaceConfig.Builder builder = from.toBuilder();
    switch (random.nextInt(11)) {
      case 0 -> builder.cost(1 + random.nextInt(100));
      case 1 -> builder.priority(random.nextInt(3));
      case 2 -> builder.timers(OspfInterfaceTimers.DEFAULT.withHello(1 + random.nextInt(15), 45));
      case 3 -> builder.authentication(authentication(random));
      case 4 -> builder.passive(random.nextBoolean());
      case 5 -> {
        NetworkType[] types = {
          NetworkType.BROADCAST,
          NetworkType.NBMA,
          NetworkType.POINT_TO_POINT,
          NetworkType.POINT_TO_MULTIPOINT,
          NetworkType.POINT_TO_MULTIPOINT_NON_BROADCAST
        };
        builder.staticNeighbors(List.of()).type(types[random.nextInt(types.length)]);
      }
      case 6 -> builder.address(Ipv4Address.of(10, 0, 0, 2 + random.nextInt(3)), 24);
      case 7 -> builder.mtu(1000 + random.nextInt(1000));
      case 8 -> builder.ttlSecurityHops(random.nextInt(2));
      case 9 -> builder.prefixSuppression(random.nextBoolean());
      default -> {
        boolean mayHave = from.type() == NetworkType.NBMA || from.type().isPointToMultipoint();
        builder.bidirectionalForwardingDetection(random.nextBoolean());
        builder.staticNeighbors(
            mayHave && random.nextBoolean()
                ? List.of(new StaticNeighbor(Ipv4Address.of(10, 0, 0, 1), 1, 30, 0))
                : List.of());
      }
    }
    return builder.build();
  }

  private static OspfAuthentication authentication(Random random) {
    ByteString secret = ByteString.of((byte) (1 + random.nextInt(2)));
    return switch (random.nextInt(4)) {
      case 0 -> OspfAuthentication.NONE;
      case 1 -> new OspfAuthentication.Simple(secret);
      case 2 -> new OspfAuthentication.Cryptographic(1, Algorithm.MD5, secret);
      default ->
          OspfAuthentication.KeyChain.extended(
              OspfAuthentication.Key.always(2, Algorithm.HMAC_SHA_256, secret));
    };
  }
}
