package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code show interfaces [NAME]}.
 *
 * @param rows an interface each
 */
public record InterfaceReport(List<Entry> rows) implements ShowReport {
  /**
   * An interface.
   *
   * @param name its name
   * @param description free text, or null
   * @param administrativelyUp whether it is not shut down
   * @param lineProtocolUp whether packets can pass
   * @param downCause why they cannot, in words; null while they can
   * @param address its primary address, or the one that it borrows; null if it has none
   * @param prefixLength bits of the network mask; null if it has no address of its own
   * @param unnumbered the interface whose address it borrows, or null
   * @param secondaryAddresses further addresses with the lengths of their prefixes
   * @param mtu the largest IPv4 packet in bytes
   * @param bandwidthKbps the bandwidth in kbit/s that metrics are made of
   * @param accessGroupIn the access list for what comes in, or null
   * @param accessGroupOut the access list for what goes out, or null
   * @param cryptoMap the crypto map, or null
   * @param packetsIn packets that arrived
   * @param bytesIn bytes that arrived, IP headers included
   * @param packetsOut packets that left
   * @param bytesOut bytes that left, IP headers included
   * @param drops packets that were dropped; reasons that did not occur are left out
   * @param tunnel the tunnel of a tunnel interface that is not shut down, else null
   * @param dialer the line of a Dialer interface that dials, else null
   */
  public record Entry(
      String name,
      @Nullable String description,
      boolean administrativelyUp,
      boolean lineProtocolUp,
      @Nullable String downCause,
      @Nullable Ipv4Address address,
      @Nullable Integer prefixLength,
      @Nullable String unnumbered,
      List<String> secondaryAddresses,
      int mtu,
      int bandwidthKbps,
      @Nullable String accessGroupIn,
      @Nullable String accessGroupOut,
      @Nullable String cryptoMap,
      long packetsIn,
      long bytesIn,
      long packetsOut,
      long bytesOut,
      List<Drop> drops,
      @Nullable Tunnel tunnel,
      @Nullable Dialer dialer) {
    /** Copies the lists. */
    public Entry {
      secondaryAddresses = List.copyOf(secondaryAddresses);
      drops = List.copyOf(drops);
    }

    /** An interface that does not dial. */
    public Entry(
        String name,
        @Nullable String description,
        boolean administrativelyUp,
        boolean lineProtocolUp,
        @Nullable String downCause,
        @Nullable Ipv4Address address,
        @Nullable Integer prefixLength,
        @Nullable String unnumbered,
        List<String> secondaryAddresses,
        int mtu,
        int bandwidthKbps,
        @Nullable String accessGroupIn,
        @Nullable String accessGroupOut,
        @Nullable String cryptoMap,
        long packetsIn,
        long bytesIn,
        long packetsOut,
        long bytesOut,
        List<Drop> drops,
        @Nullable Tunnel tunnel) {
      this(
          name,
          description,
          administrativelyUp,
          lineProtocolUp,
          downCause,
          address,
          prefixLength,
          unnumbered,
          secondaryAddresses,
          mtu,
          bandwidthKbps,
          accessGroupIn,
          accessGroupOut,
          cryptoMap,
          packetsIn,
          bytesIn,
          packetsOut,
          bytesOut,
          drops,
          tunnel,
          null);
    }
  }

  /**
   * Packets that were dropped for one reason.
   *
   * @param reason the reason's name, as {@code show counters} has it
   * @param words the reason in words
   * @param packets how many
   */
  public record Drop(String reason, String words, long packets) {}

  /**
   * A GRE tunnel (RFC 2784, RFC 2890).
   *
   * @param source the outer source address
   * @param sourceInterface the interface whose address that is, or null
   * @param destination the outer destination address
   * @param overheadBytes bytes that encapsulation adds
   * @param key the key, or null without one
   * @param checksum whether packets carry a checksum
   * @param sequenceDatagrams whether packets carry a sequence number
   * @param keepalive keepalives, or null if none are sent
   * @param sent what became of packets to be encapsulated; what did not occur is left out
   * @param received what became of packets to be decapsulated; what did not occur is left out
   */
  public record Tunnel(
      Ipv4Address source,
      @Nullable String sourceInterface,
      Ipv4Address destination,
      int overheadBytes,
      @Nullable Long key,
      boolean checksum,
      boolean sequenceDatagrams,
      @Nullable Keepalive keepalive,
      Map<String, Long> sent,
      Map<String, Long> received) {
    /** Copies the maps, keeping their order. */
    public Tunnel {
      sent = Collections.unmodifiableMap(new LinkedHashMap<>(sent));
      received = Collections.unmodifiableMap(new LinkedHashMap<>(received));
    }
  }

  /**
   * Keepalives of a tunnel.
   *
   * @param periodSeconds the time between two
   * @param retries how many go unanswered before the line protocol is down
   */
  public record Keepalive(int periodSeconds, int retries) {}

