/**
 * PPP over Ethernet: discovery, sessions, the client and the access concentrator.
 *
 * <p>A host finds an access concentrator by a broadcast (PADI), takes one of the offers (PADO),
 * asks for a session (PADR) and gets its number (PADS); from then on PPP's frames go between the
 * two, until a PADT (RFC 2516 section 5 and 6). {@link dev.zuido.pppoe.PppoeClient} is the host,
 * with one session, the PPP link on it and the redialling; {@link
 * dev.zuido.pppoe.AccessConcentrator} is the other side, with many. {@link
 * dev.zuido.pppoe.PppoePacket} is a discovery packet. PPP payloads above 1492 bytes are agreed on
 * where both Ethernets carry them (RFC 4638).
 *
 * <p>The loop around a client:
 *
 * <pre>{@code
 * client.dial(now);
 * while (true) {
 *   for (PppoeOutput o = client.poll(out); o != null; o = client.poll(out)) {
 *     if (o instanceof PppoeOutput.Transmit transmit) {
 *       ethernet.send(out, transmit.length());
 *     } else if (o instanceof PppoeOutput.Ppp ppp && ppp.news() instanceof PppOutput.Ipv4Up up) {
 *       useAddress(up.local());
 *     }
 *     out.clear();
 *   }
 *   if (ethernet.receive(frames, client.nextDeadline())) {
 *     client.decapsulate(frames, now);   // datagrams are left in the batch
 *   } else {
 *     client.handleTimeout(now);
 *   }
 * }
 * }</pre>
 *
 * <p>Whom to believe: an answer has to carry the random Host-Uniq of the attempt, a PADS and a PADT
 * have to come from the concentrator that was chosen, and a PADR has to carry the cookie that its
 * station was given (section 9). Nothing of that is proof against somebody who sees the frames of
 * the Ethernet; CHAP proves who calls, and nothing protects what follows.
 *
 * <p>Limits: a discovery packet has at most 64 tags; at most 4096 frames wait for the poll; a
 * concentrator has the sessions that its configuration allows, in all and per station. What is
 * dropped is counted by its reason.
 *
 * <p>Not supported: relay agents, VLAN tags, credits and metrics (RFC 5578), the test of large
 * payloads by Echo-Requests (RFC 4638 section 5.2), several sessions of one client.
 */
@NullMarked
package dev.zuido.pppoe;

import org.jspecify.annotations.NullMarked;
