package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The flooding procedure (RFC 2328 section 13). */
final class Flooding {
  private final Core core;

  Flooding(Core core) {
    this.core = core;
  }

  /** LSAs that go out of an interface once the current event is done with. */
  static final class Queue {
    private final Set<HeldLsa> lsas = new LinkedHashSet<>();

    void clear() {
      lsas.clear();
    }
  }

  /** Section 13, for a whole packet. */
  void receive(Neighbor from, LinkStateUpdatePacket packet) {
    if (!from.state().atLeast(NeighborState.EXCHANGE)) {
      core.drop(from.attachedTo().id(), from.address(), DropReason.NEIGHBOR_STATE);
      return;
    }
    Acknowledgment.Direct direct = new Acknowledgment.Direct();
    for (Lsa lsa : packet.lsas()) {
      DropReason invalid = validate(from.area(), lsa);
      if (invalid != null) {
        core.drop(from.attachedTo().id(), from.address(), invalid);
      } else if (!take(from, lsa, direct)) {
        break;
      }
    }
    core.acknowledgment.send(from, direct);
  }

  /** Steps 1 to 3; null if the LSA may be looked at further. */
  private @Nullable DropReason validate(Area area, Lsa lsa) {
    if (!lsa.isIntact()) {
      return DropReason.LSA_CHECKSUM;
    }
    LsaHeader header = lsa.header();
    return switch (header.type()) {
      case LsaType.ROUTER ->
          // Section 12.1.4: "The originating router's Router ID".
          header.linkStateId().equals(header.advertisingRouter()) ? null : DropReason.LSA_TYPE;
      case LsaType.NETWORK, LsaType.SUMMARY_NETWORK, LsaType.SUMMARY_ASBR -> null;
      case LsaType.AS_EXTERNAL -> outsideStub(area);
      case LsaType.NSSA -> area.isNssa() ? null : DropReason.LSA_TYPE;
      case LsaType.OPAQUE_LINK, LsaType.OPAQUE_AREA ->
          core.config.opaqueCapable() ? null : DropReason.LSA_TYPE;
      case LsaType.OPAQUE_AS ->
          core.config.opaqueCapable() ? outsideStub(area) : DropReason.LSA_TYPE;
      default -> DropReason.LSA_TYPE;
    };
  }

  private static @Nullable DropReason outsideStub(Area area) {
    return area.isStub() ? DropReason.LSA_EXTERNAL_IN_STUB : null;
  }

  /** Steps 4 to 8; false if the rest of the packet is not to be looked at. */
  private boolean take(Neighbor from, Lsa lsa, Acknowledgment.Direct direct) {
    LsaHeader header = lsa.header();
    Database database = core.database(from.attachedTo(), header.type());
    HeldLsa held = database.find(lsa.key());
    if (held == null && header.isMaxAge() && core.exchangingNeighbors == 0) {
      core.databaseLimit.forget(lsa.key());
      core.recentlyFlushed.add(database, header, core.now);
      core.acknowledgment.decide(
          from, header, Acknowledgment.Circumstance.MAX_AGE_AND_NO_COPY, direct);
      return true;
    }
    if (held == null
        && core.recentlyFlushed.covers(database, header, core.now)
        && !from.requestList.containsKey(lsa.key())) {
      core.drop(from.attachedTo().id(), from.address(), DropReason.LSA_OLDER);
      return true;
    }
    int order = held == null ? 1 : LsaHeader.compareInstances(header, held.header(core.now));
    if (header.sequence() == LsaHeader.RESERVED_SEQUENCE) {
      core.drop(from.attachedTo().id(), from.address(), DropReason.LSA_TYPE);
    } else if (order > 0) {
      takeNewer(from, lsa, held, direct);
    } else if (from.requestList.containsKey(lsa.key())) {
      from.event(NeighborEvent.BAD_LS_REQ, NeighborCause.BAD_LS_REQ);
      return false;
    } else if (held != null && order == 0) {
      takeSame(from, header, held, direct);
    } else if (held != null) {
      takeOlder(from, held);
    }
    return true;
  }

