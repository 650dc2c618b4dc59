/**
 * JMH benchmarks: what a packet, a look-up, a calculation and a handshake cost, in time and in
 * garbage.
 *
 * <p>Each benchmark checks what it has measured, and fails where a packet was dropped: a drop is
 * cheap and would look like speed. Where a packet is copied into place first, the copy is part of
 * the figure, and {@link dev.zuido.benchmarks.GreBenchmark#copyOnly} shows it alone. {@code
 * benchmarks/README.md} says how to run them.
 */
@NullMarked
package dev.zuido.benchmarks;

import org.jspecify.annotations.NullMarked;
