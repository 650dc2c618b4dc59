package dev.zuido.ospf;

import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateRequestPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.ospf.packet.PacketAuthentication;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/** The checks that every packet passes, and the way to what it is for (RFC 2328 section 8.2). */
final class PacketReceiver {
  /** Where the header has the sender's Router ID. */
  private static final int ROUTER_ID_OFFSET = 4;

  private final Core core;

  PacketReceiver(Core core) {
    this.core = core;
  }

  void receive(int interfaceId, ByteBuf in, Ipv4Address source, Ipv4Address destination, int ttl) {
    OspfInterface on = core.interfaces.get(interfaceId);
    if (on == null || !on.isRunning()) {
      core.drop(interfaceId, source, DropReason.INTERFACE_NOT_RUNNING);
      return;
    }
    OspfInterface virtual = core.virtualLinks.receiverOf(on, in, destination);
    if (virtual != null) {
      if (virtual.config().trusts(ttl)) {
        receive(virtual, in, source);
      } else {
        core.drop(virtual.id(), source, DropReason.TTL_SECURITY);
      }
      return;
    }
    if (!listensTo(on, destination)) {
      core.drop(interfaceId, source, DropReason.WRONG_DESTINATION);
      return;
    }
    if (!on.config().trusts(ttl)) {
      distrust(on, in, source, ttl);
      return;
    }
    if (source.equals(on.config().sourceAddress()) && !source.isUnspecified()) {
      receiveFromOwnAddress(on, in, source);
      return;
    }
    receive(on, in, source);
  }

  /** It came back, or another router has the same address. */
  private void receiveFromOwnAddress(OspfInterface on, ByteBuf in, Ipv4Address source) {
    Ipv4Address sender = core.routerId;
    if (in.readableBytes() >= OspfHeader.LENGTH) {
      sender = new Ipv4Address(in.getInt(in.readerIndex() + ROUTER_ID_OFFSET));
    }
    if (sender.equals(core.routerId)) {
      core.drop(on.id(), source, DropReason.OWN_PACKET);
    } else {
      Mismatch mismatch = new Mismatch.DuplicateAddress(source);
      on.explanations.drop(source, sender, mismatch, DropReason.OWN_PACKET);
    }
  }

  /** Drops a packet that has come too far; one from a neighbor's place is explained. */
  private void distrust(OspfInterface on, ByteBuf in, Ipv4Address source, int ttl) {
    boolean near = on.isPointToPoint() || on.config().network().contains(source);
    if (near && ttl > 0 && in.readableBytes() >= OspfHeader.LENGTH) {
      Ipv4Address routerId = new Ipv4Address(in.getInt(in.readerIndex() + 4));
      on.explanations.drop(
          source,
          routerId,
          new Mismatch.TtlSecurity(on.config().leastTtl(), ttl),
          DropReason.TTL_SECURITY);
    } else {
      core.drop(on.id(), source, DropReason.TTL_SECURITY);
    }
  }

  /** Takes a packet that has been found to be for an interface or virtual link. */
  private void receive(OspfInterface on, ByteBuf in, Ipv4Address source) {
    if (!on.isRunning()) {
      core.drop(on.id(), source, DropReason.INTERFACE_NOT_RUNNING);
      return;
    }
    int start = in.readerIndex();
    OspfPacket packet;
    try {
      packet = OspfPacket.decode(in);
    } catch (MalformedPacketException malformed) {
      core.drop(on.id(), source, DropReason.MALFORMED);
      return;
    }
    if (packet.header().routerId().isUnspecified()) {
      core.drop(on.id(), source, DropReason.MALFORMED);
      return;
    }
    if (headerMatches(on, packet.header(), source) && isAuthentic(on, packet, in, start, source)) {
      deliver(on, withUsableSignaling(on, packet, source), source);
      Neighbor neighbor = on.neighbor(packet.header().routerId(), source);
      if (neighbor != null
          && neighbor.routerId().equals(packet.header().routerId())
          && neighbor.state().atLeast(NeighborState.INIT)) {
        neighbor.sequences.accepted(packet.header().authentication(), packet.type());
      }
    }
  }

  /** Passes over a link-local signalling block that may not be used, never the packet itself. */
  private OspfPacket withUsableSignaling(OspfInterface on, OspfPacket packet, Ipv4Address source) {
    DropReason wrong = SignalingCheck.judge(packet, on.authentication());
    if (wrong == null) {
      return packet;
    }
    core.drop(on.id(), source, wrong);
    return packet instanceof HelloPacket hello ? hello.withLls(null) : packet;
  }

  private static boolean listensTo(OspfInterface on, Ipv4Address destination) {
    if (destination.equals(Core.ALL_SPF_ROUTERS)) {
      return true;
    }
    if (destination.equals(Core.ALL_D_ROUTERS)) {
      return on.state() == InterfaceState.DR || on.state() == InterfaceState.BACKUP;
    }
    return on.isUnnumbered()
        ? !destination.isMulticast()
        : destination.equals(on.config().address());
  }

  private boolean headerMatches(OspfInterface on, OspfHeader header, Ipv4Address source) {
    OspfInterfaceConfig config = on.config();
    Mismatch mismatch;
    DropReason reason;
    if (!header.areaId().equals(on.area().id())) {
      mismatch = new Mismatch.Area(on.area().id(), header.areaId());
      reason = DropReason.AREA_MISMATCH;
    } else if (!on.isPointToPoint() && !config.network().contains(source)) {
      mismatch = new Mismatch.Subnet(config.address(), config.prefixLength(), source);
      reason = DropReason.WRONG_SOURCE;
    } else if (header.routerId().equals(core.routerId)) {
      mismatch = new Mismatch.DuplicateRouterId(core.routerId);
      reason = DropReason.DUPLICATE_ROUTER_ID;
    } else {
      return true;
    }
    on.explanations.drop(source, header.routerId(), mismatch, reason);
    return false;
  }

  private boolean isAuthentic(
      OspfInterface on, OspfPacket packet, ByteBuf in, int start, Ipv4Address source) {
    PacketAuthentication authentication = packet.header().authentication();
    Ipv4Address routerId = packet.header().routerId();
    Mismatch mismatch = on.authentication().judge(authentication, in, start, source);
    if (mismatch != null) {
      on.explanations.drop(source, routerId, mismatch, DropReason.AUTHENTICATION);
      return false;
    }
    Neighbor neighbor = on.neighbor(routerId, source);
    if (neighbor != null && neighbor.sequences.isReplay(authentication, packet.type())) {
      core.drop(on.id(), source, DropReason.REPLAY);
      return false;
    }
    return true;
  }

  private void deliver(OspfInterface on, OspfPacket packet, Ipv4Address source) {
    if (packet instanceof HelloPacket hello) {
      core.hello.receive(on, hello, source);
      return;
    }
    Ipv4Address routerId = packet.header().routerId();
    Neighbor neighbor = on.neighbor(routerId, source);
    if (neighbor == null || !neighbor.routerId().equals(routerId)) {
      core.drop(on.id(), source, DropReason.UNKNOWN_NEIGHBOR);
      return;
    }
    if (packet instanceof DatabaseDescriptionPacket description) {
      core.exchange.receive(neighbor, description);
    } else if (packet instanceof LinkStateRequestPacket request) {
      core.requests.receive(neighbor, request);
    } else if (packet instanceof LinkStateUpdatePacket update) {
      core.flooding.receive(neighbor, update);
    } else if (packet instanceof LinkStateAcknowledgmentPacket acknowledgment) {
      core.acknowledgment.receive(neighbor, acknowledgment);
    }
  }
}
