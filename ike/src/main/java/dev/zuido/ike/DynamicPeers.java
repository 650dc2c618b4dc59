package dev.zuido.ike;

import dev.zuido.ike.message.Identity;
import dev.zuido.wire.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The peers of templates: each enters when it has proved that it knows the key, and leaves when
 * nothing is left of it. Until then its phase 1 has a peer of its own that nobody else knows.
 *
 * <p>A peer is told from others by its identity. Where that is an address it says nothing alone:
 * behind every translator there is a 192.168.1.1. So the address at which it is seen belongs to it.
 */
final class DynamicPeers {
  private record Key(String template, Identity identity, @Nullable IpAddress seenAt) {}

  private record Addresses(IpAddress local, IpAddress remote) {}

  private final EngineContext context;
  private final Map<Key, Peer> byKey = new HashMap<>();
  private final Map<Peer, Key> keys = new HashMap<>();
  private final Map<String, Peer> byName = new LinkedHashMap<>();
  private final Map<Addresses, Set<Peer>> byAddresses = new HashMap<>();
  private final Set<Peer> perhapsIdle = new LinkedHashSet<>();

  DynamicPeers(EngineContext context) {
    this.context = context;
  }

  /** The peer of a phase 1 in which nobody has proved himself yet. */
  Peer unproven(SaRegistry registry, PeerConfig template, UdpPath path) {
    return new Peer(context, registry, template, path, nameOf(template, path.remote(), true));
  }

  /**
   * A caller has proved to be of a configuration, which may be another template than that which the
   * main mode began with. False if it is a template's and the table is full.
   */
  boolean belongs(IsakmpSa sa, PeerConfig proved, Identity identity) {
    if (proved.isFixed()) {
      return true;
    }
    Peer begun = sa.peer();
    if (!begun.config().name().equals(proved.name())) {
      sa.belongsTo(unproven(begun.registry(), proved, sa.path()));
    }
    return admit(sa, identity);
  }

  /**
   * A peer of a template has proved itself: its ISAKMP SA becomes that of the peer who it is. False
   * if the table is full.
   */
  private boolean admit(IsakmpSa sa, Identity identity) {
    Peer unproven = sa.peer();
    PeerConfig template = unproven.config();
    Key key = keyOf(template, identity, sa.remote().address());
    Peer known = byKey.get(key);
    if (known != null) {
      sa.belongsTo(known);
      return true;
    }
    if (byKey.size() >= context.config.limits().dynamicPeers()) {
      return false;
    }
    String name = nameOf(template, sa.remote(), sa.nat().remoteBehindNat());
    String unique = name;
    for (int i = 2; byName.containsKey(unique); i++) {
      unique = name + "#" + i;
    }
    Peer peer = new Peer(context, unproven.registry(), template, sa.path(), unique);
    byKey.put(key, peer);
    keys.put(peer, key);
    byName.put(unique, peer);
    enter(peer, sa.path());
    sa.belongsTo(peer);
    return true;
  }

  private static Key keyOf(PeerConfig template, Identity identity, IpAddress seenAt) {
    boolean isAddress = identity instanceof Identity.Ipv4 || identity instanceof Identity.Ipv6;
    return new Key(template.name(), IdentityCheck.normal(identity), isAddress ? seenAt : null);
  }

  private static String nameOf(PeerConfig template, Endpoint remote, boolean withPort) {
    return template.name() + "@" + (withPort ? remote.toString() : remote.address().toString());
  }

  private void enter(Peer peer, UdpPath path) {
    byAddresses.computeIfAbsent(addresses(path), each -> new LinkedHashSet<>()).add(peer);
  }

  private void leave(Peer peer, UdpPath path) {
    Set<Peer> same = byAddresses.get(addresses(path));
    if (same != null) {
      same.remove(peer);
      if (same.isEmpty()) {
        byAddresses.remove(addresses(path));
      }
    }
  }

  private static Addresses addresses(UdpPath path) {
    return new Addresses(path.local().address(), path.remote().address());
  }

  /** A peer has another path than before. */
  void moved(Peer peer, UdpPath from, UdpPath to) {
    Key key = keys.get(peer);
    if (key == null) {
      return;
    }
    leave(peer, from);
    enter(peer, to);
    Key newKey = keyOf(peer.config(), key.identity, to.remote().address());
    if (!byKey.containsKey(newKey)) {
      byKey.remove(key);
      byKey.put(newKey, peer);
      keys.put(peer, newKey);
    }
  }

  @Nullable Peer named(String name) {
    return byName.get(name);
  }

  /**
   * The peer at an address; where a translator hides several, the one at the port of an ESP packet.
   * Null if there is none, or it cannot be told: nobody gets all of them spoken to by one packet.
   */
  @Nullable Peer at(IpAddress local, IpAddress remote, int port) {
    Set<Peer> there = byAddresses.getOrDefault(new Addresses(local, remote), Set.of());
    for (Peer peer : there) {
      if (there.size() == 1 || (peer.path().isFloated() && peer.path().remote().port() == port)) {
        return peer;
      }
    }
    return null;
  }

  List<Peer> all() {
    return List.copyOf(byName.values());
  }

  /** A peer may have nothing left; {@link #sweep} looks. */
  void perhapsIdle(Peer peer) {
    perhapsIdle.add(peer);
  }

  /** Forgets the peers of which nothing is left. */
  void sweep() {
    if (perhapsIdle.isEmpty()) {
      return;
    }
    List<Peer> candidates = new ArrayList<>(perhapsIdle);
    perhapsIdle.clear();
    for (Peer peer : candidates) {
      Key key = peer.isIdle() ? keys.remove(peer) : null;
      if (key != null) {
        byKey.remove(key);
        byName.remove(peer.name());
        leave(peer, peer.path());
        peer.stop();
      }
    }
  }
}
