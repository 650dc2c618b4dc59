package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/** What the engine tells the router, in one ordered stream. */
public sealed interface OspfOutput {
  /**
   * A packet to send; its bytes, without an IP header, are in the buffer that was given to {@link
   * OspfEngine#poll}. The router prepends IPv4: protocol 89, TOS 0xc0, as source {@link
   * OspfInterfaceConfig#sourceAddress}.
   *
   * @param interfaceId the interface to send it on
   * @param destination 224.0.0.5, 224.0.0.6 or a neighbor's address
   * @param ttl the TTL to send it with: 1, or 255 with TTL security (RFC 5082)
   */
  record Transmit(int interfaceId, Ipv4Address destination, int ttl) implements OspfOutput {}

  /**
   * A packet to send over a virtual link (RFC 2328 section 15); its bytes are in the buffer as
   * those of a {@link Transmit}. The router prepends IPv4 (protocol 89, TTL 255, TOS 0xc0) and
   * forwards the datagram by its routes.
   *
   * @param source the address of this end of the link
   * @param destination the address of the other end
   */
  record TransmitVirtual(Ipv4Address source, Ipv4Address destination) implements OspfOutput {}

  /**
   * The routes are not what they were. The table is complete and stays as it is; compare it with
   * the one before to learn what changed.
   */
  record RoutesChanged(RoutingTable table) implements OspfOutput {}

  /**
   * A neighbor's state changed.
   *
   * @param interfaceId the interface
   * @param routerId the neighbor's Router ID
   * @param address the neighbor's address
   * @param from the state before
   * @param to the state now
   * @param cause why
   */
  record NeighborChanged(
      int interfaceId,
      Ipv4Address routerId,
      Ipv4Address address,
      NeighborState from,
      NeighborState to,
      NeighborCause cause)
      implements OspfOutput {
    /** Whether the adjacency came up or was lost: what a log shows when it is not detailed. */
    public boolean isAdjacencyChange() {
      return from == NeighborState.FULL || to == NeighborState.FULL;
    }
  }

  /**
   * An interface's state changed.
   *
   * @param interfaceId the interface
   * @param from the state before
   * @param to the state now
   * @param event the event that did it
   */
  record InterfaceChanged(
      int interfaceId, InterfaceState from, InterfaceState to, InterfaceEvent event)
      implements OspfOutput {}

  /**
   * The router made a new instance of one of its own LSAs; flushed it, if the header's age is
   * MaxAge.
   *
   * @param areaId the area; 0.0.0.0 too for an LSA of AS scope
   * @param header the LSA's header
   */
  record LsaOriginated(Ipv4Address areaId, LsaHeader header) implements OspfOutput {}

  /**
   * An opaque LSA of another router came, says something else, or went; or whether its originator
   * is reachable changed.
   *
   * @param scope where it was flooded
   * @param header its header: the Link State ID has the opaque type and ID
   * @param information the body, byte for byte; {@code lsa.opaque} decodes the known ones
   * @param state whether it may be used
   */
  record OpaqueChanged(
      OpaqueScope scope, LsaHeader header, ByteString information, OpaqueState state)
      implements OspfOutput {}

  /**
   * No adjacency forms with a router that can be heard. Said once per router and mismatch, until it
   * changes.
   *
   * @param interfaceId the interface
   * @param source the address that the router's packets come from
   * @param routerId its Router ID
   * @param mismatch what does not match
   */
  record Mismatched(int interfaceId, Ipv4Address source, Ipv4Address routerId, Mismatch mismatch)
      implements OspfOutput {}

  /**
   * The last key of an interface's key chain has expired; it stays in use until there is another
   * (RFC 2328 section D.3). Said once, until a key was valid again.
   *
   * @param interfaceId the interface
   * @param keyId the key's ID
   */
  record LastKeyExpired(int interfaceId, long keyId) implements OspfOutput {}

  /**
   * Whether the engine wants a neighbor to be watched by BFD (RFC 5882). What BFD finds comes back
   * as {@link OspfCommand.BfdDown}.
   *
   * @param interfaceId the interface, whose configuration asks for it
   * @param address the neighbor's address
   * @param wanted true when the neighbor becomes 2-Way, false when it is no longer
   */
  record BfdSession(int interfaceId, Ipv4Address address, boolean wanted) implements OspfOutput {}

  /**
   * A packet, or an LSA in one, changed nothing. {@link OspfEngine#dropped} counts them.
   *
   * @param interfaceId the interface that it came in on
   * @param source the address that it came from; null for an event without a packet
   * @param reason why
   */
  record Dropped(int interfaceId, @Nullable Ipv4Address source, DropReason reason)
      implements OspfOutput {}

  /**
   * The database fills, is full, or has room again.
   *
   * @param level how full it is
   * @param lsas how many LSAs of other routers it has
   * @param limit how many it may have
   */
  record DatabaseLevelChanged(DatabaseLevel level, int lsas, int limit) implements OspfOutput {}

  /**
   * The router began or ended to help a neighbor that restarts gracefully (RFC 3623 section 3).
   *
   * @param interfaceId the interface
   * @param routerId the neighbor's Router ID
   * @param state whether it is helped now
   * @param reason why it restarts
   * @param exit how it ended; null when it began
   */
  record HelperChanged(
      int interfaceId,
      Ipv4Address routerId,
      HelperState state,
      RestartReason reason,
      @Nullable HelperExit exit)
      implements OspfOutput {}

  /**
   * A neighbor that wants to restart gracefully is not helped.
   *
   * @param interfaceId the interface
   * @param routerId the router that asks for help
   * @param refusal why not
   */
  record HelperRefused(int interfaceId, Ipv4Address routerId, HelperRefusal refusal)
      implements OspfOutput {}

  /**
   * The grace-LSAs are sent (RFC 3623 section 2.1): the software can be restarted.
   *
   * @param record what the next engine has to know, see {@link OspfEngine#restarted}
   * @param acknowledged whether all neighbors have acknowledged them; if not, some may not help
   */
  record RestartPrepared(RestartRecord record, boolean acknowledged) implements OspfOutput {}

  /**
   * The graceful restart begins: the routes that were in force before it stay, since there is no
   * {@link RoutesChanged} until it ends.
   *
   * @param remainingNanos how long it may take
   */
  record RestartStarted(long remainingNanos) implements OspfOutput {}

  /**
   * The graceful restart has ended, however: {@link RoutesChanged} follows at once, and what of the
   * routes from before is not in its table has to go.
   */
  record RestartEnded(RestartExit exit) implements OspfOutput {}

  /**
   * All own LSAs are flushed, or the time for that is over: the {@link OspfCommand.Shutdown} is
   * done.
   */
  record ShutdownComplete() implements OspfOutput {}
}
