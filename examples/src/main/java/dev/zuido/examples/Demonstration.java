package dev.zuido.examples;

import dev.zuido.router.ShowCommands;
import dev.zuido.testkit.Ping;
import dev.zuido.testkit.PingRequest;
import dev.zuido.testkit.TcpServer;
import dev.zuido.testkit.TcpTransfer;
import dev.zuido.testkit.VirtualNetwork;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What {@code simulate} does with its two sites: wait for routes, ping, transfer, and show. */
final class Demonstration {
  /** The IP lengths that are pinged: small, as large as the tunnel, larger than it. */
  static final List<Integer> PING_BYTES = List.of(84, 1372, 2028);

  /** Probes for each size. */
  static final int MAX_PROBES = 20;

  private static final int TRANSFER_BYTES = 1_000_000;
  private static final int TRANSFER_PORT = 5_001;
  private static final Duration CONVERGENCE = Duration.ofMinutes(5);
  private static final Duration PING_LIMIT = Duration.ofMinutes(2);
  private static final Duration TRANSFER_LIMIT = Duration.ofMinutes(60);

  private final TwoSites sites;
  private final VirtualNetwork network;
  private final PrintWriter out;

  Demonstration(TwoSites sites, PrintWriter out) {
    this.sites = sites;
    this.network = sites.network();
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @return whether each ping was answered and the transfer arrived whole
   */
  boolean run() {
    boolean converged =
        network.runUntil(sites::isConverged, network.nowNanos() + CONVERGENCE.toNanos());
    say(converged ? "both sites know each other's LAN" : "no routes between the LANs");
    boolean ok = converged;
    for (int bytes : PING_BYTES) {
      ok &= ping(bytes);
    }
    ok &= transfer();
    out.println();
    show(sites.siteA(), sites.routerA().show());
    show(sites.siteB(), sites.routerB().show());
    out.println();
    out.println(ok ? "Success." : "FAILED.");
    out.flush();
    return ok;
  }

  private boolean ping(int bytes) {
    Ping ping =
        sites
            .hostA()
            .ping(
                PingRequest.to(sites.hostB().address())
                    .withTotalBytes(bytes)
                    .withProbes(MAX_PROBES, Duration.ofSeconds(2)));
    network.wake(sites.hostA());
    network.runUntil(ping::isDone, network.nowNanos() + PING_LIMIT.toNanos());
    say(
        "ping "
            + sites.hostA().address()
            + " -> "
            + sites.hostB().address()
            + ", "
            + bytes
            + " bytes: "
            + (ping.isAnswered()
                ? String.format(
                    Locale.ROOT,
                    "answered in %.1f ms (probe %d)",
                    ping.rttNanos() / 1e6,
                    ping.answeredProbe())
                : "no answer to " + ping.probesSent() + " probes"));
    return ping.isAnswered();
  }

  private boolean transfer() {
    TcpServer server = sites.hostB().serve(TRANSFER_PORT);
    byte[] content = new byte[TRANSFER_BYTES];
    network.random("content").nextBytes(content);
    TcpTransfer transfer = sites.hostA().transfer(sites.hostB().address(), TRANSFER_PORT, content);
    network.wake(sites.hostA());
    long begin = network.nowNanos();
    network.runUntil(transfer::isDone, begin + TRANSFER_LIMIT.toNanos());
    double seconds = transfer.nanos(network.nowNanos()) / 1e9;
    int mss = server.received().isEmpty() ? transfer.peerMss() : server.received().get(0).peerMss();
    say(
        String.format(
            Locale.ROOT,
            "transfer of %d bytes: %s in %.3f s, MSS %d, %d segments sent again",
            TRANSFER_BYTES,
            transfer.isWhole() ? "arrived whole" : transfer.outcome(),
            seconds,
            mss,
            transfer.retransmissions()));
    return transfer.isWhole();
  }

  private void show(Site site, ShowCommands show) {
    if (!show.dialer(network.nowNanos()).rows().isEmpty()) {
      command(site, "show pppoe session", show.pppoeSession(network.nowNanos()).text());
      command(site, "show ppp", show.ppp(network.nowNanos()).text());
    }
    command(site, "show crypto isakmp sa", show.cryptoIsakmpSa(network.nowNanos()).text());
    command(site, "show crypto ipsec sa", show.cryptoIpsecSa(network.nowNanos()).text());
    command(site, "show ip ospf neighbor", show.ipOspfNeighbor(network.nowNanos()).text());
    command(site, "show ip route", show.ipRoute().text());
    command(site, "show interfaces tunnel", show.interfacesTunnel().text());
  }

  private void command(Site site, String words, String answer) {
    out.println();
    out.println(site.name() + "# " + words);
    out.print(answer);
  }

  private void say(String text) {
    out.printf(Locale.ROOT, "%12.6f  %-8s %s%n", network.nowNanos() / 1e9, "", text);
    out.flush();
  }
}
