package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.prefix;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * On a network of any type, with loss, duplication and reordering, then with failures and changes
 * of priority, all routers end with the same database and a route to each other.
 */
final class NetworkTypesPropertyTest {
  private static final List<NetworkType> TYPES =
      List.of(
          NetworkType.BROADCAST,
          NetworkType.NBMA,
          NetworkType.POINT_TO_MULTIPOINT,
          NetworkType.POINT_TO_MULTIPOINT_NON_BROADCAST);

  private static Ipv4Address address(int n) {
    return Ipv4Address.of(10, 0, 0, n);
  }

  /** A network under test. */
  private static final class Cloud {
    final Random random;
    final SimulatedNet net;
    final NetworkType type;
    final int size;
    final List<Node> nodes = new ArrayList<>();
    final Segment segment;
    final Set<Integer> unconnected = new HashSet<>();
    final int[] priorities;

    Cloud(long seed, NetworkType type) {
      random = new Random(seed);
      net = new SimulatedNet(seed);
      this.type = type;
      size = 2 + random.nextInt(4);
      segment = net.segment();
      segment.multicast = type.multicasts();
      priorities = new int[size + 1];
      for (int n = 1; n <= size; n++) {
        priorities[n] = random.nextInt(3);
      }
      priorities[1 + random.nextInt(size)] = 1;
      if (type.isPointToMultipoint()) {
        cutSomePairs();
      }
      for (int n = 1; n <= size; n++) {
        Node node = net.add("r" + n, OspfConfig.of(routerId(n), config(n), stub(2, n)));
        nodes.add(node);
        net.attach(segment, node, 1);
      }
    }

    /** Takes pairs away; the line 1, 2, 3 … always stays. */
    private void cutSomePairs() {
      for (int a = 1; a <= size; a++) {
        for (int b = a + 2; b <= size; b++) {
          if (random.nextBoolean()) {
            unconnected.add(16 * a + b);
          }
        }
      }
      segment.hears = (from, to) -> isConnected(numberOf(from.address()), numberOf(to.address()));
    }

    private static int numberOf(Ipv4Address address) {
      return address.value() & 0xff;
    }

    private boolean isConnected(int a, int b) {
      return !unconnected.contains(16 * Math.min(a, b) + Math.max(a, b));
    }

    OspfInterfaceConfig config(int n) {
      List<StaticNeighbor> neighbors = new ArrayList<>();
      for (int other = 1; other <= size && !type.multicasts(); other++) {
        if (other != n
            && isConnected(n, other)
            && (priorities[n] > 0 || type != NetworkType.NBMA)) {
          neighbors.add(new StaticNeighbor(address(other), priorities[other], 30, 0));
        }
      }
      return OspfInterfaceConfig.builder(1, "cloud")
          .address(address(n), 24)
          .type(type)
          .priority(priorities[n])
          .staticNeighbors(neighbors)
          .build();
    }

    void isQuietAndRight(String when) {
      net.loss = 0;
      net.duplicate = 0;
      net.reorder = 0;
      net.run(400 * SECOND);
      List<Node> alive = nodes.stream().filter(node -> !node.dead).toList();
      List<String> first = Configs.contents(alive.get(0).engine, net.now);
      for (Node each : alive) {
        assertEquals(first, Configs.contents(each.engine, net.now), when + " " + each.name);
        for (Node other : alive) {
          String network = "192.168." + other.name.substring(1) + ".0/24";
          assertNotNull(
              each.engine.routes().route(prefix(network)),
              () -> when + ": " + each.name + " lacks " + network);
        }
        for (NeighborSnapshot neighbor : each.engine.neighbors(net.now)) {
          assertEquals(0, neighbor.retransmissions(), when);
        }
      }
    }
  }

  @Property(tries = 60)
  void allEndWithTheSameDatabaseAndRoutesToEachOther(@ForAll long seed) {
    Cloud cloud = new Cloud(seed, TYPES.get(Math.floorMod(seed, TYPES.size())));
    SimulatedNet net = cloud.net;
    net.loss = 0.1;
    net.duplicate = 0.1;
    net.reorder = 0.2;
    for (Node node : cloud.nodes) {
      net.up(node);
      net.run(cloud.random.nextInt(20) * SECOND);
    }
    net.run(120 * SECOND);
    cloud.isQuietAndRight("at first");
    if (!cloud.type.isPointToMultipoint()) {
      // One goes silently; another changes its priority.
      Node dead = cloud.nodes.get(cloud.random.nextInt(cloud.size));
      int stays =
          1
              + cloud.nodes.indexOf(
                  dead == cloud.nodes.get(0) ? cloud.nodes.get(1) : cloud.nodes.get(0));
      cloud.priorities[stays] = 1;
      for (int n = 1; n <= cloud.size; n++) {
        net.command(cloud.nodes.get(n - 1), new OspfCommand.Configure(cloud.config(n)));
      }
      dead.dead = true;
      cloud.isQuietAndRight("without " + dead.name);
      net.restart(
          dead,
          OspfConfig.of(
              dead.engine.config().routerId(),
              cloud.config(1 + cloud.nodes.indexOf(dead)),
              stub(2, 1 + cloud.nodes.indexOf(dead))));
      cloud.isQuietAndRight("with " + dead.name + " again");
    }
  }
}
