/**
 * Raw IP sockets for GRE, ESP and OSPF, UDP sockets for IKE, and Ethernet ports for PPPoE, as
 * {@linkplain dev.zuido.tun.NativePort native ports}: the host's stack leaves the protocol or the
 * port to us and does not answer with ICMP unreachable.
 *
 * <pre>{@code
 * var wan = SocketConfiguration.on("eth0").withMtu(1492);
 * try (var esp = RawIpSocket.open(IpProtocol.ESP, wan);
 *     var ike = UdpSocket.open(Ipv4Address.UNSPECIFIED, 500, wan);
 *     var ospf = RawIpSocket.open(IpProtocol.OSPF, SocketConfiguration.on("eth1"))) {
 *   ospf.joinGroup(Ipv4Address.parse("224.0.0.5"), indexOfEth1);
 *   ...
 *   ike.receive(batch); // whole IPv4 packets, like those of the others
 * }
 * }</pre>
 *
 * <p>The sockets hold whole IP packets in their batches: IPv4 in those of {@link
 * dev.zuido.tun.socket.RawIpSocket} and {@link dev.zuido.tun.socket.UdpSocket}, IPv6 in those of
 * {@link dev.zuido.tun.socket.RawIpv6Socket} and {@link dev.zuido.tun.socket.UdpIpv6Socket}. Of a
 * received packet the batch knows the number of the interface of arrival and the ECN field;
 * fragments have been reassembled by the kernel. What is sent takes the route that the kernel finds
 * for its destination, out of the socket's interface if there is one (where a destination without a
 * route through that interface counts as a neighbour on it); {@link
 * dev.zuido.wire.PacketBatch#nextHop(int)} is not looked at. Messages move in groups of up to
 * {@value dev.zuido.tun.socket.SocketConfiguration#MAX_GROUP} per system call (recvmmsg, sendmmsg).
 *
 * <p>A message of a UDP socket may be many packets of one flow: those of a batch that follow each
 * other and are of equal length leave as one, which the kernel cuts apart (UDP_SEGMENT), and what
 * the kernel has put together is cut apart while it is received (UDP_GRO). Batches hold single
 * packets all the same. What does not fit a batch waits in the socket, and {@link
 * dev.zuido.tun.Waitable#hasPending()} says so. {@link dev.zuido.tun.socket.UdpOffloads} tells what
 * is in use; {@link dev.zuido.tun.socket.SocketConfiguration} can do without.
 *
 * <p>An {@link dev.zuido.tun.socket.EthernetPort} has whole frames of some types, of one interface:
 *
 * <pre>{@code
 * var access = EthernetConfiguration.on("eth0", Set.of(0x8863, 0x8864));
 * try (var line = EthernetPort.open(access)) {
 *   client.start(line.address());
 *   line.receive(batch); // frames to that address, to groups, to all; none of a VLAN
 * }
 * }</pre>
 *
 * <p>Raw sockets and Ethernet ports need CAP_NET_RAW, ports below 1024 CAP_NET_BIND_SERVICE. Not
 * supported: IPv6 flow labels and extension headers of received packets, which the kernel reports
 * apart from them; frames of VLANs, but by the VLAN's own interface.
 */
@NullMarked
package dev.zuido.tun.socket;

import org.jspecify.annotations.NullMarked;
