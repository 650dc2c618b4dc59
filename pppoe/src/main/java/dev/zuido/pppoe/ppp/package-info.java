/** PPP (RFC 1661): the negotiation automaton, LCP, authentication, IPCP and IPv6CP. */
@NullMarked
package dev.zuido.pppoe.ppp;

import org.jspecify.annotations.NullMarked;
