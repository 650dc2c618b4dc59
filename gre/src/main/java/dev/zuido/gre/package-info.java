/** Generic Routing Encapsulation (RFC 2784, RFC 2890) and its keepalives. */
@NullMarked
package dev.zuido.gre;

import org.jspecify.annotations.NullMarked;
