package dev.zuido.tun.socket;

import dev.zuido.tun.PortPoller;
import dev.zuido.tun.netlink.RouteNetlink;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import java.util.List;

/** The process in the other namespace: sends back what it gets, until its input ends. */
final class Neighbour {
  static final Ipv4Address ADDRESS = Ipv4Address.parse("192.0.2.2");
  static final Ipv4Address ALL_SPF_ROUTERS = Ipv4Address.parse("224.0.0.5");

  private Neighbour() {}

  public static void main(String[] args) throws Exception {
    var configuration = SocketConfiguration.on("zs1");
    try (var ospf = RawIpSocket.open(IpProtocol.OSPF, configuration);
        var gre = RawIpSocket.open(IpProtocol.GRE, configuration);
        var ike = UdpSocket.open(ADDRESS, 500, configuration.withMtu(0xffff));
        var netlink = RouteNetlink.open();
        var poller = new PortPoller(3)) {
      int index = netlink.link("zs1").orElseThrow().index();
      ospf.joinGroup(ALL_SPF_ROUTERS, index);
      ospf.sendGroupsOutOf(index);
      List<IpSocket> ports = List.of(ospf, gre, ike);
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

  private static void turnAround(byte[] slab, int ip) {
    if (BigEndian.getInt(slab, ip + 16) != ALL_SPF_ROUTERS.value()) {
      BigEndian.putInt(slab, ip + 16, BigEndian.getInt(slab, ip + 12));
    }
    BigEndian.putInt(slab, ip + 12, ADDRESS.value());
    if (slab[ip + 9] == IpProtocol.UDP) {
      int source = BigEndian.getUnsignedShort(slab, ip + 20);
      BigEndian.putShort(slab, ip + 20, BigEndian.getUnsignedShort(slab, ip + 22));
      BigEndian.putShort(slab, ip + 22, source);
    }
  }
}
