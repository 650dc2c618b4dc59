/**
 * Generic Routing Encapsulation: version 0 (RFC 2784) with key and sequence number (RFC 2890), over
 * IPv4, and the keepalives of Cisco's routers.
 *
 * <ul>
 *   <li>{@link dev.zuido.gre.GreHeader}, {@link dev.zuido.gre.GreFields}: the header, as a record
 *       and in a {@code byte[]};
 *   <li>{@link dev.zuido.gre.GreTunnel}: a point-to-point tunnel, IPv4 and IPv6 inside;
 *   <li>{@link dev.zuido.gre.GreKeepalive}: whether the other end is there.
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
 * <p>Refused, with a verdict of their own: version 1 (RFC 2637), source routes (RFC 1701), and
 * packets whose flags are not those of the tunnel. Packets that arrive out of sequence are dropped,
 * not sorted, which RFC 2890 leaves open.
 */
@NullMarked
package dev.zuido.gre;

import org.jspecify.annotations.NullMarked;
