package dev.zuido.router.config;

import java.util.List;

/**
 * The report on one line of a configuration text.
 *
 * @param number the line, from 1
 * @param text the line, without leading and trailing blanks, tabs as blanks, with {@link
 *     Secret#MASK} in place of each secret
 * @param outcome what became of it
 * @param warnings what it does, but probably was not meant to do
 */
public record LineReport(int number, String text, LineOutcome outcome, List<String> warnings) {
  /** Copies the list. */
  public LineReport {
    warnings = List.copyOf(warnings);
  }

  /** Whether the line is refused. */
  public boolean refused() {
    return outcome instanceof LineOutcome.Refused;
  }
}
