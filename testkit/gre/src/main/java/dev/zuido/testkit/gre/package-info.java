/** Generators for GRE. */
@NullMarked
package dev.zuido.testkit.gre;

import org.jspecify.annotations.NullMarked;
