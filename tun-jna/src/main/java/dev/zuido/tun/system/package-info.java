/**
 * The calls of the C library, by JNA's direct mapping, and native memory laid out by hand.
 *
 * <p>This package is not exported. {@link dev.zuido.tun.system.Darwin} and what it uses are for
 * macOS; everything else is for 64-bit little- or big-endian Linux whose system-call constants are
 * the generic ones (x86-64, arm64, riscv64, loongarch64); {@link
 * dev.zuido.tun.system.Linux#require()} refuses the rest before the first call.
 */
@NullMarked
package dev.zuido.tun.system;

import org.jspecify.annotations.NullMarked;
