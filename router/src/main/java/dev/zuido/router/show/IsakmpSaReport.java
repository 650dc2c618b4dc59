package dev.zuido.router.show;

import dev.zuido.wire.IpAddress;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code show crypto isakmp sa [detail]}: the ISAKMP SAs, in negotiation and established (RFC
 * 2409).
 *
 * @param configured whether there is a peer to negotiate with
 * @param detailed whether the text is that of {@code detail}; the rows are the same
 * @param rows an SA each
 */
public record IsakmpSaReport(boolean configured, boolean detailed, List<IsakmpSa> rows)
    implements ShowReport {
  private static final String BRIEF = "%-15s %-15s %-14s %-10s %s";
  private static final String DETAIL = "%-21s %-21s %-14s %-10s %-8s %-7s %-9s %3s %-9s %s";

  /**
   * An ISAKMP SA.
   *
   * @param peer the peer's name in the configuration
   * @param localAddress our end's address
   * @param localPort our end's UDP port
   * @param remoteAddress the peer's address
   * @param remotePort the peer's UDP port
   * @param role what we are in it: {@code initiator} or {@code responder}
   * @param state IOS's word: {@code MM_NO_STATE}, {@code MM_SA_SETUP}, {@code MM_KEY_EXCH}, {@code
   *     AG_NO_STATE}, {@code AG_INIT_EXCH}, {@code QM_IDLE}
   * @param current whether new exchanges use it
   * @param initiatorCookie 16 hexadecimal digits
   * @param responderCookie 16 hexadecimal digits, zeros until it is known
   * @param proposal what was agreed on, or null until it is known
   * @param lifetimeSeconds the lifetime agreed on, or null until it is known
   * @param lifetimeLeftSeconds what is left of it
   * @param natTraversal whether the SA has moved to UDP 4500 (RFC 3947)
   * @param localBehindNat whether a translator stands before us
   * @param remoteBehindNat whether one stands before the peer, or the peer says so
   * @param deadPeerDetection how the peer is watched, or null if it is not
   * @param ipsecSaPairs pairs of IPsec SAs with the peer
   */
  public record IsakmpSa(
      String peer,
      IpAddress localAddress,
      int localPort,
      IpAddress remoteAddress,
      int remotePort,
      String role,
      String state,
      boolean current,
      String initiatorCookie,
      String responderCookie,
      @Nullable Proposal proposal,
      @Nullable Long lifetimeSeconds,
      @Nullable Long lifetimeLeftSeconds,
      boolean natTraversal,
      boolean localBehindNat,
      boolean remoteBehindNat,
      @Nullable DeadPeerDetection deadPeerDetection,
      int ipsecSaPairs) {}

  /**
   * What both sides agreed on, in the words of {@code crypto isakmp policy}.
   *
   * @param encryption the cipher: {@code 3des}, {@code aes 256}
   * @param hash the hash: {@code md5}, {@code sha256}
   * @param authentication how the peers prove themselves: {@code pre-share}
   * @param group the number of the Diffie-Hellman group
   */
  public record Proposal(String encryption, String hash, String authentication, int group) {}

  /**
   * Dead peer detection as it is configured (RFC 3706).
   *
   * @param mode {@code on-demand} or {@code periodic}
   * @param periodSeconds the silence after which the peer is probed
   * @param retrySeconds the time between two probes without an answer
   * @param retries probes without an answer after which the peer is dead
   */
  public record DeadPeerDetection(String mode, int periodSeconds, int retrySeconds, int retries) {}

  /** Copies the list. */
  public IsakmpSaReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    if (!configured) {
      return "IKE is not configured.\n";
    }
    return detailed ? detail() : brief();
  }

  private String brief() {
    Lines lines = new Lines().add("IPv4 Crypto ISAKMP SA");
    lines.add(BRIEF, "dst", "src", "state", "role", "proposal");
    for (IsakmpSa sa : rows) {
      // As IOS has it: the destination is the responder.
      boolean initiator = sa.role.equals("initiator");
      lines.add(
          BRIEF,
          initiator ? sa.remoteAddress : sa.localAddress,
          initiator ? sa.localAddress : sa.remoteAddress,
          sa.state,
          sa.role,
          words(sa.proposal));
    }
    return lines.toString();
  }

  private static String words(@Nullable Proposal agreed) {
    return agreed == null
        ? ""
        : agreed.encryption
            + ", "
            + agreed.hash
            + ", "
            + agreed.authentication
            + ", group "
            + agreed.group;
  }

  private String detail() {
    Lines lines =
        new Lines().add("Codes: D - dead peer detection, N - NAT traversal, C - current SA");
    lines.add("");
    lines.add(
        DETAIL,
        "Local",
        "Remote",
        "State",
        "Role",
        "Encr",
        "Hash",
        "Auth",
        "DH",
        "Lifetime",
        "Cap.");
    for (IsakmpSa sa : rows) {
      Proposal agreed = Objects.requireNonNullElse(sa.proposal, new Proposal("-", "-", "-", 0));
      lines.add(
          DETAIL,
          sa.localAddress + ":" + sa.localPort,
          sa.remoteAddress + ":" + sa.remotePort,
          sa.state,
          sa.role,
          agreed.encryption,
          agreed.hash,
          agreed.authentication,
          agreed.group == 0 ? "-" : agreed.group,
          Lines.clock(sa.lifetimeLeftSeconds),
          (sa.deadPeerDetection == null ? "" : "D")
              + (sa.natTraversal ? "N" : "")
              + (sa.current ? "C" : ""));
      lines.add("  cookies %s:%s", sa.initiatorCookie, sa.responderCookie);
      DeadPeerDetection dpd = sa.deadPeerDetection;
      if (dpd != null) {
        lines.add(
            "  dead peer detection %s: after %d s, again after %d s, %d times",
            dpd.mode, dpd.periodSeconds, dpd.retrySeconds, dpd.retries);
      }
      if (sa.localBehindNat || sa.remoteBehindNat) {
        lines.add(
            "  NAT detected before %s",
            !sa.remoteBehindNat ? "us" : sa.localBehindNat ? "us and the peer" : "the peer");
      }
      lines.add("  IPsec SA pairs: %d", sa.ipsecSaPairs);
    }
    return lines.toString();
  }
}
