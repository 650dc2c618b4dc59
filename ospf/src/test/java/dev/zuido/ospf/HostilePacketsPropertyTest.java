package dev.zuido.ospf;

import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.SimulatedNet.Node;
import dev.zuido.ospf.SimulatedNet.Segment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

/** Whatever bytes come, there is no exception; what is malformed changes only a counter. */
final class HostilePacketsPropertyTest {
  @Property(tries = 500)
  void arbitraryBytesChangeOnlyACounter(@ForAll @Size(max = 200) byte[] bytes) {
    ScriptedPeer peer = ScriptedPeer.master().toFull();
    List<String> before = Configs.contents(peer.engine, peer.now);
    peer.give(Unpooled.wrappedBuffer(bytes));
    assertEquals(1, peer.dropped(DropReason.MALFORMED));
    assertEquals(NeighborState.FULL, peer.state());
    assertEquals(before, Configs.contents(peer.engine, peer.now));
    assertEquals(1, peer.events.size());
  }

  /** The packets of a whole session, each truncated, or with a bit flipped, before it is given. */
  @Property(tries = 20)
  void damagedPacketsOfASessionLeaveItConverging(@ForAll long seed) {
    Random random = new Random(seed);
    SimulatedNet net = new SimulatedNet(seed);
    Node a = net.add("a", OspfConfig.of(Configs.routerId(1), Configs.lan(1, 1)));
    Node b = net.add("b", OspfConfig.of(Configs.routerId(2), Configs.lan(1, 2)));
    Segment segment = net.join(a, 1, b, 1);
    segment.record = true;
    net.upAll();
    for (int i = 0; i < 120; i++) {
      net.run(SECOND);
      for (SimulatedNet.Sent sent : List.copyOf(segment.sent)) {
        Node to = sent.from().equals("a") ? b : a;
        byte[] damaged = sent.packet().clone();
        int length = damaged.length;
        if (random.nextBoolean()) {
          length = random.nextInt(damaged.length);
        } else {
          damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        ByteBuf packet = Unpooled.wrappedBuffer(damaged, 0, length);
        int from = sent.from().equals("a") ? 1 : 2;
        to.engine.handle(1, packet, Configs.lan(1, from).address(), sent.destination(), net.now);
      }
      segment.sent.clear();
    }
    net.run(60 * SECOND);
    assertEquals(true, a.isFullWith(b) && b.isFullWith(a));
    assertEquals(Configs.contents(a.engine, net.now), Configs.contents(b.engine, net.now));
  }

  /** Well-formed packets with arbitrary contents: no exception, and bounded state. */
  @Property(tries = 200)
  void wellFormedNonsenseIsSurvived(@ForAll long seed) {
    Random random = new Random(seed);
    ScriptedPeer peer = ScriptedPeer.master().toFull();
    for (int i = 0; i < 60; i++) {
      nonsense(peer, random);
      peer.run(random.nextInt(3) * SECOND);
    }
    peer.run(7200 * SECOND);
    assertEquals(true, peer.engine.neighbors(peer.now).size() <= 2);
  }

  private static void nonsense(ScriptedPeer peer, Random random) {
    int sequence = random.nextInt();
    int router = 1 + random.nextInt(9);
    switch (random.nextInt(7)) {
      case 0 -> peer.hello(List.of());
      case 1 -> peer.hello();
      case 2 -> peer.describe(random.nextInt(8), 100 + random.nextInt(3));
      case 3 -> peer.request(ScriptedPeer.routerKey(Configs.routerId(router)));
      case 4 ->
          peer.update(ScriptedPeer.routerLsa(router, sequence, 1).withAge(random.nextInt(3700)));
      case 5 -> peer.acknowledge(ScriptedPeer.routerLsa(router, sequence, 1).header());
      default ->
          peer.update(
              ScriptedPeer.routerLsa(ScriptedPeer.ENGINE_ID, ScriptedPeer.ENGINE_ID, sequence, 1));
    }
  }
}
