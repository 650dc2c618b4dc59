/**
 * The kernel's interfaces, addresses and routes (rtnetlink, RFC 3549).
 *
 * <pre>{@code
 * try (var netlink = RouteNetlink.open()) {
 *   netlink.purgeRoutes(KernelRoute.ZUIDO_PROTOCOL); // what a killed predecessor has left
 *   int tunnel = netlink.link("tun0").orElseThrow().index();
 *   netlink.replaceRoute(
 *       KernelRoute.through(Ipv4Prefix.parse("10.1.2.0/24"), 110, KernelNextHop.on(tunnel)));
 *   ...
 *   netlink.purgeRoutes(KernelRoute.ZUIDO_PROTOCOL);
 * }
 * }</pre>
 *
 * <p>A {@link dev.zuido.tun.netlink.LinkMonitor} hears of interfaces that change while the program
 * runs, and is waited for together with the ports:
 *
 * <pre>{@code
 * try (var monitor = LinkMonitor.open();
 *     var poller = new PortPoller(8)) {
 *   poller.add(monitor);
 *   ...
 *   poller.await(engine.nextDeadline() - now());
 *   for (LinkChange change : monitor.poll()) {
 *     engine.interfaceIs(change.link().name(), change.link().running());
 *   }
 * }
 * }</pre>
 *
 * <p>Only the main table is touched; routes for some sources or TOS octets only are not looked at,
 * and a gateway of the other family (RFC 5549) is read as none. Reading needs no privilege,
 * changing needs CAP_NET_ADMIN in the network namespace. Not supported: rules, other tables,
 * notifications of addresses and routes; the kernel removes the routes through an interface by
 * itself when that goes down.
 */
@NullMarked
package dev.zuido.tun.netlink;

import org.jspecify.annotations.NullMarked;
