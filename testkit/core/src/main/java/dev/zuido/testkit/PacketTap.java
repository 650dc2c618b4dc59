package dev.zuido.testkit;

/** An observer of packets. */
@FunctionalInterface
public interface PacketTap {
  /** Called for each packet as it enters a channel, in the order of virtual time. */
  void onPacket(PacketEvent event);
}
