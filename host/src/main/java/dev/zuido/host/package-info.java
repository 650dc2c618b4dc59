/**
 * A {@linkplain dev.zuido.router.Router router} as a process on Linux, with the kernel's help.
 *
 * <p>Who does what:
 *
 * <ul>
 *   <li>The <b>kernel</b> forwards: between LAN and WAN, and between the LAN and the TUN devices.
 *       It has the addresses, answers ARP and pings, fragments and sends ICMP errors for what does
 *       not fit a device.
 *   <li><b>We</b> have GRE, ESP, ISAKMP and OSPF. Sockets of these protocols keep the kernel from
 *       answering with "unreachable". A TUN device stands for each tunnel interface: what the
 *       kernel routes into it leaves in the tunnel, what comes out of the tunnel the kernel
 *       receives from it. One more device for each interface with a crypto map takes what the map
 *       protects without GRE: the kernel gets routes for it ({@link dev.zuido.host.KernelRoutes}).
 *   <li>Where a Dialer interface dials over an Ethernet ({@code pppoe enable}), the line is
 *       <b>ours</b> from the Ethernet frame up: a port takes the frames of PPPoE, the router
 *       negotiates, and a TUN device stands for the Dialer. What the kernel routes into it leaves
 *       in the session; what comes by the session and is not the router's the kernel receives from
 *       it, behind the Dialer's access list. It has the session's MTU and the negotiated address,
 *       and is up while the session is. The Ethernet itself is closed to IPv4 then. What the
 *       Dialer's crypto map protects without GRE leads into the device too, and nowhere else: while
 *       the Dialer is down, or if the process is killed, routes to nowhere hold it.
 *   <li>Access lists on interfaces with a link, and the promise that nothing which a crypto map
 *       protects leaves in the clear, hold against the kernel's own stack too: {@link
 *       dev.zuido.host.FirewallRules} writes them as a table of nftables. It is there before any
 *       device is up, stays if the process is killed, and is replaced in one step when it starts
 *       again.
 * </ul>
 *
 * <p>{@link dev.zuido.host.HostedRouter} puts these together:
 *
 * <pre>{@code
 * var setup =
 *     new HostSetup(
 *         config, Map.of(lan, "eth1"), Map.of(wan, "eth0"), Map.of(), control, state);
 * try (var router = HostedRouter.open(setup, log)) {
 *   Runtime.getRuntime().addShutdownHook(new Thread(router::stop));
 *   router.run();
 * }
 * }</pre>
 *
 * <p>One thread runs the router and everything that belongs to it. Others only post: {@link
 * dev.zuido.host.HostedRouter#stop} and the queries that come in by the {@link
 * dev.zuido.host.ControlSocket}, which are answered on the router's thread.
 *
 * <p>Not supported: IPv6. An outbound access list of a Dialer with a session also holds for what
 * the host itself sends, like that of a tunnel. Name servers that a session tells of are shown, and
 * not put into the host's resolver.
 */
@NullMarked
package dev.zuido.host;

import org.jspecify.annotations.NullMarked;
