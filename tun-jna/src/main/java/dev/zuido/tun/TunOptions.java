package dev.zuido.tun;

/**
 * How a TUN interface of Linux is opened.
 *
 * @param offload what the host may leave to the device
 * @param multiQueue whether the interface has several queues (IFF_MULTI_QUEUE), each a device of
 *     its own; all that attach to one interface choose the same
 * @param coalescing whether TCP segments of a batch that follow each other in their flow are handed
 *     to the host as one super-packet, where there is offload; a segment with a wrong checksum goes
 *     as it is, and the order within a flow is kept
 */
public record TunOptions(Offload offload, boolean multiQueue, boolean coalescing) {
  /** Which work of the host's stack is left to the device, or done by it. */
  public enum Offload {
    /** None: each packet has its checksum and is no longer than the MTU. */
    NONE,
    /**
     * TCP segmentation and checksums (IFF_VNET_HDR): the host hands over super-packets, which the
     * device splits while it receives. Batches hold what they hold with {@link #NONE}, at a part of
     * the cost; super-packets that are sent go to the host whole. A batch that has become full may
     * have left segments behind, for the next: {@link Waitable#hasPending()} says so.
     */
    SEGMENTED,
    /**
     * The same, and batches get the super-packets, of up to 65535 bytes: {@link
     * dev.zuido.wire.PacketBatch#gsoSize(int)} says which they are, and {@link
     * dev.zuido.wire.PacketBatch#checksumState(int)} where a checksum is to be finished. {@link
     * dev.zuido.tun.offload.TcpSegmenter} does both.
     */
    SUPER_PACKETS
  }

  /** Without offload, with one queue. */
  public static final TunOptions PLAIN = new TunOptions(Offload.NONE, false);

  /** With coalescing, where there is offload. */
  public TunOptions(Offload offload, boolean multiQueue) {
    this(offload, multiQueue, true);
  }

  /** The same with another offload. */
  public TunOptions withOffload(Offload other) {
    return new TunOptions(other, multiQueue, coalescing);
  }

  /** The same with one queue or several. */
  public TunOptions withMultiQueue(boolean several) {
    return new TunOptions(offload, several, coalescing);
  }

  /** The same with segments joined, or each for itself. */
  public TunOptions withCoalescing(boolean joined) {
    return new TunOptions(offload, multiQueue, joined);
  }

  /** Whether a virtio header stands before each packet. */
  boolean vnetHeader() {
    return offload != Offload.NONE;
  }
}
