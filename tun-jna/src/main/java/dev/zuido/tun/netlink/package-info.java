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
 * <p>Only the main table is touched. Reading needs no privilege, changing needs CAP_NET_ADMIN in
 * the network namespace. Not supported: rules, other tables, notifications of the kernel's own
 * changes; the kernel removes the routes through an interface by itself when that goes down.
 */
@NullMarked
package dev.zuido.tun.netlink;

import org.jspecify.annotations.NullMarked;
