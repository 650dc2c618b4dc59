package dev.zuido.router.show;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code show crypto ipsec sa}: the IPsec SAs of each protecting policy (RFC 4301).
 *
 * @param rows an interface with a crypto map each
 */
public record IpsecSaReport(List<ProtectedInterface> rows) implements ShowReport {
  /**
   * An interface with a crypto map.
   *
   * @param interfaceName its name
   * @param cryptoMap the crypto map's name
   * @param localAddress its address, or null if it has none
   * @param mtu its IPv4 MTU in bytes
   * @param noSa packets dropped because the policy protects them and there was no SA yet
   * @param clearTextRefused packets dropped because they came in the clear where the policy
   *     protects
   * @param unknownSpi ESP packets dropped because no SA has their SPI
   * @param policies the policies that protect, in the order in which they are asked
   */
  public record ProtectedInterface(
      String interfaceName,
      String cryptoMap,
      @Nullable Ipv4Address localAddress,
      int mtu,
      long noSa,
      long clearTextRefused,
      long unknownSpi,
      List<Policy> policies) {
    /** Copies the list. */
    public ProtectedInterface {
      policies = List.copyOf(policies);
    }
  }

  /**
   * A policy.
   *
   * @param name crypto map, entry and rule of the access list
   * @param peer the peer's name in the configuration or its address; null if not known yet
   * @param selector the traffic that it protects
   * @param inbound the inbound SAs, oldest first
   * @param outbound the outbound SAs, oldest first
   */
  public record Policy(
      String name,
      @Nullable String peer,
      Selector selector,
      List<IpsecSa> inbound,
      List<IpsecSa> outbound) {
    /** Copies the lists. */
    public Policy {
      inbound = List.copyOf(inbound);
      outbound = List.copyOf(outbound);
    }
  }

  /**
   * Traffic.
   *
   * @param localAddresses an address, or the first and the last with a hyphen
   * @param localPorts a port, the first and the last with a hyphen, or {@code any}
   * @param remoteAddresses the same at the other end
   * @param remotePorts the same at the other end
   * @param protocol the name or number of the IP protocol; {@code ip} for all
   */
  public record Selector(
      String localAddresses,
      String localPorts,
      String remoteAddresses,
      String remotePorts,
      String protocol) {}

  /**
   * One direction of protection.
   *
   * @param spi the SPI, 1 to 4 294 967 295
   * @param active whether it is the one in use: the newest; older ones still receive
   * @param encryption the encryption algorithm with its key length
   * @param integrity the integrity algorithm; {@code none} if the encryption algorithm is AEAD
   * @param mode {@code transport} or {@code tunnel}
   * @param localAddress our end
   * @param remoteAddress the peer's end
   * @param udpEncapsulation the UDP ports (RFC 3948), or null for ESP directly in IP
   * @param packets packets sealed or opened
   * @param bytes bytes encrypted or decrypted for them
   * @param refused packets dropped by this SA, by reason; reasons that did not occur are left out
   * @param sequence the highest sequence number sent or received
   * @param replayWindow the replay window in packets, 0 without protection; null outbound
   * @param lifetimeSeconds the lifetime, or null if it has no limit
   * @param lifetimeLeftSeconds what is left of it
   * @param lifetimeKilobytes the volume in units of 1024 bytes, or null if it has no limit
   * @param lifetimeLeftKilobytes what is left of it
   */
  public record IpsecSa(
      long spi,
      boolean active,
      String encryption,
      String integrity,
      String mode,
      IpAddress localAddress,
      IpAddress remoteAddress,
      @Nullable UdpPorts udpEncapsulation,
      long packets,
      long bytes,
      Map<String, Long> refused,
      long sequence,
      @Nullable Integer replayWindow,
      @Nullable Long lifetimeSeconds,
      @Nullable Long lifetimeLeftSeconds,
      @Nullable Long lifetimeKilobytes,
      @Nullable Long lifetimeLeftKilobytes) {
    /** Copies the map, keeping its order. */
    public IpsecSa {
      refused = Collections.unmodifiableMap(new LinkedHashMap<>(refused));
    }
  }

