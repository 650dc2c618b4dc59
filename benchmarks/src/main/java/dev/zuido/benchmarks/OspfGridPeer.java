package dev.zuido.benchmarks;

import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfInterfaceTimers;
import dev.zuido.ospf.SpfBackoff;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * The corner of a grid as a neighbor of an engine, in the same process: it makes itself fully
 * adjacent and floods the grid's LSAs when it is told to. It keeps nothing and retransmits nothing.
 */
final class OspfGridPeer {
  /** The engine's interface towards the grid. */
  static final int INTERFACE = 1;

  /** Bytes of the LSAs in one update. */
  private static final int ROOM = 1400;

  private static final int FIRST_SEQUENCE = 100;
  private static final int DEAD_SECONDS = 65_535;
  private static final Ipv4Address ALL_SPF_ROUTERS = Ipv4Address.of(224, 0, 0, 5);

  private final OspfEngine engine;
  private final ByteBuf bytes = Unpooled.buffer(OspfEngine.PACKET_CAPACITY);
  private long acknowledged;

  OspfGridPeer(OspfEngine engine) {
    this.engine = engine;
  }

  /** The engine's interface towards the grid. */
  static OspfInterfaceConfig link() {
    return OspfInterfaceConfig.pointToPoint(
            INTERFACE, "grid", OspfGrid.OUTER_ADDRESS, 30, OspfAreaConfig.BACKBONE)
        .withTimers(new OspfInterfaceTimers(10, DEAD_SECONDS, 5, 1));
  }

  /** An engine that is attached to the grid alone and calculates at once. */
  static OspfConfig config(Ipv4Address routerId) {
    return OspfConfig.builder(routerId)
        .interfaces(List.of(link()))
        .spfBackoff(SpfBackoff.constant(0))
        .build();
  }

  /** How many LSAs the engine has acknowledged. */
  long acknowledged() {
    return acknowledged;
  }

  private static OspfHeader header() {
    return new OspfHeader(OspfGrid.routerId(0), OspfAreaConfig.BACKBONE);
  }

  private void give(OspfPacket packet, long now) {
    packet.encode(bytes.clear());
    engine.handle(INTERFACE, bytes, OspfGrid.CORNER_ADDRESS, ALL_SPF_ROUTERS, now);
  }

  /** Begins: a Hello that has seen the engine's, and the first Database Description packet. */
  void greet(long now) {
    Ipv4Address none = Ipv4Address.UNSPECIFIED;
    Options options = new Options(Options.E);
    List<Ipv4Address> heard = List.of(engine.config().routerId());
    give(
        new HelloPacket(
            header(), OspfGrid.ATTACHMENT.mask(), 10, options, 1, DEAD_SECONDS, none, none, heard),
        now);
    describe(
        DatabaseDescriptionPacket.INIT
            | DatabaseDescriptionPacket.MORE
            | DatabaseDescriptionPacket.MASTER,
        FIRST_SEQUENCE,
        now);
  }

  private void describe(int flags, int sequence, long now) {
    give(
        new DatabaseDescriptionPacket(
            header(), 1500, new Options(Options.E), flags, sequence, List.of()),
        now);
  }

  /** Takes what the engine sends to the grid. */
  void take(ByteBuf sent, long now) {
    OspfPacket packet;
    try {
      packet = OspfPacket.decode(sent);
    } catch (MalformedPacketException e) {
      throw new IllegalStateException("the engine sent a packet that is none", e);
    }
    if (packet instanceof DatabaseDescriptionPacket description) {
      int sequence = description.ddSequenceNumber();
      if (!description.isMaster() && (sequence == FIRST_SEQUENCE || description.isMore())) {
        describe(DatabaseDescriptionPacket.MASTER, sequence + 1, now);
      }
    } else if (packet instanceof LinkStateUpdatePacket update) {
      List<LsaHeader> headers = update.lsas().stream().map(Lsa::header).toList();
      give(new LinkStateAcknowledgmentPacket(header(), headers), now);
    } else if (packet instanceof LinkStateAcknowledgmentPacket acknowledgment) {
      acknowledged += acknowledgment.lsaHeaders().size();
    }
  }

  /** Cuts LSAs into the updates that they go in. */
  static List<LinkStateUpdatePacket> updates(List<Lsa> lsas) {
    List<LinkStateUpdatePacket> packets = new ArrayList<>();
    List<Lsa> batch = new ArrayList<>();
    int used = 0;
    for (Lsa lsa : lsas) {
      if (used + lsa.encodedLength() > ROOM) {
        packets.add(new LinkStateUpdatePacket(header(), batch));
        batch = new ArrayList<>();
        used = 0;
      }
      batch.add(lsa);
      used += lsa.encodedLength();
    }
    packets.add(new LinkStateUpdatePacket(header(), batch));
    return packets;
  }

  /** Sends an update. */
  void send(LinkStateUpdatePacket update, long now) {
    give(update, now);
  }
}
