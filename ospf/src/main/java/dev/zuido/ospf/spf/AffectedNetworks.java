package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The networks about which LSAs have to be looked at again. Where they become many, it is cheaper
 * to look at all.
 */
final class AffectedNetworks {
  private static final int MOST = 1000;

  private final SortedSet<Ipv4Prefix> networks = new TreeSet<>();
  private boolean all;

  /** Whether all networks are affected. */
  boolean areAll() {
    return all;
  }

  /** The networks; null if all are affected. */
  @Nullable SortedSet<Ipv4Prefix> networks() {
    return all ? null : networks;
  }

  private void add(Ipv4Prefix network) {
    if (!all && networks.add(network) && networks.size() > MOST) {
      all = true;
    }
  }

  /** Adds the networks whose routes differ between two arrays in their order. */
  void addDifferences(OspfRoute[] before, OspfRoute[] after) {
    int i = 0;
    int j = 0;
    while (!all && (i < before.length || j < after.length)) {
      OspfRoute old = i < before.length ? before[i] : null;
      OspfRoute now = j < after.length ? after[j] : null;
      int order = RoutingTable.compare(old, now);
      if (order <= 0 && old != null && !old.equals(now)) {
        add(old.prefix());
      } else if (order > 0 && now != null) {
        add(now.prefix());
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
  }

  /** Adds what is in one of two sets alone. */
  void addDifferences(SortedSet<Ipv4Prefix> before, SortedSet<Ipv4Prefix> after) {
    for (Ipv4Prefix each : before) {
      if (!after.contains(each)) {
        add(each);
      }
    }
    for (Ipv4Prefix each : after) {
      if (!before.contains(each)) {
        add(each);
      }
    }
  }

  /**
   * Adds the networks that changed LSAs are about, and were about before: with what mask that was
   * is not known any more, but only networks with a route have to be looked at.
   *
   * @param changed may have LSAs of other types too
   * @param present the routes that such LSAs have given
   */
  void addNamed(
      LsaStore store,
      int type,
      Collection<LsaKey> changed,
      Function<Ipv4Prefix, @Nullable OspfRoute> present) {
    for (LsaKey key : changed) {
      if (all) {
        return;
      }
      if (key.type() == type) {
        LsaEntry entry = store.get(key);
        Ipv4Prefix named = entry == null ? null : networkOf(entry.lsa());
        if (named != null) {
          add(named);
        }
        for (int length = 0; length <= 32; length++) {
          Ipv4Prefix network = Ipv4Prefix.containing(key.linkStateId(), length);
          if (present.apply(network) != null) {
            add(network);
          }
        }
      }
    }
  }

  /** Adds the networks whose forwarding addresses are reached in another way than before. */
  void addForwarded(LsaStore store, int type, RoutingTable before, RoutingTable after) {
    Map<Ipv4Address, Boolean> differs = new HashMap<>();
    for (LsaEntry entry : store.entriesOfType(type)) {
      if (entry.lsa().body() instanceof AsExternalLsa body) {
        Ipv4Address address = body.route().forwardingAddress();
        Ipv4Prefix network = networkOf(entry.lsa());
        if (!address.isUnspecified()
            && network != null
            && differs.computeIfAbsent(
                address, a -> !Objects.equals(before.lookup(a), after.lookup(a)))) {
          add(network);
        }
      }
    }
  }

  /**
   * The LSAs of a type about some networks, by network, then in the order of their keys.
   *
   * @param networks null for all LSAs of the type
   */
  static Collection<LsaEntry> entries(
      LsaStore store, int type, @Nullable SortedSet<Ipv4Prefix> networks) {
    if (networks == null) {
      return store.entriesOfType(type);
    }
    List<LsaEntry> found = new ArrayList<>();
    for (Ipv4Prefix network : networks) {
      for (LsaEntry entry : store.entriesWithin(type, network)) {
        if (network.equals(networkOf(entry.lsa()))) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  private static @Nullable Ipv4Prefix networkOf(Lsa lsa) {
    Ipv4Address id = lsa.header().linkStateId();
    if (lsa.body() instanceof SummaryLsa summary) {
      return IntraAreaRoutes.prefixOf(id, summary.networkMask());
    }
    return lsa.body() instanceof AsExternalLsa external
        ? IntraAreaRoutes.prefixOf(id, external.networkMask())
        : null;
  }
}
