package dev.zuido.router.config;

/** What became of a line of a configuration text. */
public sealed interface LineOutcome {
  /** Empty, or a comment. */
  record Comment() implements LineOutcome {}

  /** In effect as written. */
  record Done() implements LineOutcome {}

  /**
   * Understood, and without effect.
   *
   * @param reason why
   */
  record WithoutEffect(String reason) implements LineOutcome {}

  /**
   * Not accepted.
   *
   * @param column the column of the word to blame, from 1; one behind the last where a word is
   *     missing
   * @param reason what is wrong
   */
  record Refused(int column, String reason) implements LineOutcome {}
}
