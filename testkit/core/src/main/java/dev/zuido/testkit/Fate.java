package dev.zuido.testkit;

/** What becomes of a packet in a {@link Channel}. */
public enum Fate {
  /** It arrives as it was sent. */
  DELIVERED(true),
  /** A second copy of it arrives. */
  DUPLICATED(true),
  /** It is held back, so that later packets overtake it. */
  REORDERED(true),
  /** It arrives with flipped bits. */
  CORRUPTED(true),
  /** A {@link PacketFilter} changed it. */
  ALTERED(true),
  /** It was not sent by the node: a test or a {@link PacketFilter} put it there. */
  INJECTED(true),
  /** Lost on the way. */
  LOST(false),
  /** The channel is cut. */
  CUT(false),
  /** Longer than the channel's or the port's MTU. */
  OVERSIZE(false),
  /** The queue before a channel with a rate is full. */
  QUEUE_FULL(false),
  /** A {@link PacketFilter} took it. */
  FILTERED(false),
  /** The port asked for an offload (segmentation, checksum) that a virtual port has not. */
  UNSUPPORTED(false);

  private final boolean arrives;

  Fate(boolean arrives) {
    this.arrives = arrives;
  }

  /** Whether the packet, changed or not, reaches the other end. */
  public boolean arrives() {
    return arrives;
  }
}
