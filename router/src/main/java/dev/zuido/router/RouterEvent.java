package dev.zuido.router;

import dev.zuido.ike.IkeOutput;
import dev.zuido.router.forwarding.Route;
import java.util.List;
import java.util.Locale;

/** What happens in a router, for logs and displays; in the order in which it happens. */
public sealed interface RouterEvent {
  /** One line, without a time and without a line's end. */
  String text();

  /** More lines for who wants to know all, in their order; mostly none. */
  default List<String> detail() {
    return List.of();
  }

  /**
   * A log message in the form that engineers know: {@code %OSPF-5-ADJCHG: …}.
   *
   * @param severity 0 (emergency) to 7 (debugging)
   * @param facility the part of the router
   * @param mnemonic the message
   * @param message its text, with the cause
   */
  record Log(int severity, String facility, String mnemonic, String message)
      implements RouterEvent {
    @Override
    public String text() {
      return "%" + facility + "-" + severity + "-" + mnemonic + ": " + message;
    }
  }

  /**
   * An IKE message was sent, or received and accepted.
   *
   * @param sent whether it was sent
   * @param message the message without its secrets
   */
  record IkeMessage(boolean sent, IkeOutput.MessageTrace message) implements RouterEvent {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "ISAKMP %s %s: %s%s, %d bytes",
          sent ? "to" : "from",
          message.remote().address(),
          message,
          message.encrypted() ? " encrypted" : "",
          message.length());
    }

    /** The message in full, if {@link IkeDiagnostics} asks for it; not once more when repeated. */
    @Override
    public List<String> detail() {
      return message.repeated() ? List.of() : message.detail();
    }
  }

  /**
   * A packet of PPPoE's discovery or of PPP's negotiation was sent or received, if {@link
   * PppDiagnostics} asks for it; without secrets.
   *
   * @param dialer the Dialer interface
   * @param sent whether it was sent
   * @param packet the packet in words, {@code LCP CONFREQ id 1 MRU 1492}
   */
  record PppPacket(String dialer, boolean sent, String packet) implements RouterEvent {
    @Override
    public String text() {
      return dialer + (sent ? " O " : " I ") + packet;
    }

    /** Whether it only asks whether the peer is there, or answers that. */
    public boolean isEcho() {
      return packet.startsWith("LCP ECHO");
    }
  }

  /**
   * Routes came or went. The text names the first {@value #NAMED} of either kind and says how many
   * more there are.
   *
   * @param added routes that are new or lead elsewhere now; all of them
   * @param removed routes that are gone or led elsewhere before; all of them
   */
  record RoutesChanged(List<Route> added, List<Route> removed) implements RouterEvent {
    /** How many routes of either kind the text names at most. */
    public static final int NAMED = 16;

    /** Copies the lists. */
    public RoutesChanged {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    @Override
    public String text() {
      StringBuilder text = new StringBuilder("routes:");
      name(text, '+', added);
      name(text, '-', removed);
      return text.toString();
    }

    private static void name(StringBuilder text, char sign, List<Route> routes) {
      for (Route route : routes.subList(0, Math.min(NAMED, routes.size()))) {
        text.append(' ').append(sign).append(describe(route));
      }
      if (routes.size() > NAMED) {
        text.append(' ').append(sign).append(routes.size() - NAMED).append(" more");
      }
    }

    private static String describe(Route route) {
      return route.source().letter()
          + " "
          + route.prefix()
          + " ["
          + route.distance()
          + "/"
          + route.metric()
          + "]";
    }
  }
}
