package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The routers and transit networks of an area as small numbers, and the links between them as
 * arrays of numbers. It follows the database: what an LSA says is read when the LSA has changed,
 * and not again for the next calculation.
 *
 * <p>A link is only an edge of the graph if the other side has a link back (section 16.1 step 2b).
 */
final class AreaGraph {
  /** The number of no vertex. */
  static final int NONE = -1;

  private static final int LINK = LinkNumbers.PER_LINK;

  private static final int[] NOTHING = new int[0];

  private final LsaStore store;
  private final Map<Ipv4Address, Integer> routers = new HashMap<>();
  private final NavigableMap<LsaKey, Integer> networks = new TreeMap<>();
  private final IntList free = new IntList();
  private final BitSet touched = new BitSet();
  private int bound;

  /** A router's Router ID, or the address of a network's designated router. */
  private int[] ids = new int[64];

  /** The router that has originated the LSA. */
  private int[] advertisers = new int[64];

  private boolean[] isNetwork = new boolean[64];

  /** The flags of a router-LSA, and its Options above them. */
  private int[] flags = new int[64];

  /** Of a router its links that are no stubs, as the LSA has them; of a network its routers. */
  private int[][] links = new int[64][];

  /** For each edge the vertex that it leads to and the cost. */
  private int[][] edges = new int[64][];

  /** For each stub of a router the number of its prefix and the metric; of a network its prefix. */
  private int[][] stubs = new int[64][];

  /** The networks that the LSAs name. */
  final PrefixIndex prefixes = new PrefixIndex();

  /** Whether the shortest-path tree may have changed since {@link #update} began. */
  boolean topologyChanged;

  /** Whether anything else may have changed that routes depend on. */
  boolean contentsChanged;

  AreaGraph(LsaStore store) {
    this.store = store;
  }

  /** The LSAs that the graph follows. */
  LsaStore store() {
    return store;
  }

  /** Reads all LSAs. */
  void load(long nowNanos) {
    begin();
    for (int type : new int[] {LsaType.ROUTER, LsaType.NETWORK}) {
      for (LsaEntry entry : store.entriesOfType(type)) {
        read(entry.key(), nowNanos);
      }
    }
    relink();
  }

  /**
   * Reads those LSAs that have changed.
   *
   * @param changed may have LSAs of all types
   * @param nowNanos LSAs that are MaxAge then are not there
   */
  void update(Collection<LsaKey> changed, long nowNanos) {
    begin();
    for (LsaKey key : changed) {
      if (key.type() == LsaType.ROUTER || key.type() == LsaType.NETWORK) {
        read(key, nowNanos);
      }
    }
    relink();
  }

  private void begin() {
    topologyChanged = false;
    contentsChanged = false;
  }

  private void read(LsaKey key, long nowNanos) {
    LsaEntry entry = store.get(key);
    Lsa lsa = entry == null || entry.isMaxAgeAt(nowNanos) ? null : entry.lsa();
    if (key.type() == LsaType.NETWORK) {
      Integer known = networks.get(key);
      NetworkLsa body = lsa != null && lsa.body() instanceof NetworkLsa network ? network : null;
      if (lsa != null && body != null) {
        int vertex = known != null ? known : allocate(key);
        put(vertex, 0, LinkNumbers.ofNetwork(body), networkPrefix(key, body));
      } else if (known != null) {
        remove(known, key);
      }
    } else if (key.linkStateId().equals(key.advertisingRouter())) {
      Integer known = routers.get(key.linkStateId());
      if (lsa != null && lsa.body() instanceof RouterLsa body) {
        int vertex = known != null ? known : allocate(key);
        put(
            vertex,
            lsa.header().options().bits() << 8 | body.flags(),
            LinkNumbers.ofRouter(body),
            stubs(body));
      } else if (known != null) {
        remove(known, key);
      }
    }
  }

