package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The router's own LSAs (RFC 2328 section 12.4): originated when their contents differ, at most
 * once in MinLSInterval, refreshed, defended against older selves (13.4), flushed when not wanted.
 */
final class Origination {
  private final Core core;
  private final RouterLsaContents routerLsaContents;
  private final LastSequences lastSequences;
  private final Set<OwnLsa> dirty = new LinkedHashSet<>();
  private boolean shuttingDown;

  Origination(Core core) {
    this.core = core;
    this.routerLsaContents = new RouterLsaContents(core);
    this.lastSequences = new LastSequences(core);
  }

  /** An LSA that this router originates, now and then. */
  final class OwnLsa {
    private final Database database;
    private final LsaKey key;
    private final Supplier<Options> options;
    private final Supplier<@Nullable LsaBody> wanted;
    private final Timer timer = new Timer(now -> dirty.add(this));
    private int sequence;
    private final OriginationPacing pacing = new OriginationPacing();

    /** Whether a new instance is due even with the same contents. */
    private boolean force;

    OwnLsa(
        Database database,
        LsaKey key,
        Supplier<Options> options,
        Supplier<@Nullable LsaBody> wanted) {
      this.database = database;
      this.key = key;
      this.options = options;
      this.wanted = wanted;
      this.sequence = lastSequences.take(database, key);
    }
  }

  /**
   * What an own LSA says may have changed.
   *
   * @param wanted what it is to say; null if it is not to be. The first one that is given for a key
   *     is asked from then on
   */
  void mayDiffer(Database database, LsaKey key, Supplier<@Nullable LsaBody> wanted) {
    mayDiffer(database, key, database::options, wanted);
  }

  /** The same for an LSA whose Options are not those of its area. */
  void mayDiffer(
      Database database,
      LsaKey key,
      Supplier<Options> options,
      Supplier<@Nullable LsaBody> wanted) {
    dirty.add(
        database.ownLsas.computeIfAbsent(
            key, absent -> new OwnLsa(database, key, options, wanted)));
  }

  /** Forgets the own LSAs of a database that is given up. */
  void forget(Database database) {
    for (OwnLsa own : database.ownLsas.values()) {
      core.heap.cancel(own.timer);
      dirty.remove(own);
    }
    database.ownLsas.clear();
    lastSequences.forget(database);
  }

  /** What the router-LSA of an area says may have changed. */
  void routerLsaMayDiffer(Area area) {
    LsaKey key = new LsaKey(LsaType.ROUTER, core.routerId, core.routerId);
    mayDiffer(area.database, key, () -> routerLsaContents.of(area));
  }

  /** What all own LSAs of an area say, or their Options, may have changed. */
  void mayDiffer(Area area) {
    dirty.addAll(area.database.ownLsas.values());
  }

  /** What all own LSAs say may have changed. */
  void allMayDiffer() {
    core.areas().forEach(this::mayDiffer);
    for (OspfInterface each : core.interfaces.values()) {
      dirty.addAll(each.linkLocal.ownLsas.values());
    }
    dirty.addAll(core.external.ownLsas.values());
  }

  /** What all router-LSAs say may have changed. */
  void routerLsasMayDiffer() {
    core.areas().forEach(this::routerLsaMayDiffer);
  }

  /** What the network-LSA of an interface's network says may have changed. */
  void networkLsaMayDiffer(OspfInterface on) {
    if (!on.config().type().electsDesignatedRouter()) {
      return;
    }
    LsaKey key = new LsaKey(LsaType.NETWORK, on.config().address(), core.routerId);
    mayDiffer(on.area().database, key, () -> networkLsa(on, key));
  }

  /** Section 12.4.2; null if there is to be no network-LSA. */
  private @Nullable LsaBody networkLsa(OspfInterface on, LsaKey key) {
    if (on.state() != InterfaceState.DR || !on.config().address().equals(key.linkStateId())) {
      return null;
    }
    Set<Ipv4Address> attached = new TreeSet<>();
    for (Neighbor neighbor : on.neighbors()) {
      if (neighbor.countsAsFull()) {
        attached.add(neighbor.routerId());
      }
    }
    if (attached.isEmpty()) {
      return null;
    }
    attached.add(core.routerId);
    // RFC 6860 section 2.2.2.1: this mask hides the network.
    Ipv4Address mask = on.suppressesPrefix() ? Ipv4Address.BROADCAST : on.config().network().mask();
    return new NetworkLsa(mask, List.copyOf(attached));
  }

