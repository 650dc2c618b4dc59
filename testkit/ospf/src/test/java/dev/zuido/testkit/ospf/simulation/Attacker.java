package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who can send packets to a router of an unauthenticated network in another's name. */
final class Attacker {
  static final Ipv4Address ALL_SPF_ROUTERS = Ipv4Address.of(224, 0, 0, 5);

  private final SimulatedNetwork network;

  Attacker(SimulatedNetwork network) {
    this.network = network;
  }

  /** An update to one end of a point-to-point link in the name of the other end. */
  void updateOverLink(int link, boolean toFirst, Lsa... lsas) {
    NetworkPlan.Link planned = network.plan().links().get(link);
    OspfHeader header = header(toFirst ? planned.second() : planned.first());
    sendOverLink(link, toFirst, new LinkStateUpdatePacket(header, List.of(lsas)));
  }

  /** An update to both ends of a point-to-point link, each in the name of the other end. */
  void updateBothEnds(int link, Lsa... lsas) {
    updateOverLink(link, true, lsas);
    updateOverLink(link, false, lsas);
  }

  /** A packet to one end of a point-to-point link from the address of the other end. */
  void sendOverLink(int link, boolean toFirst, OspfPacket packet) {
    NetworkPlan.Link planned = network.plan().links().get(link);
    int victim = toFirst ? planned.first() : planned.second();
    Ipv4Address source = network.plan().linkAddress(link, !toFirst);
    send(victim, NetworkPlan.linkInterface(link, toFirst), source, ALL_SPF_ROUTERS, packet);
  }

  void send(
      int victim, int interfaceId, Ipv4Address source, Ipv4Address destination, OspfPacket packet) {
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    ByteString bytes = ByteString.read(out, out.readableBytes());
    network
        .simulation()
        .inject(network.router(victim), new Datagram(interfaceId, source, destination, bytes));
  }

  static OspfHeader header(int router) {
    return new OspfHeader(NetworkPlan.routerId(router), NetworkPlan.areaId(0));
  }

  /** A router's router-LSA as another router has it. */
  Lsa routerLsa(int holder, int originator) {
    LsaEntry entry = entry(holder, NetworkPlan.routerId(originator));
    if (entry == null) {
      throw new AssertionError("r" + holder + " has no router-LSA of r" + originator);
    }
    return entry.lsa();
  }

  @Nullable LsaEntry entry(int holder, Ipv4Address originator) {
    LsaStore store = network.router(holder).engine().database().area(NetworkPlan.areaId(0));
    return store == null ? null : store.routerLsa(originator);
  }

  /** An LSA in the place of another one. */
  static Lsa forged(Lsa original, int sequence, LsaBody body) {
    LsaHeader header = original.header();
    return Lsa.originate(
        header.options(), header.linkStateId(), header.advertisingRouter(), sequence, body);
  }

  static RouterLsa withoutLinks() {
    return new RouterLsa(0, List.of());
  }

  static RouterLink stub(int third, int metric) {
    return new RouterLink(
        RouterLink.STUB,
        Ipv4Address.of(192, 0, third, 0),
        Ipv4Address.of(255, 255, 255, 0),
        metric);
  }

  /** A router-LSA of a router that does not exist. */
  static Lsa phantom(Ipv4Address routerId, RouterLink... links) {
    return Lsa.originate(
        new Options(Options.E),
        routerId,
        routerId,
        LsaHeader.INITIAL_SEQUENCE,
        new RouterLsa(0, List.of(links)));
  }
}
