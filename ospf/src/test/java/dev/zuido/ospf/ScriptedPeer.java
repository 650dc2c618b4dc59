package dev.zuido.ospf;

import static dev.zuido.ospf.SimulatedNet.SECOND;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateRequestPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One engine on a point-to-point link whose other end says what a test wants it to say. */
final class ScriptedPeer {
  static final int I_M_MS = 7;
  static final int M_MS = 3;
  static final int MS = 1;
  static final int M = 2;
  static final Ipv4Address ENGINE_ID = Ipv4Address.of(5, 5, 5, 5);
  static final Ipv4Address ENGINE_ADDRESS = Ipv4Address.of(10, 1, 1, 1);
  static final Ipv4Address PEER_ADDRESS = Ipv4Address.of(10, 1, 1, 2);

  final Ipv4Address peerId;
  final OspfEngine engine;
  final List<OspfPacket> sent = new ArrayList<>();
  final List<OspfOutput> events = new ArrayList<>();
  Options options = new Options(Options.E);
  long now = SECOND;
  private long nextHello;

  private ScriptedPeer(Ipv4Address peerId, OspfConfig config) {
    this(peerId, config, new OspfEngine(config, new Random(11)));
  }

  private ScriptedPeer(Ipv4Address peerId, OspfConfig config, OspfEngine engine) {
    this.peerId = peerId;
    this.engine = engine;
    for (OspfInterfaceConfig each : config.interfaces()) {
      command(new OspfCommand.InterfaceUp(each.id()));
    }
    nextHello = now;
  }

  /** The peer's Router ID is the larger one: it will be master. */
  static ScriptedPeer master() {
    return new ScriptedPeer(
        Ipv4Address.of(9, 9, 9, 9), OspfConfig.of(ENGINE_ID, Configs.link(1, 1, 1)));
  }

  /** The engine will be master. */
  static ScriptedPeer slave() {
    return new ScriptedPeer(
        Ipv4Address.of(2, 2, 2, 2), OspfConfig.of(ENGINE_ID, Configs.link(1, 1, 1)));
  }

  static ScriptedPeer masterWith(OspfConfig config) {
    return new ScriptedPeer(Ipv4Address.of(9, 9, 9, 9), config);
  }

  /** The engine is the one after a graceful restart. */
  static ScriptedPeer masterOfRestarted(OspfConfig config, RestartRecord record) {
    OspfEngine restarted =
        OspfEngine.restarted(config, new Random(11), OspfStore.inMemory(), record, 0, SECOND);
    return new ScriptedPeer(Ipv4Address.of(9, 9, 9, 9), config, restarted);
  }

  void command(OspfCommand command) {
    engine.handle(command, now);
    drain();
  }

  /** Time goes on; the peer's Hellos keep the conversation alive. */
  void run(long nanos) {
    long end = now + nanos;
    while (true) {
      long next = Math.min(engine.nextDeadline(), nextHello);
      if (next > end) {
        now = end;
        return;
      }
      now = Math.max(now, next);
      if (nextHello <= now) {
        hello();
      }
      engine.handleTimeout(now);
      drain();
    }
  }

  void hello() {
    nextHello = now + 10 * SECOND;
    hello(List.of(ENGINE_ID));
  }

  void hello(List<Ipv4Address> heard) {
    Ipv4Address none = Ipv4Address.UNSPECIFIED;
    Ipv4Address mask = Ipv4Address.of(255, 255, 255, 252);
    give(new HelloPacket(header(), mask, 10, options, 1, 40, none, none, heard));
  }

  OspfHeader header() {
    return new OspfHeader(peerId, engine.interfaceConfig(1).areaId());
  }

  void describe(int flags, int sequence, LsaHeader... headers) {
    describe(1500, options, flags, sequence, headers);
  }

  void describe(int mtu, Options withOptions, int flags, int sequence, LsaHeader... headers) {
    give(
        new DatabaseDescriptionPacket(
            header(), mtu, withOptions, flags, sequence, List.of(headers)));
  }

