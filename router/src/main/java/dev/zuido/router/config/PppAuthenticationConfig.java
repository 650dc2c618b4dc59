package dev.zuido.router.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who proves what on the PPP link of a Dialer: the lines {@code ppp authentication}, {@code ppp
 * chap} and {@code ppp pap}.
 *
 * @param protocols the protocols of {@code ppp authentication}, the preferred one first; empty
 *     without that line
 * @param callin whether only those who call us have to prove themselves; as it is always we who
 *     dial, the concentrator then need not
 * @param chapHostname the name in our CHAP responses and challenges; null for the router's own
 * @param chapPassword what we answer a challenge with, null if we cannot
 * @param chapRefused whether we never prove ourselves by CHAP
 * @param pap what we prove ourselves with by PAP, null if we do not
 * @param papRefused whether we never prove ourselves by PAP
 */
public record PppAuthenticationConfig(
    List<PppAuthenticationProtocol> protocols,
    boolean callin,
    @Nullable String chapHostname,
    @Nullable Secret chapPassword,
    boolean chapRefused,
    @Nullable PppPassword pap,
    boolean papRefused) {
  /** Nothing given. */
  public static final PppAuthenticationConfig NONE =
      new PppAuthenticationConfig(List.of(), false, null, null, false, null, false);

  /** Copies the list; checks it and the lengths. */
  public PppAuthenticationConfig {
    protocols = List.copyOf(protocols);
    if (new HashSet<>(protocols).size() != protocols.size()) {
      throw new IllegalArgumentException("an authentication protocol is named once");
    }
    if (callin && protocols.isEmpty()) {
      throw new IllegalArgumentException("'callin' belongs to an authentication protocol");
    }
    if (chapHostname != null) {
      PppPassword.checkName("a CHAP name", chapHostname);
    }
    if (chapPassword != null) {
      PppPassword.checkPassword(chapPassword);
    }
  }

  /**
   * The protocols by which the concentrator has to prove itself to us, the preferred one first:
   * none with {@code callin}.
   */
  public List<PppAuthenticationProtocol> demanded() {
    return callin ? List.of() : protocols;
  }

  /**
   * The protocols by which we prove ourselves if the concentrator asks, the preferred one first:
   * those for which there is a password and which are not refused.
   */
  public List<PppAuthenticationProtocol> provable() {
    List<PppAuthenticationProtocol> all = new ArrayList<>();
    if (chapPassword != null && !chapRefused) {
      all.add(PppAuthenticationProtocol.CHAP);
    }
    if (pap != null && !papRefused) {
      all.add(PppAuthenticationProtocol.PAP);
    }
    return List.copyOf(all);
  }

  /** The same with another {@code ppp authentication} line. */
  public PppAuthenticationConfig withProtocols(
      List<PppAuthenticationProtocol> value, boolean onlyCallers) {
    return new PppAuthenticationConfig(
        value, onlyCallers, chapHostname, chapPassword, chapRefused, pap, papRefused);
  }

  /** The same with another name for CHAP. */
  public PppAuthenticationConfig withChapHostname(@Nullable String value) {
    return new PppAuthenticationConfig(
        protocols, callin, value, chapPassword, chapRefused, pap, papRefused);
  }

  /** The same with another password for CHAP. */
  public PppAuthenticationConfig withChapPassword(@Nullable Secret value) {
    return new PppAuthenticationConfig(
        protocols, callin, chapHostname, value, chapRefused, pap, papRefused);
  }

  /** The same with CHAP refused or not. */
  public PppAuthenticationConfig withChapRefused(boolean value) {
    return new PppAuthenticationConfig(
        protocols, callin, chapHostname, chapPassword, value, pap, papRefused);
  }

  /** The same with other names for PAP. */
  public PppAuthenticationConfig withPap(@Nullable PppPassword value) {
    return new PppAuthenticationConfig(
        protocols, callin, chapHostname, chapPassword, chapRefused, value, papRefused);
  }

  /** The same with PAP refused or not. */
  public PppAuthenticationConfig withPapRefused(boolean value) {
    return new PppAuthenticationConfig(
        protocols, callin, chapHostname, chapPassword, chapRefused, pap, value);
  }
}
