package dev.zuido.pppoe.ppp;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one side of a link negotiates. {@link #caller} and {@link #server} have the usual values.
 *
 * @param mru the largest information field that we take in, in bytes, 128 to 65529; the option is
 *     sent if it is not 1500 (RFC 1661 section 6.1)
 * @param credential what we prove ourselves with if the peer asks, or null
 * @param accepted the protocols by which we prove ourselves, the preferred one first
 * @param demanded the protocols by which the peer has to prove itself to us, the preferred one
 *     first; empty if it need not
 * @param authenticator the secrets of those who call, or null if nobody is authenticated
 * @param authenticatorName the name that our CHAP challenges carry
 * @param chapIntervalNanos the time between challenges on an open link; 0 for one challenge only
 * @param ipcp IPv4's negotiation, or null if IPv4 is refused with Protocol-Reject
 * @param ipv6InterfaceId our interface identifier for IPv6CP, or null if IPv6 is refused
 * @param timers the counters and timers
 * @param trace whether {@link PppOutput.Trace} tells each packet of the negotiation
 */
public record PppConfig(
    int mru,
    @Nullable Credential credential,
    List<AuthenticationProtocol> accepted,
    List<AuthenticationProtocol> demanded,
    @Nullable Authenticator authenticator,
    String authenticatorName,
    long chapIntervalNanos,
    @Nullable IpcpConfig ipcp,
    @Nullable Long ipv6InterfaceId,
    PppTimers timers,
    boolean trace) {

  /**
   * IPv4's negotiation (RFC 1332, RFC 1877).
   *
   * @param local the address that we ask for; 0.0.0.0 to be given one
   * @param acceptsOther whether the peer may give us another than the one we asked for
   * @param peer the address that the peer gets; null to take whatever it has, 0.0.0.0 excepted
   * @param wantsNameServers whether we ask for the addresses of name servers (RFC 1877)
   * @param nameServers the addresses that the peer is given if it asks, at most two; empty to
   *     reject the question
   */
  public record IpcpConfig(
      Ipv4Address local,
      boolean acceptsOther,
      @Nullable Ipv4Address peer,
      boolean wantsNameServers,
      List<Ipv4Address> nameServers) {
    /** Copies the list. */
    public IpcpConfig {
      nameServers = List.copyOf(nameServers);
    }
  }

  /** Copies the lists. */
  public PppConfig {
    accepted = List.copyOf(accepted);
    demanded = List.copyOf(demanded);
  }

  /**
   * The side that dials: it proves itself by CHAP or PAP and demands no proof.
   *
   * @param credential what it proves itself with, or null
   * @param ipcp its address
   */
  public static PppConfig caller(@Nullable Credential credential, IpcpConfig ipcp) {
    return new PppConfig(
        1492,
        credential,
        List.of(AuthenticationProtocol.CHAP_MD5, AuthenticationProtocol.PAP),
        List.of(),
        null,
        "",
        0,
        ipcp,
        null,
        PppTimers.DEFAULT,
        false);
  }

  /**
   * The side that is called: it demands CHAP.
   *
   * @param name the name in its challenges
   * @param authenticator the secrets of the callers
   * @param ipcp its address, and what the caller gets
   */
  public static PppConfig server(String name, Authenticator authenticator, IpcpConfig ipcp) {
    return new PppConfig(
        1492,
        null,
        List.of(),
        List.of(AuthenticationProtocol.CHAP_MD5),
        authenticator,
        name,
        0,
        ipcp,
        null,
        PppTimers.DEFAULT,
        false);
  }

  /** The same with another MRU. */
  public PppConfig withMru(int value) {
    return new PppConfig(
        value, credential, accepted, demanded, authenticator, authenticatorName,
        chapIntervalNanos, ipcp, ipv6InterfaceId, timers, trace);
  }

  /** The same with other protocols by which we prove ourselves. */
  public PppConfig withAccepted(List<AuthenticationProtocol> value) {
    return new PppConfig(
        mru, credential, value, demanded, authenticator, authenticatorName,
        chapIntervalNanos, ipcp, ipv6InterfaceId, timers, trace);
  }

  /** The same with other protocols by which the peer has to prove itself. */
  public PppConfig withDemanded(List<AuthenticationProtocol> value) {
    return new PppConfig(
        mru, credential, accepted, value, authenticator, authenticatorName,
        chapIntervalNanos, ipcp, ipv6InterfaceId, timers, trace);
  }

  /** The same with challenges on the open link. */
  public PppConfig withChapIntervalNanos(long value) {
    return new PppConfig(
        mru, credential, accepted, demanded, authenticator, authenticatorName,
        value, ipcp, ipv6InterfaceId, timers, trace);
  }

  /** The same with another negotiation of IPv4. */
  public PppConfig withIpcp(@Nullable IpcpConfig value) {
    return new PppConfig(
        mru, credential, accepted, demanded, authenticator, authenticatorName,
        chapIntervalNanos, value, ipv6InterfaceId, timers, trace);
  }

  /** The same with IPv6. */
  public PppConfig withIpv6InterfaceId(@Nullable Long value) {
    return new PppConfig(
        mru, credential, accepted, demanded, authenticator, authenticatorName,
        chapIntervalNanos, ipcp, value, timers, trace);
  }

  /** The same with other timers. */
  public PppConfig withTimers(PppTimers value) {
    return new PppConfig(
        mru, credential, accepted, demanded, authenticator, authenticatorName,
        chapIntervalNanos, ipcp, ipv6InterfaceId, value, trace);
  }

  /** The same with or without a trace. */
  public PppConfig withTrace(boolean value) {
    return new PppConfig(
        mru, credential, accepted, demanded, authenticator, authenticatorName,
        chapIntervalNanos, ipcp, ipv6InterfaceId, timers, value);
  }
}
