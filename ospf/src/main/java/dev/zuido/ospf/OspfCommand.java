package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;

/** What the router tells the engine. */
public sealed interface OspfCommand {
  /** The interface works. */
  record InterfaceUp(int interfaceId) implements OspfCommand {}

  /** The interface no longer works. */
  record InterfaceDown(int interfaceId) implements OspfCommand {}

  /** The interface is looped back; its address is advertised as a host route. */
  record LoopIndication(int interfaceId) implements OspfCommand {}

  /** The interface is no longer looped back; it needs an {@link InterfaceUp} to work again. */
  record UnloopIndication(int interfaceId) implements OspfCommand {}

  /**
   * Adds an interface (in state Down), or changes one while it runs; no other interface's
   * adjacencies are touched. Another address, prefix, area, type or passiveness takes the interface
   * down and, if it worked, up again. All else changes in place: what the neighbors have to agree
   * with (timers, authentication) ends their conversations only if they go on to differ.
   */
  record Configure(OspfInterfaceConfig config) implements OspfCommand {}

  /**
   * BFD has found that a neighbor cannot be reached (RFC 5882): its conversation ends at once, and
   * begins again with its next Hello. A neighbor that is not known is passed over.
   *
   * @param interfaceId the interface
   * @param address the address in {@link OspfOutput.BfdSession}
   */
  record BfdDown(int interfaceId, Ipv4Address address) implements OspfCommand {}

  /** Takes the interface down and forgets it. */
  record Remove(int interfaceId) implements OspfCommand {}

  /** Ends all neighbor conversations of an interface; they begin anew with the next Hellos. */
  record ClearNeighbors(int interfaceId) implements OspfCommand {}

  /**
   * Flushes the router's own LSAs, so that the others forget it at once, and ends all conversations
   * when that has been acknowledged, at the latest after two RxmtIntervals. The engine is of no use
   * afterwards.
   */
  record Shutdown() implements OspfCommand {}
}
