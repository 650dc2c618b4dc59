package dev.zuido.router;

import dev.zuido.pppoe.AccessConcentratorConfig;
import dev.zuido.pppoe.ConcentratorOutput;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.router.show.ShowResult;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.Link;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.PingRequest;
import dev.zuido.testkit.Segment;
import dev.zuido.testkit.VirtualHost;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.testkit.VirtualNode;
import dev.zuido.testkit.VirtualPort;
import dev.zuido.testkit.pppoe.ConcentratorNode;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.EthernetFields;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A router that dials into a concentrator over an Ethernet, a host on its LAN, and a host on the
 * Internet behind the concentrator.
 *
 * <pre>
 *   lan host ── lan ── router ══ line ══ concentrator ── uplink ── far host
 * </pre>
 */
final class Provider {
  static final Ipv4Address OURS = Ipv4Address.parse("100.1.1.1");
  static final Ipv4Address GATEWAY = Ipv4Address.parse("203.0.113.1");
  static final Ipv4Address NAME_SERVER = Ipv4Address.parse("203.0.113.53");
  static final Ipv4Address FAR = Ipv4Address.parse("200.1.1.1");
  static final Ipv4Address LAN_HOST = Ipv4Address.parse("10.1.1.1");
  static final String SECRET = "tr0ub4dor";
  static final IosInterfaceName DIALER = IosInterfaceName.parse("Dialer1");

  private static final IosInterfaceName ETHERNET = IosInterfaceName.parse("GigabitEthernet0/0");
  private static final IosInterfaceName LAN = IosInterfaceName.parse("GigabitEthernet0/1");

  /** A configuration with a fixed address. */
  static final String FIXED =
      """
      hostname siteA
      interface Loopback0
       ip address 100.1.1.1 255.255.255.255
      interface GigabitEthernet0/0
       pppoe enable group global
       pppoe-client dial-pool-number 1
      interface GigabitEthernet0/1
       ip address 10.1.1.254 255.255.255.0
      interface Dialer1
       ip unnumbered Loopback0
       ip mtu 1454
       encapsulation ppp
       dialer pool 1
       dialer-group 1
       ppp authentication chap callin
       ppp chap hostname user@example.net
       ppp chap password tr0ub4dor
      ip route 0.0.0.0 0.0.0.0 Dialer1
      dialer-list 1 protocol ip permit
      """;

  /** The same with a negotiated address. */
  static final String NEGOTIATED =
      FIXED
          .replace("ip address 100.1.1.1", "ip address 10.255.0.1")
          .replace("ip unnumbered Loopback0", "ip address negotiated\n ppp ipcp dns request");

  private final VirtualNetwork network = new VirtualNetwork(1);
  private final List<String> log = new ArrayList<>();
  private final Link line;
  private final Link uplink = network.link("uplink", 1500);
  private final ConcentratorNode concentrator;
  private final Router router;
  private final VirtualHost lanHost;
  private final @Nullable VirtualHost farHost;
  private final VirtualNode node;
  private final List<byte[]> sent = new ArrayList<>();
  private Ipv4Address given = OURS;

  /** What is set up; nothing moves before time does. */
  Provider(String config) {
    this(config, SECRET, 1492, 1492);
  }

  Provider(String config, String secret, int mru, int payload) {
    this(config, secret, mru, payload, null, null);
  }

  /** The same beside a host's stack, of which a device stands for the Dialer interface. */
  static Provider besideHost(String config, QueuePort device) {
    return new Provider(config, SECRET, 1492, 1492, null, device);
  }

  /** The same with a router in the place of the far host, on GigabitEthernet0/0. */
  static Provider withFarRouter(String config, String farConfig) {
    return new Provider(config, SECRET, 1492, 1492, farConfig, null);
  }

  private Provider(
      String config,
      String secret,
      int mru,
      int payload,
      @Nullable String farConfig,
      @Nullable QueuePort device) {
    this.line = network.link("line", payload + 8 + 14);
    line.impair(Impairments.NONE.withDelay(Duration.ofMillis(5)));
    line.aToB().addTap(event -> sent.add(event.sent().toArray()));
    AccessConcentratorConfig serves =
        new AccessConcentratorConfig(
            MacAddress.parse("02:00:00:00:00:01"),
            "isp",
            List.of(),
            payload + 8,
            100,
            10,
            PppConfig.server(
                    "isp",
                    name ->
                        name.equals("user@example.net")
                            ? ByteString.of(secret.getBytes(StandardCharsets.UTF_8))
                            : null,
                    new PppConfig.IpcpConfig(GATEWAY, false, null, false, List.of(NAME_SERVER)))
                .withMru(mru),
            name -> given);
    this.concentrator = new ConcentratorNode(network, "isp", serves, line.b(), uplink.a());
    Segment lan = network.segment("lan", 1500);
    VirtualPort lanPort = lan.attach("router");
    lanPort.addAddress(Ipv4Address.parse("10.1.1.254"));
    ConfigReport report = IosReader.read(config);
    RouterEnvironment environment =
        new RouterEnvironment(
                network.secureRandom("router"),
                network.random("router"),
                event -> {
                  log.add(event.text());
                  log.addAll(event.detail());
                },
                null)
            .withPppDiagnostics(new PppDiagnostics(true));
    this.router =
        Router.create(
            Objects.requireNonNull(report.config(), report::render),
            (device == null
                    ? RouterPorts.alone(Map.of(LAN, lanPort))
                    : RouterPorts.besideHost(Map.of(), Map.of(DIALER, device)))
                .withEthernets(
                    Map.of(
                        ETHERNET,
                        new EthernetLine(line.a(), MacAddress.parse("02:00:00:00:00:0a")))),
            environment);
    this.node = node(router);
    network.attach(node, line.a(), lanPort);
    VirtualPort hostPort = lan.attach("host");
    hostPort.addAddress(LAN_HOST);
    this.lanHost =
        network.host("lan-host", hostPort, LAN_HOST, 24, Ipv4Address.parse("10.1.1.254"));
    if (farConfig == null) {
      this.farHost = network.host("far-host", uplink.b(), FAR, 0, null);
    } else {
      this.farHost = null;
      attachFarRouter(farConfig);
    }
  }

