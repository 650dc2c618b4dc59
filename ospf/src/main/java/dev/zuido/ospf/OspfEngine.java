package dev.zuido.ospf;

import dev.zuido.ospf.lsdb.LinkStateDatabase;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.EnumMap;
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

  private static final int UNKNOWN_TTL = -1;

  private final Core core;
  private final PacketReceiver receiver;
  private final Shutdown shutdown;
  private final Snapshots snapshots;

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
    this.core = new Core(config, jitter, store);
    this.receiver = new PacketReceiver(core);
    this.shutdown = new Shutdown(core);
    this.snapshots = new Snapshots(core, shutdown);
    for (OspfInterfaceConfig each : config.interfaces()) {
      requireNetwork(each);
      core.interfaces.put(each.id(), new OspfInterface(core, each));
    }
    config.areas().forEach(core.virtualLinks::configure);
  }

  /**
   * The engine after a graceful restart (RFC 3623 section 2): it originates nothing and tells no
   * routes until all adjacencies are back or the restart ends for another reason. The first output
   * is {@link OspfOutput.RestartStarted}. External destinations and opaque LSAs have to be
   * announced again before the end: those that are not are flushed then.
   *
   * @param config the process, as it was before
   * @param jitter spreads Hellos, acknowledgments and retransmissions
   * @param store what must survive a restart
   * @param record what {@link OspfOutput.RestartPrepared} said before the restart, or {@link
   *     RestartRecord#unplanned}
   * @param elapsedNanos how long ago that was; 0 for an unplanned restart
   * @param now the time of the new engine
   */
  public static OspfEngine restarted(
      OspfConfig config,
      RandomGenerator jitter,
      OspfStore store,
      RestartRecord record,
      long elapsedNanos,
      long now) {
    OspfEngine engine = new OspfEngine(config, jitter, store);
    engine.core.now = now;
    engine.core.restart.started(record, elapsedNanos);
    return engine;
  }

  /**
   * Takes a packet in whose TTL is not known. An interface with TTL security drops it.
   *
   * @param interfaceId the interface that it came in on; a packet that another router sent over a
   *     virtual link is recognized by its destination and its header
   * @param ospfPacket the payload of the IPv4 datagram, whose protocol was 89 and whose header was
   *     correct; borrowed for the call
   * @param source the datagram's source
   * @param destination the datagram's destination
   * @param now nanoseconds, never less than in the call before
   */
  public void handle(
      int interfaceId, ByteBuf ospfPacket, Ipv4Address source, Ipv4Address destination, long now) {
    handle(interfaceId, ospfPacket, source, destination, UNKNOWN_TTL, now);
  }

  /**
   * Takes a packet in whose TTL is known, as an interface with TTL security needs it.
   *
   * @param interfaceId the interface that it came in on
   * @param ospfPacket the payload of the IPv4 datagram, whose protocol was 89 and whose header was
   *     correct; borrowed for the call
   * @param source the datagram's source
   * @param destination the datagram's destination
   * @param ttl the TTL that the datagram came in with, 0 to 255
   * @param now nanoseconds, never less than in the call before
   */
  public void handle(
      int interfaceId,
      ByteBuf ospfPacket,
      Ipv4Address source,
      Ipv4Address destination,
      int ttl,
      long now) {
    core.now = now;
    receiver.receive(interfaceId, ospfPacket, source, destination, ttl);
    settle();
  }

  /**
   * Does what the router says.
   *
   * @throws IllegalArgumentException if the command names an interface or area that does not exist,
   *     or a value is out of its range
   * @throws IllegalStateException if the process is configured without what the command asks for
   */
  public void handle(OspfCommand command, long now) {
    core.now = now;
    if (command instanceof OspfCommand.InterfaceUp up) {
      require(up.interfaceId()).bringUp();
    } else if (command instanceof OspfCommand.InterfaceDown down) {
      require(down.interfaceId()).event(InterfaceEvent.INTERFACE_DOWN);
    } else if (command instanceof OspfCommand.LoopIndication loop) {
      require(loop.interfaceId()).event(InterfaceEvent.LOOP_IND);
    } else if (command instanceof OspfCommand.UnloopIndication unloop) {
      require(unloop.interfaceId()).event(InterfaceEvent.UNLOOP_IND);
    } else if (command instanceof OspfCommand.Configure configure) {
      configure(configure.config());
    } else if (command instanceof OspfCommand.ConfigureArea configure) {
      core.areaConfiguration.configure(configure.config());
    } else if (command instanceof OspfCommand.Remove remove) {
      OspfInterface removed = require(remove.interfaceId());
      removed.downCause = NeighborCause.INTERFACE_REMOVED;
      removed.event(InterfaceEvent.INTERFACE_DOWN);
      core.settle();
      core.opaque.interfaceRemoved(require(remove.interfaceId()));
      core.interfaces.remove(remove.interfaceId());
    } else if (command instanceof OspfCommand.ClearNeighbors clear) {
      for (Neighbor neighbor : List.copyOf(find(clear.interfaceId()).neighbors())) {
        neighbor.event(NeighborEvent.KILL_NBR, NeighborCause.CLEARED);
      }
    } else if (command instanceof OspfCommand.BfdDown down) {
      require(down.interfaceId()).bfdDown(down.address());
    } else if (command instanceof OspfCommand.AnnounceExternal external) {
      core.externals.announce(external.destination());
    } else if (command instanceof OspfCommand.WithdrawExternal external) {
      core.externals.withdraw(external.prefix());
    } else if (command instanceof OspfCommand.ConfigureExternalRanges external) {
      core.externals.setRanges(external.ranges());
    } else if (command instanceof OspfCommand.AnnounceOpaque opaque) {
      core.opaque.announce(
          opaque.scope(), opaque.opaqueType(), opaque.opaqueId(), opaque.information());
    } else if (command instanceof OspfCommand.WithdrawOpaque opaque) {
      core.opaque.withdraw(opaque.scope(), opaque.opaqueType(), opaque.opaqueId());
    } else if (command instanceof OspfCommand.ClearProcess) {
      new ProcessReset(core).run();
    } else if (command instanceof OspfCommand.SetStubRouter set) {
      core.stubRouter.configure(set.config());
    } else if (command instanceof OspfCommand.PrepareGracefulRestart prepare) {
      core.restart.prepare(prepare.reason());
    } else if (command instanceof OspfCommand.CancelGracefulRestart) {
      core.restart.cancel();
    } else if (command instanceof OspfCommand.Shutdown) {
      shutdown.begin();
    }
    settle();
  }

  private void configure(OspfInterfaceConfig changed) {
    requireNetwork(changed);
    OspfInterface on = core.interfaces.get(changed.id());
    if (on == null) {
      core.interfaces.put(changed.id(), new OspfInterface(core, changed));
      return;
    }
    OspfInterfaceConfig before = on.config();
    boolean inPlace = changed.changesInPlaceFrom(before);
    boolean wasUp = on.state() != InterfaceState.DOWN;
    if (!inPlace && wasUp) {
      on.downCause = NeighborCause.RECONFIGURED;
      on.event(InterfaceEvent.INTERFACE_DOWN);
      core.settle();
    }
    on.reconfigure(changed);
    if (!inPlace && wasUp) {
      on.bringUp();
    }
  }

  private static void requireNetwork(OspfInterfaceConfig config) {
    if (config.type() == NetworkType.VIRTUAL_LINK) {
      throw new IllegalArgumentException("virtual links stand in the configuration of their area");
    }
  }

  /** An interface to a network; the routes command virtual links. */
  private OspfInterface require(int interfaceId) {
    OspfInterface on = find(interfaceId);
    requireNetwork(on.config());
    return on;
  }

  private OspfInterface find(int interfaceId) {
    OspfInterface on = core.interfaces.get(interfaceId);
    if (on == null) {
      throw new IllegalArgumentException("no interface " + interfaceId);
    }
    return on;
  }

  private void settle() {
    core.settle();
    if (core.restart.progress()) {
      core.settle();
    }
    if (shutdown.progress()) {
      core.settle();
    }
  }

  /** Does what is due. */
  public void handleTimeout(long now) {
    core.now = now;
    for (Timer due = core.heap.pollDue(now); due != null; due = core.heap.pollDue(now)) {
      due.fire(now);
      settle();
    }
  }

  /**
   * The next output.
   *
   * @param out takes the bytes of a {@link OspfOutput.Transmit} at its writer index; needs room for
   *     {@link #PACKET_CAPACITY} bytes
   * @return null if there is none
   */
  public @Nullable OspfOutput poll(ByteBuf out) {
    return core.outbox.poll(out);
  }

  /** When {@link #handleTimeout} is due, or {@link #NO_DEADLINE}. */
  public long nextDeadline() {
    return core.heap.next();
  }

  /** The process's configuration, as it was given. */
  public OspfConfig config() {
    return core.config;
  }

  /**
   * An interface's configuration as it stands now.
   *
   * @throws IllegalArgumentException if there is no such interface
   */
  public OspfInterfaceConfig interfaceConfig(int interfaceId) {
    return find(interfaceId).config();
  }

  /**
   * The interfaces, in the order of their ids: the virtual links first, whose ids are negative.
   *
   * @param now the moment that the remaining times count from
   */
  public List<InterfaceSnapshot> interfaces(long now) {
    return core.interfaces.values().stream().map(each -> each.snapshot(now)).toList();
  }

  /**
   * The neighbors, by interface.
   *
   * @param now the moment that the remaining times count from
   */
  public List<NeighborSnapshot> neighbors(long now) {
    List<NeighborSnapshot> all = new ArrayList<>();
    for (OspfInterface each : core.interfaces.values()) {
      for (Neighbor neighbor : each.neighbors()) {
        all.add(neighbor.snapshot(now));
      }
    }
    return all;
  }

  /** The virtual links, in the order of their numbers. */
  public List<VirtualLinkSnapshot> virtualLinks() {
    return core.virtualLinks.snapshots();
  }

  /**
   * The process and its areas.
   *
   * @param now the moment that the remaining times count from
   */
  public ProcessSnapshot process(long now) {
    return snapshots.process(now);
  }

  /**
   * The last changes of neighbors' states, the oldest first; {@link OspfLimits#logEntries} at most.
   */
  public List<AdjacencyLogEntry> adjacencyLog() {
    return core.adjacencyLog.entries();
  }

  /** How many changes of neighbors' states there were, those included that the log forgot. */
  public long adjacencyChanges() {
    return core.adjacencyLog.total();
  }

  /**
   * How often each row of the state tables was taken: a list for each of {@link StateMachines#all},
   * with a number for each row.
   */
  public List<List<Long>> transitions() {
    return core.transitions.counts();
  }

  /**
   * The routes that were calculated last. While this router restarts gracefully they are not in
   * force: those of before the restart are.
   */
  public RoutingTable routes() {
    return core.routes.table();
  }

  /** How often the routes were calculated. */
  public long routeCalculations() {
    return core.routes.calculations();
  }

  /** The link state database, to be read only: an entry tells its age at a moment. */
  public LinkStateDatabase database() {
    return core.lsdb;
  }

  /** The external destinations that the router announces, in the order of their prefixes. */
  public List<ExternalDestination> announcedExternals() {
    return core.externals.announced();
  }

  /**
   * Whether the router translates the NSSA-LSAs of an area.
   *
   * @throws IllegalArgumentException if no interface is in the area
   */
  public NssaTranslatorState nssaTranslatorState(Ipv4Address areaId) {
    Area area = core.attachedArea(areaId);
    if (area == null) {
      throw new IllegalArgumentException("no area " + areaId);
    }
    return core.externals.translation().stateOf(area);
  }

  /** How often packets or LSAs were dropped, for each reason that occurred. */
  public Map<DropReason, Long> dropped() {
    return new EnumMap<>(core.drops);
  }
}