  /** Step 5. */
  private void takeNewer(
      Neighbor from, Lsa lsa, @Nullable HeldLsa held, Acknowledgment.Direct direct) {
    int interfaceId = from.attachedTo().id();
    if (held != null && held.arrivedWithin(Core.MIN_LS_ARRIVAL, core.now)) {
      core.drop(interfaceId, from.address(), DropReason.LSA_MIN_ARRIVAL);
      return;
    }
    boolean requested = from.requestList.containsKey(lsa.key());
    boolean own = core.origination.isSelfOriginated(lsa.header());
    Database database = core.database(from.attachedTo(), lsa.header().type());
    if (held == null
        && !database.ownLsas.containsKey(lsa.key())
        && !core.databaseLimit.admits(from.attachedTo())) {
      core.databaseLimit.refuse(from, lsa.header());
      core.acknowledgment.decide(
          from, lsa.header(), Acknowledgment.Circumstance.MORE_RECENT, direct);
      return;
    }
    if (own && held != null && !held.receivedByFlooding()) {
      core.links.overridden(from, lsa.header());
    }
    HeldLsa installed = install(database, lsa, true);
    if (held == null) {
      core.databaseLimit.installed(installed, from);
    }
    if (requested) {
      installed.exemptFromMinArrival();
    }
    boolean floodedBack = flood(installed, from);
    core.acknowledgment.decide(
        from,
        lsa.header(),
        floodedBack
            ? Acknowledgment.Circumstance.FLOODED_BACK
            : Acknowledgment.Circumstance.MORE_RECENT,
        direct);
    if (own) {
      core.origination.receivedOwn(installed);
    }
  }

  /** Step 7. */
  private void takeSame(
      Neighbor from, LsaHeader header, HeldLsa held, Acknowledgment.Direct direct) {
    boolean implied = from.retransmissionList.remove(held.key);
    core.acknowledgment.decide(
        from,
        header,
        implied
            ? Acknowledgment.Circumstance.DUPLICATE_AND_IMPLIED
            : Acknowledgment.Circumstance.DUPLICATE,
        direct);
  }

  /** Step 8. */
  private void takeOlder(Neighbor from, HeldLsa held) {
    boolean wrapping = held.isMaxAge() && held.lsa().header().sequence() == LsaHeader.MAX_SEQUENCE;
    if (wrapping || held.sentWithin(Core.MIN_LS_ARRIVAL, core.now)) {
      core.drop(from.attachedTo().id(), from.address(), DropReason.LSA_OLDER);
      return;
    }
    send(from.attachedTo(), from.unicastDestination(), List.of(held));
  }

  /**
   * Installs an instance (section 13.2): the old one goes from all Link state retransmission lists,
   * and the routes are calculated again if they may differ.
   */
  HeldLsa install(Database database, Lsa lsa, boolean byFlooding) {
    HeldLsa old = database.find(lsa.key());
    boolean unacknowledged = old != null && old.retransmissions > 0;
    if (old != null && unacknowledged) {
      removeFromRetransmissionLists(old);
    }
    Database.Installed installed = database.install(lsa, byFlooding, core.aging, core.now);
    HeldLsa held = installed.lsa();
    core.aging.installed(held);
    held.changed = installed.affectsRoutes() || (held.changed && unacknowledged);
    if (installed.affectsRoutes()) {
      if (LsaType.isOpaque(lsa.header().type())) {
        core.opaque.changed(held);
      } else {
        if (countsForRoutes(held.key)) {
          core.routes.lsaChanged(database.areaId(), held);
        }
        core.externals.othersChanged(held);
        core.links.databaseChanged();
        core.helper.databaseChanged(held);
        core.restart.adjacenciesMayDiffer();
      }
    }
    if (lsa.header().type() == LsaType.OPAQUE_LINK) {
      core.helper.graceLsa(held);
    }
    return held;
  }

  /** Sections 16.2 and 16.4 pass over the router's own summary-LSAs and AS-external-LSAs. */
  private boolean countsForRoutes(LsaKey key) {
    return key.type() == LsaType.ROUTER
        || key.type() == LsaType.NETWORK
        || !key.advertisingRouter().equals(core.routerId);
  }

  private void removeFromRetransmissionLists(HeldLsa lsa) {
    for (OspfInterface each : core.interfaces.values()) {
      for (Neighbor neighbor : each.neighbors()) {
        if (lsa.retransmissions == 0) {
          return;
        }
        if (neighbor.retransmissionList.find(lsa.key) == lsa) {
          neighbor.retransmissionList.remove(lsa.key);
        }
      }
    }
  }

