/** Impairments over UDP: a program for any gateway. */
@NullMarked
package dev.zuido.testkit.ike.impairment.udp;

import org.jspecify.annotations.NullMarked;
