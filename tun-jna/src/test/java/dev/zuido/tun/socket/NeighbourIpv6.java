package dev.zuido.tun.socket;

import dev.zuido.tun.PortPoller;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.PacketBatch;
import java.util.List;

/** The process in the other namespace: sends back what it gets, until its input ends. */
final class NeighbourIpv6 {
  static final Ipv6Address ADDRESS = Ipv6Address.parse("2001:db8:7::2");
  static final Ipv6Address LINK_LOCAL = Ipv6Address.parse("fe80::7:2");
  static final Ipv6Address ALL_SPF_ROUTERS = Ipv6Address.parse("ff02::5");

  private NeighbourIpv6() {}

  public static void main(String[] args) throws Exception {
    var configuration = SocketConfiguration.on("zt1");
    try (var ospf = RawIpv6Socket.open(IpProtocol.OSPF, configuration);
        var gre = RawIpv6Socket.open(IpProtocol.GRE, configuration);
        var esp = RawIpv6Socket.open(IpProtocol.ESP, configuration);
        var ike = UdpIpv6Socket.open(Ipv6Address.UNSPECIFIED, 500, configuration.withMtu(0xffff));
        var netlink = RouteNetlink.open();
        var poller = new PortPoller(4)) {
      int index = netlink.link("zt1").orElseThrow().index();
      ospf.joinGroup(ALL_SPF_ROUTERS, index);
      ospf.sendGroupsOutOf(index);
      List<IpSocket> ports = List.of(ospf, gre, esp, ike);
      ports.forEach(poller::add);
      System.out.println("ready");
      var batch = new PacketBatch(40, 5000, 0, 0);
      while (System.in.available() == 0) {
        poller.await(50_000_000);
        for (IpSocket port : ports) {
          batch.clear();
          port.receive(batch);
          for (int i = 0; i < batch.size(); i++) {
            turnAround(batch.slab(), batch.offset(i));
          }
          port.send(batch);
        }
      }
    }
  }

  /** A multicast goes back to the group, from the link-local address. */
  private static void turnAround(byte[] slab, int ip) {
    byte[] source = new byte[16];
    System.arraycopy(slab, ip + 8, source, 0, 16);
    if (slab[ip + 24] == (byte) 0xff) {
      System.arraycopy(LINK_LOCAL.toBytes(), 0, slab, ip + 8, 16);
    } else {
      System.arraycopy(slab, ip + 24, slab, ip + 8, 16);
      System.arraycopy(source, 0, slab, ip + 24, 16);
    }
    if (slab[ip + 6] == IpProtocol.UDP) {
      int port = BigEndian.getUnsignedShort(slab, ip + 40);
      BigEndian.putShort(slab, ip + 40, BigEndian.getUnsignedShort(slab, ip + 42));
      BigEndian.putShort(slab, ip + 42, port);
    }
  }
}
