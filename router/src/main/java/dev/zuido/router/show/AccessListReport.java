package dev.zuido.router.show;

import java.util.List;

/**
 * {@code show access-lists}, with how many packets each rule has decided about.
 *
 * @param rows an access list each
 */
public record AccessListReport(List<Entry> rows) implements ShowReport {
  /**
   * An access list.
   *
   * @param name its name or number
   * @param kind {@code standard} or {@code extended}
   * @param rules its rules in order
   * @param unmatched packets that no rule matched: they were denied
   */
  public record Entry(String name, String kind, List<Rule> rules, long unmatched) {
    /** Copies the list. */
    public Entry {
      rules = List.copyOf(rules);
    }
  }

  /**
   * A rule.
   *
   * @param sequence its sequence number
   * @param rule the rule as it is configured
   * @param matches packets that it has decided about
   */
  public record Rule(long sequence, String rule, long matches) {}

  /** Copies the list. */
  public AccessListReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    for (Entry list : rows) {
      lines.add(
          "%s IP access list %s",
          list.kind.equals("standard") ? "Standard" : "Extended", list.name);
      for (Rule rule : list.rules) {
        lines.add("    %d %s (%d matches)", rule.sequence, rule.rule, rule.matches);
      }
      lines.add("    implicit deny (%d matches)", list.unmatched);
    }
    return lines.orElse("No access list is configured.");
  }
}
