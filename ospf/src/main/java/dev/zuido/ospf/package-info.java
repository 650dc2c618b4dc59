/**
 * An OSPFv2 router (RFC 2328): the Hello protocol, adjacencies, the election of the Designated
 * Router, flooding, aging, the origination of LSAs, and the calculation of routes.
 *
 * <p>{@link dev.zuido.ospf.OspfEngine} has no socket, thread or clock. Packets, commands and time
 * go in; packets to send and events come out, in one ordered stream:
 *
 * <pre>{@code
 * var engine = new OspfEngine(
 *     OspfConfig.of(
 *         Ipv4Address.parse("192.0.2.1"),
 *         OspfInterfaceConfig.pointToPoint(1, "Tunnel0", address, 30, OspfAreaConfig.BACKBONE)
 *             .withMtu(1372)),
 *     random);
 * engine.handle(new OspfCommand.InterfaceUp(1), now);
 * while (true) {
 *   for (OspfOutput output; (output = engine.poll(out.clear())) != null; ) {
 *     if (output instanceof OspfOutput.Transmit transmit) {
 *       ...                                    // prepend IPv4: protocol 89, transmit.ttl(), TOS 0xc0
 *     } else if (output instanceof OspfOutput.RoutesChanged changed) {
 *       ...                                    // changed.table() has all routes
 *     } else if (output instanceof OspfOutput.NeighborChanged changed) {
 *       ...                                    // for the log: changed.cause().words()
 *     }
 *   }
 *   // wait for a packet or engine.nextDeadline()
 *   engine.handle(interfaceId, packet, source, destination, ttl, now);   // or
 *   engine.handleTimeout(now);
 * }
 * }</pre>
 *
 * <p>The machines run on tables, which {@link dev.zuido.ospf.StateMachines} lists: RFC 2328's
 * sections 9.3 and 10.3 row by row, RFC 8405's delays of the route calculation, and both sides of
 * RFC 3623's graceful restart. What a packet from the network cannot do is told as {@link
 * dev.zuido.ospf.OspfOutput.Dropped} and counted; why no adjacency forms, or why one is of no use,
 * as {@link dev.zuido.ospf.Mismatch}. {@link dev.zuido.ospf.OspfEngine#process} and the other
 * snapshots have what {@code show} commands print.
 *
 * <p>A graceful restart: {@link dev.zuido.ospf.OspfCommand.PrepareGracefulRestart} is answered by
 * {@link dev.zuido.ospf.OspfOutput.RestartPrepared}, whose record the caller keeps. It forgets the
 * engine without a shutdown, leaves the routes in force, and goes on with {@link
 * dev.zuido.ospf.OspfEngine#restarted}. {@link dev.zuido.ospf.OspfOutput.RestartEnded} says when
 * the routes are the engine's again.
 *
 * <p>A router with interfaces in several areas is an area border router, as RFC 2328 defines it,
 * also without the backbone; the other definitions of RFC 3509 are not here. Virtual links stand in
 * the configuration of their transit area. Their packets leave as {@link
 * dev.zuido.ospf.OspfOutput.TransmitVirtual}, for the caller to forward by its routes, and come in
 * like all others; their interfaces have negative ids.
 *
 * <p>What the router is told to announce makes it an AS boundary router: {@link
 * dev.zuido.ospf.OspfCommand.AnnounceExternal} for destinations outside of the AS, in an NSSA as
 * RFC 3101 has it, and {@link dev.zuido.ospf.OspfCommand.AnnounceOpaque} for what applications have
 * to say (RFC 5250). What other routers' applications say comes out as {@link
 * dev.zuido.ospf.OspfOutput.OpaqueChanged}, with whether it may be used.
 *
 * <p>Not here: demand circuits (RFC 1793) of the router itself; LSAs that have passed those of
 * others are understood. Link-local signalling (RFC 5613) is read and verified, not sent. Several
 * topologies (RFC 4915) or instances (RFC 6549).
 */
@NullMarked
package dev.zuido.ospf;

import org.jspecify.annotations.NullMarked;
