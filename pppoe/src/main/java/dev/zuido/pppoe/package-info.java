/** PPP over Ethernet: discovery, sessions, the client and the access concentrator. */
@NullMarked
package dev.zuido.pppoe;

import org.jspecify.annotations.NullMarked;
