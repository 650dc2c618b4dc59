package dev.zuido.wire;

/**
 * Where packets enter and leave: a TUN device, a socket, a simulated link.
 *
 * <p>A port never blocks and never keeps a batch: it copies packets in and out. What a port cannot
 * take at the moment it drops and counts itself, as a network interface does.
 */
public interface BatchPort {
  /**
   * Adds packets that have arrived to a batch, until it is full or nothing is left.
   *
   * @return the number of packets added
   */
  int receive(PacketBatch into);

  /**
   * Sends the packets of a batch that {@link PacketBatch#passes(int) pass}, in order.
   *
   * @return the number of packets taken
   */
  int send(PacketBatch from);

  /** The largest packet that the port takes, in bytes. */
  int mtu();

  /**
   * The longest packet that {@link #receive} adds, in bytes: what a batch's slots have to hold. It
   * is more than the MTU where the port delivers datagrams that it has reassembled, or
   * super-packets.
   */
  default int maxReceiveBytes() {
    return mtu();
  }

  /** Whether the link behind the port is up, as far as the port knows. */
  default boolean isUp() {
    return true;
  }
}
