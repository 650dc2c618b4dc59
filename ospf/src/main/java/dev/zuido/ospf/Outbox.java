package dev.zuido.ospf;

import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What waits for the caller's poll, in order. A packet is encoded when it is polled. */
final class Outbox {
  private record Queued(
      OspfOutput output,
      @Nullable OspfPacket packet,
      @Nullable CryptographicKey key,
      Ipv4Address source) {}

  private final Core core;
  private final Deque<Queued> queue = new ArrayDeque<>();

  Outbox(Core core) {
    this.core = core;
  }

  void event(OspfOutput output) {
    queue.add(new Queued(output, null, null, Ipv4Address.UNSPECIFIED));
  }

  /** Queues a packet (RFC 2328 section 8.1). */
  void send(OspfInterface from, Ipv4Address destination, Function<OspfHeader, OspfPacket> packet) {
    if (from.config().passive()) {
      return;
    }
    InterfaceAuthentication.Stamp stamp = from.authentication().stamp();
    if (stamp == null) {
      from.drop(DropReason.NO_KEY);
      return;
    }
    VirtualLink link = core.virtualLinks.of(from);
    OspfOutput output =
        link == null
            ? new OspfOutput.Transmit(from.id(), destination, from.config().sendingTtl())
            : new OspfOutput.TransmitVirtual(from.config().address(), link.neighborAddress());
    queue.add(
        new Queued(
            output, packet.apply(stamp.header()), stamp.key(), from.config().sourceAddress()));
  }

  @Nullable OspfOutput poll(ByteBuf out) {
    Queued next = queue.poll();
    if (next == null) {
      return null;
    }
    OspfPacket packet = next.packet();
    if (packet != null) {
      int start = out.writerIndex();
      packet.encode(out);
      CryptographicKey key = next.key();
      if (key != null) {
        key.sign(out, start, next.source());
      }
    }
    return next.output();
  }
}
