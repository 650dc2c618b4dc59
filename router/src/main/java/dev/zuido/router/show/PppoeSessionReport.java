package dev.zuido.router.show;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show pppoe session}: the PPPoE clients and their sessions (RFC 2516).
 *
 * @param rows a client each
 */
public record PppoeSessionReport(List<Session> rows) implements ShowReport {
  private static final String COLUMNS = "%5s  %-17s  %-20s %-12s %-12s %5s  %s";

  /**
   * A client.
   *
   * @param dialer the Dialer interface
   * @param port the interface of the Ethernet
   * @param state what it is doing: {@code IDLE}, {@code WAITING}, {@code PADISNT}, {@code PADRSNT},
   *     {@code NEGOTIATING}, {@code UP}, {@code CLOSING}
   * @param sessionId the session's number, or null without one
   * @param remoteMac the concentrator's Ethernet address, or null without a session
   * @param localMac ours
   * @param concentrator the concentrator's name, or null without a session
   * @param mtu the largest PPP payload of the session in bytes, or null without one
   * @param upSeconds how long the session has been there, or null
   * @param attempts attempts since the router was started
   * @param sessions sessions since then
   * @param lastEnd why the last attempt or session has ended, or null
   * @param nextAttemptSeconds the time until the next attempt, or null if none is planned
   */
  public record Session(
      String dialer,
      String port,
      String state,
      @Nullable Integer sessionId,
      @Nullable String remoteMac,
      String localMac,
      @Nullable String concentrator,
      @Nullable Integer mtu,
      @Nullable Long upSeconds,
      long attempts,
      long sessions,
      @Nullable String lastEnd,
      @Nullable Long nextAttemptSeconds) {}

  /** Copies the list. */
  public PppoeSessionReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    if (rows.isEmpty()) {
      return lines.orElse("No PPPoE client is configured and has an Ethernet.");
    }
    long open = rows.stream().filter(each -> each.sessionId != null).count();
    lines.add("%d client session%s", open, open == 1 ? "" : "s");
    lines.add("");
    lines.add(COLUMNS, "SID", "RemMAC", "Port", "Dialer", "State", "MTU", "Up for");
    lines.add(COLUMNS, "", "LocMAC", "", "", "", "", "");
    for (Session each : rows) {
      lines.add(
          COLUMNS,
          each.sessionId == null ? "-" : each.sessionId,
          each.remoteMac == null ? "-" : each.remoteMac,
          each.port,
          each.dialer,
          each.state,
          each.mtu == null ? "-" : each.mtu,
          Lines.clock(each.upSeconds));
      lines.add(COLUMNS, "", each.localMac, "", "", "", "", "");
      if (each.concentrator != null) {
        lines.add("       Access concentrator '%s'", each.concentrator);
      }
      lines.add("       %d attempts, %d sessions", each.attempts, each.sessions);
      if (each.lastEnd != null) {
        lines.add("       Last end: %s", each.lastEnd);
      }
      if (each.nextAttemptSeconds != null) {
        lines.add("       Next attempt in %d s", each.nextAttemptSeconds);
      }
    }
    return lines.toString();
  }
}
