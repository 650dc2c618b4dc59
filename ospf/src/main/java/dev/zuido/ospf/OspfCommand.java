package dev.zuido.ospf;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
   * Changes an area while it runs: its ranges, virtual links, host routes, default cost and whether
   * it is told summaries change in place; another type ends the adjacencies in the area, since its
   * routers must agree on it.
   */
  record ConfigureArea(OspfAreaConfig config) implements OspfCommand {}

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
   * Tells a destination outside of the AS, which makes the router an AS boundary router: in
   * AS-external-LSAs, and in the NSSAs that it has interfaces to in NSSA-LSAs. It replaces what was
   * announced for the same prefix. 0.0.0.0/0 is a default route. When the router announces as many
   * as {@link OspfLimits#announcements} allows, a further one is dropped.
   */
  record AnnounceExternal(ExternalDestination destination) implements OspfCommand {}

  /** No longer tells a destination; nothing happens if it was not announced. */
  record WithdrawExternal(Ipv4Prefix prefix) implements OspfCommand {}

  /**
   * Sets the external address ranges in place of those before: the announced destinations in one
   * are told as the range, in AS-external-LSAs. NSSA-LSAs are not condensed by them.
   */
  record ConfigureExternalRanges(List<ExternalRange> ranges) implements OspfCommand {
    /** Checks that no range stands there twice. */
    public ConfigureExternalRanges {
      ranges = List.copyOf(ranges);
      Set<Ipv4Prefix> prefixes = new HashSet<>();
      for (ExternalRange each : ranges) {
        if (!prefixes.add(each.prefix())) {
          throw new IllegalArgumentException("range " + each.prefix() + " stands there twice");
        }
      }
    }
  }

  /**
   * Announces an opaque LSA (RFC 5250), or changes what it says; it is refreshed and defended until
   * it is withdrawn. On an interface that is down it waits until the interface is up. When the
   * router announces as many as {@link OspfLimits#announcements} allows, a further one is dropped.
   *
   * @param scope where it is flooded
   * @param opaqueType 0 to 255
   * @param opaqueId 0 to 16777215
   * @param information the body, as it is to be sent; RFC 5250 wants a multiple of 4 bytes
   */
  record AnnounceOpaque(OpaqueScope scope, int opaqueType, int opaqueId, ByteString information)
      implements OspfCommand {}

  /** Flushes an opaque LSA that was announced; nothing happens if it was not. */
  record WithdrawOpaque(OpaqueScope scope, int opaqueType, int opaqueId) implements OspfCommand {}

  /**
   * Ends all conversations, empties the database and begins anew with the same configuration, as
   * {@code clear ip ospf process} does. What the router announced stays announced.
   */
  record ClearProcess() implements OspfCommand {}

  /** Changes when transit traffic is kept away. */
  record SetStubRouter(StubRouterConfig config) implements OspfCommand {}

  /**
   * The software is about to be restarted gracefully (RFC 3623 section 2.1): grace-LSAs are sent,
   * and {@link OspfOutput.RestartPrepared} follows when they are acknowledged. Then the caller
   * stops to call this engine, without {@link Shutdown}, and keeps the routes in force.
   */
  record PrepareGracefulRestart(RestartReason reason) implements OspfCommand {}

  /** The software is not restarted after all: the grace-LSAs are flushed. */
  record CancelGracefulRestart() implements OspfCommand {}

  /**
   * Flushes the router's own LSAs, so that the others forget it at once, and ends all conversations
   * when that has been acknowledged, at the latest after two RxmtIntervals. If {@link
   * StubRouterConfig#beforeShutdownSeconds} says so, transit traffic is kept away for that long
   * before. The engine is of no use afterwards.
   */
  record Shutdown() implements OspfCommand {}
}
