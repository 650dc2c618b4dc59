package dev.zuido.router.forwarding;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The routing table: all routes that are known (RIB), and of each prefix the best one in a form
 * that is looked up by longest match (FIB).
 *
 * <p>A route is usable while at least one of its next hops is: the interface is up, and a gateway
 * without an interface is reached by a route that is itself not recursive. Of the usable routes to
 * one prefix the one with the lowest administrative distance wins, then the lowest metric. So a
 * static route with a high distance ("floating") takes over when the others are gone.
 *
 * <p>Changes rebuild the forwarding table whole; look-ups allocate nothing and touch one hash table
 * for each prefix length in use, the longest first.
 */
public final class RouteTable {
  private static final Comparator<Route> BEST_FIRST =
      Comparator.comparingInt(Route::distance)
          .thenComparing(Route::source)
          .thenComparingInt(Route::metric);

  private final Map<Ipv4Prefix, List<Route>> candidates = new TreeMap<>();
  private final IntPredicate interfaceUp;
  private final @Nullable Layer[] layers = new Layer[33];
  private int[] lengthsInUse = new int[0];
  private long version;

  /**
   * Makes an empty table.
   *
   * @param interfaceUp whether the interface of a number is up
   */
  public RouteTable(IntPredicate interfaceUp) {
    this.interfaceUp = interfaceUp;
  }

  /** Adds a route beside those that are there. An equal route is added only once. */
  public void add(Route route) {
    List<Route> routes = candidates.computeIfAbsent(route.prefix(), p -> new ArrayList<>());
    if (!routes.contains(route)) {
      routes.add(route);
    }
    rebuild();
  }

  /** Puts new routes in the place of all that one source has given. */
  public void replaceAll(RouteSource source, List<Route> routes) {
    candidates.values().forEach(list -> list.removeIf(r -> r.source() == source));
    for (Route route : routes) {
      if (route.source() != source) {
        throw new IllegalArgumentException(route + " does not come from " + source);
      }
      candidates.computeIfAbsent(route.prefix(), p -> new ArrayList<>()).add(route);
    }
    candidates.values().removeIf(List::isEmpty);
    rebuild();
  }

  /** Says that interfaces have gone up or down. */
  public void interfacesChanged() {
    rebuild();
  }

  /**
   * A number that grows with each change: whoever has acted on a table that still has it need not
   * look again.
   */
  public long version() {
    return version;
  }

  /**
   * All routes that are usable, the unused ones behind the best of their prefix: by prefix, then in
   * the order in which they would be used. Each has those of its next hops that are usable, with
   * their interfaces ({@link NextHop#DISCARD} for Null0).
   */
  public List<Route> usableRoutes() {
    List<Route> usable = new ArrayList<>();
    @Nullable Layer[] direct = build(new Layer[33]);
    for (List<Route> routes : candidates.values()) {
      List<Route> ordered = new ArrayList<>(routes);
      ordered.sort(BEST_FIRST);
      for (Route route : ordered) {
        List<NextHop> hops = usableHops(route, direct);
        if (!hops.isEmpty()) {
          usable.add(
              new Route(route.prefix(), route.source(), route.distance(), route.metric(), hops));
        }
      }
    }
    return usable;
  }

  /** The best usable route of each prefix, by prefix. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Ipv4Prefix prefix : candidates.keySet()) {
      Layer layer = layers[prefix.length()];
      Resolved best = layer == null ? null : layer.get(prefix.address().value());
      if (best != null) {
        routes.add(best.route);
      }
    }
    return routes;
  }

  /**
   * The routes of one source that are the best of their prefixes, by prefix. Each has those of its
   * next hops that are usable, with their interfaces.
   */
  public List<Route> inUse(RouteSource source) {
    List<Route> found = new ArrayList<>();
    for (Map.Entry<Ipv4Prefix, List<Route>> entry : candidates.entrySet()) {
      boolean offered = entry.getValue().stream().anyMatch(route -> route.source() == source);
      Layer layer = offered ? layers[entry.getKey().length()] : null;
      Resolved best = layer == null ? null : layer.get(entry.getKey().address().value());
      if (best != null && best.route.source() == source) {
        Route route = best.route;
        found.add(
            new Route(
                route.prefix(), source, route.distance(), route.metric(), List.of(best.hops)));
      }
    }
    return found;
  }

  /** The best usable route to exactly this prefix, or null. */
  public @Nullable Route routeFor(Ipv4Prefix prefix) {
    Layer layer = layers[prefix.length()];
    Resolved found = layer == null ? null : layer.get(prefix.address().value());
    return found == null ? null : found.route;
  }

  /**
   * Where packets to an address go.
   *
   * @param destination the address as a number
   * @param flowHash chooses among several next hops; equal for packets that must not overtake each
   *     other
   * @return the next hop with its interface (never {@link NextHop#RECURSIVE}), or null without a
   *     route
   */
  public @Nullable NextHop lookup(int destination, int flowHash) {
    for (int length : lengthsInUse) {
      Resolved found = layers[length].get(destination & Ipv4Prefix.maskOf(length));
      if (found != null) {
        NextHop[] hops = found.hops;
        return hops.length == 1 ? hops[0] : hops[Integer.remainderUnsigned(flowHash, hops.length)];
      }
    }
    return null;
  }

