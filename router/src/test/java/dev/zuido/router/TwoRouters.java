package dev.zuido.router;

import dev.zuido.ospf.OspfStore;
import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.IosInterfaceName;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.testkit.Link;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.PingRequest;
import dev.zuido.testkit.Segment;
import dev.zuido.testkit.VirtualHost;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.testkit.VirtualNode;
import dev.zuido.testkit.VirtualPort;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.Ipv4Address;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The two routers of the reference scenario with a line between them, and a host on each LAN. The
 * second is switched on a moment later, so that the first is the initiator.
 */
final class TwoRouters {
  private static final long SECOND_IS_ON_NANOS = 100_000_000;
  private static final Ipv4Address HOST_B = Ipv4Address.of(10, 1, 2, 1);

  private final VirtualNetwork network = new VirtualNetwork(1);
  private final List<String> log = new ArrayList<>();
  private final Link wan = network.link("wan", 1454);
  private final Router routerA;
  private final Router routerB;
  private final VirtualHost hostA;

  private final IkeDiagnostics diagnosticsOfA;

  /** Two routers with these configurations; nothing moves before time does. */
  TwoRouters(String configA, String configB) {
    this(configA, configB, IkeDiagnostics.NONE);
  }

  /** The same, and more is told of the first one's key exchange. */
  TwoRouters(String configA, String configB, IkeDiagnostics diagnosticsOfA) {
    this.diagnosticsOfA = diagnosticsOfA;
    Segment lanA = network.segment("lan-a", 1500);
    Segment lanB = network.segment("lan-b", 1500);
    this.routerA = router(configA, wan.a(), lanA, Ipv4Address.of(10, 1, 1, 254), "a", 0);
    this.routerB =
        router(configB, wan.b(), lanB, Ipv4Address.of(10, 1, 2, 254), "b", SECOND_IS_ON_NANOS);
    this.hostA = host("host-a", lanA, Ipv4Address.of(10, 1, 1, 1), Ipv4Address.of(10, 1, 1, 254));
    host("host-b", lanB, HOST_B, Ipv4Address.of(10, 1, 2, 254));
  }

  /** A configuration of the reference scenario: {@code site-a} or {@code site-b}. */
  static String config(String name) {
    try (InputStream in =
        TwoRouters.class.getResourceAsStream("/dev/zuido/router/config/" + name + ".cfg")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Router router(
      String config,
      VirtualPort wanPort,
      Segment lan,
      Ipv4Address lanAddress,
      String name,
      long onNanos) {
    ConfigReport report = IosReader.read(config);
    VirtualPort lanPort = lan.attach("router");
    lanPort.addAddress(lanAddress);
    Map<IosInterfaceName, BatchPort> ports =
        Map.of(
            IosInterfaceName.parse("Dialer1"),
            wanPort,
            IosInterfaceName.parse("GigabitEthernet0/1"),
            lanPort);
    RouterEnvironment environment =
        new RouterEnvironment(
            network.secureRandom(name),
            network.random(name),
            event -> {
              log.add(name + " " + event.text());
              event.detail().forEach(line -> log.add(name + " " + line));
            },
            null,
            OspfStore.inMemory(),
            CertificateFiles.NONE,
            Computations.onTheSpot(),
            name.equals("a") ? diagnosticsOfA : IkeDiagnostics.NONE);
    Router router =
        Router.create(Objects.requireNonNull(report.config(), report::render), ports, environment);
    VirtualNode node =
        new VirtualNode() {
          @Override
          public void run(long nowNanos) {
            if (nowNanos >= onNanos) {
              router.process(nowNanos);
            }
          }

          @Override
          public long nextDeadline() {
            return Math.max(onNanos, router.nextDeadline());
          }
        };
    network.attach(node, wanPort, lanPort);
    return router;
  }

  private VirtualHost host(String name, Segment lan, Ipv4Address address, Ipv4Address gateway) {
    VirtualPort port = lan.attach("host");
    port.addAddress(address);
    return network.host(name, port, address, 24, gateway);
  }

  Router routerA() {
    return routerA;
  }

  Router routerB() {
    return routerB;
  }

  Link wan() {
    return wan;
  }

  /** What was logged: the router's letter, a blank, the line. */
  List<String> log() {
    return log;
  }

  long nowNanos() {
    return network.nowNanos();
  }

  void runFor(Duration time) {
    network.runFor(time.toNanos());
  }

  /** Pings from the host on one LAN to the other. */
  boolean ping() {
    Ping ping =
        hostA.ping(PingRequest.to(HOST_B).withTotalBytes(84).withProbes(1, Duration.ofSeconds(2)));
    network.wake(hostA);
    network.runUntil(ping::isDone, network.nowNanos() + Duration.ofSeconds(10).toNanos());
    return ping.isAnswered();
  }
}