  void request(LsaKey... keys) {
    give(new LinkStateRequestPacket(header(), List.of(keys)));
  }

  void update(Lsa... lsas) {
    give(new LinkStateUpdatePacket(header(), List.of(lsas)));
  }

  void acknowledge(LsaHeader... headers) {
    give(new LinkStateAcknowledgmentPacket(header(), List.of(headers)));
  }

  void give(OspfPacket packet) {
    ByteBuf bytes = Unpooled.buffer();
    packet.encode(bytes);
    give(bytes);
  }

  void give(ByteBuf bytes) {
    engine.handle(1, bytes, PEER_ADDRESS, Core.ALL_SPF_ROUTERS, now);
    drain();
  }

  private void drain() {
    ByteBuf out = Unpooled.buffer();
    for (OspfOutput next = engine.poll(out); next != null; next = engine.poll(out.clear())) {
      events.add(next);
      if (next instanceof OspfOutput.Transmit) {
        try {
          sent.add(OspfPacket.decode(out));
        } catch (MalformedPacketException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** Takes the packets of a type out that were sent since the last time. */
  <T extends OspfPacket> List<T> take(Class<T> type) {
    List<T> taken = sent.stream().filter(type::isInstance).map(type::cast).toList();
    sent.removeIf(type::isInstance);
    return taken;
  }

  void forget() {
    sent.clear();
    events.clear();
  }

  NeighborState state() {
    return engine.neighbors(now).isEmpty()
        ? NeighborState.DOWN
        : engine.neighbors(now).get(0).state();
  }

  NeighborSnapshot neighbor() {
    return engine.neighbors(now).get(0);
  }

  long dropped(DropReason reason) {
    return engine.dropped().getOrDefault(reason, 0L);
  }

  /** The peer, as master, negotiates with DD sequence number 100. */
  ScriptedPeer toExchange() {
    hello();
    describe(I_M_MS, 100);
    return this;
  }

  /** The peer, as master, describes LSAs and ends the exchange; they stay requested. */
  ScriptedPeer toLoading(LsaHeader... headers) {
    toExchange();
    describe(MS, 101, headers);
    return this;
  }

  /** Full, everything acknowledged, and quiet for long enough that no interval is in the way. */
  ScriptedPeer toFull() {
    toLoading();
    settle();
    forget();
    return this;
  }

  /** Ten seconds in which the peer acknowledges all that comes. */
  void settle() {
    for (int i = 0; i < 20; i++) {
      run(SECOND / 2);
      for (LinkStateUpdatePacket update : take(LinkStateUpdatePacket.class)) {
        acknowledge(update.lsas().stream().map(Lsa::header).toArray(LsaHeader[]::new));
      }
    }
  }

  Lsa ownLsa() {
    return Configs.routerLsa(engine, ENGINE_ID).lsa();
  }

  /** An LSA of the area, or null. */
  Lsa held(LsaKey key) {
    var entry = engine.database().area(Configs.BACKBONE).get(key);
    return entry == null ? null : entry.lsa();
  }

  /** A router-LSA of some other router with one stub network. */
  static Lsa routerLsa(int router, int sequence, int metric) {
    Ipv4Address id = Configs.routerId(router);
    return routerLsa(id, id, sequence, metric);
  }

  static Lsa routerLsa(Ipv4Address linkStateId, Ipv4Address advertising, int sequence, int metric) {
    LsaBody body =
        new RouterLsa(
            0,
            List.of(
                new RouterLink(
                    RouterLink.STUB,
                    Ipv4Address.of(172, 16, 1, 0),
                    Ipv4Address.of(255, 255, 255, 0),
                    metric)));
    return Lsa.originate(new Options(Options.E), linkStateId, advertising, sequence, body);
  }

  static LsaKey routerKey(Ipv4Address id) {
    return new LsaKey(LsaType.ROUTER, id, id);
  }
}
