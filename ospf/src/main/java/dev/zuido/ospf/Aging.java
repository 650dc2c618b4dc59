package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The aging of the database, and the end of LSAs (RFC 2328 section 14). */
final class Aging {
  private final Core core;
  private final Set<HeldLsa> flushing = new LinkedHashSet<>();

  /** LSAs that were on no Link state retransmission list when they were last looked at. */
  private final Set<HeldLsa> unlisted = new LinkedHashSet<>();

  Aging(Core core) {
    this.core = core;
  }

  /** A new instance is in the database: LSRefreshTime or MaxAge is some time away. */
  void installed(HeldLsa lsa) {
    core.doNotAge.installed(lsa);
    if (lsa.isMaxAge()) {
      core.heap.cancel(lsa.ageTimer);
      flushing.add(lsa);
      unlisted.add(lsa);
      return;
    }
    flushing.remove(lsa);
    unlisted.remove(lsa);
    boolean refreshed = !lsa.receivedByFlooding();
    int age = refreshed ? LsaHeader.REFRESH_TIME : LsaHeader.MAX_AGE;
    if (lsa.lsa().header().isDoNotAge()) {
      core.heap.cancel(lsa.ageTimer);
    } else {
      core.heap.schedule(lsa.ageTimer, lsa.entry().reachesAge(age));
    }
  }

  /** The age is reached. */
  void due(HeldLsa lsa) {
    if (lsa.entry().isMaxAgeAt(core.now)) {
      flush(lsa);
      return;
    }
    core.heap.schedule(lsa.ageTimer, lsa.entry().reachesAge(LsaHeader.MAX_AGE));
    core.origination.refresh(lsa);
  }

  /** Sets an LSA's age to MaxAge and floods it: at its end, or prematurely (section 14.1). */
  void flush(HeldLsa lsa) {
    if (lsa.isMaxAge()) {
      return;
    }
    Lsa aged = lsa.lsa().withAge(LsaHeader.MAX_AGE);
    core.flooding.install(lsa.database, aged, false);
    if (core.origination.isSelfOriginated(aged.header())) {
      core.outbox.event(new OspfOutput.LsaOriginated(lsa.database.areaId(), aged.header()));
    }
    core.flooding.flood(lsa, null);
  }

  /** Someone acknowledged, or no longer has to. */
  void retransmissionEnded(HeldLsa lsa) {
    if (lsa.retransmissions == 0 && flushing.contains(lsa)) {
      unlisted.add(lsa);
    }
  }

  /** An LSA leaves the database without being flushed. */
  void forget(HeldLsa lsa) {
    core.heap.cancel(lsa.ageTimer);
    flushing.remove(lsa);
    unlisted.remove(lsa);
    core.doNotAge.removed(lsa);
  }

  /** How many LSAs are on their way out. */
  int flushing() {
    return flushing.size();
  }

  /**
   * "A MaxAge LSA must be removed immediately … as soon as both a) it is no longer contained on any
   * neighbor Link state retransmission lists and b) none of the router's neighbors are in states
   * Exchange or Loading."
   *
   * @return whether one was removed
   */
  boolean removeFlushed() {
    if (unlisted.isEmpty() || core.exchangingNeighbors > 0) {
      return false;
    }
    List<HeldLsa> removable = new ArrayList<>();
    for (HeldLsa lsa : unlisted) {
      if (lsa.retransmissions == 0) {
        removable.add(lsa);
      }
    }
    unlisted.clear();
    for (HeldLsa lsa : removable) {
      flushing.remove(lsa);
      lsa.database.remove(lsa);
      core.recentlyFlushed.add(lsa.database, lsa.lsa().header(), core.now);
      core.doNotAge.removed(lsa);
      core.databaseLimit.removed(lsa);
      core.origination.removed(lsa);
    }
    return !removable.isEmpty();
  }
}