  /** Whether an LSA is the router's own (section 13.4). */
  boolean isSelfOriginated(LsaHeader header) {
    if (header.advertisingRouter().equals(core.routerId)) {
      return true;
    }
    if (header.type() == LsaType.NETWORK) {
      for (OspfInterface each : core.interfaces.values()) {
        if (!each.isUnnumbered() && each.config().address().equals(header.linkStateId())) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * An own LSA came in that is newer than what this router made: it was made before a restart, or
   * by someone else. It is overridden, or flushed (section 13.4).
   */
  void receivedOwn(HeldLsa received) {
    OwnLsa own = received.database.ownLsas.get(received.key);
    boolean suspended = core.restart.suspends(received.key.type());
    if (own != null && !suspended && !shuttingDown && own.wanted.get() != null) {
      own.force = true;
      dirty.add(own);
    } else if (!core.restart.isRestarting()) {
      core.aging.flush(received);
    }
  }

  /**
   * The graceful restart has ended: what was received and accepted meanwhile is overridden, or
   * flushed if it is no longer valid (RFC 3623 section 2.3).
   */
  void resume() {
    allMayDiffer();
    List<Database> databases = new ArrayList<>();
    core.areas().forEach(area -> databases.add(area.database));
    databases.add(core.external);
    core.interfaces.values().forEach(each -> databases.add(each.linkLocal));
    for (Database database : databases) {
      for (HeldLsa held : List.copyOf(database.all())) {
        if (held.receivedByFlooding() && isSelfOriginated(held.lsa().header())) {
          receivedOwn(held);
        }
      }
    }
  }

  /** LSRefreshTime is over. */
  void refresh(HeldLsa lsa) {
    receivedOwn(lsa);
  }

  /** An LSA has left the database: if its sequence number was wrapping, it may begin anew. */
  void removed(HeldLsa lsa) {
    OwnLsa own = lsa.database.ownLsas.get(lsa.key);
    int sequence = lsa.lsa().header().sequence();
    if (own != null) {
      own.sequence = Math.max(own.sequence, sequence);
      dirty.add(own);
    } else if (lsa.key.advertisingRouter().equals(core.routerId)) {
      lastSequences.remember(lsa.database, lsa.key, sequence);
    }
  }

  /** Flushes all own LSAs and originates no more. */
  void shutDown() {
    shuttingDown = true;
    for (Area area : core.areas()) {
      dirty.addAll(area.database.ownLsas.values());
    }
    for (OspfInterface each : core.interfaces.values()) {
      dirty.addAll(each.linkLocal.ownLsas.values());
    }
    dirty.addAll(core.external.ownLsas.values());
  }

  /** Originates and flushes what has to be; false if there was nothing to look at. */
  boolean run() {
    if (dirty.isEmpty()) {
      return false;
    }
    List<OwnLsa> batch = new ArrayList<>(dirty);
    dirty.clear();
    batch.forEach(this::update);
    return true;
  }

  private void update(OwnLsa own) {
    if (core.restart.suspends(own.key.type())) {
      return;
    }
    HeldLsa held = own.database.find(own.key);
    LsaBody body = shuttingDown ? null : own.wanted.get();
    if (body == null) {
      own.force = false;
      boolean young = held != null && !held.isMaxAge() && !held.receivedByFlooding();
      if (young && !shuttingDown && core.now < own.pacing.flushableNanos()) {
        core.heap.schedule(own.timer, own.pacing.flushableNanos());
        return;
      }
      core.heap.cancel(own.timer);
      if (held != null) {
        core.aging.flush(held);
      } else {
        forgetInTime(own);
      }
      return;
    }
    if (held != null && !own.force && isCurrent(held, own, body)) {
      core.heap.cancel(own.timer);
      own.pacing.nothingDue();
      return;
    }
    long earliest = own.pacing.earliest(core.config.originationThrottle(), core.now);
    if (core.now < earliest) {
      core.heap.schedule(own.timer, earliest);
      return;
    }
    if (held != null) {
      own.sequence = Math.max(own.sequence, held.lsa().header().sequence());
    }
    if (own.sequence == LsaHeader.MAX_SEQUENCE) {
      if (held != null) {
        // Section 12.1.6: the current instance must first be flushed from the routing domain.
        core.aging.flush(held);
        return;
      }
      own.sequence = LsaHeader.RESERVED_SEQUENCE;
    }
    if (held == null && core.lsdb.size() >= core.lsdb.maximumLsas()) {
      core.drop(own.database.interfaceId(), null, DropReason.LSA_LIMIT);
      core.heap.schedule(own.timer, core.now + Core.MIN_LS_INTERVAL);
      return;
    }
    originate(own, body);
  }

  /**
   * What is neither wanted nor there is forgotten, when it no longer limits the next origination.
   */
  private void forgetInTime(OwnLsa own) {
    long quiet = own.pacing.quietNanos(core.config.originationThrottle());
    if (core.now < quiet) {
      core.heap.schedule(own.timer, quiet);
    } else {
      own.database.ownLsas.remove(own.key, own);
      lastSequences.remember(own.database, own.key, own.sequence);
    }
  }

  private static boolean isCurrent(HeldLsa held, OwnLsa own, LsaBody body) {
    return !held.isMaxAge()
        && !held.receivedByFlooding()
        && held.lsa().header().options().equals(own.options.get())
        && held.lsa().body().equals(body);
  }

  private void originate(OwnLsa own, LsaBody body) {
    own.sequence++;
    own.pacing.originated(core.config.originationThrottle(), core.now);
    own.force = false;
    core.heap.cancel(own.timer);
    Lsa lsa =
        Lsa.originate(own.options.get(), own.key.linkStateId(), core.routerId, own.sequence, body);
    HeldLsa held = core.flooding.install(own.database, lsa, false);
    core.databaseLimit.removed(held); // If an instance from before a restart was received.
    core.outbox.event(new OspfOutput.LsaOriginated(own.database.areaId(), lsa.header()));
    core.flooding.flood(held, null);
  }
}