  /**
   * Floods an installed LSA out of the eligible interfaces (section 13.3).
   *
   * @param from the neighbor that sent it; null if the router made it itself
   * @return whether it goes out of the interface that it came in on
   */
  boolean flood(HeldLsa lsa, @Nullable Neighbor from) {
    boolean floodedBack = false;
    for (OspfInterface each : core.interfaces.values()) {
      if (isEligible(each, lsa.database) && addToLists(each, lsa, from) && mustFlood(each, from)) {
        each.floodQueue.lsas.add(lsa);
        floodedBack |= from != null && from.attachedTo() == each;
      }
    }
    return floodedBack;
  }

  /** The first part of section 13.3, and section 3.1 of RFC 5250. */
  static boolean isEligible(OspfInterface on, Database database) {
    return switch (database.scope()) {
      case LINK -> database == on.linkLocal;
      case AREA -> database == on.area().database;
      case AS -> on.takesAsScope();
    };
  }

  /** Step 1: whether the LSA was put on any Link state retransmission list. */
  private boolean addToLists(OspfInterface on, HeldLsa lsa, @Nullable Neighbor from) {
    boolean added = false;
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.state().atLeast(NeighborState.EXCHANGE)
          && neighbor.takes(lsa.key.type())
          && !hasIt(neighbor, lsa)
          && neighbor != from) {
        neighbor.retransmissionList.add(lsa);
        added = true;
      }
    }
    return added;
  }

  /** Step 1b: whether the Link state request list says that the neighbor has the LSA already. */
  private boolean hasIt(Neighbor neighbor, HeldLsa lsa) {
    LsaHeader requested = neighbor.requestList.get(lsa.key);
    if (requested == null) {
      return false;
    }
    int order = LsaHeader.compareInstances(lsa.header(core.now), requested);
    if (order >= 0) {
      core.requests.satisfied(neighbor, lsa.key);
    }
    return order <= 0;
  }

  /** Steps 3 and 4. */
  private static boolean mustFlood(OspfInterface on, @Nullable Neighbor from) {
    if (from == null || from.attachedTo() != on || on.isPointToPoint()) {
      return true;
    }
    return !from.isDesignatedRouter()
        && !from.isBackupDesignatedRouter()
        && on.state() != InterfaceState.BACKUP;
  }

  /** Step 5, for all LSAs that the last events have flooded. */
  void sendQueued() {
    for (OspfInterface each : core.interfaces.values()) {
      if (!each.floodQueue.lsas.isEmpty()) {
        for (Ipv4Address destination : destinations(each)) {
          send(each, destination, each.floodQueue.lsas);
        }
        each.floodQueue.clear();
      }
    }
  }

  /**
   * The destinations of updates and acknowledgments to all adjacent routers of an interface
   * (section 8.1): a group, or each router by itself where there is no multicast (step 5).
   */
  static List<Ipv4Address> destinations(OspfInterface on) {
    if (!on.config().type().multicasts()) {
      List<Ipv4Address> adjacent = new ArrayList<>();
      for (Neighbor neighbor : on.neighbors()) {
        if (neighbor.state().atLeast(NeighborState.EXCHANGE)) {
          adjacent.add(neighbor.address());
        }
      }
      return adjacent;
    }
    boolean toAll =
        !on.config().type().electsDesignatedRouter()
            || on.state() == InterfaceState.DR
            || on.state() == InterfaceState.BACKUP;
    return List.of(toAll ? Core.ALL_SPF_ROUTERS : Core.ALL_D_ROUTERS);
  }

  /** Bytes of LSAs that a Link State Update packet of an interface holds. */
  int room(OspfInterface on) {
    return on.packetCapacity() - OspfHeader.LENGTH - LinkStateUpdatePacket.FIXED_LENGTH;
  }

  /** Sends LSAs in as few packets as hold them; a larger LSA goes alone and is fragmented. */
  void send(OspfInterface on, Ipv4Address destination, Collection<HeldLsa> lsas) {
    int delay = on.config().timers().transmitDelaySeconds();
    List<Lsa> batch = new ArrayList<>();
    int room = room(on);
    for (HeldLsa lsa : lsas) {
      int length = lsa.lsa().encodedLength();
      if (!batch.isEmpty() && length > room) {
        sendBatch(on, destination, batch);
        batch = new ArrayList<>();
        room = room(on);
      }
      batch.add(lsa.toSend(delay, core.now));
      room -= length;
    }
    if (!batch.isEmpty()) {
      sendBatch(on, destination, batch);
    }
  }

  private void sendBatch(OspfInterface on, Ipv4Address destination, List<Lsa> batch) {
    core.outbox.send(on, destination, header -> new LinkStateUpdatePacket(header, batch));
  }
}
