package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.lan;
import static dev.zuido.ospf.Configs.routerId;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.OspfOutput.BfdSession;
import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What BFD is asked and what it says (RFC 5882). */
final class BfdTest {
  private static final Ipv4Address B = Ipv4Address.of(10, 0, 0, 2);

  private final SimulatedNet net = new SimulatedNet(59);
  private final Node a = net.add("a", OspfConfig.of(routerId(1), watched(true)));
  private final Node b = net.add("b", OspfConfig.of(routerId(2), lan(1, 2)));

  BfdTest() {
    net.join(a, 1, b, 1);
    net.upAll();
    net.run(90 * SECOND);
    assertTrue(a.isFullWith(b));
  }

  private static OspfInterfaceConfig watched(boolean asked) {
    return lan(1, 1).toBuilder().bidirectionalForwardingDetection(asked).build();
  }

  @Test
  void aNeighborThatBecomesTwoWayIsWatched() {
    assertEquals(List.of(new BfdSession(1, B, true)), a.log(BfdSession.class));
    assertEquals(List.of(), b.log(BfdSession.class));
  }

  @Test
  void bfdDownEndsTheConversationAtOnceAndTheNextHelloBeginsItAgain() {
    a.log.clear();
    net.command(a, new OspfCommand.BfdDown(1, B));
    OspfOutput.NeighborChanged down = a.log(OspfOutput.NeighborChanged.class).get(0);
    assertEquals(NeighborState.DOWN, down.to());
    assertEquals("Neighbor Down: BFD session down", down.cause().words());
    assertEquals(List.of(new BfdSession(1, B, false)), a.log(BfdSession.class));
    assertTrue(net.runUntil(() -> a.isFullWith(b) && b.isFullWith(a), 60 * SECOND));
    assertEquals(2, a.log(BfdSession.class).size());
  }

  @Test
  void whatIsNotWatchedIsPassedOver() {
    a.log.clear();
    net.command(a, new OspfCommand.BfdDown(1, Ipv4Address.of(10, 0, 0, 9)));
    net.command(b, new OspfCommand.BfdDown(1, Ipv4Address.of(10, 0, 0, 1)));
    assertTrue(a.isFullWith(b) && b.isFullWith(a));
    assertThrows(
        IllegalArgumentException.class,
        () -> a.engine.handle(new OspfCommand.BfdDown(7, B), net.now));
  }

  @Test
  void itIsTurnedOffAndOnWhileTheAdjacencyStays() {
    a.log.clear();
    net.command(a, new OspfCommand.Configure(watched(false)));
    net.command(a, new OspfCommand.Configure(watched(true)));
    net.run(30 * SECOND);
    assertEquals(
        List.of(new BfdSession(1, B, false), new BfdSession(1, B, true)), a.log(BfdSession.class));
    assertEquals(List.of(), a.log(OspfOutput.NeighborChanged.class));
  }

  @Test
  void anInterfaceThatGoesDownEndsTheWatch() {
    a.log.clear();
    net.command(a, new OspfCommand.InterfaceDown(1));
    assertEquals(List.of(new BfdSession(1, B, false)), a.log(BfdSession.class));
  }
}
