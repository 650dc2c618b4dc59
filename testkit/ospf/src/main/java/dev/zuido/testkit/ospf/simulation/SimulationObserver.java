package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.OspfOutput;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;

/** Sees what happens in an {@link OspfSimulation}. */
public interface SimulationObserver {
  /**
   * A router sent a packet, which may be lost on its way.
   *
   * @param from the router
   * @param interfaceId its interface; negative for a virtual link
   * @param destination where the packet goes to
   * @param packet the OSPF packet
   * @param now the moment
   */
  default void sent(
      SimulatedRouter from,
      int interfaceId,
      Ipv4Address destination,
      ByteString packet,
      long now) {}

  /** A router is about to take a packet in. */
  default void arriving(SimulatedRouter to, Datagram datagram, long now) {}

  /**
   * A router has taken a packet in, and what that made it send has been sent.
   *
   * @param to the router
   * @param datagram the packet
   * @param now the moment
   */
  default void received(SimulatedRouter to, Datagram datagram, long now) {}

  /** A router told something other than a packet. */
  default void told(SimulatedRouter router, OspfOutput output, long now) {}

  /** A router lost all that it knew and began anew. */
  default void restarted(SimulatedRouter router, long now) {}
}
