package dev.zuido.router;

import dev.zuido.gre.GreTunnel;
import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.TunnelConfig;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.router.forwarding.RouteTable;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gives Dialer interfaces the addresses that PPP has agreed on, and takes them away when a session
 * ends.
 *
 * <p>An address that is another than the last one changes what is made of it, in this order: the
 * key exchange ends with its SAs, which are good for the old address alone; crypto maps and tunnels
 * are made anew; the key exchange begins again. Nothing passes the line meanwhile. An address that
 * is the same changes nothing of this, so that SAs outlive a short interruption. As there is one
 * key exchange, other interfaces' SAs are negotiated again too; OSPF's neighbors, whose patience is
 * longer, do not notice.
 */
final class Renumbering {
  private final List<RouterInterface> interfaces;
  private final AddressedParts addressed;
  private final Dialers dialers;
  private final LocalAddresses locals;
  private final RouteTable routes;
  private final Tunnels tunnels;
  private final ControlPlane controlPlane;
  private final EventLog log;
  private final Consumer<CryptoPolicy> newPolicy;
  private final Function<RouterInterface, @Nullable TunnelLine> newTunnelLine;

  Renumbering(
      List<RouterInterface> interfaces,
      AddressedParts addressed,
      Dialers dialers,
      LocalAddresses locals,
      RouteTable routes,
      Tunnels tunnels,
      ControlPlane controlPlane,
      EventLog log,
      Consumer<CryptoPolicy> newPolicy,
      Function<RouterInterface, @Nullable TunnelLine> newTunnelLine) {
    this.interfaces = interfaces;
    this.addressed = addressed;
    this.dialers = dialers;
    this.locals = locals;
    this.routes = routes;
    this.tunnels = tunnels;
    this.controlPlane = controlPlane;
    this.log = log;
    this.newPolicy = newPolicy;
    this.newTunnelLine = newTunnelLine;
    installRoutes();
  }

  /**
   * Follows the lines: what is agreed on and not in force is put in force, and what is gone is
   * taken back.
   */
  void follow(long nowNanos) {
    boolean changed = false;
    for (DialerLine line : dialers.lines()) {
      var agreed = line.addresses();
      if (agreed != null && !line.isInForce()) {
        if (line.plan().isNegotiated()) {
          if (addressed.note(line.plan().name(), agreed.local())) {
            rebuild(line.plan().name(), nowNanos);
          }
          setAddress(line.plan().name(), agreed.local());
        }
        line.putInForce();
        changed = true;
      } else if (agreed == null && line.takeLost()) {
        if (line.plan().isNegotiated()) {
          setAddress(line.plan().name(), null);
        }
        changed = true;
      }
    }
    if (changed) {
      locals.setNegotiated(negotiated());
      installRoutes();
    }
  }

  private void setAddress(IosInterfaceName dialer, @Nullable Ipv4Address address) {
    for (RouterInterface each : interfaces) {
      if (dialer.equals(addressed.negotiator(each.config().name()))) {
        each.setAddress(address);
      }
    }
  }

  private List<Ipv4Address> negotiated() {
    return dialers.lines().stream()
        .filter(line -> line.plan().isNegotiated() && line.isInForce())
        .map(line -> Objects.requireNonNull(line.addresses()).local())
        .toList();
  }

  /** Makes anew what has the address of a Dialer interface in it. */
  private void rebuild(IosInterfaceName dialer, long nowNanos) {
    List<RouterInterface> protectedOnes = new ArrayList<>();
    for (RouterInterface each : interfaces) {
      if (each.crypto() != null && dialer.equals(addressed.negotiator(each.config().name()))) {
        protectedOnes.add(each);
      }
    }
    if (!protectedOnes.isEmpty()) {
      controlPlane.endIke(nowNanos);
      for (RouterInterface each : protectedOnes) {
        CryptoPolicy policy = addressed.crypto(each.config());
        each.setCrypto(policy);
        if (policy != null) {
          newPolicy.accept(policy);
        }
      }
      controlPlane.beginIke(addressed.ikeEngine());
    }
    for (RouterInterface each : interfaces) {
      TunnelConfig tunnel = each.config().tunnel();
      if (tunnel != null && dialer.equals(addressed.negotiator(tunnel))) {
        rebuildTunnel(each, tunnel);
      }
    }
  }

  private void rebuildTunnel(RouterInterface each, TunnelConfig configured) {
    GreTunnel tunnel = addressed.tunnel(each.config(), configured);
    each.setTunnel(tunnel);
    TunnelLine line = newTunnelLine.apply(each);
    TunnelLine other = line == null ? null : tunnels.replace(line);
    if (other != null) {
      log.log(
          3,
          "TUN",
          "SAMEPLACE",
          each + " stays down: " + other.owner() + " has the same source, destination and key");
    }
  }

  /** Connected routes and own addresses, of the configuration and of the lines. */
  private void installRoutes() {
    Set<Route> connected = new LinkedHashSet<>();
    Set<Route> local = new LinkedHashSet<>();
    for (RouterInterface each : interfaces) {
      NextHop here = new NextHop(each.number(), null);
      for (InterfaceAddress address : each.config().addresses()) {
        connected.add(Route.of(address.prefix(), RouteSource.CONNECTED, here));
        if (address.prefixLength() < 32) {
          local.add(Route.of(Ipv4Prefix.host(address.address()), RouteSource.LOCAL, here));
        }
      }
      DialerLine line = each.dialer();
      var agreed = line == null || !line.isInForce() ? null : line.addresses();
      if (line != null && agreed != null) {
        if (line.plan().isNegotiated()) {
          connected.add(Route.of(Ipv4Prefix.host(agreed.local()), RouteSource.CONNECTED, here));
        }
        if (!agreed.peer().isUnspecified()) {
          connected.add(Route.of(Ipv4Prefix.host(agreed.peer()), RouteSource.CONNECTED, here));
        }
      }
    }
    routes.replaceAll(RouteSource.CONNECTED, List.copyOf(connected));
    routes.replaceAll(RouteSource.LOCAL, List.copyOf(local));
  }
}
