/** OSPFv2 (RFC 2328): codecs, state machines, flooding and route calculation. */
@NullMarked
package dev.zuido.ospf;

import org.jspecify.annotations.NullMarked;
