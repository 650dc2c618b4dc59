package dev.zuido.router;

import dev.zuido.pppoe.PppoeEnd;
import dev.zuido.pppoe.PppoeOutput;
import dev.zuido.pppoe.PppoeState;
import dev.zuido.pppoe.ppp.AuthenticationProtocol;
import dev.zuido.pppoe.ppp.PppEnd;
import dev.zuido.pppoe.ppp.PppOutput;
import dev.zuido.wire.Ipv4Address;
import java.util.Locale;
import java.util.stream.Collectors;

/** Log lines for what happens on the access lines. Each attempt has a few at most. */
final class DialerLog {
  private static final double NANOS = 1e9;

  private final EventLog log;

  DialerLog(EventLog log) {
    this.log = log;
  }

  /** What a client says of discovery and sessions. */
  void pppoe(DialPlan plan, PppoeOutput output) {
    if (output instanceof PppoeOutput.SessionStarted started) {
      log.log(
          6,
          "DIALER",
          "BIND",
          "Interface %s bound to profile %s: PPPoE session %d with concentrator '%s' (%s), MTU %d"
              .formatted(
                  plan.physical(),
                  plan.name(),
                  started.sessionId(),
                  started.name(),
                  started.concentrator(),
                  started.mtu()));
    } else if (output instanceof PppoeOutput.StateChanged changed) {
      log.log(7, "PPPOE", "STATE", plan.name() + ": " + words(changed.state()));
    } else if (output instanceof PppoeOutput.Trace trace) {
      log.event(new RouterEvent.PppPacket(plan.name().toString(), trace.sent(), trace.text()));
    }
  }

  /** What PPP says. */
  void ppp(DialPlan plan, PppOutput news, int mtu) {
    if (news instanceof PppOutput.LinkUp up) {
      log.log(
          6,
          "PPP",
          "LCPUP",
          "%s: LCP is open, MRU %d here and %d at the peer, %s%s"
              .formatted(
                  plan.name(),
                  up.localMru(),
                  up.peerMru(),
                  up.weProve() == null
                      ? "the peer asks for no proof"
                      : "we prove ourselves by " + words(up.weProve()),
                  up.peerProves() == null ? "" : ", the peer by " + words(up.peerProves())));
    } else if (news instanceof PppOutput.ProofAccepted accepted) {
      log.log(
          6,
          "PPP",
          "AUTHOK",
          plan.name()
              + ": the peer accepts user '"
              + plan.user()
              + "'"
              + quoted(accepted.message()));
    } else if (news instanceof PppOutput.PeerAuthenticated peer) {
      log.log(
          6, "PPP", "PEERAUTH", plan.name() + ": the peer has proved to be '" + peer.name() + "'");
    } else if (news instanceof PppOutput.Ipv4Up up) {
      log.log(
          6,
          "PPP",
          "IPCPUP",
          "%s: IPCP is open, address %s, peer %s%s, packets of %d bytes"
              .formatted(
                  plan.name(),
                  up.local(),
                  up.peer(),
                  up.nameServers().isEmpty()
                      ? ""
                      : ", name servers "
                          + up.nameServers().stream()
                              .map(Ipv4Address::toString)
                              .collect(Collectors.joining(", ")),
                  mtu));
    } else if (news instanceof PppOutput.Trace trace) {
      log.event(new RouterEvent.PppPacket(plan.name().toString(), trace.sent(), trace.text()));
    } else if (news instanceof PppOutput.PhaseChanged changed) {
      log.log(
          7,
          "PPP",
          "PHASE",
          plan.name() + ": phase " + changed.phase().name().toLowerCase(Locale.ROOT));
    }
  }

  /** An attempt or a session has ended. */
  void ended(DialPlan plan, PppoeOutput.Ended ended, boolean gaveUp) {
    PppoeEnd end = ended.end();
    boolean asked = end instanceof PppoeEnd.HungUp;
    String next =
        gaveUp
            ? "; that was the last of its attempts"
            : ended.retryNanos() < 0
                ? ""
                : String.format(
                    Locale.ROOT, "; next attempt in %.1f s", ended.retryNanos() / NANOS);
    log.log(
        asked ? 6 : severity(end),
        facility(end),
        mnemonic(end),
        "Interface "
            + plan.physical()
            + " unbound from profile "
            + plan.name()
            + ": "
            + words(plan, end)
            + next);
  }

