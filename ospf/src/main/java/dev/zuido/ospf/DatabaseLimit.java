package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The limit on the LSAs of other routers, of which RFC 2328 has none.
 *
 * <p>An LSA that finds no place is acknowledged, not flooded and not kept, as RFC 1765 does with
 * AS-external-LSAs, so that the adjacency with its sender becomes and stays full. The router knows
 * then that its database is not whole: it asks others not to send transit traffic through it (RFC
 * 6987), and when a twentieth of the places is free it requests what it refused. What it can no
 * longer remember it learns by describing the databases anew.
 *
 * <p>From the warning on, the neighbors of one interface get no further place if they have their
 * share already: the limit, divided by the interfaces that have adjacencies. Whoever fills the
 * database takes nothing from those behind other interfaces.
 */
final class DatabaseLimit {
  private static final int RECOVERY_PERCENT = 95;

  private final Core core;
  private final int limit;
  private final int warning;
  private final SortedMap<Integer, Integer> byInterface = new TreeMap<>();
  private DatabaseLevel level = DatabaseLevel.NORMAL;
  private int received;
  private int missing;
  private long refused;

  DatabaseLimit(Core core) {
    this.core = core;
    this.limit = core.config.limits().lsas();
    this.warning = (int) Math.max(1, (long) limit * core.config.limits().lsaWarningPercent() / 100);
  }

  /** What was refused from a neighbor and has to be asked for again. */
  static final class Refused {
    private static final int MAXIMUM = 1024;

    private final Map<LsaKey, LsaHeader> headers = new LinkedHashMap<>();

    /** Whether there was more than can be remembered. */
    private boolean overflowed;

    int size() {
      return headers.size() + (overflowed ? 1 : 0);
    }
  }

  /** Whether a received LSA that is not in the database may be put there. */
  boolean admits(OspfInterface from) {
    if (received < warning) {
      return true;
    }
    return received < limit && held(from.id()) < share();
  }

  /**
   * Whether a described LSA that is not in the database may be put on a Link state request list.
   */
  boolean mayRequest(Neighbor neighbor) {
    return neighbor.requestList.size() < limit - received && admits(neighbor.attachedTo());
  }

  private int held(int interfaceId) {
    return byInterface.getOrDefault(interfaceId, 0);
  }

  private int share() {
    int adjacent = 0;
    for (OspfInterface each : core.interfaces.values()) {
      for (Neighbor neighbor : each.neighbors()) {
        if (neighbor.state().atLeast(NeighborState.EXCHANGE)) {
          adjacent++;
          break;
        }
      }
    }
    return limit / Math.max(1, adjacent);
  }

  /** A received LSA that was not in the database is there now. */
  void installed(HeldLsa lsa, Neighbor from) {
    lsa.receivedOn = from.attachedTo().id();
    byInterface.merge(lsa.receivedOn, 1, Integer::sum);
    received++;
    if (missing > 0) {
      forget(lsa.key);
    }
    levelMayDiffer();
  }

  /** An LSA has left the database. */
  void removed(HeldLsa lsa) {
    if (lsa.receivedOn == HeldLsa.NOT_RECEIVED) {
      return;
    }
    byInterface.merge(lsa.receivedOn, -1, Integer::sum);
    byInterface.remove(lsa.receivedOn, 0);
    lsa.receivedOn = HeldLsa.NOT_RECEIVED;
    received--;
    if (missing > 0 && received <= (long) limit * RECOVERY_PERCENT / 100) {
      core.schedule(this::recover);
    }
    levelMayDiffer();
  }

  /** An LSA is not kept. */
  void refuse(Neighbor from, LsaHeader header) {
    refused++;
    core.drop(from.attachedTo().id(), from.address(), DropReason.LSA_LIMIT);
    Refused ofNeighbor = from.refused;
    int before = ofNeighbor.size();
    if (ofNeighbor.headers.size() < Refused.MAXIMUM
        || ofNeighbor.headers.containsKey(header.key())) {
      ofNeighbor.headers.put(header.key(), header);
    } else {
      ofNeighbor.overflowed = true;
    }
    missing += ofNeighbor.size() - before;
    core.requests.satisfied(from, header.key());
    levelMayDiffer();
  }

  /** A refused LSA is not there any more, or has a place now. */
  void forget(LsaKey key) {
    for (OspfInterface each : core.interfaces.values()) {
      for (Neighbor neighbor : each.neighbors()) {
        if (neighbor.refused.headers.remove(key) != null) {
          missing--;
        }
      }
    }
    levelMayDiffer();
  }

  /** The conversation with a neighbor ends or begins anew: what it has will be described. */
  void forget(Neighbor neighbor) {
    missing -= neighbor.refused.size();
    neighbor.refused.headers.clear();
    neighbor.refused.overflowed = false;
    levelMayDiffer();
  }

  /** Whether LSAs were refused and are still missing. */
  boolean isIncomplete() {
    return missing > 0;
  }

  /** Asks for what was refused, as much as there are places. */
  private void recover() {
    for (OspfInterface each : List.copyOf(core.interfaces.values())) {
      for (Neighbor neighbor : List.copyOf(each.neighbors())) {
        if (neighbor.refused.size() > 0 && neighbor.state() == NeighborState.FULL) {
          recover(neighbor);
        }
      }
    }
  }

  private void recover(Neighbor neighbor) {
    if (neighbor.refused.overflowed) {
      neighbor.event(NeighborEvent.SEQ_NUMBER_MISMATCH, NeighborCause.DATABASE_HAS_ROOM);
      return;
    }
    for (LsaHeader header : List.copyOf(neighbor.refused.headers.values())) {
      if (!mayRequest(neighbor)) {
        break;
      }
      neighbor.refused.headers.remove(header.key());
      missing--;
      neighbor.requestList.put(header.key(), header);
    }
    core.requests.sendIfIdle(neighbor);
    levelMayDiffer();
  }

  private void levelMayDiffer() {
    DatabaseLevel now = DatabaseLevel.NORMAL;
    if (missing > 0) {
      now = DatabaseLevel.FULL;
    } else if (received >= warning
        || (level != DatabaseLevel.NORMAL && received >= (long) warning * RECOVERY_PERCENT / 100)) {
      now = DatabaseLevel.WARNING;
    }
    if (now == level) {
      return;
    }
    level = now;
    core.outbox.event(new OspfOutput.DatabaseLevelChanged(level, received, limit));
    if (level == DatabaseLevel.FULL) {
      core.stubRouter.begin(StubRouterReason.DATABASE_INCOMPLETE);
    } else {
      core.stubRouter.end(StubRouterReason.DATABASE_INCOMPLETE);
    }
  }

  ProcessSnapshot.DatabaseUsage usage() {
    return new ProcessSnapshot.DatabaseUsage(level, received, limit, refused, missing);
  }
}
