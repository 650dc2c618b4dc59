package dev.zuido.router;

import dev.zuido.esp.EspVerdict;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SaCounters;
import dev.zuido.esp.SecurityAssociation;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.gre.GreTunnel;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeSnapshot;
import dev.zuido.ospf.InterfaceSnapshot;
import dev.zuido.ospf.InterfaceState;
import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.TunnelConfig;
import dev.zuido.router.forwarding.AccessFilter;
import dev.zuido.router.forwarding.NextHop;
import dev.zuido.router.forwarding.Route;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code show} commands print, in the form that engineers know. Each answer ends with a line's
 * end; what is not there is said in words.
 *
 * <p>It reads the router's state and belongs to the router's thread.
 */
public final class ShowCommands {
  private static final long NANOS = 1_000_000_000L;

  private final RouterParts parts;

  ShowCommands(RouterParts parts) {
    this.parts = parts;
  }

  /** {@code show crypto isakmp sa}. */
  public String cryptoIsakmpSa() {
    IkeEngine ike = parts.controlPlane().ike();
    if (ike == null) {
      return "IKE is not configured.\n";
    }
    StringBuilder text = new StringBuilder("IPv4 Crypto ISAKMP SA\n");
    row(text, "%-15s %-15s %-14s %-10s %s", "dst", "src", "state", "role", "proposal");
    for (IkeSnapshot.IsakmpSaView sa : ike.snapshot().isakmpSas()) {
      // As IOS has it: the destination is the responder.
      var responder = sa.initiator() ? sa.remote() : sa.local();
      var initiator = sa.initiator() ? sa.local() : sa.remote();
      row(
          text,
          "%-15s %-15s %-14s %-10s %s",
          responder.address(),
          initiator.address(),
          sa.state(),
          sa.initiator() ? "initiator" : "responder",
          sa.proposal());
    }
    return text.toString();
  }

  /** {@code show crypto ipsec sa}. */
  public String cryptoIpsecSa() {
    StringBuilder text = new StringBuilder();
    for (RouterInterface each : parts.interfaces()) {
      CryptoPolicy crypto = each.crypto();
      if (crypto == null) {
        continue;
      }
      row(text, "interface: %s", each);
      row(text, "    Crypto map tag: %s, local addr %s", crypto.mapName(), each.address());
      SaCounters counters = crypto.boundary().counters();
      row(
          text,
          "    no SA: %d, clear text refused: %d, unknown SPI: %d",
          counters.packets(EspVerdict.NO_SA),
          counters.packets(EspVerdict.CLEARTEXT),
          counters.packets(EspVerdict.UNKNOWN_SPI));
      for (SecurityPolicy policy : crypto.boundary().policies().policies()) {
        if (crypto.children().containsKey(policy.name())) {
          associations(text, policy);
        }
      }
    }
    return text.isEmpty() ? "No crypto map is applied.\n" : text.toString();
  }

  private void associations(StringBuilder text, SecurityPolicy policy) {
    var database = parts.controlPlane().associations();
    row(text, "%n   policy %s: %s", policy.name(), policy.selector());
    for (SecurityAssociation inbound : database.inboundAssociations()) {
      if (policy.equals(database.policyOf(inbound))) {
        association(text, "inbound", inbound, EspVerdict.OPENED);
      }
    }
    OutboundSa current = database.outbound(policy);
    for (SecurityAssociation outbound : database.outboundAssociations()) {
      if (policy.equals(database.policyOf(outbound))) {
        association(
            text, outbound == current ? "outbound" : "outbound (old)", outbound, EspVerdict.SEALED);
      }
    }
  }

  private static void association(
      StringBuilder text, String direction, SecurityAssociation sa, EspVerdict good) {
    var parameters = sa.parameters();
    SaCounters counters = sa.counters();
    long refused = 0;
    for (EspVerdict verdict : EspVerdict.values()) {
      refused += verdict == good ? 0 : counters.packets(verdict);
    }
    row(
        text,
        "     %s esp sa: spi %s, peer %s, %s, %s mode",
        direction,
        parameters.spiText(),
        parameters.remote(),
        parameters.suite(),
        parameters.mode().name().toLowerCase(Locale.ROOT));
    row(
        text,
        "        #pkts %s: %d, #bytes: %d, #pkts refused: %d",
        good == EspVerdict.OPENED ? "decaps" : "encaps",
        counters.packets(good),
        counters.bytes(),
        refused);
  }

