/**
 * What a router does with packets, as parts that can be used alone: the routing table with longest
 * match, access lists, TCP MSS clamping and ICMP errors.
 *
 * <p>Everything here works on packets in a {@code byte[]} (see {@link dev.zuido.wire.PacketBatch}),
 * allocates nothing per packet and is used by one thread; counters may be read by others.
 */
@NullMarked
package dev.zuido.router.forwarding;

import org.jspecify.annotations.NullMarked;
