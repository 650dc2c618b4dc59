package dev.zuido.ospf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.RouterRoute;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The external LSAs that this router originates in one scope: its AS-external-LSAs, or its
 * NSSA-LSAs in one area. They get their Link State IDs, and those are held back that another router
 * tells already (RFC 2328 section 12.4.4.1, RFC 3101 section 2.4).
 */
final class ExternalLsas {
  private final Core core;
  private final Database database;
  private final int type;
  private final LinkStateIds linkStateIds = new LinkStateIds();
  private final NavigableMap<Ipv4Prefix, ToldExternal> told = new TreeMap<>();

  /** Networks that other routers tell too: what is reachable decides who does. */
  private final Set<Ipv4Prefix> contested = new TreeSet<>();

  ExternalLsas(Core core, Database database, int type) {
    this.core = core;
    this.database = database;
    this.type = type;
  }

  boolean isEmpty() {
    return told.isEmpty();
  }

  /** What is told of a network, or null. */
  @Nullable ToldExternal told(Ipv4Prefix network) {
    return told.get(network);
  }

  /** The networks that are told. */
  List<Ipv4Prefix> networks() {
    return List.copyOf(told.keySet());
  }

  /** Tells a network; null if it is not to be told any more. */
  void tell(Ipv4Prefix network, @Nullable ToldExternal what) {
    ToldExternal before = told.get(network);
    if (what == null ? before == null : what.equals(before)) {
      return;
    }
    List<Ipv4Address> changed = new ArrayList<>();
    if (what == null) {
      told.remove(network);
      contested.remove(network);
      linkStateIds.remove(network, changed);
    } else {
      told.put(network, what);
      linkStateIds.add(network, changed);
      Ipv4Address id = linkStateIds.idOf(network);
      if (id == null) {
        core.drop(0, null, DropReason.NO_LINK_STATE_ID);
      } else {
        changed.add(id);
      }
      if (isToldByOthers(network, what)) {
        contested.add(network);
      }
    }
    changed.forEach(this::mayDiffer);
  }

  /** Another router's LSA about a network came, changed or went. */
  void othersChanged(Ipv4Prefix network) {
    if (told.containsKey(network)) {
      contested.add(network);
      lookAgain(network);
    }
  }

  /** What can be reached may have changed. */
  void reachabilityMayDiffer() {
    contested.forEach(this::lookAgain);
  }

  private void lookAgain(Ipv4Prefix network) {
    Ipv4Address id = linkStateIds.idOf(network);
    if (id != null) {
      mayDiffer(id);
    }
  }

  private void mayDiffer(Ipv4Address linkStateId) {
    core.origination.mayDiffer(
        database,
        new LsaKey(type, linkStateId, core.routerId),
        () -> options(linkStateId),
        () -> wanted(linkStateId));
  }

  private Options options(Ipv4Address linkStateId) {
    Ipv4Prefix network = linkStateIds.network(linkStateId);
    ToldExternal what = network == null ? null : told.get(network);
    Options options = database.options();
    return what != null && what.propagate() ? options.with(Options.NP) : options;
  }

  private @Nullable LsaBody wanted(Ipv4Address linkStateId) {
    Ipv4Prefix network = linkStateIds.network(linkStateId);
    ToldExternal what = network == null ? null : told.get(network);
    if (network == null || what == null || isLeftToAnother(network, what)) {
      return null;
    }
    return core.stubRouter.metricOf(what.body());
  }

  /** Whether a reachable router with a better right tells the same. */
  private boolean isLeftToAnother(Ipv4Prefix network, ToldExternal what) {
    for (LsaEntry entry : equivalents(network, what)) {
      LsaHeader header = entry.lsa().header();
      if (hasBetterRight(header, what) && isReachable(header.advertisingRouter())) {
        return true;
      }
    }
    return false;
  }

  private boolean hasBetterRight(LsaHeader other, ToldExternal own) {
    boolean otherPropagates = type == LsaType.NSSA && other.options().has(Options.NP);
    if (otherPropagates != own.propagate()) {
      return otherPropagates;
    }
    return other.advertisingRouter().compareTo(core.routerId) > 0;
  }

  private boolean isReachable(Ipv4Address router) {
    for (RouterRoute route : core.routes.table().routerRoutes(router)) {
      boolean within =
          type == LsaType.NSSA ? route.areaId().equals(database.areaId()) : route.asBoundary();
      if (within) {
        return true;
      }
    }
    return false;
  }

  private boolean isToldByOthers(Ipv4Prefix network, ToldExternal what) {
    return !equivalents(network, what).isEmpty();
  }

  /** Other routers' LSAs that say the same, under the Link State IDs that appendix E gives. */
  private List<LsaEntry> equivalents(Ipv4Prefix network, ToldExternal what) {
    List<LsaEntry> found = new ArrayList<>();
    if (!what.body().route().forwardingAddress().isUnspecified()) {
      LsaStore store = database.store();
      addEquivalents(store, network.address(), what, found);
      if (!network.last().equals(network.address())) {
        addEquivalents(store, network.last(), what, found);
      }
    }
    return found;
  }

  private void addEquivalents(
      LsaStore store, Ipv4Address linkStateId, ToldExternal what, List<LsaEntry> found) {
    for (LsaEntry entry : store.entriesWithId(type, linkStateId)) {
      if (!entry.key().advertisingRouter().equals(core.routerId)
          && !entry.isMaxAgeAt(core.now)
          && entry.lsa().body() instanceof AsExternalLsa other
          && what.isEquivalentTo(other)) {
        found.add(entry);
      }
    }
  }
}
