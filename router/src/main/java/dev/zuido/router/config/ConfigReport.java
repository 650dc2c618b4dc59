package dev.zuido.router.config;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report on a configuration text: one entry per line, in order.
 *
 * @param lines the lines
 * @param config the configuration, or null if a line is refused
 */
public record ConfigReport(List<LineReport> lines, @Nullable RouterConfig config) {
  /** Checks that there is a configuration just if no line is refused. */
  public ConfigReport {
    lines = List.copyOf(lines);
    if ((config == null) != lines.stream().anyMatch(LineReport::refused)) {
      throw new IllegalArgumentException("a refused line and a configuration exclude each other");
    }
  }

  /** Whether the configuration can be used. */
  public boolean accepted() {
    return config != null;
  }

  /** The lines that are refused. */
  public List<LineReport> refusals() {
    return lines.stream().filter(LineReport::refused).toList();
  }

  /**
   * The report as text: a row per line that is not a comment, what is to be said about it below it,
   * and a summary.
   */
  public String render() {
    StringBuilder text = new StringBuilder();
    int width = Integer.toString(lines.size()).length();
    int done = 0;
    int withoutEffect = 0;
    int refused = 0;
    int warnings = 0;
    for (LineReport line : lines) {
      if (line.outcome() instanceof LineOutcome.Done) {
        row(text, width, line, "done");
        done++;
      } else if (line.outcome() instanceof LineOutcome.WithoutEffect accepted) {
        row(text, width, line, "accepted");
        note(text, width, accepted.reason());
        withoutEffect++;
      } else if (line.outcome() instanceof LineOutcome.Refused refusal) {
        row(text, width, line, "REFUSED");
        note(text, width, "column " + refusal.column() + ": " + refusal.reason());
        refused++;
      }
      for (String warning : line.warnings()) {
        note(text, width, "warning: " + warning);
        warnings++;
      }
    }
    text.append(
        String.format(
            Locale.ROOT,
            "%d done, %d accepted without effect, %d refused, %d warnings\n",
            done,
            withoutEffect,
            refused,
            warnings));
    return text.toString();
  }

  private static void row(StringBuilder text, int width, LineReport line, String outcome) {
    text.append(
        String.format(
            Locale.ROOT, "%" + width + "d  %-8s  %s\n", line.number(), outcome, line.text()));
  }

  private static void note(StringBuilder text, int width, String note) {
    text.append(" ".repeat(width + 12)).append("  ").append(note).append("\n");
  }
}
