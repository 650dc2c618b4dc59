package dev.zuido.router.config.ios;

/** What may stand at a place of a command where no keyword does. */
interface ParameterType {
  /** As a help text has it: {@code A.B.C.D}, {@code <1-10000>}. */
  String expectation();

  /**
   * Reads one or more words.
   *
   * @param line the line
   * @param at the index of the first word, which exists
   * @throws Refusal if they are not of this type
   */
  Parsed parse(IosLine line, int at) throws Refusal;

  /** Whether the words are a secret. */
  default boolean secret() {
    return false;
  }

  /**
   * A value that was read.
   *
   * @param value the value
   * @param canonical its one canonical text, with a mask in place of a secret
   * @param words how many words it took
   */
  record Parsed(Object value, String canonical, int words) {}
}
