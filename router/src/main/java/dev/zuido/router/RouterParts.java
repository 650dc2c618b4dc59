package dev.zuido.router;

import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.gre.GreKeepalive;
import dev.zuido.gre.GreTunnel;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.OspfStore;
import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.StaticRoute;
import dev.zuido.router.config.TunnelConfig;
import dev.zuido.router.config.TunnelKeepalive;
import dev.zuido.router.forwarding.AccessFilter;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import dev.zuido.router.forwarding.RouteTable;
import dev.zuido.wire.BatchPort;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of a router, made from a configuration and joined. */
final class RouterParts {
  /** The most SAs of each direction. */
  static final int MAX_ASSOCIATIONS = 16_384;

  private static final long NANOS = 1_000_000_000L;

  private final RouterConfig config;
  private final AddressedParts addressed;
  private final Dialers dialers = new Dialers();
  private final DialerMapping dialerMapping;
  private final Map<String, AccessFilter> filters = new LinkedHashMap<>();
  private final List<RouterInterface> interfaces = new ArrayList<>();

  private final RouteTable routes = new RouteTable(number -> interfaces.get(number).isLineUp());
  private final SecurityAssociationDatabase associations;
  private final Tunnels tunnels;
  private final EventLog log;
  private final Egress egress;
  private final DataPlane dataPlane;
  private final ControlPlane controlPlane;
  private final PacketOrigin origin;
  private final Renumbering renumbering;
  private final OspfStore ospfStore;
  private boolean routesChanged;
  private long now;

  private RouterParts(
      RouterConfig config,
      RouterPorts ports,
      RouterEnvironment environment,
      @Nullable OspfRestart restart) {
    this.config = config;
    this.ospfStore = environment.ospfStore();
    this.associations =
        new SecurityAssociationDatabase(MAX_ASSOCIATIONS, environment.secrets().nextLong());
    config.accessLists().forEach(list -> filters.put(list.name(), new AccessFilter(list)));
    List<InterfaceAddress> addresses =
        config.interfaces().stream().flatMap(each -> each.addresses().stream()).toList();
    LocalAddresses locals = new LocalAddresses(addresses);
    InstalledSas installed = new InstalledSas(environment.secrets());
    this.addressed =
        new AddressedParts(config, environment, associations, installed, locals::contains);
    this.log = new EventLog(environment.events(), interfaces, config.ospf());
    this.dialerMapping = new DialerMapping(config, ports, environment, filters, log);
    for (InterfaceConfig each : config.interfaces()) {
      addInterface(each, ports);
    }
    this.tunnels = new Tunnels(tunnelLines());
    this.egress = new Egress(interfaces, routes);
    this.dataPlane = new DataPlane(interfaces, locals, routes, egress, ports.isBesideHost());
    egress.setTooLong(dataPlane::answerTooLong);
    this.origin = new PacketOrigin(dataPlane, egress);
    IpsecAudit audit = new IpsecAudit(log);
    StaticSas keyed = new StaticSas(config, installed, environment.secrets(), audit);
    for (RouterInterface each : interfaces) {
      CryptoPolicy policy = each.crypto();
      if (policy != null) {
        policy.boundary().auditTo(audit.log());
        keyed.install(policy);
      }
    }
    this.controlPlane =
        new ControlPlane(
            interfaces,
            new SaInstallation(
                interfaces,
                associations,
                installed,
                environment,
                config.ipsecDefaults().replayWindow(),
                log,
                audit),
            origin,
            addressed.ikeEngine(),
            ospfControl(environment, restart),
            log,
            environment.computations());
    dataPlane.setLocal(new LocalDelivery(tunnels, dataPlane, controlPlane));
    this.renumbering =
        new Renumbering(
            interfaces,
            addressed,
            dialers,
            locals,
            routes,
            tunnels,
            controlPlane,
            log,
            policy -> policy.boundary().auditTo(audit.log()),
            this::tunnelLine);
    addRoutes();
  }

  static RouterParts build(
      RouterConfig config,
      RouterPorts ports,
      RouterEnvironment environment,
      @Nullable OspfRestart restart) {
    for (var given : List.of(ports.links(), ports.host(), ports.ethernets())) {
      for (IosInterfaceName name : given.keySet()) {
        if (config.interfaceNamed(name).isEmpty()) {
          throw new UnsupportedConfigurationException(
              "interface " + name, "a port is given for it, but it is not configured");
        }
      }
    }
    for (IosInterfaceName name : ports.ethernets().keySet()) {
      if (config.interfaceNamed(name).map(InterfaceConfig::pppoe).isEmpty()) {
        throw new UnsupportedConfigurationException(
            "interface " + name, "an Ethernet is given for it, but it has no 'pppoe enable'");
      }
    }
    return new RouterParts(config, ports, environment, restart);
  }

