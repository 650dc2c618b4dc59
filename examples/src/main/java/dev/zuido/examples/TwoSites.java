package dev.zuido.examples;

import dev.zuido.ike.WireTrace;
import dev.zuido.ospf.OspfStore;
import dev.zuido.router.CertificateFiles;
import dev.zuido.router.Computations;
import dev.zuido.router.EthernetLine;
import dev.zuido.router.IkeDiagnostics;
import dev.zuido.router.KeyListener;
import dev.zuido.router.PppDiagnostics;
import dev.zuido.router.Router;
import dev.zuido.router.RouterEnvironment;
import dev.zuido.router.RouterEvent;
import dev.zuido.router.RouterPorts;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.InternetNode;
import dev.zuido.testkit.Link;
import dev.zuido.testkit.Segment;
import dev.zuido.testkit.VirtualHost;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.testkit.VirtualPort;
import dev.zuido.testkit.pppoe.ConcentratorNode;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
 * <p>If sites dial, their access lines are Ethernets, and each has a concentrator before the
 * Internet:
 *
 * <pre>
 *   router A ══ wan-a ══ concentrator A ── isp-a ── Internet ── isp-b ── concentrator B ══ wan-b ══ router B
 * </pre>
 *
 * <p>The Internet knows the two WAN addresses and neither LAN.
 */
final class TwoSites {
  private static final int LAN_MTU = 1_500;

  /** The Internet's own ends of the access lines (RFC 5737). */
  private static final Ipv4Address PROVIDER_A = Ipv4Address.of(192, 0, 2, 1);

  private static final Ipv4Address PROVIDER_B = Ipv4Address.of(192, 0, 2, 129);

  private static final Ipv4Address CONCENTRATOR_A = Ipv4Address.of(192, 0, 2, 2);
  private static final Ipv4Address CONCENTRATOR_B = Ipv4Address.of(192, 0, 2, 130);
  private static final int ISP_MTU = 1_500;

  private final VirtualNetwork network;
  private final Site siteA;
  private final Site siteB;
  private final InternetNode internet = new InternetNode();
  private final List<VirtualPort> internetPorts = new ArrayList<>();
  private final Access accessA;
  private final Access accessB;
  private final RouterNode routerA;
  private final RouterNode routerB;
  private final VirtualHost hostA;
  private final VirtualHost hostB;

  /**
   * A site's way to the Internet.
   *
   * @param line its access line, end {@code a} at the router
   * @param provider who the site dials into; null if IP is directly on the line
   * @param concentrator the provider's; null likewise
   */
  private record Access(
      Link line, @Nullable AccessProvider provider, @Nullable ConcentratorNode concentrator) {}

  /** Two sites with IP directly on their access lines. */
  TwoSites(
      VirtualNetwork network,
      Site siteA,
      Site siteB,
      Impairments line,
      Duration powerOnB,
      BiConsumer<Site, RouterEvent> events,
      @Nullable KeyListener keys) {
    this(network, siteA, siteB, false, line, powerOnB, events, keys);
  }

  /**
   * Builds the network; nothing moves before it runs.
   *
   * @param dialled whether sites that dial do, into a concentrator each
   * @param line what the way from one access line to the Internet does to packets, each way
   * @param powerOnB how much later than site A's router that of site B is switched on
   * @param events is told what happens at which site
   * @param keys is told all keys, or null
   */
  TwoSites(
      VirtualNetwork network,
      Site siteA,
      Site siteB,
      boolean dialled,
      Impairments line,
      Duration powerOnB,
      BiConsumer<Site, RouterEvent> events,
      @Nullable KeyListener keys) {
    this.network = network;
    this.siteA = siteA;
    this.siteB = siteB;
    this.accessA = access(siteA, "a", 0, dialled, PROVIDER_A, CONCENTRATOR_A);
    this.accessB = access(siteB, "b", 1, dialled, PROVIDER_B, CONCENTRATOR_B);
    accessA.line.impair(line);
    accessB.line.impair(line);
    Segment lanA = network.segment("lan-a", LAN_MTU);
    Segment lanB = network.segment("lan-b", LAN_MTU);
    network.attach(internet, internetPorts.toArray(new VirtualPort[0]));
    this.routerA = router(siteA, 0, 0, accessA, lanA, events, keys);
    this.routerB = router(siteB, 1, powerOnB.toNanos(), accessB, lanB, events, keys);
    this.hostA = host("host-a", siteA, lanA);
    this.hostB = host("host-b", siteB, lanB);
  }

  private Access access(
      Site site,
      String letter,
      int number,
      boolean dialled,
      Ipv4Address internetEnd,
      Ipv4Address concentratorEnd) {
    AccessProvider provider = dialled ? AccessProvider.of(site) : null;
    String name = "wan-" + letter;
    int mtu = provider == null ? site.wan().effectiveIpMtu() : provider.largestFrame();
    Link line = network.link(name, mtu);
    if (provider == null) {
      connect(line.b(), site, internetEnd);
      return new Access(line, null, null);
    }
    Link uplink = network.link("isp-" + letter, ISP_MTU);
    connect(uplink.b(), site, internetEnd);
    internet.route(Ipv4Prefix.host(concentratorEnd), uplink.b(), null);
    return new Access(
        line, provider, provider.connect(network, number, concentratorEnd, line.b(), uplink.a()));
  }

  private void connect(VirtualPort port, Site site, Ipv4Address own) {
    internet.connect(port, own, 32);
    internet.route(Ipv4Prefix.host(site.wanAddress()), port, null);
    internetPorts.add(port);
  }

  private RouterNode router(
      Site site,
      int number,
      long powerOnNanos,
      Access access,
      Segment lan,
      BiConsumer<Site, RouterEvent> events,
      @Nullable KeyListener keys) {
    VirtualPort lanPort = lan.attach("router");
    lanPort.addAddress(site.lanAddress().address());
    VirtualPort wan = access.line.a();
    AccessProvider provider = access.provider;
    RouterPorts ports =
        provider == null
            ? RouterPorts.alone(Map.of(site.wan().name(), wan, site.lan().name(), lanPort))
            : RouterPorts.alone(Map.of(site.lan().name(), lanPort))
                .withEthernets(
                    Map.of(
                        provider.physical().name(),
                        new EthernetLine(wan, AccessProvider.stationAddress(number))));
    RouterEnvironment environment =
        new RouterEnvironment(
            network.secureRandom(site.name()),
            network.random(site.name()),
            event -> events.accept(site, event),
            keys,
            OspfStore.inMemory(),
            CertificateFiles.NONE,
            Computations.onTheSpot(),
            new IkeDiagnostics(WireTrace.FIELDS, null),
            new PppDiagnostics(true));
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
    return accessA.line;
  }

  /** Site B's access line, its end {@code a} at the router. */
  Link wanB() {
    return accessB.line;
  }

  /** The concentrator of site A's provider; null if site A does not dial. */
  @Nullable ConcentratorNode concentratorA() {
    return accessA.concentrator;
  }

  /** The concentrator of site B's provider; null if site B does not dial. */
  @Nullable ConcentratorNode concentratorB() {
    return accessB.concentrator;
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
