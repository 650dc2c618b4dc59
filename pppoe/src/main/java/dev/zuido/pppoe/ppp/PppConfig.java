package dev.zuido.pppoe.ppp;

import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one side of a link negotiates. {@link #caller} and {@link #server} have the usual values.
 *
 * @param mru the largest information field that we take in, in bytes, 128 to 65529; the option is
 *     sent if it is not 1500 (RFC 1661 section 6.1)
 * @param peerMruLimit the largest MRU of the peer that is acknowledged, in bytes, 128 to 65535; a
 *     larger one is refused in favour of this (over Ethernet it must not exceed 1492, RFC 2516
 *     section 7)
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
    int peerMruLimit,
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
    /** Checks the values and copies the list. */
    public IpcpConfig {
      nameServers = List.copyOf(nameServers);
      if (nameServers.size() > 2 || nameServers.contains(Ipv4Address.UNSPECIFIED)) {
        throw new IllegalArgumentException("there are at most two name servers, with addresses");
      }
      if (peer != null && peer.isUnspecified()) {
        throw new IllegalArgumentException("the peer's address is not 0.0.0.0");
      }
    }
  }

  /** Checks the values and copies the lists. */
  public PppConfig {
    if (mru < 128 || mru > 65529) {
      throw new IllegalArgumentException("the MRU is 128 to 65529, not " + mru);
    }
    if (peerMruLimit < 128 || peerMruLimit > 65535) {
      throw new IllegalArgumentException(
          "the limit for the peer's MRU is 128 to 65535, not " + peerMruLimit);
    }
    accepted = List.copyOf(accepted);
    demanded = List.copyOf(demanded);
    if (new HashSet<>(accepted).size() != accepted.size()
        || new HashSet<>(demanded).size() != demanded.size()) {
      throw new IllegalArgumentException("an authentication protocol is listed twice");
    }
    if (!demanded.isEmpty() && authenticator == null) {
      throw new IllegalArgumentException("a proof is demanded and nobody can check it");
    }
    int nameLength = authenticatorName.getBytes(StandardCharsets.UTF_8).length;
    if (nameLength > 255
        || (nameLength == 0 && demanded.contains(AuthenticationProtocol.CHAP_MD5))) {
      throw new IllegalArgumentException("a challenge carries a name of 1 to 255 bytes");
    }
    if (chapIntervalNanos < 0) {
      throw new IllegalArgumentException("the time between challenges is negative");
    }
    if (ipv6InterfaceId != null && ipv6InterfaceId == 0) {
      throw new IllegalArgumentException("an interface identifier is not 0");
    }
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

  /** The same with another MRU; the peer may have one as large. */
  public PppConfig withMru(int value) {
    return changed(
        to -> {
          to.mru = value;
          to.peerMruLimit = Math.max(value, peerMruLimit);
        });
  }

  /** The same with another limit for the peer's MRU. */
  public PppConfig withPeerMruLimit(int value) {
    return changed(to -> to.peerMruLimit = value);
  }

  /** The same with another credential, or none. */
  public PppConfig withCredential(@Nullable Credential value) {
    return changed(to -> to.credential = value);
  }

  /** The same with what checks the peer's proof, and the name in our challenges. */
  public PppConfig withAuthenticator(String name, Authenticator value) {
    return changed(
        to -> {
          to.authenticator = value;
          to.authenticatorName = name;
        });
  }

  /** The same with other protocols by which we prove ourselves. */
  public PppConfig withAccepted(List<AuthenticationProtocol> value) {
    return changed(to -> to.accepted = value);
  }

  /** The same with other protocols by which the peer has to prove itself. */
  public PppConfig withDemanded(List<AuthenticationProtocol> value) {
    return changed(to -> to.demanded = value);
  }

  /** The same with challenges on the open link. */
  public PppConfig withChapIntervalNanos(long value) {
    return changed(to -> to.chapIntervalNanos = value);
  }

  /** The same with another negotiation of IPv4. */
  public PppConfig withIpcp(@Nullable IpcpConfig value) {
    return changed(to -> to.ipcp = value);
  }

  /** The same with IPv6. */
  public PppConfig withIpv6InterfaceId(@Nullable Long value) {
    return changed(to -> to.ipv6InterfaceId = value);
  }

  /** The same with other timers. */
  public PppConfig withTimers(PppTimers value) {
    return changed(to -> to.timers = value);
  }

  /** The same with or without a trace. */
  public PppConfig withTrace(boolean value) {
    return changed(to -> to.trace = value);
  }

  private PppConfig changed(Consumer<Values> change) {
    Values values = new Values(this);
    change.accept(values);
    return values.together();
  }

  /** The components of one that is being made of another. */
  private static final class Values {
    private int mru;
    private int peerMruLimit;
    private @Nullable Credential credential;
    private List<AuthenticationProtocol> accepted;
    private List<AuthenticationProtocol> demanded;
    private @Nullable Authenticator authenticator;
    private String authenticatorName;
    private long chapIntervalNanos;
    private @Nullable IpcpConfig ipcp;
    private @Nullable Long ipv6InterfaceId;
    private PppTimers timers;
    private boolean trace;

    private Values(PppConfig from) {
      mru = from.mru;
      peerMruLimit = from.peerMruLimit;
      credential = from.credential;
      accepted = from.accepted;
      demanded = from.demanded;
      authenticator = from.authenticator;
      authenticatorName = from.authenticatorName;
      chapIntervalNanos = from.chapIntervalNanos;
      ipcp = from.ipcp;
      ipv6InterfaceId = from.ipv6InterfaceId;
      timers = from.timers;
      trace = from.trace;
    }

    private PppConfig together() {
      return new PppConfig(
          mru,
          peerMruLimit,
          credential,
          accepted,
          demanded,
          authenticator,
          authenticatorName,
          chapIntervalNanos,
          ipcp,
          ipv6InterfaceId,
          timers,
          trace);
    }
  }
}
