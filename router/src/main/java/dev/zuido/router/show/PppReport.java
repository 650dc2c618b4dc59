package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ppp [all]}: the PPP links (RFC 1661), without the secrets with which anybody proves
 * who he is.
 *
 * @param brief whether the text is that of {@code all}, a table; the rows are the same
 * @param rows a link each; a Dialer without a session has none
 */
public record PppReport(boolean brief, List<Link> rows) implements ShowReport {
  private static final String COLUMNS = "%-12s %-22s %-12s %-15s %s";

  /**
   * A link.
   *
   * @param dialer the Dialer interface
   * @param phase {@code dead}, {@code establish}, {@code authenticate}, {@code network} or {@code
   *     terminate} (RFC 1661 section 3.2)
   * @param lcp LCP's state in RFC 1661's words, {@code Opened}
   * @param ipcp IPCP's state
   * @param localMru the largest packet that we take, in bytes
   * @param peerMru the largest that the peer takes
   * @param localMagicNumber our magic number, 0 if none was negotiated
   * @param peerMagicNumber the peer's
   * @param weProveBy how we prove who we are: {@code CHAP}, {@code PAP}, or null
   * @param user the name with which we prove it, or null
   * @param peerProvesBy how the peer proves who it is, or null
   * @param peerName whom the peer proved to be, or the name in its challenge; null if neither
   * @param localAddress our address, or null while IPCP is not open
   * @param peerAddress the peer's address, or null
   * @param nameServers what the peer told of name servers
   * @param upSeconds how long the network phase has lasted, or null
   * @param echoesSent LCP Echo-Requests of ours
   * @param echoesAnswered those that the peer has answered
   * @param echoesReceived Echo-Requests of the peer
   */
  public record Link(
      String dialer,
      String phase,
      String lcp,
      String ipcp,
      int localMru,
      int peerMru,
      long localMagicNumber,
      long peerMagicNumber,
      @Nullable String weProveBy,
      @Nullable String user,
      @Nullable String peerProvesBy,
      @Nullable String peerName,
      @Nullable Ipv4Address localAddress,
      @Nullable Ipv4Address peerAddress,
      List<Ipv4Address> nameServers,
      @Nullable Long upSeconds,
      long echoesSent,
      long echoesAnswered,
      long echoesReceived) {
    /** Copies the list. */
    public Link {
      nameServers = List.copyOf(nameServers);
    }
  }

  /** Copies the list. */
  public PppReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    if (rows.isEmpty()) {
      return lines.orElse("There is no PPP link.");
    }
    if (brief) {
      table(lines);
    } else {
      rows.forEach(each -> describe(lines, each));
    }
    return lines.toString();
  }

  private void table(Lines lines) {
    lines.add(COLUMNS, "Interface", "OPEN+ Nego*", "Stage", "Peer Address", "Peer Name");
    for (Link each : rows) {
      String proof = each.weProveBy == null ? "" : each.weProveBy + (inNetwork(each) ? "+ " : "* ");
      lines.add(
          COLUMNS,
          each.dialer,
          "LCP" + mark(each.lcp) + " " + proof + "IPCP" + mark(each.ipcp),
          each.phase,
          each.peerAddress == null ? "-" : each.peerAddress,
          each.peerName == null ? "-" : each.peerName);
    }
  }

  private static boolean inNetwork(Link each) {
    return each.phase.equals("network");
  }

  private static String mark(String state) {
    return switch (state) {
      case "Opened" -> "+";
      case "Req-Sent", "Ack-Rcvd", "Ack-Sent" -> "*";
      default -> "-";
    };
  }

  private static void describe(Lines lines, Link each) {
    lines.add(
        "%s: phase %s, LCP %s, IPCP %s, up for %s",
        each.dialer, each.phase, each.lcp, each.ipcp, Lines.clock(each.upSeconds));
    lines.add("  MRU %d bytes here, %d at the peer", each.localMru, each.peerMru);
    lines.add(
        "  Magic numbers 0x%08x here, 0x%08x at the peer",
        each.localMagicNumber, each.peerMagicNumber);
    lines.add(
        "  We prove who we are by %s",
        each.weProveBy == null
            ? "nothing"
            : each.weProveBy + (each.user == null ? "" : ", user '" + each.user + "'"));
    lines.add(
        "  The peer proves who it is by %s%s",
        each.peerProvesBy == null ? "nothing" : each.peerProvesBy,
        each.peerName == null ? "" : ", it says '" + each.peerName + "'");
    lines.add(
        "  Address %s, peer %s",
        each.localAddress == null ? "not agreed" : each.localAddress,
        each.peerAddress == null ? "not told" : each.peerAddress);
    each.nameServers.forEach(server -> lines.add("  Name server %s", server));
    lines.add(
        "  LCP echoes: %d sent, %d answered, %d received",
        each.echoesSent, each.echoesAnswered, each.echoesReceived);
  }
}
