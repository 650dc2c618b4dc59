package dev.zuido.pppoe.ppp;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link PppLink} wants done or known: one ordered stream. */
public sealed interface PppOutput {
  /**
   * Send the packet whose bytes {@link PppLink#poll} has written: protocol field and information.
   *
   * @param length its length in bytes
   */
  record Transmit(int length) implements PppOutput {}

  /** The link is in another phase. */
  record PhaseChanged(PppPhase phase) implements PppOutput {}

  /**
   * LCP is open.
   *
   * @param localMru the largest information field that we take
   * @param peerMru the largest that the peer takes: what we send never exceeds it
   * @param weProve how we have to prove ourselves, or null
   * @param peerProves how the peer has to prove itself, or null
   */
  record LinkUp(
      int localMru,
      int peerMru,
      @Nullable AuthenticationProtocol weProve,
      @Nullable AuthenticationProtocol peerProves)
      implements PppOutput {}

  /** The peer has accepted our proof; its message is free text, made printable. */
  record ProofAccepted(String message) implements PppOutput {}

  /** The peer has proved to be who it says. */
  record PeerAuthenticated(String name) implements PppOutput {}

  /**
   * IPv4 is open (RFC 1332).
   *
   * @param local our address
   * @param peer the peer's address, 0.0.0.0 if it has told none
   * @param nameServers what the peer told of name servers (RFC 1877), at most two
   */
  record Ipv4Up(Ipv4Address local, Ipv4Address peer, List<Ipv4Address> nameServers)
      implements PppOutput {}

  /** IPv4 is open no more. */
  record Ipv4Down() implements PppOutput {}

  /** IPv6 is open, with both interface identifiers (RFC 5072). */
  record Ipv6Up(long local, long peer) implements PppOutput {}

  /** IPv6 is open no more. */
  record Ipv6Down() implements PppOutput {}

  /**
   * The link has ended: what is below may be taken down. The next one begins with {@link
   * PppLink#lowerUp}.
   *
   * @param reason why
   * @param detail more about it in words, printable; what the peer said, where it said something;
   *     never a secret
   */
  record Ended(PppEnd reason, String detail) implements PppOutput {}

  /**
   * A packet of the negotiation in words; values that are secret do not occur.
   *
   * @param sent whether we sent it
   * @param text one line, {@code LCP CONFREQ id 1 MRU 1492, MagicNumber 0x1a2b3c4d}
   */
  record Trace(boolean sent, String text) implements PppOutput {}

  /** A packet was dropped and has changed nothing. */
  record Dropped(PppDropReason reason) implements PppOutput {}
}
