package dev.zuido.examples;

import dev.zuido.ike.WireTrace;
import dev.zuido.ospf.OspfStore;
import dev.zuido.router.CertificateFiles;
import dev.zuido.router.Computations;
import dev.zuido.router.IkeDiagnostics;
import dev.zuido.router.KeyListener;
import dev.zuido.router.Router;
import dev.zuido.router.RouterEnvironment;
import dev.zuido.router.RouterEvent;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.InternetNode;
import dev.zuido.testkit.Link;
import dev.zuido.testkit.Segment;
import dev.zuido.testkit.VirtualHost;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.testkit.VirtualPort;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Two sites and the Internet between them, on a virtual network:
 *
 * <pre>
 *   host A ── lan-a ── router A ── wan-a ── Internet ── wan-b ── router B ── lan-b ── host B
 * </pre>
 *
 * <p>The Internet knows the two WAN addresses and neither LAN.
 */
final class TwoSites {
  private static final int LAN_MTU = 1_500;

  /** The Internet's own ends of the access lines (RFC 5737). */
  private static final Ipv4Address PROVIDER_A = Ipv4Address.of(192, 0, 2, 1);

  private static final Ipv4Address PROVIDER_B = Ipv4Address.of(192, 0, 2, 129);

  private final VirtualNetwork network;
  private final Site siteA;
  private final Site siteB;
  private final Link wanA;
  private final Link wanB;
  private final RouterNode routerA;
  private final RouterNode routerB;
  private final VirtualHost hostA;
  private final VirtualHost hostB;

  /**
   * Builds the network; nothing moves before it runs.
   *
   * @param line what the way from one access line to the Internet does to packets, each way
   * @param powerOnB how much later than site A's router that of site B is switched on
   * @param events is told what happens at which site
   * @param keys is told all keys, or null
   */
  TwoSites(
      VirtualNetwork network,
      Site siteA,
      Site siteB,
      Impairments line,
      Duration powerOnB,
      BiConsumer<Site, RouterEvent> events,
      @Nullable KeyListener keys) {
    this.network = network;
    this.siteA = siteA;
    this.siteB = siteB;
    this.wanA = network.link("wan-a", siteA.wan().effectiveIpMtu());
    this.wanB = network.link("wan-b", siteB.wan().effectiveIpMtu());
    wanA.impair(line);
    wanB.impair(line);
    Segment lanA = network.segment("lan-a", LAN_MTU);
    Segment lanB = network.segment("lan-b", LAN_MTU);
    InternetNode internet = new InternetNode();
    internet.connect(wanA.b(), PROVIDER_A, 32);
    internet.connect(wanB.b(), PROVIDER_B, 32);
    internet.route(Ipv4Prefix.host(siteA.wanAddress()), wanA.b(), null);
    internet.route(Ipv4Prefix.host(siteB.wanAddress()), wanB.b(), null);
    network.attach(internet, wanA.b(), wanB.b());
    this.routerA = router(siteA, 0, wanA.a(), lanA, events, keys);
    this.routerB = router(siteB, powerOnB.toNanos(), wanB.a(), lanB, events, keys);
    this.hostA = host("host-a", siteA, lanA);
    this.hostB = host("host-b", siteB, lanB);
  }

  private RouterNode router(
      Site site,
      long powerOnNanos,
      VirtualPort wan,
      Segment lan,
      BiConsumer<Site, RouterEvent> events,
      @Nullable KeyListener keys) {
    VirtualPort lanPort = lan.attach("router");
    lanPort.addAddress(site.lanAddress().address());
    Map<IosInterfaceName, BatchPort> ports =
        Map.of(site.wan().name(), wan, site.lan().name(), lanPort);
    RouterEnvironment environment =
        new RouterEnvironment(
            network.secureRandom(site.name()),
            network.random(site.name()),
            event -> events.accept(site, event),
            keys,
            OspfStore.inMemory(),
            CertificateFiles.NONE,
            Computations.onTheSpot(),
            new IkeDiagnostics(WireTrace.FIELDS, null));
    RouterNode node =
        new RouterNode(() -> Router.create(site.config(), ports, environment), powerOnNanos);
    network.attach(node, wan, lanPort);
    return node;
  }

  private VirtualHost host(String name, Site site, Segment lan) {
    VirtualPort port = lan.attach("host");
    port.addAddress(site.hostAddress());
    return network.host(
        name,
        port,
        site.hostAddress(),
        site.lanAddress().prefixLength(),
        site.lanAddress().address());
  }

  VirtualNetwork network() {
    return network;
  }

  Site siteA() {
    return siteA;
  }

  Site siteB() {
    return siteB;
  }

  /** Site A's access line, its end {@code a} at the router. */
  Link wanA() {
    return wanA;
  }

  /** Site B's access line, its end {@code a} at the router. */
  Link wanB() {
    return wanB;
  }

  Router routerA() {
    return routerA.router();
  }

  Router routerB() {
    return routerB.router();
  }

  /** Cuts the power of site A's router and gives it back. */
  void restartA() {
    routerA.restart();
    network.wake(routerA);
  }

  /** Cuts the power of site B's router and gives it back. */
  void restartB() {
    routerB.restart();
    network.wake(routerB);
  }

  VirtualHost hostA() {
    return hostA;
  }

  VirtualHost hostB() {
    return hostB;
  }

  /**
   * Whether each router has a route to the other's LAN by something better than its default route.
   */
  boolean isConverged() {
    return knows(routerA(), siteB) && knows(routerB(), siteA);
  }

  private static boolean knows(Router router, Site other) {
    var route = router.routes().routeTo(other.hostAddress());
    return route != null && route.prefix().length() > 0;
  }
}
