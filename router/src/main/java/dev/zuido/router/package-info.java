/** The parts of a router of GRE, IPsec and OSPF, and the router made of them. */
@NullMarked
package dev.zuido.router;

import org.jspecify.annotations.NullMarked;