  /** The route that packets to an address follow, or null. */
  public @Nullable Route routeTo(Ipv4Address destination) {
    for (int length : lengthsInUse) {
      Resolved found = layers[length].get(destination.value() & Ipv4Prefix.maskOf(length));
      if (found != null) {
        return found.route;
      }
    }
    return null;
  }

  private void rebuild() {
    version++;
    // Gateways are found through routes that are not recursive themselves, so two passes suffice.
    @Nullable Layer[] direct = build(new Layer[33]);
    @Nullable Layer[] whole = build(direct);
    int count = 0;
    int[] lengths = new int[33];
    for (int length = 32; length >= 0; length--) {
      layers[length] = whole[length];
      if (whole[length] != null) {
        lengths[count++] = length;
      }
    }
    lengthsInUse = Arrays.copyOf(lengths, count);
  }

  private @Nullable Layer[] build(@Nullable Layer[] gateways) {
    @Nullable Layer[] into = new Layer[33];
    for (Map.Entry<Ipv4Prefix, List<Route>> entry : candidates.entrySet()) {
      Resolved best = best(entry.getValue(), gateways);
      if (best != null) {
        int length = entry.getKey().length();
        if (into[length] == null) {
          into[length] = new Layer();
        }
        into[length].put(entry.getKey().address().value(), best);
      }
    }
    return into;
  }

  private @Nullable Resolved best(List<Route> routes, @Nullable Layer[] gateways) {
    List<Route> ordered = new ArrayList<>(routes);
    ordered.sort(BEST_FIRST);
    for (Route route : ordered) {
      List<NextHop> usable = usableHops(route, gateways);
      if (!usable.isEmpty()) {
        return new Resolved(route, usable.toArray(new NextHop[0]));
      }
    }
    return null;
  }

  /** The next hops that are usable now, each once; none at the distance that is never used. */
  private List<NextHop> usableHops(Route route, @Nullable Layer[] gateways) {
    List<NextHop> usable = new ArrayList<>();
    if (route.distance() < Route.NEVER_USED) {
      for (NextHop hop : route.nextHops()) {
        NextHop resolved = resolve(hop, gateways);
        if (resolved != null && !usable.contains(resolved)) {
          usable.add(resolved);
        }
      }
    }
    return usable;
  }

  private @Nullable NextHop resolve(NextHop hop, @Nullable Layer[] gateways) {
    Ipv4Address gateway = hop.gateway();
    if (hop.interfaceNumber() != NextHop.RECURSIVE || gateway == null) {
      boolean usable =
          hop.interfaceNumber() == NextHop.DISCARD || interfaceUp.test(hop.interfaceNumber());
      return usable ? hop : null;
    }
    for (int length = 32; length >= 0; length--) {
      Layer layer = gateways[length];
      Resolved via = layer == null ? null : layer.get(gateway.value() & Ipv4Prefix.maskOf(length));
      if (via != null) {
        NextHop first = via.hops[0];
        if (first.interfaceNumber() == NextHop.DISCARD) {
          return null;
        }
        return new NextHop(
            first.interfaceNumber(), first.gateway() == null ? gateway : first.gateway());
      }
    }
    return null;
  }

  /** The best route of a prefix with the next hops that are usable now. */
  private static final class Resolved {
    private final Route route;
    private final NextHop[] hops;

    Resolved(Route route, NextHop[] hops) {
      this.route = route;
      this.hops = hops;
    }
  }

  /** The routes of one prefix length: an open-addressing table keyed by the network address. */
  private static final class Layer {
    private int[] keys = new int[16];
    private @Nullable Resolved[] values = new Resolved[16];
    private int size;

    void put(int key, Resolved value) {
      if (size * 2 >= keys.length) {
        grow();
      }
      int slot = slot(key, keys.length);
      while (values[slot] != null && keys[slot] != key) {
        slot = (slot + 1) & (keys.length - 1);
      }
      if (values[slot] == null) {
        size++;
      }
      keys[slot] = key;
      values[slot] = value;
    }

    @Nullable Resolved get(int key) {
      int slot = slot(key, keys.length);
      Resolved value = values[slot];
      while (value != null) {
        if (keys[slot] == key) {
          return value;
        }
        slot = (slot + 1) & (keys.length - 1);
        value = values[slot];
      }
      return null;
    }

    private void grow() {
      int[] oldKeys = keys;
      @Nullable Resolved[] oldValues = values;
      keys = new int[oldKeys.length * 2];
      values = new Resolved[oldKeys.length * 2];
      size = 0;
      for (int i = 0; i < oldKeys.length; i++) {
        Resolved value = oldValues[i];
        if (value != null) {
          put(oldKeys[i], value);
        }
      }
    }

    private static int slot(int key, int length) {
      int mixed = key * 0x9e3779b9;
      return (mixed ^ (mixed >>> 16)) & (length - 1);
    }
  }
}
