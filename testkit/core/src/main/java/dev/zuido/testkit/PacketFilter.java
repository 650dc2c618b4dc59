package dev.zuido.testkit;

import java.util.function.Consumer;

/**
 * A programmable box in the middle of a {@link Channel}, before its impairments.
 *
 * <p>To pass a packet hand it on; to drop it do nothing; to alter it change the array or hand on
 * another; to inject hand on more. {@link Channel#inject} sends at any other moment and in the
 * other direction.
 */
@FunctionalInterface
public interface PacketFilter {
  /**
   * Decides about one packet.
   *
   * @param nowNanos the virtual time
   * @param packet the IP packet; the filter may change it in place
   * @param onward takes what goes on, in order; only during the call
   */
  void filter(long nowNanos, byte[] packet, Consumer<byte[]> onward);
}
