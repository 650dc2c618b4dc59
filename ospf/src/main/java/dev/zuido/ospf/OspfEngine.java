package dev.zuido.ospf;

import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An OSPF process (RFC 2328): packets, commands and time go in, packets and events come out.
 *
 * <p>It has no socket, thread or clock. After each call of {@code handle…} the caller drains {@link
 * #poll} to null, then waits for the next packet or until {@link #nextDeadline}. Not thread-safe.
 */
public final class OspfEngine {
  /** What {@link #nextDeadline} returns if nothing is due. */
  public static final long NO_DEADLINE = DeadlineHeap.NO_DEADLINE;

  /** The capacity that {@link #poll} may need: the largest IPv4 payload. */
  public static final int PACKET_CAPACITY = 0xffff - 20;

  private final OspfConfig config;
  private final LinkStateDatabase database;

  /**
   * An engine whose interfaces are all down.
   *
   * @param config the process
   * @param jitter spreads Hellos, acknowledgments and retransmissions; no secret depends on it
   */
  public OspfEngine(OspfConfig config, RandomGenerator jitter) {
    this(config, jitter, OspfStore.inMemory());
  }

  /**
   * An engine whose interfaces are all down.
   *
   * @param config the process
   * @param jitter spreads Hellos, acknowledgments and retransmissions; no secret depends on it
   * @param store what must survive a restart
   */
  public OspfEngine(OspfConfig config, RandomGenerator jitter, OspfStore store) {
    this.config = config;
    this.database = new LinkStateDatabase(config.limits().lsas());
  }

  /**
   * Takes a packet in.
   *
   * @param interfaceId the interface that it came in on
   * @param ospfPacket the payload of the IPv4 datagram, whose protocol was 89 and whose header was
   *     correct; borrowed for the call
   * @param source the datagram's source
   * @param destination the datagram's destination
   * @param now nanoseconds, never less than in the call before
   */
  public void handle(
      int interfaceId, ByteBuf ospfPacket, Ipv4Address source, Ipv4Address destination, long now) {}

  /**
   * Does what the router says.
   *
   * @throws IllegalArgumentException if the command names an interface that does not exist
   */
  public void handle(OspfCommand command, long now) {}

  /** Does what is due. */
  public void handleTimeout(long now) {}

  /**
   * The next output.
   *
   * @param out takes the bytes of a {@link OspfOutput.Transmit} at its writer index; needs room for
   *     {@link #PACKET_CAPACITY} bytes
   * @return null if there is none
   */
  public @Nullable OspfOutput poll(ByteBuf out) {
    return null;
  }

  /** When {@link #handleTimeout} is due, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return NO_DEADLINE;
  }

  /** The process's configuration as it stands now. */
  public OspfConfig config() {
    return config;
  }

  /**
   * An interface's configuration as it stands now.
   *
   * @throws IllegalArgumentException if there is no such interface
   */
  public OspfInterfaceConfig interfaceConfig(int interfaceId) {
    for (OspfInterfaceConfig each : config.interfaces()) {
      if (each.id() == interfaceId) {
        return each;
      }
    }
    throw new IllegalArgumentException("no interface " + interfaceId);
  }

  /** The interfaces, in the order of their ids. */
  public List<InterfaceSnapshot> interfaces(long now) {
    return List.of();
  }

  /** The neighbors, by interface, then in the order of their Router IDs. */
  public List<NeighborSnapshot> neighbors(long now) {
    return List.of();
  }

  /** The routes that were calculated last. */
  public RoutingTable routes() {
    return RoutingTable.EMPTY;
  }

  /** The link state database, to be read only: an entry tells its age at a moment. */
  public LinkStateDatabase database() {
    return database;
  }

  /** How often packets or LSAs were dropped, for each reason that occurred. */
  public Map<DropReason, Long> dropped() {
    return Map.of();
  }
}
