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
  private record Path(IpAddress local, IpAddress remote) {}

  private final EngineContext context;
  private final SaRegistry registry;
  private final Map<Path, Peer> byPath = new HashMap<>();
  private final Map<String, Peer> byName = new LinkedHashMap<>();
  private final List<PeerConfig> templates = new ArrayList<>();
  private int dynamicPeers;

  PeerTable(EngineContext context) {
    this.context = context;
    this.registry = new SaRegistry(context);
    for (PeerConfig config : context.config.peers()) {
      if (config.isFixed()) {
        add(config, config.remote().address());
      } else {
        templates.add(config);
      }
    }
    templates.sort((a, b) -> Integer.compare(b.remote().length(), a.remote().length()));
  }

  private Peer add(PeerConfig config, IpAddress remote) {
    Peer peer =
        new Peer(
            context,
            registry,
            config,
            Endpoint.isakmp(config.localAddress()),
            Endpoint.isakmp(remote));
    byPath.put(new Path(config.localAddress(), remote), peer);
    byName.put(peer.name(), peer);
    return peer;
  }

  SaRegistry registry() {
    return registry;
  }

  List<Peer> all() {
    return List.copyOf(byName.values());
  }

  /** The peer of a path; one that fits a template is made if there is room. */
  @Nullable Peer find(Endpoint local, Endpoint remote) {
    Peer peer = byPath.get(new Path(local.address(), remote.address()));
    if (peer != null) {
      return peer;
    }
    for (PeerConfig template : templates) {
      if (template.localAddress().equals(local.address())
          && template.remote().contains(remote.address())) {
        if (dynamicPeers >= context.config.limits().dynamicPeers()) {
          return null;
        }
        dynamicPeers++;
        return add(template, remote.address());
      }
    }
    return null;
  }

  /** Carries out a command about a peer, a child or an SA; false if there is no such thing. */
  boolean handle(IkeCommand command, long nowNanos) {
    if (command instanceof IkeCommand.Initiate initiate) {
      Child child = child(initiate.peer(), initiate.child());
      if (child != null) {
        child.want(nowNanos);
      }
      return child != null;
    }
    if (command instanceof IkeCommand.Terminate terminate) {
      return terminate(terminate, nowNanos);
    }
    if (command instanceof IkeCommand.InvalidSpi invalid) {
      Peer peer = byPath.get(new Path(invalid.local(), invalid.remote()));
      if (peer != null) {
        peer.informational().reportInvalidSpi(invalid.spi(), nowNanos);
      }
      return peer != null;
    }
    if (command instanceof IkeCommand.SaUsed used) {
      SaPair pair = context.pairs.get(used.saId());
      if (pair != null) {
        pair.used();
      }
      return pair != null;
    }
    if (command instanceof IkeCommand.LifetimeExceeded exceeded) {
      return exceeded(exceeded, nowNanos);
    }
    return false;
  }

  private @Nullable Child child(String peerName, String childName) {
    Peer peer = byName.get(peerName);
    return peer == null ? null : peer.child(childName);
  }

  private boolean terminate(IkeCommand.Terminate terminate, long nowNanos) {
    Peer peer = byName.get(terminate.peer());
    String childName = terminate.child();
    if (peer == null) {
      return false;
    }
    if (childName == null) {
      peer.removeEverything(EndReason.TERMINATED, nowNanos);
      return true;
    }
    Child child = peer.child(childName);
    if (child != null) {
      child.unwant();
      child.removeAll(EndReason.TERMINATED, nowNanos);
    }
    return child != null;
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
    for (Peer peer : byName.values()) {
      IsakmpSa initiating = peer.initiating();
      if (initiating != null) {
        isakmpSas.add(initiating.view(false));
      }
      for (IsakmpSa sa : peer.established()) {
        isakmpSas.add(sa.view(sa == peer.current()));
      }
      for (Child child : peer.children()) {
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
