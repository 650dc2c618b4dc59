/**
 * Segmentation and checksum offload, in software: what a consumer needs that gets super-packets and
 * packets with unfinished checksums from the host and cannot use them.
 *
 * <p>With {@link dev.zuido.tun.TunOptions.Offload#SUPER_PACKETS} a TUN device delivers TCP segments
 * of up to 64 KiB, which the host's stack would have cut up: one pass through the stack for some 45
 * packets. The batch tells them by {@link dev.zuido.wire.PacketBatch#gsoSize(int)} and {@link
 * dev.zuido.wire.PacketBatch#checksumState(int)}. A device takes them as they are; everything else
 * wants segments:
 *
 * <pre>{@code
 * var segmenter = new TcpSegmenter();
 * device.receive(received);
 * for (int i = 0; i < received.size(); i++) {
 *   if (segmenter.load(received, i)) {
 *     while (segmenter.hasNext()) {
 *       if (segments.isFull()) {
 *         forward(segments);
 *         segments.clear();
 *       }
 *       segmenter.next(segments);
 *     }
 *   }
 * }
 * forward(segments);
 * }</pre>
 *
 * <p>{@link dev.zuido.tun.TunOptions.Offload#SEGMENTED} does this inside of the device, which also
 * joins the segments that are sent to it ({@link dev.zuido.tun.TunOptions#coalescing()}). Not
 * supported: segmentation of UDP, which a TUN device does not offer to the host.
 */
@NullMarked
package dev.zuido.tun.offload;

import org.jspecify.annotations.NullMarked;
