package dev.zuido.router.config.ios;

import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.InterfaceKind;
import dev.zuido.router.config.PppTimersConfig;
import dev.zuido.router.config.TunnelConfig;
import dev.zuido.router.config.TunnelKeepalive;
import dev.zuido.router.config.TunnelPathMtu;
import dev.zuido.router.config.TunnelSource;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code tunnel}: GRE on a tunnel interface; {@code keepalive} of tunnels and Dialers. */
final class TunnelCommands {
  @FunctionalInterface
  private interface Change {
    TunnelConfig apply(TunnelConfig tunnel, Arguments a);
  }

  private TunnelCommands() {}

  static void register(IosGrammar grammar) {
    Mode<InterfaceConfig.Builder> mode = grammar.port;
    tunnel(
        mode,
        "tunnel source <name:interface>",
        (t, a) -> t.withSource(new TunnelSource.OfInterface(a.interfaceName("name"))));
    tunnel(
        mode,
        "tunnel source <address:address>",
        (t, a) -> t.withSource(new TunnelSource.OfAddress(a.address("address"))));
    tunnel(mode, "no tunnel source [<old:line>]", (t, a) -> t.withSource(null));
    tunnel(
        mode,
        "tunnel destination <address:address>",
        (t, a) -> t.withDestination(a.address("address")));
    tunnel(mode, "no tunnel destination [<old:line>]", (t, a) -> t.withDestination(null));
    tunnel(
        mode,
        "tunnel key <key:0-" + TunnelConfig.LAST_KEY + ">",
        (t, a) -> t.withKey(a.optionalNumber("key")));
    tunnel(mode, "no tunnel key [<old:line>]", (t, a) -> t.withKey(OptionalLong.empty()));
    tunnel(mode, "tunnel checksum", (t, a) -> t.withChecksum(true));
    tunnel(mode, "no tunnel checksum", (t, a) -> t.withChecksum(false));
    tunnel(mode, "tunnel sequence-datagrams", (t, a) -> t.withSequenceDatagrams(true));
    tunnel(mode, "no tunnel sequence-datagrams", (t, a) -> t.withSequenceDatagrams(false));
    tunnel(mode, "tunnel mode gre ip", (t, a) -> t);
    tunnel(mode, "no tunnel mode [<old:line>]", (t, a) -> t);
    mode.unsupported("tunnel mode {ipsec|ipip|gre} <rest:line>", "tunnels are of GRE over IPv4")
        .unsupported("tunnel mode {ipip|ipsec}", "tunnels are of GRE over IPv4")
        .unsupported("tunnel mode gre ipv6", "the router forwards IPv4 only: GRE is over IPv4")
        .unsupported(
            "tunnel mode gre multipoint", "a tunnel has one destination: there is no NHRP");
    tunnel(mode, "tunnel path-mtu-discovery", (t, a) -> t.withPathMtu(TunnelPathMtu.DEFAULT));
    tunnel(
        mode,
        "tunnel path-mtu-discovery age-timer <minutes:10-30>",
        (t, a) -> t.withPathMtu(pathMtu(t).withAgeMinutes(a.optionalInteger("minutes"))));
    tunnel(
        mode,
        "tunnel path-mtu-discovery age-timer infinite",
        (t, a) -> t.withPathMtu(pathMtu(t).withAgeMinutes(OptionalInt.empty())));
    tunnel(
        mode,
        "tunnel path-mtu-discovery min-mtu <bytes:92-65535>",
        (t, a) -> t.withPathMtu(pathMtu(t).withLeastMtu(a.integer("bytes"))));
    tunnel(mode, "no tunnel path-mtu-discovery [<old:line>]", (t, a) -> t.withPathMtu(null));
    tunnel(mode, "tunnel tos <tos:0-255>", (t, a) -> t.withTos(a.optionalInteger("tos")));
    tunnel(mode, "no tunnel tos [<old:line>]", (t, a) -> t.withTos(OptionalInt.empty()));
    tunnel(
        mode,
        "tunnel ttl <ttl:1-255>",
        (t, a) -> t.withTtl(a.optionalInteger("ttl").orElse(TunnelConfig.DEFAULT_TTL)));
    tunnel(mode, "no tunnel ttl [<old:line>]", (t, a) -> t.withTtl(TunnelConfig.DEFAULT_TTL));
    mode.does("keepalive [<period:1-32767> [<retries:1-255>]]", TunnelCommands::setKeepalive)
        .does("no keepalive [<old:line>]", TunnelCommands::removeKeepalive);
  }

  /** GRE keepalives of a tunnel, LCP echoes of a Dialer: IOS has one line for both. */
  private static void setKeepalive(InterfaceConfig.Builder port, Arguments a) throws Refusal {
    OptionalInt period = a.optionalInteger("period");
    OptionalInt retries = a.optionalInteger("retries");
    if (port.name().kind() == InterfaceKind.DIALER) {
      PppTimersConfig ios = PppTimersConfig.IOS;
      int seconds = period.orElse(ios.keepaliveSeconds());
      int losses = retries.orElse(ios.keepaliveRetries());
      IsakmpCommands.require(
          losses <= PppTimersConfig.LAST_COUNT,
          "a Dialer takes at most " + PppTimersConfig.LAST_COUNT + " retries");
      port.dialer(dialer -> dialer.withTimers(t -> t.withKeepalive(seconds, losses)));
      return;
    }
    requireTunnel(port);
    TunnelKeepalive keepalive =
        new TunnelKeepalive(
            period.orElse(TunnelKeepalive.DEFAULT_PERIOD_SECONDS),
            retries.orElse(TunnelKeepalive.DEFAULT_RETRIES));
    port.tunnel(t -> t.withKeepalive(keepalive));
  }

  private static void removeKeepalive(InterfaceConfig.Builder port, Arguments a) throws Refusal {
    if (port.name().kind() == InterfaceKind.DIALER) {
      PppTimersConfig ios = PppTimersConfig.IOS;
      int seconds = a.byDefault() ? ios.keepaliveSeconds() : 0;
      port.dialer(d -> d.withTimers(t -> t.withKeepalive(seconds, ios.keepaliveRetries())));
      return;
    }
    requireTunnel(port);
    port.tunnel(t -> t.withKeepalive(null));
  }

  private static void requireTunnel(InterfaceConfig.Builder port) throws Refusal {
    if (port.name().kind() != InterfaceKind.TUNNEL) {
      throw Refusal.line(port.name() + " is no tunnel interface");
    }
  }

  private static TunnelPathMtu pathMtu(TunnelConfig tunnel) {
    TunnelPathMtu known = tunnel.pathMtu();
    return known == null ? TunnelPathMtu.DEFAULT : known;
  }

  private static void tunnel(Mode<InterfaceConfig.Builder> mode, String pattern, Change change) {
    mode.does(
        pattern,
        (port, a) -> {
          requireTunnel(port);
          port.tunnel(tunnel -> change.apply(tunnel, a));
        });
  }
}
