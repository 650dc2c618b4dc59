/** Generators for PPPoE and PPP, and a simulated access concentrator. */
@NullMarked
package dev.zuido.testkit.pppoe;

import org.jspecify.annotations.NullMarked;
