package dev.zuido.ospf;

import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateRequestPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Well-formed packets of routers that come, go and contradict themselves, mixed with commands, on
 * an interface of any type: every row of the state tables holds, neighbors stay bounded, and an
 * interface that goes down leaves nothing behind.
 */
final class NetworkTypesHostilePropertyTest {
  private static final List<NetworkType> TYPES =
      List.of(
          NetworkType.BROADCAST,
          NetworkType.NBMA,
          NetworkType.POINT_TO_POINT,
          NetworkType.POINT_TO_MULTIPOINT,
          NetworkType.POINT_TO_MULTIPOINT_NON_BROADCAST);

  private static final Ipv4Address SELF = Ipv4Address.of(10, 0, 0, 9);
  private static final Options E = new Options(Options.E);

  /** One engine, and what is done to it. */
  private static final class Stage {
    final Random random;
    final OspfEngine engine;
    final ByteBuf out = Unpooled.buffer();
    long now = SECOND;

    Stage(long seed) {
      random = new Random(seed);
      OspfConfig config =
          OspfConfig.builder(Configs.routerId(9))
              .interfaces(List.of(config(random), Configs.stub(2, 9)))
              .limits(new OspfLimits(4, 1000, 4))
              .build();
      engine = new OspfEngine(config, random);
      command(new OspfCommand.InterfaceUp(1));
      command(new OspfCommand.InterfaceUp(2));
    }

    void command(OspfCommand command) {
      engine.handle(command, now);
      drain();
    }

    void give(OspfPacket packet, Ipv4Address source) {
      ByteBuf bytes = Unpooled.buffer();
      packet.encode(bytes);
      Ipv4Address destination = random.nextBoolean() ? SELF : Core.ALL_SPF_ROUTERS;
      engine.handle(1, bytes, source, destination, 1, now);
      drain();
    }

    void run(long nanos) {
      long end = now + nanos;
      while (engine.nextDeadline() <= end) {
        now = Math.max(now, engine.nextDeadline());
        engine.handleTimeout(now);
        drain();
      }
      now = end;
    }

    private void drain() {
      while (engine.poll(out.clear()) != null) {
        assertTrue(out.readableBytes() <= OspfEngine.PACKET_CAPACITY);
      }
    }

    void step() {
      int n = 1 + random.nextInt(6);
      OspfHeader header = new OspfHeader(Configs.routerId(1 + random.nextInt(6)), Configs.BACKBONE);
      Ipv4Address source = Ipv4Address.of(10, 0, 0, n);
      switch (random.nextInt(16)) {
        case 0, 1, 2, 3, 4, 5 -> give(hello(header), source);
        case 6, 7 ->
            give(
                new DatabaseDescriptionPacket(
                    header, 1500, E, random.nextInt(8), random.nextInt(4), List.of()),
                source);
        case 8 ->
            give(
                new LinkStateUpdatePacket(
                    header, List.of(ScriptedPeer.routerLsa(n, random.nextInt(5), n))),
                source);
        case 9 ->
            give(
                new LinkStateRequestPacket(
                    header, List.of(ScriptedPeer.routerKey(Configs.routerId(n)))),
                source);
        case 10 ->
            give(
                new LinkStateAcknowledgmentPacket(
                    header, List.of(ScriptedPeer.routerLsa(n, 1, n).header())),
                source);
        case 11 -> command(new OspfCommand.Configure(config(random)));
        case 12 ->
            command(
                random.nextBoolean()
                    ? new OspfCommand.InterfaceUp(1)
                    : new OspfCommand.BfdDown(1, source));
        case 13 ->
            command(
                switch (random.nextInt(4)) {
                  case 0 -> new OspfCommand.InterfaceDown(1);
                  case 1 -> new OspfCommand.LoopIndication(1);
                  case 2 -> new OspfCommand.UnloopIndication(1);
                  default -> new OspfCommand.ClearNeighbors(1);
                });
        default -> run(random.nextInt(30) * SECOND);
      }
    }

    private HelloPacket hello(OspfHeader header) {
      List<Ipv4Address> heard = new ArrayList<>();
      if (random.nextInt(4) > 0) {
        heard.add(Configs.routerId(9));
      }
      return new HelloPacket(
          header,
          Ipv4Address.of(255, 255, 255, 0),
          10,
          E,
          random.nextInt(3),
          40,
          anyone(),
          anyone(),
          heard);
    }

    private Ipv4Address anyone() {
      int n = random.nextInt(8);
      return n == 0 ? Ipv4Address.UNSPECIFIED : n == 7 ? SELF : Ipv4Address.of(10, 0, 0, n);
    }
  }

  private static OspfInterfaceConfig config(Random random) {
    NetworkType type = TYPES.get(random.nextInt(TYPES.size()));
    List<StaticNeighbor> neighbors = new ArrayList<>();
    boolean mayHave = type == NetworkType.NBMA || type.isPointToMultipoint();
    for (int n = 1; n <= 3 && mayHave; n++) {
      if (random.nextBoolean()) {
        neighbors.add(new StaticNeighbor(Ipv4Address.of(10, 0, 0, n), random.nextInt(2), 20, 0));
      }
    }
    return OspfInterfaceConfig.builder(1, "any")
        .address(SELF, 24)
        .type(type)
        .priority(random.nextInt(2))
        .bidirectionalForwardingDetection(random.nextBoolean())
        .staticNeighbors(neighbors)
        .build();
  }

  @Property(tries = 300)
  void whateverComesTheTablesHold(@ForAll long seed) {
    Stage stage = new Stage(seed);
    for (int i = 0; i < 150; i++) {
      stage.step();
      assertTrue(stage.engine.neighbors(stage.now).size() <= 4 + 3);
    }
    stage.command(new OspfCommand.InterfaceDown(1));
    assertEquals(List.of(), stage.engine.neighbors(stage.now));
    stage.run(7200 * SECOND);
    stage.command(new OspfCommand.Remove(1));
    stage.run(7200 * SECOND);
    assertEquals(1, stage.engine.interfaces(stage.now).size());
  }
}