  private int allocate(LsaKey key) {
    int vertex;
    if (free.isEmpty()) {
      vertex = bound++;
      if (vertex == ids.length) {
        ids = Arrays.copyOf(ids, 2 * vertex);
        advertisers = Arrays.copyOf(advertisers, 2 * vertex);
        isNetwork = Arrays.copyOf(isNetwork, 2 * vertex);
        flags = Arrays.copyOf(flags, 2 * vertex);
        links = Arrays.copyOf(links, 2 * vertex);
        edges = Arrays.copyOf(edges, 2 * vertex);
        stubs = Arrays.copyOf(stubs, 2 * vertex);
      }
    } else {
      vertex = free.removeLast();
    }
    ids[vertex] = key.linkStateId().value();
    advertisers[vertex] = key.advertisingRouter().value();
    links[vertex] = NOTHING;
    edges[vertex] = NOTHING;
    stubs[vertex] = NOTHING;
    isNetwork[vertex] = key.type() == LsaType.NETWORK;
    if (key.type() == LsaType.NETWORK) {
      networks.put(key, vertex);
    } else {
      routers.put(key.linkStateId(), vertex);
    }
    topologyChanged = true;
    touched.set(vertex);
    return vertex;
  }

  private void put(int vertex, int newFlags, int[] newLinks, int[] newStubs) {
    if (!Arrays.equals(links[vertex], newLinks)) {
      touchNeighbors(vertex);
      links[vertex] = newLinks;
      touchNeighbors(vertex);
      touched.set(vertex);
      topologyChanged = true;
    }
    contentsChanged |= !Arrays.equals(stubs[vertex], newStubs) || flags[vertex] != newFlags;
    releaseStubs(vertex);
    stubs[vertex] = newStubs;
    flags[vertex] = newFlags;
  }

  private void remove(int vertex, LsaKey key) {
    touchNeighbors(vertex);
    releaseStubs(vertex);
    links[vertex] = NOTHING;
    edges[vertex] = NOTHING;
    stubs[vertex] = NOTHING;
    touched.clear(vertex);
    if (isNetwork[vertex]) {
      networks.remove(key);
    } else {
      routers.remove(key.linkStateId());
    }
    free.add(vertex);
    topologyChanged = true;
  }

  private void releaseStubs(int vertex) {
    int[] old = stubs[vertex];
    for (int i = 0; i < old.length; i += 2) {
      prefixes.release(old[i]);
    }
  }

  /** Notes that the edges of the vertices must be found again to which a vertex has links. */
  private void touchNeighbors(int vertex) {
    int[] own = links[vertex];
    if (isNetwork[vertex]) {
      for (int routerId : own) {
        touchRouter(routerId);
      }
      return;
    }
    for (int i = 0; i < own.length; i += LINK) {
      if (own[i] == RouterLink.TRANSIT) {
        for (int network : networksAt(new Ipv4Address(own[i + 1]))) {
          touched.set(network);
        }
      } else {
        touchRouter(own[i + 1]);
      }
    }
  }

  private void touchRouter(int routerId) {
    Integer router = routers.get(new Ipv4Address(routerId));
    if (router != null) {
      touched.set(router);
    }
  }

  /** The networks whose designated router has an address, by its Router ID: mostly one. */
  Collection<Integer> networksAt(Ipv4Address address) {
    return networks
        .subMap(
            new LsaKey(LsaType.NETWORK, address, Ipv4Address.UNSPECIFIED),
            true,
            new LsaKey(LsaType.NETWORK, address, Ipv4Address.BROADCAST),
            true)
        .values();
  }

  private void relink() {
    IntList found = new IntList();
    for (int v = touched.nextSetBit(0); v >= 0; v = touched.nextSetBit(v + 1)) {
      found.clear();
      int[] own = links[v];
      if (isNetwork[v]) {
        for (int routerId : own) {
          addEdge(found, target(v, NONE, routerId), 0);
        }
      } else {
        for (int i = 0; i < own.length; i += LINK) {
          addEdge(found, target(v, own[i], own[i + 1]), own[i + 3]);
        }
      }
      edges[v] = found.isEmpty() ? NOTHING : found.toArray();
    }
    touched.clear();
  }

