/** Addresses, stateless header codecs, checksums, fragmentation and the packet batch. */
@NullMarked
package dev.zuido.wire;

import org.jspecify.annotations.NullMarked;