  /**
   * The ports of UDP encapsulation.
   *
   * @param localPort ours
   * @param remotePort the peer's, as we see it
   */
  public record UdpPorts(int localPort, int remotePort) {}

  /** Copies the list. */
  public IpsecSaReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    for (ProtectedInterface each : rows) {
      lines.add("interface: %s", each.interfaceName);
      lines.add(
          "    Crypto map tag: %s, local addr %s, ip mtu %d",
          each.cryptoMap, each.localAddress == null ? "not set" : each.localAddress, each.mtu);
      lines.add(
          "    no SA: %d, clear text refused: %d, unknown SPI: %d",
          each.noSa, each.clearTextRefused, each.unknownSpi);
      each.policies.forEach(policy -> policy(lines, policy));
    }
    return lines.orElse("No crypto map is applied.");
  }

  private static void policy(Lines lines, Policy policy) {
    Selector selector = policy.selector;
    lines.add("");
    lines.add("   policy %s", policy.name);
    lines.add(
        "   local  ident (addr/prot/port): (%s/%s/%s)",
        selector.localAddresses, selector.protocol, selector.localPorts);
    lines.add(
        "   remote ident (addr/prot/port): (%s/%s/%s)",
        selector.remoteAddresses, selector.protocol, selector.remotePorts);
    lines.add("   current_peer %s", policy.peer == null ? "not known" : policy.peer);
    lines.add(
        "    #pkts encaps: %d, #pkts decaps: %d",
        packets(policy.outbound), packets(policy.inbound));
    lines.add(
        "    #send errors: %d, #recv errors: %d",
        refused(policy.outbound), refused(policy.inbound));
    lines.add("");
    associations(lines, "inbound esp sas:", policy.inbound);
    associations(lines, "outbound esp sas:", policy.outbound);
  }

  private static long packets(List<IpsecSa> associations) {
    return associations.stream().mapToLong(IpsecSa::packets).sum();
  }

  private static long refused(List<IpsecSa> associations) {
    return associations.stream()
        .flatMap(each -> each.refused.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  private static void associations(Lines lines, String title, List<IpsecSa> associations) {
    if (associations.isEmpty()) {
      return;
    }
    lines.add("     %s", title);
    for (IpsecSa sa : associations) {
      lines.add("      spi: 0x%08X(%d)", sa.spi, sa.spi);
      lines.add(
          "        transform: %s%s",
          sa.encryption, sa.integrity.equals("none") ? "" : " " + sa.integrity);
      UdpPorts udp = sa.udpEncapsulation;
      lines.add(
          "        in use settings ={%s mode%s}, local %s, remote %s",
          sa.mode,
          udp == null ? "" : ", UDP-encaps " + udp.localPort + " to " + udp.remotePort,
          sa.localAddress,
          sa.remoteAddress);
      lines.add(
          "        #pkts: %d, #bytes: %d, highest sequence number: %d",
          sa.packets, sa.bytes, sa.sequence);
      sa.refused.forEach(
          (reason, count) ->
              lines.add("        #pkts refused, %s: %d", Lines.words(reason), count));
      lines.add(
          "        sa timing: remaining key lifetime (k/sec): (%s/%s)",
          limit(sa.lifetimeLeftKilobytes), limit(sa.lifetimeLeftSeconds));
      if (sa.replayWindow != null) {
        lines.add(
            "        replay detection support: %s",
            sa.replayWindow == 0 ? "N" : "Y  replay window: " + sa.replayWindow);
      }
      lines.add("        Status: %s", sa.active ? "ACTIVE" : "SUPERSEDED");
    }
    lines.add("");
  }

  private static String limit(@Nullable Long left) {
    return left == null ? "no limit" : left.toString();
  }
}
