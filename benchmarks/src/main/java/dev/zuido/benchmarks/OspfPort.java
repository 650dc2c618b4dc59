package dev.zuido.benchmarks;

import dev.zuido.ospf.OspfEngine;
import dev.zuido.tun.Waitable;
import dev.zuido.tun.netlink.NetworkLink;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.tun.socket.RawIpSocket;
import dev.zuido.tun.socket.SocketConfiguration;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** An engine's interface on one of the kernel's: a raw socket of OSPF. */
final class OspfPort implements AutoCloseable {
  private static final int MTU = 1500;
  private static final int TOS = 0xc0;
  private static final int BUFFER_BYTES = 8 << 20;
  private static final Ipv4Address ALL_SPF_ROUTERS = Ipv4Address.of(224, 0, 0, 5);

  private final int interfaceId;
  private final Ipv4Address address;
  private final RawIpSocket socket;
  private final PacketBatch arrived = new PacketBatch(64, 2048, 0, 0);
  private final PacketBatch leaving = new PacketBatch(1, 2048, 0, 0);

  /**
   * Opens the socket.
   *
   * @param link the kernel's interface
   * @param address the address on it
   */
  OspfPort(int interfaceId, String link, Ipv4Address address) {
    this.interfaceId = interfaceId;
    this.address = address;
    int index;
    try (RouteNetlink netlink = RouteNetlink.open()) {
      index = netlink.link(link).map(NetworkLink::index).orElseThrow();
    }
    socket =
        RawIpSocket.open(
            IpProtocol.OSPF, SocketConfiguration.on(link).withBufferBytes(BUFFER_BYTES));
    socket.joinGroup(ALL_SPF_ROUTERS, index);
    socket.sendGroupsOutOf(index);
  }

  Waitable waitable() {
    return socket;
  }

  /** What is done with the engine after each packet. */
  @FunctionalInterface
  interface AfterPacket {
    void run();
  }

  /** Gives the engine what has arrived. */
  void receive(OspfEngine engine, AfterPacket afterwards) {
    arrived.clear();
    socket.receive(arrived);
    byte[] slab = arrived.slab();
    for (int i = 0; i < arrived.size(); i++) {
      int offset = arrived.offset(i);
      int header = Ipv4Fields.headerLength(slab, offset);
      ByteBuf packet =
          Unpooled.wrappedBuffer(
              slab, offset + header, Ipv4Fields.totalLength(slab, offset) - header);
      engine.handle(
          interfaceId,
          packet,
          new Ipv4Address(Ipv4Fields.source(slab, offset)),
          new Ipv4Address(Ipv4Fields.destination(slab, offset)),
          System.nanoTime());
      afterwards.run();
    }
  }

  /** Sends a packet of OSPF. */
  void send(ByteBuf packet, Ipv4Address destination) {
    int length = Ipv4Fields.MIN_HEADER_LENGTH + packet.readableBytes();
    if (length > MTU) {
      throw new IllegalStateException("a packet of " + length + " bytes");
    }
    leaving.clear();
    int index = leaving.addUninitialized(length);
    int offset = leaving.offset(index);
    byte[] slab = leaving.slab();
    Ipv4Fields.write(
        slab, offset, TOS, length, 0, 0, 1, IpProtocol.OSPF, address.value(), destination.value());
    packet.getBytes(
        packet.readerIndex(), slab, offset + Ipv4Fields.MIN_HEADER_LENGTH, packet.readableBytes());
    socket.send(leaving);
  }

  @Override
  public void close() {
    socket.close();
  }
}
