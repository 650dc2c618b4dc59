package dev.zuido.ospf;

import dev.zuido.ospf.DesignatedRouterElection.Candidate;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Hello protocol (RFC 2328 sections 7.1, 9.5 and 10.5). */
final class HelloProtocol {
  private final Core core;

  HelloProtocol(Core core) {
    this.core = core;
  }

  /** Sends the Hellos that are due every HelloInterval (section 9.5). */
  void send(OspfInterface from) {
    if (from.config().type().multicasts()) {
      send(from, Core.ALL_SPF_ROUTERS);
    } else {
      core.nonBroadcast.sendHellos(from);
    }
  }

  /** Sends a Hello. */
  void send(OspfInterface from, Ipv4Address destination) {
    core.restart.beforeHello(from, destination);
    OspfInterfaceConfig config = from.config();
    List<Ipv4Address> heard = new ArrayList<>();
    for (Neighbor neighbor : from.neighbors()) {
      if (neighbor.state().atLeast(NeighborState.INIT)) {
        heard.add(neighbor.routerId());
      }
    }
    core.outbox.send(
        from,
        destination,
        header ->
            new HelloPacket(
                header,
                from.isUnnumbered() ? Ipv4Address.UNSPECIFIED : config.network().mask(),
                config.timers().helloSeconds(),
                from.area().helloOptions(),
                config.priority(),
                config.timers().deadSeconds(),
                from.designatedRouter(),
                from.backupDesignatedRouter(),
                heard));
  }

  /** Takes a Hello whose header has been found right (section 10.5). */
  void receive(OspfInterface on, HelloPacket hello, Ipv4Address source) {
    Ipv4Address routerId = hello.header().routerId();
    if (mismatches(on, hello, source)) {
      return;
    }
    Neighbor neighbor = neighborFor(on, routerId, source);
    if (neighbor == null) {
      return;
    }
    on.explanations.helloMatches(source);
    Candidate before = neighbor.declare(hello, source);
    if (!on.isUnnumbered() && hello.designatedRouter().equals(on.config().address())) {
      on.wasDesignatedRouter();
    }
    neighbor.event(NeighborEvent.HELLO_RECEIVED, NeighborCause.HELLO);
    examine(on, hello, neighbor, before);
    if (NonBroadcastNeighbors.answers(on, neighbor)) {
      send(on, source);
    }
  }

  /** The rest of the Hello, which makes the state machines move. */
  private void examine(OspfInterface on, HelloPacket hello, Neighbor neighbor, Candidate before) {
    if (!hello.neighbors().contains(core.routerId)) {
      neighbor.event(NeighborEvent.ONE_WAY_RECEIVED, NeighborCause.ONE_WAY);
      explainOneWay(on, neighbor);
      return;
    }
    neighbor.event(NeighborEvent.TWO_WAY_RECEIVED, NeighborCause.TWO_WAY);
    if (on.config().type().electsDesignatedRouter()) {
      examineDeclaration(on, before, neighbor.candidate());
    }
  }

  /** In all of RouterDeadInterval the neighbor has not heard a Hello of this router's. */
  private void explainOneWay(OspfInterface on, Neighbor neighbor) {
    long dead = on.config().timers().deadSeconds() * Core.SECOND;
    if (neighbor.state() == NeighborState.INIT
        && core.now - neighbor.stateSinceNanos() >= dead
        && !neighbor.helper.isHelping()) {
      on.explanations.explain(neighbor.address(), neighbor.routerId(), new Mismatch.OneWay());
    }
  }

