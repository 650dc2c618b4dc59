/** Generators for ESP. */
@NullMarked
package dev.zuido.testkit.esp;

import org.jspecify.annotations.NullMarked;