  private static int severity(PppoeEnd end) {
    return end instanceof PppoeEnd.Terminated || end instanceof PppoeEnd.LineDown ? 5 : 4;
  }

  private static String facility(PppoeEnd end) {
    return end instanceof PppoeEnd.PppEnded
        ? "PPP"
        : end instanceof PppoeEnd.HungUp ? "DIALER" : "PPPOE";
  }

  private static String mnemonic(PppoeEnd end) {
    if (end instanceof PppoeEnd.PppEnded ppp) {
      return switch (ppp.reason()) {
        case PROOF_REFUSED -> "AUTHFAIL";
        case PROOF_IMPOSSIBLE -> "NOAUTH";
        case PEER_NOT_AUTHENTICATED, AUTHENTICATION_TIMEOUT -> "PEERAUTHFAIL";
        case PEER_DEAD -> "PEERDEAD";
        case LOOPED_BACK -> "LOOPBACK";
        case NO_AGREEMENT -> "NOAGREEMENT";
        default -> "DOWN";
      };
    }
    if (end instanceof PppoeEnd.NoOffer) {
      return "NOOFFER";
    }
    if (end instanceof PppoeEnd.NoSession) {
      return "NOSESSION";
    }
    if (end instanceof PppoeEnd.Refused) {
      return "REFUSED";
    }
    if (end instanceof PppoeEnd.Terminated) {
      return "TERMINATED";
    }
    return end instanceof PppoeEnd.LineDown ? "LINKDOWN" : "UNBIND";
  }

  /** A line on demand is hung up. */
  void idle(DialPlan plan, long seconds) {
    log.log(6, "DIALER", "IDLE", plan.name() + ": no interesting packet for " + seconds + " s");
  }

  // ---- Words

  /** What a client is doing, a clause. */
  static String words(PppoeState state) {
    return switch (state) {
      case IDLE -> "it does not dial";
      case WAITING -> "it waits for its next attempt";
      case DISCOVERING -> "it looks for an access concentrator";
      case REQUESTING -> "it asks for a session";
      case NEGOTIATING -> "PPP negotiates";
      case UP -> "the session is up";
      case CLOSING -> "the session is being ended";
    };
  }

  /** A protocol's name. */
  static String words(AuthenticationProtocol protocol) {
    return switch (protocol) {
      case PAP -> "PAP";
      case CHAP_MD5 -> "CHAP";
    };
  }

  /** Why an attempt or a session has ended, a clause. */
  static String words(DialPlan plan, PppoeEnd end) {
    if (end instanceof PppoeEnd.PppEnded ppp) {
      return words(plan, ppp.reason(), ppp.detail());
    }
    if (end instanceof PppoeEnd.NoOffer) {
      return "no access concentrator has made an offer";
    }
    if (end instanceof PppoeEnd.NoSession) {
      return "the concentrator did not answer the request for a session";
    }
    if (end instanceof PppoeEnd.Refused refused) {
      return "the concentrator refuses with " + refused.tag() + quoted(refused.text());
    }
    if (end instanceof PppoeEnd.Terminated terminated) {
      return "the concentrator has ended the session" + quoted(terminated.text());
    }
    return end instanceof PppoeEnd.LineDown ? "the Ethernet is down" : "it was hung up";
  }

  private static String words(DialPlan plan, PppEnd reason, String detail) {
    String what =
        switch (reason) {
          case CLOSED -> "PPP was closed";
          case PEER_CLOSED -> "the peer has closed PPP";
          case LOWER_DOWN -> "the session is gone";
          case NO_ANSWER -> "the peer does not answer PPP's requests";
          case NO_AGREEMENT -> "no agreement on PPP's options";
          case LOOPED_BACK -> "the line is looped back";
          case PROOF_IMPOSSIBLE -> "the peer demands a proof that is not configured";
          case PROOF_REFUSED -> "the peer refuses the proof of user '" + plan.user() + "'";
          case PEER_NOT_AUTHENTICATED -> "the peer has not proved who it is";
          case AUTHENTICATION_TIMEOUT -> "authentication took too long";
          case NO_NETWORK_PROTOCOL -> "no network protocol came up";
          case PEER_DEAD -> "the peer answers no LCP echoes";
        };
    return what + quoted(detail);
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "" : ": \"" + text + "\"";
  }
}
