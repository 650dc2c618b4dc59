/**
 * TUN devices as {@linkplain dev.zuido.wire.BatchPort batch ports}.
 *
 * <p>{@link dev.zuido.tun.TunDevice} is the interface, {@link dev.zuido.tun.InMemoryTunDevice} a
 * device whose host is the program itself:
 *
 * <pre>{@code
 * try (var device = new InMemoryTunDevice("tun0", 1500)) {
 *   var batch = new PacketBatch(64, 1500, PacketBatch.DEFAULT_HEADROOM, PacketBatch.DEFAULT_TAILROOM);
 *   device.inject(packetOfTheHost);
 *   device.receive(batch);
 *   forward(batch);
 *   batch.clear();
 *   device.send(replies);
 *   byte[] packetForTheHost = device.drain();
 * }
 * }</pre>
 */
@NullMarked
package dev.zuido.tun;

import org.jspecify.annotations.NullMarked;
