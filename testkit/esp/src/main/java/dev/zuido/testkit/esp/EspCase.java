package dev.zuido.testkit.esp;

import dev.zuido.esp.EspVerdict;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.PacketBatch;

/**
 * A packet for the receiving end of an SA, and what has to become of it.
 *
 * @param name the rule that the packet keeps oddly, or breaks
 * @param association the SA
 * @param packet the IPv4 packet
 * @param expected the verdict
 */
public record EspCase(
    String name, TestAssociation association, ByteString packet, EspVerdict expected) {

  /** The packet alone in a fresh batch. */
  public PacketBatch batch() {
    byte[] bytes = packet.toArray();
    PacketBatch batch = PacketBatch.ofOne(Math.max(1, bytes.length));
    batch.add(bytes, 0, bytes.length);
    return batch;
  }
}
