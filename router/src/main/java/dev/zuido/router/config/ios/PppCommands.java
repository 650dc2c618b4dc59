package dev.zuido.router.config.ios;

import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.PppAuthenticationConfig;
import dev.zuido.router.config.PppAuthenticationProtocol;
import dev.zuido.router.config.PppPassword;
import dev.zuido.router.config.PppTimersConfig;
import java.util.ArrayList;
import java.util.List;

/** {@code ppp}: PPP on the line of a Dialer interface. */
final class PppCommands {
  private static final PppTimersConfig DEFAULTS = PppTimersConfig.IOS;
  private static final String CALLIN =
      "nobody calls in here: without 'callin' the line holds for the line that we dial";

  @FunctionalInterface
  private interface Proof {
    PppAuthenticationConfig apply(PppAuthenticationConfig proofs, Arguments a);
  }

  @FunctionalInterface
  private interface Timer {
    PppTimersConfig apply(PppTimersConfig timers, int value);
  }

  private PppCommands() {}

  static void register(IosGrammar grammar) {
    Mode<InterfaceConfig.Builder> mode = grammar.port;
    registerAuthentication(mode);
    registerChap(mode);
    registerPap(mode);
    registerIpcp(mode);
    String seconds = "<value:1-255>";
    String count = "<value:1-" + PppTimersConfig.LAST_COUNT + ">";
    timer(
        mode, "timeout retry", seconds, PppTimersConfig::withRetrySeconds, DEFAULTS.retrySeconds());
    timer(
        mode,
        "timeout authentication",
        seconds,
        PppTimersConfig::withAuthenticationSeconds,
        DEFAULTS.authenticationSeconds());
    timer(
        mode,
        "max-configure",
        count,
        (t, n) -> t.withCounters(n, t.maxFailure(), t.maxTerminate()),
        DEFAULTS.maxConfigure());
    timer(
        mode,
        "max-failure",
        count,
        (t, n) -> t.withCounters(t.maxConfigure(), n, t.maxTerminate()),
        DEFAULTS.maxFailure());
    timer(
        mode,
        "max-terminate",
        count,
        (t, n) -> t.withCounters(t.maxConfigure(), t.maxFailure(), n),
        DEFAULTS.maxTerminate());
    mode.inert("ppp mtu adaptive", "the MTU always follows what the other side takes")
        .unsupported("ppp multilink [<rest:line>]", "a Dialer has one line");
  }

  private static void registerAuthentication(Mode<InterfaceConfig.Builder> mode) {
    proof(
        mode,
        "ppp authentication {chap [pap]|pap [chap]} [callin]",
        (proofs, a) -> proofs.withProtocols(protocols(a), a.has("callin")));
    proof(
        mode,
        "no ppp authentication [<old:line>]",
        (proofs, a) -> proofs.withProtocols(List.of(), false));
    mode.unsupported(
        "ppp authentication {ms-chap|ms-chap-v2|eap} [<rest:line>]",
        "the proofs are CHAP with MD5 and PAP");
  }

  private static List<PppAuthenticationProtocol> protocols(Arguments a) {
    List<PppAuthenticationProtocol> named = new ArrayList<>();
    for (String keyword : a.keywords()) {
      for (PppAuthenticationProtocol each : PppAuthenticationProtocol.values()) {
        if (each.iosName().equals(keyword)) {
          named.add(each);
        }
      }
    }
    return named;
  }

  private static void registerChap(Mode<InterfaceConfig.Builder> mode) {
    proof(
        mode,
        "ppp chap hostname <name:word>",
        (proofs, a) -> proofs.withChapHostname(a.text("name")));
    proof(mode, "no ppp chap hostname [<name:word>]", (proofs, a) -> proofs.withChapHostname(null));
    DialerCommands.dialer(
        mode,
        "ppp chap password [0] <password:secret>",
        (dialer, a) -> {
          requireShort(a);
          return dialer.withAuthentication(proofs -> proofs.withChapPassword(a.secret("password")));
        });
    proof(
        mode,
        "no ppp chap password [[0|7] <password:secret>]",
        (proofs, a) -> proofs.withChapPassword(null));
    proof(mode, "ppp chap refuse", (proofs, a) -> proofs.withChapRefused(true));
    proof(mode, "no ppp chap refuse [callin]", (proofs, a) -> proofs.withChapRefused(false));
    mode.unsupported("ppp chap password 7 <password:secret>", IsakmpCommands.ENCRYPTED)
        .unsupported("ppp chap refuse callin", CALLIN);
  }

  private static void registerPap(Mode<InterfaceConfig.Builder> mode) {
    String head = "ppp pap sent-username <name:word> password ";
    DialerCommands.dialer(
        mode,
        head + "[0] <password:secret>",
        (dialer, a) -> {
          PppPassword given = password(a);
          return dialer.withAuthentication(proofs -> proofs.withPap(given));
        });
    proof(
        mode,
        "no ppp pap sent-username [<name:word> [password [[0|7] <password:secret>]]]",
        (proofs, a) -> proofs.withPap(null));
    proof(mode, "ppp pap refuse", (proofs, a) -> proofs.withPapRefused(true));
    proof(mode, "no ppp pap refuse [callin]", (proofs, a) -> proofs.withPapRefused(false));
    mode.unsupported(head + "7 <password:secret>", IsakmpCommands.ENCRYPTED)
        .unsupported("ppp pap refuse callin", CALLIN);
  }

  private static void registerIpcp(Mode<InterfaceConfig.Builder> mode) {
    DialerCommands.dialer(
        mode,
        "ppp ipcp dns request [accept]",
        (dialer, a) -> dialer.withNameServersRequested(true));
    DialerCommands.dialer(
        mode,
        "no ppp ipcp dns [request [accept]]",
        (dialer, a) -> dialer.withNameServersRequested(false));
    mode.unsupported(
            "ppp ipcp route default", "say 'ip route 0.0.0.0 0.0.0.0' with the Dialer's name")
        .unsupported("ppp ipcp address accept", "say 'ip address negotiated'")
        .unsupported("ppp ipcp mask request", "a Dialer's address is a host's: its mask is /32");
  }

  private static void timer(
      Mode<InterfaceConfig.Builder> mode, String what, String value, Timer timer, int preset) {
    DialerCommands.dialer(
        mode,
        "ppp " + what + " " + value,
        (dialer, a) -> dialer.withTimers(timers -> timer.apply(timers, a.integer("value"))));
    DialerCommands.dialer(
        mode,
        "no ppp " + what + " [<old:line>]",
        (dialer, a) -> dialer.withTimers(timers -> timer.apply(timers, preset)));
  }

  private static void proof(Mode<InterfaceConfig.Builder> mode, String pattern, Proof proof) {
    DialerCommands.dialer(
        mode, pattern, (dialer, a) -> dialer.withAuthentication(proofs -> proof.apply(proofs, a)));
  }

  /** The name and the password of a line. */
  static PppPassword password(Arguments a) throws Refusal {
    requireShort(a);
    return new PppPassword(a.text("name"), a.secret("password"));
  }

  /** A message of PPP counts the bytes of a password in one of its own. */
  private static void requireShort(Arguments a) throws Refusal {
    IsakmpCommands.require(
        a.secret("password").bytes().length() <= PppPassword.LONGEST,
        "a PPP password has at most " + PppPassword.LONGEST + " bytes");
  }
}
