/**
 * PPP (RFC 1661): one side of a link, as an engine without transport, thread or clock.
 *
 * <p>{@link dev.zuido.pppoe.ppp.PppLink} takes packets and time in and gives packets and events
 * out. In the order of a link's life:
 *
 * <ul>
 *   <li>LCP (RFC 1661 sections 5 and 6): MRU, magic number with loop detection, authentication
 *       protocol, echo, code- and protocol-reject;
 *   <li>authentication, each side of it in either role: CHAP with MD5 (RFC 1994) and PAP (RFC 1334
 *       section 2);
 *   <li>IPCP (RFC 1332) with name servers (RFC 1877), and IPv6CP's interface identifier (RFC 5072).
 * </ul>
 *
 * <p>The three negotiations run on one table, {@link dev.zuido.pppoe.ppp.AutomatonTable}: RFC 1661
 * section 4.1, cell by cell.
 *
 * <pre>{@code
 * link.open(now);
 * link.lowerUp(now);
 * for (;;) {
 *   for (PppOutput output; (output = link.poll(buffer.clear())) != null; ) {
 *     if (output instanceof PppOutput.Transmit) {
 *       send(buffer);
 *     }
 *   }
 *   // until link.nextDeadline(), or a packet: link.handleTimeout(now), link.handle(packet, now)
 * }
 * }</pre>
 *
 * <p>Refused, as the RFCs allow: compression of headers, of the protocol field and of address and
 * control field, link quality monitoring, IPCP's deprecated IP-Addresses, name servers of NetBIOS,
 * other algorithms of CHAP, EAP, multilink. IP datagrams do not pass through this package.
 */
@NullMarked
package dev.zuido.pppoe.ppp;

import org.jspecify.annotations.NullMarked;
