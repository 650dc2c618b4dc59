package dev.zuido.ike;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.wire.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The peers of an engine, by their addresses and by their names. */
final class PeerTable {
  private record Addresses(IpAddress local, IpAddress remote) {}

  private final EngineContext context;
  private final SaRegistry registry;
  private final Map<Addresses, Peer> byAddresses = new HashMap<>();
  private final Map<String, Peer> byName = new LinkedHashMap<>();

  PeerTable(EngineContext context) {
    this.context = context;
    this.registry = new SaRegistry(context);
    for (PeerConfig config : context.config.peers()) {
      if (config.isFixed()) {
        add(config, config.remote().address());
      }
    }
  }

  private void add(PeerConfig config, IpAddress remote) {
    UdpPath path = UdpPath.isakmp(config.localAddress(), remote);
    Peer peer = new Peer(context, registry, config, path, config.name());
    byAddresses.put(new Addresses(config.localAddress(), remote), peer);
    byName.put(peer.name(), peer);
  }

  SaRegistry registry() {
    return registry;
  }

  List<Peer> all() {
    List<Peer> all = new ArrayList<>(byName.values());
    all.addAll(context.dynamicPeers.all());
    return all;
  }

  private @Nullable Peer fixed(IpAddress local, IpAddress remote) {
    return byAddresses.get(new Addresses(local, remote));
  }

  /** Who may call along a path: the peer of its address first, then templates. */
  List<PeerConfig> candidates(UdpPath path) {
    List<PeerConfig> candidates = new ArrayList<>();
    Peer peer = fixed(path.local().address(), path.remote().address());
    if (peer != null) {
      candidates.add(peer.config());
    }
    candidates.addAll(context.templates.at(path));
    return candidates;
  }

  /** The peer of a configuration that calls; one of a template proves itself later. */
  Peer calling(PeerConfig config, UdpPath path) {
    Peer peer = config.isFixed() ? fixed(path.local().address(), path.remote().address()) : null;
    return peer == null ? context.dynamicPeers.unproven(registry, config, path) : peer;
  }

  private @Nullable Peer named(String name) {
    Peer peer = byName.get(name);
    return peer == null ? context.dynamicPeers.named(name) : peer;
  }

  /** Carries out a command about a peer, a child or an SA; false if there is no such thing. */
  boolean handle(IkeCommand command, long nowNanos) {
    if (command instanceof IkeCommand.Initiate initiate) {
      List<Child> wanted = children(initiate.peer(), initiate.child());
      wanted.forEach(child -> child.want(nowNanos));
      return !wanted.isEmpty();
    }
    if (command instanceof IkeCommand.Terminate terminate) {
      return terminate(terminate, nowNanos);
    }
    if (command instanceof IkeCommand.InvalidSpi invalid) {
      return invalidSpi(invalid, nowNanos);
    }
    if (command instanceof IkeCommand.SaUsed used) {
      return context.used(used.saId(), nowNanos);
    }
    if (command instanceof IkeCommand.PeerSeenAt seen) {
      SaPair pair = context.pairs.get(seen.saId());
      if (pair != null) {
        pair.seenAt(seen.remote());
      }
      return pair != null;
    }
    if (command instanceof IkeCommand.LifetimeExceeded exceeded) {
      return exceeded(exceeded, nowNanos);
    }
    return false;
  }

  private List<Child> children(String peerName, String childName) {
    Peer peer = named(peerName);
    return peer == null ? List.of() : peer.children().named(childName);
  }

  private boolean invalidSpi(IkeCommand.InvalidSpi invalid, long nowNanos) {
    Peer peer = fixed(invalid.local(), invalid.remote());
    if (peer == null) {
      peer = context.dynamicPeers.at(invalid.local(), invalid.remote(), invalid.remotePort());
    }
    if (peer != null) {
      peer.informational().invalidSpiReports().report(invalid.spi(), nowNanos);
    }
    return peer != null;
  }

  private boolean terminate(IkeCommand.Terminate terminate, long nowNanos) {
    Peer peer = named(terminate.peer());
    String childName = terminate.child();
    if (peer == null) {
      return false;
    }
    if (childName == null) {
      peer.removeEverything(EndReason.TERMINATED, nowNanos);
      return true;
    }
    List<Child> children = peer.children().named(childName);
    for (Child child : children) {
      child.terminate(nowNanos);
    }
    return !children.isEmpty();
  }

  private boolean exceeded(IkeCommand.LifetimeExceeded exceeded, long nowNanos) {
    SaPair pair = context.pairs.get(exceeded.saId());
    if (pair == null) {
      return false;
    }
    if (exceeded.hard()) {
      pair.child().remove(pair, EndReason.EXPIRED, nowNanos);
    } else if (!pair.isSuperseded()) {
      pair.child().rekey(nowNanos);
    }
    return true;
  }

  IkeSnapshot snapshot() {
    List<IkeSnapshot.IsakmpSaView> isakmpSas = new ArrayList<>();
    List<IkeSnapshot.ChildSaView> childSas = new ArrayList<>();
    for (Peer peer : all()) {
      IsakmpSa initiating = peer.initiating();
      if (initiating != null) {
        isakmpSas.add(initiating.view(false));
      }
      for (IsakmpSa sa : peer.established()) {
        isakmpSas.add(sa.view(sa == peer.current()));
      }
      for (Child child : peer.children().all()) {
        for (SaPair pair : child.pairs()) {
          if (pair.isEstablished()) {
            childSas.add(pair.view(pair == child.current()));
          }
        }
      }
    }
    for (IsakmpSa sa : registry.halfOpen()) {
      isakmpSas.add(sa.view(false));
    }
    return new IkeSnapshot(isakmpSas, childSas);
  }
}
