package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The LSAs that do not age, since they have passed a demand circuit (RFC 1793): they are flushed
 * when their originator has been unreachable for MaxAge (section 2.3), and when there is a router
 * that does not understand them (section 2.5).
 */
final class DoNotAgeLsas {
  private static final long MAX_AGE = LsaHeader.MAX_AGE * Core.SECOND;

  private final Core core;
  private final Set<HeldLsa> held = new LinkedHashSet<>();
  private final Map<Ipv4Address, Long> unreachableSince = new TreeMap<>();
  private final Timer timer = new Timer(now -> this.flushStale());
  private boolean checkScheduled;
  private boolean reachabilityUnknown;
  private boolean indicationsScheduled;
  private final IndicationLsas indications;

  DoNotAgeLsas(Core core) {
    this.core = core;
    this.indications = new IndicationLsas(core);
  }

  /** An instance has come into the database. */
  void installed(HeldLsa lsa) {
    LsaHeader header = lsa.lsa().header();
    count(lsa, !header.options().has(Options.DC), IndicationLsas.isIndication(lsa.lsa()));
    if (header.isDoNotAge()) {
      held.add(lsa);
      reachabilityUnknown |= !unreachableSince.containsKey(header.advertisingRouter());
    } else {
      held.remove(lsa);
    }
    if (!held.isEmpty() && !checkScheduled) {
      checkScheduled = true;
      core.schedule(this::examine);
    }
  }

  /** An LSA has left the database. */
  void removed(HeldLsa lsa) {
    count(lsa, false, false);
    held.remove(lsa);
  }

  private void count(HeldLsa lsa, boolean without, boolean indication) {
    if (lsa.countedWithoutDemandCircuits != without || lsa.countedAsIndication != indication) {
      lsa.database.census.count(
          lsa.key, lsa.countedWithoutDemandCircuits, without, lsa.countedAsIndication, indication);
      lsa.countedWithoutDemandCircuits = without;
      lsa.countedAsIndication = indication;
      if (!indicationsScheduled) {
        indicationsScheduled = true;
        core.schedule(
            () -> {
              indicationsScheduled = false;
              indications.examine();
            });
      }
    }
  }

  /**
   * "If any LSA is found not having its DC-bit set (regardless of reachability), then the router
   * should flush from the area all DoNotAge LSAs."
   */
  private void examine() {
    checkScheduled = false;
    for (HeldLsa lsa : List.copyOf(held)) {
      if (!isUnderstood(lsa.database)) {
        core.aging.flush(lsa);
      }
    }
    if (reachabilityUnknown) {
      routesCalculated();
    }
  }

  /**
   * Whether all LSAs of a flooding scope have the DC-bit. What is flooded through the AS has to be
   * understood in all areas that it is flooded into.
   */
  private boolean isUnderstood(Database database) {
    if (database.census.hasAny()) {
      return false;
    }
    if (database == core.external) {
      for (Area area : core.areas()) {
        if (!area.isStub() && area.database.census.hasAny()) {
          return false;
        }
      }
      return true;
    }
    return !isRegular(database) || !core.external.census.hasAny();
  }

  private boolean isRegular(Database database) {
    for (Area area : core.areas()) {
      if (area.database == database) {
        return !area.isStub();
      }
    }
    return false;
  }

  /** The routes were calculated: originators have become reachable, or are no longer. */
  void routesCalculated() {
    reachabilityUnknown = false;
    indications.examine();
    if (held.isEmpty()) {
      unreachableSince.clear();
      core.heap.cancel(timer);
      return;
    }
    Reachability reachability = new Reachability(core);
    Map<Ipv4Address, Long> before = new TreeMap<>(unreachableSince);
    unreachableSince.clear();
    for (HeldLsa lsa : held) {
      Ipv4Address originator = lsa.key.advertisingRouter();
      if (!reachability.reachesOriginatorOf(lsa)) {
        unreachableSince.putIfAbsent(originator, before.getOrDefault(originator, core.now));
      }
    }
    flushStale();
  }

  /** "Routers are required to flush a DoNotAge LSA if both of the following conditions are met." */
  private void flushStale() {
    core.heap.cancel(timer);
    long next = Long.MAX_VALUE;
    List<HeldLsa> stale = new ArrayList<>();
    for (HeldLsa lsa : held) {
      Long since = unreachableSince.get(lsa.key.advertisingRouter());
      if (since != null) {
        long due = Math.max(since, lsa.entry().installedNanos()) + MAX_AGE;
        if (due <= core.now) {
          stale.add(lsa);
        } else {
          next = Math.min(next, due);
        }
      }
    }
    stale.forEach(core.aging::flush);
    if (next != Long.MAX_VALUE) {
      core.heap.schedule(timer, next);
    }
  }
}
