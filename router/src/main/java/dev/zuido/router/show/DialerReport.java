package dev.zuido.router.show;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show dialer}: the Dialer interfaces that have an Ethernet to dial over.
 *
 * @param rows a Dialer interface each
 */
public record DialerReport(List<Dialer> rows) implements ShowReport {
  /**
   * A Dialer interface.
   *
   * @param name its name
   * @param pool its pool
   * @param port the interface of the Ethernet
   * @param mode {@code always}, {@code persistent} or {@code on-demand}
   * @param state why its line is as it is, in words
   * @param carriesIpv4 whether packets pass
   * @param group the number of its dialer list, or null
   * @param dialerList the dialer list, or null if there is none of the number
   * @param idleSeconds the idle timeout of a line on demand, 0 for none
   * @param idleDirection which packets keep it up: {@code outbound}, {@code inbound} or {@code
   *     either}
   * @param idleLeftSeconds the time until it is hung up without another interesting packet, or null
   *     if it is not
   * @param interestingPackets packets on a line on demand that were interesting
   * @param dialled how often it has begun to dial
   * @param idleHangUps how often it was hung up for want of interesting packets
   * @param attempts attempts to have a session
   * @param sessions sessions
   * @param lastEnd why the last attempt or session has ended, or null
   * @param nextAttemptSeconds the time until the next attempt, or null if none is planned
   */
  public record Dialer(
      String name,
      int pool,
      String port,
      String mode,
      String state,
      boolean carriesIpv4,
      @Nullable Integer group,
      @Nullable String dialerList,
      int idleSeconds,
      String idleDirection,
      @Nullable Long idleLeftSeconds,
      long interestingPackets,
      long dialled,
      long idleHangUps,
      long attempts,
      long sessions,
      @Nullable String lastEnd,
      @Nullable Long nextAttemptSeconds) {}

  /** Copies the list. */
  public DialerReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    for (Dialer each : rows) {
      lines.add("%s - dialer type = PPPoE, pool %d, port %s", each.name, each.pool, each.port);
      switch (each.mode) {
        case "on-demand" ->
            lines.add(
                "  On demand, idle timer (%s), %s packets count%s",
                each.idleSeconds == 0 ? "never" : each.idleSeconds + " secs",
                each.idleDirection,
                each.idleLeftSeconds == null ? "" : ", " + each.idleLeftSeconds + " secs are left");
        case "persistent" -> lines.add("  Persistent");
        default -> lines.add("  Always on");
      }
      lines.add("  Dialer state is %s: %s", each.carriesIpv4 ? "up" : "down", each.state);
      if (each.group != null) {
        lines.add(
            "  Dialer group %d: %s",
            each.group,
            each.dialerList == null ? "no dialer-list, nothing is interesting" : each.dialerList);
      }
      lines.add(
          "  Interesting packets %d, dialled %d times, %d attempts, %d sessions, hung up for"
              + " idleness %d times",
          each.interestingPackets, each.dialled, each.attempts, each.sessions, each.idleHangUps);
      if (each.lastEnd != null) {
        lines.add("  Last end: %s", each.lastEnd);
      }
      if (each.nextAttemptSeconds != null) {
        lines.add("  Next attempt in %d s", each.nextAttemptSeconds);
      }
    }
    return lines.orElse("No Dialer interface has an Ethernet to dial over.");
  }
}