  /** The checks of section 10.5, whose failures are explained. */
  private boolean mismatches(OspfInterface on, HelloPacket hello, Ipv4Address source) {
    OspfInterfaceConfig config = on.config();
    OspfInterfaceTimers timers = config.timers();
    Mismatch mismatch;
    DropReason reason;
    Ipv4Address mask = new Ipv4Address(Ipv4Prefix.maskOf(config.prefixLength()));
    boolean external = hello.options().has(Options.E);
    if (!on.isPointToPoint() && !hello.networkMask().equals(mask)) {
      mismatch = new Mismatch.NetworkMask(mask, hello.networkMask());
      reason = DropReason.MASK_MISMATCH;
    } else if (hello.helloIntervalSeconds() != timers.helloSeconds()) {
      mismatch = new Mismatch.HelloInterval(timers.helloSeconds(), hello.helloIntervalSeconds());
      reason = DropReason.HELLO_INTERVAL_MISMATCH;
    } else if (hello.routerDeadIntervalSeconds() != timers.deadSeconds()) {
      mismatch = new Mismatch.DeadInterval(timers.deadSeconds(), hello.routerDeadIntervalSeconds());
      reason = DropReason.DEAD_INTERVAL_MISMATCH;
    } else if (external == on.area().isStub()) {
      mismatch = new Mismatch.ExternalCapability(!on.area().isStub(), external);
      reason = DropReason.OPTIONS_MISMATCH;
    } else if (hello.options().has(Options.NP) != on.area().isNssa()) {
      mismatch = new Mismatch.NssaCapability(on.area().isNssa(), !on.area().isNssa());
      reason = DropReason.OPTIONS_MISMATCH;
    } else {
      return false;
    }
    on.explanations.drop(source, hello.header().routerId(), mismatch, reason);
    return true;
  }

  /** The neighbor's data structure, made if need be; null if there may be no further one. */
  private @Nullable Neighbor neighborFor(
      OspfInterface on, Ipv4Address routerId, Ipv4Address source) {
    Neighbor known = on.neighbor(routerId, source);
    if (known != null && !known.routerId().equals(routerId) && isHeard(known)) {
      known.event(NeighborEvent.KILL_NBR, NeighborCause.IDENTITY_CHANGED);
      known = on.neighbor(routerId, source); // One that is configured stays.
    }
    if (known != null) {
      return known;
    }
    if (on.isPointToPoint() && !makeRoom(on, routerId, source)) {
      return null;
    }
    if (on.neighbors().size() >= core.config.limits().neighborsPerInterface()) {
      core.drop(on.id(), source, DropReason.NEIGHBOR_LIMIT);
      return null;
    }
    Neighbor made = new Neighbor(core, on, routerId, source);
    on.add(made);
    return made;
  }

  private static boolean isHeard(Neighbor neighbor) {
    return neighbor.state().atLeast(NeighborState.INIT);
  }

  /**
   * A point-to-point link joins a single pair of routers. A router that sends from the address of
   * the present neighbor has taken its place, and so has one that is heard while the present
   * neighbor does not hear this router; any other is refused, and that is explained.
   */
  private static boolean makeRoom(OspfInterface on, Ipv4Address routerId, Ipv4Address source) {
    for (Neighbor present : List.copyOf(on.neighbors())) {
      if (present.state().atLeast(NeighborState.TWO_WAY) && !present.address().equals(source)) {
        on.explanations.drop(
            source,
            routerId,
            new Mismatch.SeveralNeighbors(present.routerId(), routerId),
            DropReason.SEVERAL_NEIGHBORS);
        return false;
      }
      present.event(NeighborEvent.KILL_NBR, NeighborCause.IDENTITY_CHANGED);
    }
    return true;
  }

  /** What a bidirectional neighbor declares, for the interface's state machine. */
  private static void examineDeclaration(OspfInterface on, Candidate before, Candidate after) {
    Ipv4Address address = after.address();
    if (before.priority() != after.priority()) {
      on.scheduleNeighborChange();
    }
    boolean wasDr = before.designatedRouter().equals(address);
    boolean isDr = after.designatedRouter().equals(address);
    if (isDr && after.backupDesignatedRouter().isUnspecified()) {
      on.scheduleBackupSeen();
    }
    if (wasDr != isDr) {
      on.scheduleNeighborChange();
    }
    boolean wasBackup = before.backupDesignatedRouter().equals(address);
    boolean isBackup = after.backupDesignatedRouter().equals(address);
    if (isBackup) {
      on.scheduleBackupSeen();
    }
    if (wasBackup != isBackup) {
      on.scheduleNeighborChange();
    }
  }
}
