package dev.zuido.examples;

import dev.zuido.router.RouterEvent;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.PacketEvent;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.PingRequest;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.IpProtocol;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The two shipped configurations on a virtual network, with a watch on what leaves in the clear.
 */
final class Reference {
  private final List<String> events = new ArrayList<>();
  private final List<PacketEvent> clearGre = new ArrayList<>();
  private final TwoSites sites;

  Reference(long seed, Impairments line) {
    this(seed, line, config("site-a"), config("site-b"));
  }

  Reference(long seed, Impairments line, RouterConfig a, RouterConfig b) {
    VirtualNetwork network = new VirtualNetwork(seed);
    Duration powerOnB = Duration.ofMillis(network.random("power").nextInt(3_000));
    sites =
        new TwoSites(
            network, Site.of("site-a", a), Site.of("site-b", b), line, powerOnB, this::note, null);
    sites.wanA().aToB().addTap(this::watch);
    sites.wanB().aToB().addTap(this::watch);
  }

  static RouterConfig config(String name) {
    return Objects.requireNonNull(IosReader.read(text(name)).config());
  }

  static String text(String name) {
    Path folder = Path.of(System.getProperty("zuido.basedir", "."), "configurations");
    try {
      return Files.readString(folder.resolve(name + ".cfg"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void note(Site site, RouterEvent event) {
    events.add(sites.network().nowNanos() / 1_000_000 + " " + site.name() + " " + event.text());
  }

  private void watch(PacketEvent event) {
    if (!event.sent().isEmpty() && event.sent().byteAt(9) == IpProtocol.GRE) {
      clearGre.add(event);
    }
  }

  TwoSites sites() {
    return sites;
  }

  VirtualNetwork network() {
    return sites.network();
  }

  /** What has happened, one line per event, with milliseconds and site. */
  List<String> events() {
    return events;
  }

  /** The events whose text contains something. */
  List<String> events(String part) {
    return events.stream().filter(event -> event.contains(part)).toList();
  }

  /** GRE packets that left a router without protection. */
  List<PacketEvent> clearGre() {
    return clearGre;
  }

  boolean converges(Duration limit) {
    return network().runUntil(sites::isConverged, network().nowNanos() + limit.toNanos());
  }

  /**
   * Pings from site to site, for as long as a bad line may need: three fragments there and three
   * back, each over two links that lose a tenth, come through in 28 of 100 cases, and OSPF may lose
   * its adjacency for some of the time.
   */
  Ping ping(int bytes) {
    Ping ping =
        sites
            .hostA()
            .ping(
                PingRequest.to(sites.hostB().address())
                    .withTotalBytes(bytes)
                    .withProbes(110, Duration.ofSeconds(1)));
    network().wake(sites.hostA());
    network().runUntil(ping::isDone, network().nowNanos() + Duration.ofMinutes(2).toNanos());
    return ping;
  }

  void runFor(Duration time) {
    network().runFor(time.toNanos());
  }
}
