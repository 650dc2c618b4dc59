package dev.zuido.testkit;

/**
 * Something that sits at the ends of links: a host, a router, a protocol engine with its driver.
 *
 * <p>The network runs a node when a packet reached one of its ports, when its deadline came, or
 * when {@link VirtualNetwork#wake} asked for it; never from two threads, never from within itself.
 */
public interface VirtualNode {
  /** What {@link #nextDeadline()} returns when the node waits for packets only. */
  long NO_DEADLINE = Long.MAX_VALUE;

  /**
   * Drains the ports, lets what is due happen, and sends.
   *
   * @param nowNanos the virtual time
   */
  void run(long nowNanos);

  /**
   * When the node wants to be run at the latest, in virtual nanoseconds, or {@link #NO_DEADLINE}.
   * Asked after each run, and for all nodes when the network starts to run. A time that has passed
   * means now.
   */
  long nextDeadline();
}
