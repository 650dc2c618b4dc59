package dev.zuido.ospf;

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
   * Adds an interface (in state Down), or changes one while it runs. Cost, priority, MTU, timers
   * and authentication change in place; another address, prefix, area, type or passiveness takes
   * the interface down and, if it worked, up again.
   */
  record Configure(OspfInterfaceConfig config) implements OspfCommand {}

  /**
   * Changes an area while it runs: its ranges, virtual links, host routes, default cost and whether
   * it is told summaries change in place; another type ends the adjacencies in the area, since its
   * routers must agree on it.
   */
  record ConfigureArea(OspfAreaConfig config) implements OspfCommand {}

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
