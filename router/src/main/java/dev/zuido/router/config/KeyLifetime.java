package dev.zuido.router.config;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * When a key is used.
 *
 * @param start from when on, in whole seconds
 * @param end until when, or null without an end
 */
public record KeyLifetime(Instant start, @Nullable Instant end) {
  /** The months as a line names them. */
  public static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  /** Checks the order. */
  public KeyLifetime {
    if (end != null && !end.isAfter(start)) {
      throw new IllegalArgumentException("the lifetime ends before it begins");
    }
  }

  /** Whether it holds at a moment. */
  public boolean contains(Instant moment) {
    return !moment.isBefore(start) && (end == null || moment.isBefore(end));
  }

  /** The words behind {@code send-lifetime}, in UTC. */
  @Override
  public String toString() {
    return text(start) + " " + (end == null ? "infinite" : text(end));
  }

  private static String text(Instant moment) {
    OffsetDateTime at = moment.atOffset(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d %s %d %d",
        at.getHour(),
        at.getMinute(),
        at.getSecond(),
        MONTHS.get(at.getMonthValue() - 1),
        at.getDayOfMonth(),
        at.getYear());
  }
}
