/**
 * Generic Routing Encapsulation: version 0 (RFC 2784) with key and sequence number (RFC 2890), over
 * IPv4, IPv6 (RFC 7676) and UDP (RFC 8086), version 1 as PPTP has it (RFC 2637), and the keepalives
 * of Cisco's routers.
 *
 * <ul>
 *   <li>{@link dev.zuido.gre.GreHeader}, {@link dev.zuido.gre.GreFields}: the header, as a record
 *       and in a {@code byte[]};
 *   <li>{@link dev.zuido.gre.GreTunnel}: a point-to-point tunnel, IPv4 and IPv6 or Ethernet inside,
 *       with a reorder buffer and path MTU discovery where configured;
 *   <li>{@link dev.zuido.gre.GreTunnelTable}: which tunnel a packet belongs to;
 *   <li>{@link dev.zuido.gre.GreKeepalive}: whether the other end is there;
 *   <li>{@link dev.zuido.gre.EnhancedGreHeader}, {@link dev.zuido.gre.EnhancedGreFields}, {@link
 *       dev.zuido.gre.EnhancedGre}: version 1, its header and the data path of a session.
 * </ul>
 *
 * <p>A tunnel is made from a {@link dev.zuido.gre.GreTunnelConfig} and works on batches:
 *
 * <pre>{@code
 * var tunnel = new GreTunnel(GreTunnelConfig.of(local, remote).withKey(7));
 * lan.receive(batch);
 * tunnel.encapsulate(batch);
 * wan.send(batch);
 *
 * batch.clear();
 * wan.receive(batch);
 * tunnel.decapsulate(batch);
 * for (int i = 0; i < batch.size(); i++) {
 *   if (batch.verdict(i) instanceof GreVerdict verdict) {
 *     switch (verdict) {
 *       case DECAPSULATED -> {}                                    // goes on to the LAN
 *       case KEEPALIVE_REQUEST -> batch.setVerdict(i, Verdict.PASS); // goes back to the WAN
 *       case KEEPALIVE_REPLY -> keepalive.handleReply();
 *       default -> {}                                              // dropped, and counted
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>Keepalives follow the loop of every engine: after each call {@code poll} is drained.
 *
 * <pre>{@code
 * keepalive.handleTimeout(now);
 * for (var output = keepalive.poll(out); output != null; output = keepalive.poll(out)) {
 *   switch (output) {
 *     case Transmit t -> encapsulateAndSend(out);
 *     case LineProtocolUp up -> routing.interfaceUp(tunnel0);
 *     case LineProtocolDown down -> routing.interfaceDown(tunnel0);
 *   }
 *   out.clear();
 * }
 * wakeAt(keepalive.nextDeadline());
 * }</pre>
 *
 * <p>A tunnel that sorts, or learns its path MTU, has timers too, and gives back what waited:
 *
 * <pre>{@code
 * tunnel.decapsulate(batch);                          // the batch has its arrival times
 * forward(batch);
 * while (tunnel.release(more) > 0) {
 *   forward(more);
 *   more.clear();
 * }
 * wakeAt(tunnel.nextDeadline());                      // then handleTimeout(now), and release
 * }</pre>
 *
 * <p>Refused, with a verdict of their own: source routes (RFC 1701), DTLS (RFC 8086 section 5),
 * packets whose flags are not those of the tunnel, and payloads that it does not carry, such as
 * NHRP, ERSPAN and WCCP. PPTP's control connection is not here.
 */
@NullMarked
package dev.zuido.gre;

import org.jspecify.annotations.NullMarked;