  /**
   * {@code show ip ospf neighbor}.
   *
   * @param nowNanos the time
   */
  public String ipOspfNeighbor(long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    if (ospf == null) {
      return "OSPF is not configured.\n";
    }
    StringBuilder text = new StringBuilder();
    row(
        text,
        "%-15s %3s  %-16s %-11s %-15s %s",
        "Neighbor ID",
        "Pri",
        "State",
        "Dead Time",
        "Address",
        "Interface");
    for (NeighborSnapshot neighbor : ospf.neighbors(nowNanos)) {
      row(
          text,
          "%-15s %3d  %-16s %-11s %-15s %s",
          neighbor.routerId(),
          neighbor.priority(),
          EventLog.iosState(neighbor.state()) + "/" + role(neighbor),
          clock(neighbor.deadNanos()),
          neighbor.address(),
          parts.interfaces().get(neighbor.interfaceId()));
    }
    return text.toString();
  }

  private String role(NeighborSnapshot neighbor) {
    var ospf = parts.controlPlane().ospf();
    boolean elects =
        ospf != null
            && ospf.interfaceConfig(neighbor.interfaceId()).type()
                == dev.zuido.ospf.NetworkType.BROADCAST;
    if (!elects) {
      return "  -";
    }
    if (neighbor.address().equals(neighbor.designatedRouter())) {
      return "DR";
    }
    return neighbor.address().equals(neighbor.backupDesignatedRouter()) ? "BDR" : "DROTHER";
  }

  /**
   * {@code show ip ospf interface brief}.
   *
   * @param nowNanos the time
   */
  public String ipOspfInterface(long nowNanos) {
    OspfEngine ospf = parts.controlPlane().ospf();
    if (ospf == null) {
      return "OSPF is not configured.\n";
    }
    StringBuilder text = new StringBuilder();
    row(
        text,
        "%-22s %-15s %-18s %5s %-8s %s",
        "Interface",
        "Area",
        "IP Address/Mask",
        "Cost",
        "State",
        "Nbrs F/C");
    for (InterfaceSnapshot each : ospf.interfaces(nowNanos)) {
      row(
          text,
          "%-22s %-15s %-18s %5d %-8s %d/%d",
          each.config().name(),
          each.config().areaId(),
          each.config().address() + "/" + each.config().prefixLength(),
          each.config().cost(),
          state(each.state()),
          each.adjacentNeighbors(),
          each.neighbors());
      each.explanations()
          .forEach(
              why ->
                  row(
                      text,
                      "   no adjacency with %s (%s): %s",
                      why.routerId(),
                      why.source(),
                      why.mismatch().explain()));
    }
    return text.toString();
  }

  private static String state(InterfaceState state) {
    return switch (state) {
      case POINT_TO_POINT -> "P2P";
      case DR_OTHER -> "DROTH";
      case BACKUP -> "BDR";
      default -> state.toString();
    };
  }

  /** {@code show ip route}. */
  public String ipRoute() {
    StringBuilder text =
        new StringBuilder("Codes: L - local, C - connected, S - static, O - OSPF\n\n");
    for (Route route : parts.routes().routes()) {
      String mark = route.prefix().equals(Ipv4Prefix.DEFAULT) ? "*" : " ";
      String distance =
          switch (route.source()) {
            case CONNECTED, LOCAL -> "";
            case STATIC, OSPF -> " [" + route.distance() + "/" + route.metric() + "]";
          };
      for (NextHop hop : route.nextHops()) {
        row(
            text,
            "%s%s    %-18s%s%s",
            route.source().letter(),
            mark,
            route.prefix(),
            distance,
            describe(route, hop));
      }
    }
    return text.toString();
  }