  private static void addEdge(IntList edges, int target, int cost) {
    if (target != NONE) {
      edges.add(target);
      edges.add(cost);
    }
  }

  /**
   * Where a link leads, if there is one back (step 2b). While a designated router changes its
   * Router ID there may be two network-LSAs; one that names the router that is looking is taken.
   *
   * @param vertex a router, or a network, whose links have no type
   * @return the other vertex or {@link #NONE}
   */
  int target(int vertex, int linkType, int linkId) {
    if (linkType == RouterLink.TRANSIT) {
      for (int network : networksAt(new Ipv4Address(linkId))) {
        if (Arrays.binarySearch(links[network], ids[vertex]) >= 0) {
          return network;
        }
      }
      return NONE;
    }
    Integer router = routers.get(new Ipv4Address(linkId));
    return router != null && hasLinkBack(router, vertex) ? router : NONE;
  }

  private boolean hasLinkBack(int router, int vertex) {
    boolean toNetwork = isNetwork[vertex];
    int[] back = links[router];
    for (int i = 0; i < back.length; i += LINK) {
      if (back[i + 1] == ids[vertex] && (back[i] == RouterLink.TRANSIT) == toNetwork) {
        return true;
      }
    }
    return false;
  }

  // ---- What a tree is grown from

  /** All numbers of vertices are smaller. */
  int bound() {
    return bound;
  }

  /** The vertex of a router or {@link #NONE}. */
  int router(Ipv4Address routerId) {
    Integer router = routers.get(routerId);
    return router == null ? NONE : router;
  }

  boolean isNetwork(int vertex) {
    return isNetwork[vertex];
  }

  /** A router's Router ID, or the address of a network's designated router. */
  int id(int vertex) {
    return ids[vertex];
  }

  int advertiser(int vertex) {
    return advertisers[vertex];
  }

  /** For each edge the vertex that it leads to and its cost. */
  int[] edges(int vertex) {
    return edges[vertex];
  }

  /** For each stub network of a router its number and its metric; of a network its own number. */
  int[] stubs(int vertex) {
    return stubs[vertex];
  }

  /** The first octet of a router-LSA. */
  int flags(int vertex) {
    return flags[vertex] & 0xff;
  }

  /** The Options of a router-LSA. */
  int options(int vertex) {
    return flags[vertex] >>> 8;
  }

  /** The LSA that a vertex stands for; null if it has gone since the graph was updated. */
  @Nullable Lsa lsa(int vertex) {
    LsaEntry entry =
        store.get(
            new LsaKey(
                isNetwork[vertex] ? LsaType.NETWORK : LsaType.ROUTER,
                new Ipv4Address(ids[vertex]),
                new Ipv4Address(advertisers[vertex])));
    return entry == null ? null : entry.lsa();
  }

  /** A network whose mask is that of a host is hidden: it gets no route (RFC 6860). */
  private int[] networkPrefix(LsaKey key, NetworkLsa body) {
    Ipv4Prefix prefix = IntraAreaRoutes.prefixOf(key.linkStateId(), body.networkMask());
    boolean hidden = prefix == null || body.networkMask().equals(Ipv4Address.BROADCAST);
    return prefix == null || hidden ? NOTHING : new int[] {prefixes.acquire(prefix), 0};
  }

  private int[] stubs(RouterLsa body) {
    IntList found = new IntList();
    for (RouterLink link : body.links()) {
      if (link.type() == RouterLink.STUB) {
        Ipv4Prefix prefix = IntraAreaRoutes.prefixOf(link.linkId(), link.linkData());
        if (prefix != null) {
          found.add(prefixes.acquire(prefix));
          found.add(link.metric());
        }
      }
    }
    return found.isEmpty() ? NOTHING : found.toArray();
  }
}
