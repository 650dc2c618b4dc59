package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Collection;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The Link State IDs of a router's summary-LSAs in an area, or AS-external-LSAs (RFC 2328 appendix
 * E).
 *
 * <p>A network has its own address as Link State ID whenever that is possible; of several networks
 * with the same address the least specific one has it, and each of the others its broadcast
 * address. A host route has no bits to set, so it goes before all of them. If a broadcast address
 * is taken too, other host bits are tried; a network for which nothing is found has no Link State
 * ID.
 */
final class LinkStateIds {
  /** How many patterns of host bits are tried. */
  private static final int TRIES = 16;

  private final NavigableMap<Ipv4Address, Ipv4Prefix> networks = new TreeMap<>();
  private final NavigableMap<Ipv4Prefix, Ipv4Address> ids = new TreeMap<>();
  private final Set<Ipv4Prefix> unplaced = new TreeSet<>();

  /** The network that a Link State ID stands for, or null. */
  @Nullable Ipv4Prefix network(Ipv4Address linkStateId) {
    return networks.get(linkStateId);
  }

  /** The Link State ID of a network; null if it has none. */
  @Nullable Ipv4Address idOf(Ipv4Prefix network) {
    return ids.get(network);
  }

  /** How many networks have no Link State ID, since all that they could have are taken. */
  int unplaced() {
    return unplaced.size();
  }

  /**
   * Adds a network.
   *
   * @param changed takes the Link State IDs that stand for another network now
   */
  void add(Ipv4Prefix network, Collection<Ipv4Address> changed) {
    if (!ids.containsKey(network) && unplaced.add(network)) {
      place(network, changed);
    }
  }

  /**
   * Removes a network.
   *
   * @param changed takes the Link State IDs that stand for another network, or none, now
   */
  void remove(Ipv4Prefix network, Collection<Ipv4Address> changed) {
    unplaced.remove(network);
    Ipv4Address freed = ids.remove(network);
    while (freed != null) {
      networks.remove(freed);
      changed.add(freed);
      freed = fill(freed, changed);
    }
    for (Ipv4Prefix each : new TreeSet<>(unplaced)) {
      place(each, changed);
    }
  }

  /** Moves the network with the best right to a free ID there; gives the ID that it had. */
  private @Nullable Ipv4Address fill(Ipv4Address free, Collection<Ipv4Address> changed) {
    Ipv4Prefix best = null;
    int shortest = free.value() == 0 ? 0 : 32 - Integer.numberOfTrailingZeros(free.value());
    for (Ipv4Prefix each :
        ids.subMap(new Ipv4Prefix(free, shortest), true, Ipv4Prefix.host(free), true).keySet()) {
      best = best == null || outranks(each, best, free) ? each : best;
    }
    if (best == null) {
      return null;
    }
    Ipv4Address had = ids.put(best, free);
    networks.put(free, best);
    changed.add(free);
    return had;
  }

  private void place(Ipv4Prefix network, Collection<Ipv4Address> changed) {
    Ipv4Prefix homeless = network;
    while (homeless != null) {
      homeless = placeOne(homeless, changed);
    }
  }

  /** Gives a network an ID; the network that has to leave it, or null. */
  private @Nullable Ipv4Prefix placeOne(Ipv4Prefix network, Collection<Ipv4Address> changed) {
    int first = network.address().value();
    int last = network.last().value();
    for (int i = 0; i < TRIES; i++) {
      int value = i == 0 ? first : last - (i - 1);
      if (i > 0 && (value == first || (value & Ipv4Prefix.maskOf(network.length())) != first)) {
        break;
      }
      Ipv4Address id = new Ipv4Address(value);
      Ipv4Prefix holder = networks.get(id);
      if (holder == null || outranks(network, holder, id)) {
        networks.put(id, network);
        ids.put(network, id);
        unplaced.remove(network);
        changed.add(id);
        if (holder != null) {
          ids.remove(holder);
          unplaced.add(holder);
        }
        return holder;
      }
    }
    return null;
  }

  /** Whether a network has a better right to an ID than another. */
  private static boolean outranks(Ipv4Prefix network, Ipv4Prefix other, Ipv4Address id) {
    return right(network, id) < right(other, id);
  }

  private static int right(Ipv4Prefix network, Ipv4Address id) {
    if (network.length() == 32) {
      return -1;
    }
    return network.address().equals(id) ? network.length() : 33;
  }
}
