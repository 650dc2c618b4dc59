package dev.zuido.examples;

import dev.zuido.router.RouterEvent;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.testkit.Impairments;
import dev.zuido.testkit.PacketEvent;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.PingRequest;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.ByteString;
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
  /** Where an IP packet begins in a frame: behind the headers of Ethernet, PPPoE and PPP. */
  private static final int IP_IN_PPPOE = 22;

  private final List<String> events = new ArrayList<>();
  private final List<PacketEvent> clearGre = new ArrayList<>();
  private final TwoSites sites;
  private final int ipOffset;

  Reference(long seed, Impairments line) {
    this(seed, line, config("site-a"), config("site-b"));
  }

  Reference(long seed, Impairments line, RouterConfig a, RouterConfig b) {
    this(seed, line, Site.of("site-a", a), Site.of("site-b", b), false);
  }

  private Reference(long seed, Impairments line, Site a, Site b, boolean dialled) {
    VirtualNetwork network = new VirtualNetwork(seed);
    Duration powerOnB = Duration.ofMillis(network.random("power").nextInt(3_000));
    sites = new TwoSites(network, a, b, dialled, line, powerOnB, this::note, null);
    ipOffset = dialled ? IP_IN_PPPOE : 0;
    sites.wanA().aToB().addTap(this::watch);
    sites.wanB().aToB().addTap(this::watch);
  }

  /** The two sites, which dial into their providers. */
  static Reference dialled(long seed, Impairments line, RouterConfig a, RouterConfig b) {
    return new Reference(seed, line, Site.of("site-a", a), Site.of("site-b", b), true);
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

  /** Whether a frame on the access line has an IP packet. */
  private boolean isIp(ByteString frame) {
    return frame.length() > ipOffset + 20
        && (ipOffset == 0
            || (frame.byteAt(12) == (byte) 0x88
                && frame.byteAt(13) == 0x64
                && frame.byteAt(20) == 0
                && frame.byteAt(21) == 0x21));
  }

  private void watch(PacketEvent event) {
    if (isIp(event.sent()) && event.sent().byteAt(ipOffset + 9) == IpProtocol.GRE) {
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