  /**
   * The PPPoE session of a Dialer interface.
   *
   * @param port the interface of the Ethernet
   * @param addressNegotiated whether the address is what the concentrator gives
   * @param onDemand whether traffic raises the line: then the line protocol is up without a session
   *     too
   * @param carriesIpv4 whether packets pass
   * @param state what the client is doing, as {@code show pppoe session} has it
   * @param sessionId the session's number, or null without one
   * @param sessionMtu the largest PPP payload of the session in bytes, or null without one
   * @param lcp LCP's state, or null without a session
   * @param ipcp IPCP's state, or null without a session
   * @param peerAddress the concentrator's address, or null
   * @param upSeconds how long the session has been there, or null
   * @param lastEnd why the last attempt or session has ended, or null
   * @param nextAttemptSeconds the time until the next attempt, or null if none is planned
   */
  public record Dialer(
      String port,
      boolean addressNegotiated,
      boolean onDemand,
      boolean carriesIpv4,
      String state,
      @Nullable Integer sessionId,
      @Nullable Integer sessionMtu,
      @Nullable String lcp,
      @Nullable String ipcp,
      @Nullable Ipv4Address peerAddress,
      @Nullable Long upSeconds,
      @Nullable String lastEnd,
      @Nullable Long nextAttemptSeconds) {}

  /** Copies the list. */
  public InterfaceReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    rows.forEach(each -> describe(lines, each));
    return lines.orElse("No such interface.");
  }

  private static void describe(Lines lines, Entry each) {
    lines.add(
        "%s is %s, line protocol is %s%s%s",
        each.name,
        each.administrativelyUp ? "up" : "administratively down",
        each.lineProtocolUp ? "up" : "down",
        isSpoofed(each) ? " (spoofing)" : "",
        each.downCause == null ? "" : " (" + each.downCause + ")");
    if (each.description != null) {
      lines.add("  Description: %s", each.description);
    }
    if (each.unnumbered != null) {
      lines.add(
          "  Interface is unnumbered. Using address of %s (%s)",
          each.unnumbered, each.address == null ? "not set" : each.address);
    } else if (each.dialer != null && each.dialer.addressNegotiated) {
      lines.add(
          "  Internet address is negotiated using IPCP: %s",
          each.address == null ? "none at present" : each.address + "/32");
    } else if (each.address == null) {
      lines.add("  Internet protocol processing disabled");
    } else {
      lines.add("  Internet address is %s/%s", each.address, each.prefixLength);
    }
    each.secondaryAddresses.forEach(address -> lines.add("  Secondary address %s", address));
    lines.add("  IP MTU %d bytes, BW %d Kbit/sec", each.mtu, each.bandwidthKbps);
    if (each.tunnel != null) {
      describe(lines, each.tunnel);
    }
    if (each.dialer != null) {
      describe(lines, each.dialer);
    }
    named(lines, "Inbound  access list is", each.accessGroupIn);
    named(lines, "Outgoing access list is", each.accessGroupOut);
    named(lines, "Crypto map is", each.cryptoMap);
    lines.add("     %d packets input, %d bytes", each.packetsIn, each.bytesIn);
    lines.add("     %d packets output, %d bytes", each.packetsOut, each.bytesOut);
    each.drops.forEach(drop -> lines.add("     dropped, %s: %d", drop.words, drop.packets));
  }

  private static boolean isSpoofed(Entry each) {
    return each.lineProtocolUp
        && each.dialer != null
        && each.dialer.onDemand
        && !each.dialer.carriesIpv4;
  }

  private static void describe(Lines lines, Dialer dialer) {
    lines.add("  Encapsulation PPP over Ethernet on %s", dialer.port);
    lines.add(
        "    Client %s%s%s",
        dialer.state,
        dialer.sessionId == null ? "" : ", session " + dialer.sessionId,
        dialer.sessionMtu == null
            ? ""
            : ", MTU " + dialer.sessionMtu + ", up for " + Lines.clock(dialer.upSeconds));
    if (dialer.lcp != null) {
      lines.add(
          "    LCP %s, IPCP %s%s",
          dialer.lcp,
          dialer.ipcp,
          dialer.peerAddress == null ? "" : ", peer " + dialer.peerAddress);
    }
    if (dialer.lastEnd != null) {
      lines.add("    Last end: %s", dialer.lastEnd);
    }
    if (dialer.nextAttemptSeconds != null) {
      lines.add("    Next attempt in %d s", dialer.nextAttemptSeconds);
    }
  }

  private static void named(Lines lines, String what, @Nullable String name) {
    if (name != null) {
      lines.add("  %s %s", what, name);
    }
  }

  private static void describe(Lines lines, Tunnel tunnel) {
    lines.add(
        "  Tunnel source %s%s, destination %s",
        tunnel.source,
        tunnel.sourceInterface == null ? "" : " (" + tunnel.sourceInterface + ")",
        tunnel.destination);
    lines.add("  Tunnel protocol/transport GRE/IP, overhead %d bytes", tunnel.overheadBytes);
    lines.add(
        "    Key %s, sequencing %s, checksumming %s",
        tunnel.key == null ? "disabled" : "0x" + Long.toHexString(tunnel.key),
        Lines.onOff(tunnel.sequenceDatagrams),
        Lines.onOff(tunnel.checksum));
    Keepalive keepalive = tunnel.keepalive;
    lines.add(
        "    Keepalive %s",
        keepalive == null
            ? "not set"
            : "set (" + keepalive.periodSeconds + " sec), retries " + keepalive.retries);
    tunnel.sent.forEach((what, count) -> lines.add("    sent, %s: %d", Lines.words(what), count));
    tunnel.received.forEach(
        (what, count) -> lines.add("    received, %s: %d", Lines.words(what), count));
  }
}