  private void addInterface(InterfaceConfig each, RouterPorts ports) {
    BatchPort port = ports.links().get(each.name());
    TunnelConfig tunnel = each.tunnel();
    if (tunnel != null && port != null) {
      throw new UnsupportedConfigurationException(each.section(), "a tunnel has no port to a link");
    }
    DialerLine line = dialerMapping.line(each);
    if (line != null) {
      dialers.add(line);
    }
    CryptoPolicy policy = addressed.crypto(each);
    RouterInterface made =
        new RouterInterface(
            interfaces.size(),
            each,
            config.addressOf(each.name()).orElse(null),
            line == null ? port : line,
            ports.host().get(each.name()),
            tunnel == null ? null : addressed.tunnel(each, tunnel),
            filter(each, each.accessGroupIn()),
            filter(each, each.accessGroupOut()),
            policy);
    made.setEthernet(ports.ethernets().get(each.name()));
    interfaces.add(made);
  }

  private @Nullable AccessFilter filter(InterfaceConfig each, @Nullable String name) {
    if (name == null) {
      return null;
    }
    AccessFilter filter = filters.get(name);
    if (filter == null) {
      throw new UnsupportedConfigurationException(
          each.section(), "there is no access list " + name);
    }
    return filter;
  }

  private List<TunnelLine> tunnelLines() {
    List<TunnelLine> lines = new ArrayList<>();
    for (RouterInterface each : interfaces) {
      TunnelLine line = tunnelLine(each);
      if (line != null) {
        lines.add(line);
      }
    }
    return lines;
  }

  /** The line of an interface's tunnel as it is now; null if it has none. */
  @Nullable TunnelLine tunnelLine(RouterInterface each) {
    GreTunnel tunnel = each.tunnel();
    TunnelConfig configured = each.config().tunnel();
    if (tunnel == null || configured == null) {
      return null;
    }
    TunnelKeepalive wanted = configured.keepalive();
    GreKeepalive keepalive =
        wanted == null
            ? null
            : new GreKeepalive(tunnel.config(), wanted.periodSeconds() * NANOS, wanted.retries());
    IosInterfaceName negotiator = addressed.negotiator(configured);
    return new TunnelLine(
        each, tunnel, keepalive, negotiator == null ? null : interfaceNamed(negotiator));
  }

  private @Nullable RouterInterface interfaceNamed(IosInterfaceName name) {
    for (RouterInterface each : interfaces) {
      if (each.config().name().equals(name)) {
        return each;
      }
    }
    return null;
  }

  /** What the key exchange is configured with, or null if there is none. */
  @Nullable IkeConfig ikeConfig() {
    return addressed.ikeConfig();
  }

  private @Nullable OspfControl ospfControl(
      RouterEnvironment environment, @Nullable OspfRestart restart) {
    OspfConfig mapped = OspfMapping.process(config, interfaces);
    OspfProcess process = config.ospf();
    if (mapped == null || process == null) {
      return null;
    }
    OspfStore store = environment.ospfStore();
    OspfEngine engine =
        restart == null
            ? new OspfEngine(mapped, environment.jitter(), store)
            : OspfEngine.restarted(
                mapped,
                environment.jitter(),
                store,
                restart.record(),
                restart.elapsedNanos(),
                restart.nowNanos());
    return new OspfControl(engine, process, interfaces, origin, routes, this::replaceRoutes, log);
  }

  private void addRoutes() {
    for (StaticRoute route : config.staticRoutes()) {
      routes.add(
          new Route(
              route.prefix(), RouteSource.STATIC, route.distance(), 0, List.of(nextHop(route))));
    }
  }

  private NextHop nextHop(StaticRoute route) {
    if (route.discards()) {
      return new NextHop(NextHop.DISCARD, null);
    }
    IosInterfaceName exit = route.exit();
    if (exit == null) {
      return new NextHop(NextHop.RECURSIVE, Objects.requireNonNull(route.nextHop()));
    }
    RouterInterface port = interfaceNamed(exit);
    if (port != null) {
      return new NextHop(port.number(), route.nextHop());
    }
    throw new UnsupportedConfigurationException(route.toString(), "there is no interface " + exit);
  }

  private void replaceRoutes(RouteSource source, List<Route> found) {
    routes.replaceAll(source, found);
    routesChanged = true;
  }

  /** Whether routes were replaced since the last call. */
  boolean takeRoutesChanged() {
    boolean changed = routesChanged;
    routesChanged = false;
    return changed;
  }

  RouterConfig config() {
    return config;
  }

  /** The time of day, by which keys begin and end. */
  Instant wallClock() {
    return Instant.ofEpochSecond(ospfStore.wallClockSeconds());
  }

  Map<String, AccessFilter> filters() {
    return filters;
  }

  List<RouterInterface> interfaces() {
    return interfaces;
  }

  RouteTable routes() {
    return routes;
  }

  /** Says what time it is, for all that is sent until the next call. */
  void setNow(long nowNanos) {
    now = nowNanos;
    egress.setNow(nowNanos);
    dialers.setNow(nowNanos);
  }

  /** The time that the router was told last. */
  long nowNanos() {
    return now;
  }

  Dialers dialers() {
    return dialers;
  }

  Renumbering renumbering() {
    return renumbering;
  }

  Tunnels tunnels() {
    return tunnels;
  }

  EventLog log() {
    return log;
  }

  Egress egress() {
    return egress;
  }

  DataPlane dataPlane() {
    return dataPlane;
  }

  ControlPlane controlPlane() {
    return controlPlane;
  }

  PacketOrigin origin() {
    return origin;
  }
}