  private void attachFarRouter(String config) {
    ConfigReport report = IosReader.read(config);
    Router far =
        Router.create(
            Objects.requireNonNull(report.config(), report::render),
            Map.of(ETHERNET, uplink.b()),
            new RouterEnvironment(
                network.secureRandom("far"),
                network.random("far"),
                event -> log.add("far " + event.text()),
                null));
    network.attach(node(far), uplink.b());
  }

  private static VirtualNode node(Router router) {
    return new VirtualNode() {
      @Override
      public void run(long nowNanos) {
        router.process(nowNanos);
      }

      @Override
      public long nextDeadline() {
        return router.nextDeadline();
      }
    };
  }

  /** The address that the concentrator gives from now on. */
  void give(Ipv4Address address) {
    given = address;
  }

  VirtualNetwork network() {
    return network;
  }

  Router router() {
    return router;
  }

  Link line() {
    return line;
  }

  Link uplink() {
    return uplink;
  }

  ConcentratorNode concentrator() {
    return concentrator;
  }

  VirtualHost lanHost() {
    return lanHost;
  }

  VirtualHost farHost() {
    return Objects.requireNonNull(farHost);
  }

  List<String> log() {
    return log;
  }

  /** The lines that contain something. */
  List<String> log(String part) {
    return log.stream().filter(line -> line.contains(part)).toList();
  }

  void runFor(long seconds) {
    network.runFor(Duration.ofSeconds(seconds).toNanos());
  }

  boolean isUp() {
    return router.isLineUp(DIALER);
  }

  /** Whether the line comes up within so many seconds. */
  boolean comesUp(long seconds) {
    return network.runUntil(this::isUp, network.nowNanos() + Duration.ofSeconds(seconds).toNanos());
  }

  /** Pings the router from the Internet. */
  boolean pingRouter(Ipv4Address address) {
    return ping(farHost(), address, 84, false).isAnswered();
  }

  Ping ping(VirtualHost from, Ipv4Address to, int bytes, boolean dontFragment) {
    PingRequest request =
        PingRequest.to(to).withTotalBytes(bytes).withProbes(1, Duration.ofSeconds(2));
    Ping ping = from.ping(dontFragment ? request.withDontFragment() : request);
    network.wake(from);
    network.runUntil(ping::isDone, network.nowNanos() + Duration.ofSeconds(10).toNanos());
    return ping;
  }

  /** What a show command answers. */
  String show(String words, boolean json) {
    ShowResult result = router.show().run(List.of(words.split(" ")), json, network.nowNanos());
    return ((ShowResult.Answer) result).text();
  }

  /** Runs a clear command. */
  String clear(String words) {
    ShowResult result = router.clear(List.of(words.split(" ")), network.nowNanos());
    network.wake(node);
    return result instanceof ShowResult.Answer answer
        ? answer.text()
        : ((ShowResult.Refused) result).message();
  }

  /** The frames that the router has sent since the beginning, of one Ethernet type. */
  List<byte[]> sent(int etherType) {
    return sent.stream().filter(frame -> EthernetFields.type(frame, 0) == etherType).toList();
  }

  /** The IPv4 packets that the router has sent by the line since the beginning. */
  List<byte[]> sentPackets() {
    return sent(EthernetFields.TYPE_PPPOE_SESSION).stream()
        .filter(frame -> BigEndian.getUnsignedShort(frame, 20) == 0x0021)
        .map(frame -> Arrays.copyOfRange(frame, 22, frame.length))
        .toList();
  }

  /** Ends the session as the provider's operator does. */
  void terminate() {
    concentrator.events().stream()
        .filter(ConcentratorOutput.SessionStarted.class::isInstance)
        .map(ConcentratorOutput.SessionStarted.class::cast)
        .forEach(
            started ->
                concentrator.concentrator().terminate(started.sessionId(), network.nowNanos()));
    network.wake(concentrator);
  }

  /** Lets the router look at its ports. */
  void wakeRouter() {
    network.wake(node);
    network.runFor(100_000_000L);
  }

  void forget() {
    concentrator.concentrator().forgetAll();
  }
}
