/** Generators for IKEv1. */
@NullMarked
package dev.zuido.testkit.ike;

import org.jspecify.annotations.NullMarked;
