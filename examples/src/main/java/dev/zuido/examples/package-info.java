/** The two-site router and small programs. */
@NullMarked
package dev.zuido.examples;

import org.jspecify.annotations.NullMarked;