  private String describe(Route route, NextHop hop) {
    String gateway = hop.gateway() == null ? "" : " via " + hop.gateway();
    if (hop.interfaceNumber() == NextHop.DISCARD) {
      return " is directly connected, Null0";
    }
    if (hop.interfaceNumber() == NextHop.RECURSIVE) {
      return gateway;
    }
    String name = parts.interfaces().get(hop.interfaceNumber()).name();
    boolean direct = gateway.isEmpty() || route.source().distance() == 0;
    return (direct ? " is directly connected" : gateway) + ", " + name;
  }

  /** {@code show interfaces tunnel}: all tunnel interfaces. */
  public String interfacesTunnel() {
    StringBuilder text = new StringBuilder();
    for (TunnelLine line : parts.tunnels().lines()) {
      describe(text, line.owner());
      GreTunnel tunnel = line.tunnel();
      TunnelConfig configured = line.owner().config().tunnel();
      row(
          text,
          "  Tunnel source %s, destination %s",
          tunnel.config().local()
              + (configured == null || configured.source() == null
                  ? ""
                  : " (" + configured.source() + ")"),
          tunnel.config().remote());
      row(
          text,
          "  Tunnel protocol/transport GRE/IP, overhead %d bytes, key %s, checksum %s, sequence %s",
          tunnel.overhead(),
          tunnel.config().key() == null
              ? "disabled"
              : Integer.toUnsignedString(tunnel.config().key()),
          onOff(tunnel.config().checksum()),
          onOff(tunnel.config().sequence()));
      if (!line.cause().isEmpty()) {
        row(text, "  Down: %s", line.cause());
      }
      row(text, "  sent %s", tunnel.sent());
      row(text, "  received %s", tunnel.received());
    }
    return text.isEmpty() ? "No tunnel interface.\n" : text.toString();
  }

  /** {@code show interfaces}: all interfaces. */
  public String interfaces() {
    StringBuilder text = new StringBuilder();
    parts.interfaces().forEach(each -> describe(text, each));
    return text.toString();
  }

  private static void describe(StringBuilder text, RouterInterface each) {
    row(
        text,
        "%s is %s, line protocol is %s",
        each,
        each.config().shutdown() ? "administratively down" : "up",
        each.isLineUp() ? "up" : "down");
    List<InterfaceAddress> addresses = each.config().addresses();
    Ipv4Address address = each.address();
    row(
        text,
        "  Internet address is %s, IP MTU %d bytes",
        addresses.isEmpty()
            ? (address == null ? "not set" : address + " (unnumbered)")
            : addresses.get(0),
        each.mtu());
    InterfaceCounters counters = each.counters();
    row(
        text,
        "     %d packets input, %d bytes; %d packets output, %d bytes",
        counters.packetsIn(),
        counters.bytesIn(),
        counters.packetsOut(),
        counters.bytesOut());
    counters
        .drops()
        .snapshot()
        .forEach((reason, count) -> row(text, "     dropped, %s: %d", reason.words(), count));
  }

  /** {@code show access-lists}. */
  public String accessLists() {
    StringBuilder text = new StringBuilder();
    for (AccessFilter filter : parts.filters().values()) {
      AccessList list = filter.list();
      row(
          text,
          "%s IP access list %s",
          list.kind() == AccessList.Kind.STANDARD ? "Standard" : "Extended",
          list.name());
      for (int i = 0; i < list.rules().size(); i++) {
        row(
            text,
            "    %d %s (%d matches)",
            list.rules().get(i).sequence(),
            list.rules().get(i),
            filter.matches(i));
      }
      row(text, "    implicit deny (%d matches)", filter.unmatched());
    }
    return text.isEmpty() ? "No access list.\n" : text.toString();
  }

  private static String onOff(boolean on) {
    return on ? "enabled" : "disabled";
  }

  private static String clock(long nanos) {
    long seconds = Math.max(0, nanos) / NANOS;
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static void row(StringBuilder text, String format, @Nullable Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
  }
}
