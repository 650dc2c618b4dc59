/** Generators for OSPFv2. */
@NullMarked
package dev.zuido.testkit.ospf;

import org.jspecify.annotations.NullMarked;
