package dev.zuido.router;

import dev.zuido.pppoe.PppoeSnapshot;
import dev.zuido.pppoe.PppoeState;
import dev.zuido.pppoe.ppp.AuthenticationProtocol;
import dev.zuido.pppoe.ppp.AutomatonState;
import dev.zuido.pppoe.ppp.PppSnapshot;
import dev.zuido.router.config.DialerConfig;
import dev.zuido.router.config.DialerList;
import dev.zuido.router.show.DialerReport;
import dev.zuido.router.show.InterfaceReport;
import dev.zuido.router.show.PppReport;
import dev.zuido.router.show.PppoeSessionReport;
import dev.zuido.wire.MacAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gathers what {@code show} says about dialled lines. */
final class DialerShow {
  private static final long NANOS = 1_000_000_000L;

  private final RouterParts parts;
  private final long nowNanos;

  DialerShow(RouterParts parts, long nowNanos) {
    this.parts = parts;
    this.nowNanos = nowNanos;
  }

  PppoeSessionReport sessions() {
    List<PppoeSessionReport.Session> rows = new ArrayList<>();
    for (DialerLine line : parts.dialers().lines()) {
      PppoeSnapshot now = line.snapshot(nowNanos);
      boolean open = now.sessionId() != 0;
      MacAddress concentrator = now.concentrator();
      rows.add(
          new PppoeSessionReport.Session(
              line.plan().name().toString(),
              line.plan().physical().toString(),
              word(now.state()),
              open ? now.sessionId() : null,
              concentrator == null ? null : concentrator.toString(),
              line.ethernet().address().toString(),
              open ? now.concentratorName() : null,
              open ? now.mtu() : null,
              secondsSince(now.sessionSinceNanos()),
              now.attempts(),
              now.sessions(),
              lastEnd(line, now),
              nextAttempt(now)));
    }
    return new PppoeSessionReport(rows);
  }

  PppReport links(boolean brief) {
    List<PppReport.Link> rows = new ArrayList<>();
    for (DialerLine line : parts.dialers().lines()) {
      PppSnapshot ppp = line.snapshot(nowNanos).ppp();
      if (ppp != null) {
        rows.add(link(line, ppp));
      }
    }
    return new PppReport(brief, rows);
  }

  private PppReport.Link link(DialerLine line, PppSnapshot ppp) {
    String user = line.plan().user();
    return new PppReport.Link(
        line.plan().name().toString(),
        ppp.phase().name().toLowerCase(Locale.ROOT),
        word(ppp.lcp()),
        word(ppp.ipcp()),
        ppp.localMru(),
        ppp.peerMru(),
        Integer.toUnsignedLong(ppp.localMagic()),
        Integer.toUnsignedLong(ppp.peerMagic()),
        word(ppp.weProve()),
        ppp.weProve() == null || user.isEmpty() ? null : user,
        word(ppp.peerProves()),
        ppp.peerName(),
        ppp.localAddress(),
        ppp.peerAddress(),
        ppp.nameServers(),
        secondsSince(ppp.upSinceNanos()),
        ppp.echoesSent(),
        ppp.echoesAnswered(),
        ppp.echoesTaken());
  }

  DialerReport dialers() {
    List<DialerReport.Dialer> rows = new ArrayList<>();
    for (RouterInterface each : parts.interfaces()) {
      DialerLine line = each.dialer();
      DialerConfig config = each.config().dialer();
      if (line != null && config != null) {
        rows.add(dialer(line, config));
      }
    }
    return new DialerReport(rows);
  }

  private DialerReport.Dialer dialer(DialerLine line, DialerConfig config) {
    PppoeSnapshot now = line.snapshot(nowNanos);
    DialPlan plan = line.plan();
    boolean hasGroup = config.group().isPresent();
    DialerList list =
        hasGroup ? parts.config().dialerList(config.group().getAsInt()).orElse(null) : null;
    long idleLeft = line.idleLeftSeconds(nowNanos);
    return new DialerReport.Dialer(
        plan.name().toString(),
        config.pool().orElse(0),
        plan.physical().toString(),
        plan.onDemand() ? "on-demand" : config.persistent() == null ? "always" : "persistent",
        line.cause(),
        line.isInForce(),
        hasGroup ? config.group().getAsInt() : null,
        list == null ? null : list.toString(),
        plan.idle().seconds(),
        plan.idle().direction().name().toLowerCase(Locale.ROOT),
        idleLeft < 0 ? null : idleLeft,
        line.interestingPackets(),
        line.dials(),
        line.idleHangUps(),
        now.attempts(),
        now.sessions(),
        lastEnd(line, now),
        nextAttempt(now));
  }

  /** What {@code show interfaces} says of a line; null of an interface that dials none. */
  InterfaceReport.@Nullable Dialer ofInterface(RouterInterface each) {
    DialerLine line = each.dialer();
    if (line == null) {
      return null;
    }
    PppoeSnapshot now = line.snapshot(nowNanos);
    PppSnapshot ppp = now.ppp();
    return new InterfaceReport.Dialer(
        line.plan().physical().toString(),
        line.plan().isNegotiated(),
        line.plan().onDemand(),
        line.isInForce(),
        word(now.state()),
        now.sessionId() == 0 ? null : now.sessionId(),
        now.sessionId() == 0 ? null : now.mtu(),
        ppp == null ? null : word(ppp.lcp()),
        ppp == null ? null : word(ppp.ipcp()),
        ppp == null ? null : ppp.peerAddress(),
        secondsSince(now.sessionSinceNanos()),
        lastEnd(line, now),
        nextAttempt(now));
  }

  private static @Nullable String lastEnd(DialerLine line, PppoeSnapshot now) {
    return now.lastEnd() == null ? null : DialerLog.words(line.plan(), now.lastEnd());
  }

  private @Nullable Long nextAttempt(PppoeSnapshot now) {
    return now.nextAttemptNanos() < 0
        ? null
        : (Long) (Math.max(0, now.nextAttemptNanos() - nowNanos) / NANOS);
  }

  private @Nullable Long secondsSince(long nanos) {
    return nanos < 0 ? null : (Long) (Math.max(0, nowNanos - nanos) / NANOS);
  }

  /** IOS's word for a client's state, where it has one. */
  private static String word(PppoeState state) {
    return switch (state) {
      case DISCOVERING -> "PADISNT";
      case REQUESTING -> "PADRSNT";
      case IDLE, WAITING, NEGOTIATING, UP, CLOSING -> state.name();
    };
  }

  /** RFC 1661's spelling. */
  private static String word(AutomatonState state) {
    return switch (state) {
      case INITIAL -> "Initial";
      case STARTING -> "Starting";
      case CLOSED -> "Closed";
      case STOPPED -> "Stopped";
      case CLOSING -> "Closing";
      case STOPPING -> "Stopping";
      case REQ_SENT -> "Req-Sent";
      case ACK_RCVD -> "Ack-Rcvd";
      case ACK_SENT -> "Ack-Sent";
      case OPENED -> "Opened";
    };
  }

  private static @Nullable String word(@Nullable AuthenticationProtocol protocol) {
    return protocol == null ? null : DialerLog.words(protocol);
  }
}
