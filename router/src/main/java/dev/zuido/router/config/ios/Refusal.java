package dev.zuido.router.config.ios;

/** A line cannot be accepted. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int word;
  private final boolean near;

  private Refusal(int word, boolean near, String reason) {
    super(reason, null, false, false);
    this.word = word;
    this.near = near;
  }

  /** A word of the right form has the wrong value. */
  static Refusal value(int word, String reason) {
    return new Refusal(word, true, reason);
  }

  /** A word is of another form altogether. */
  static Refusal form(int word, String reason) {
    return new Refusal(word, false, reason);
  }

  /** A line that reads well asks for what cannot be. */
  static Refusal line(String reason) {
    return new Refusal(0, true, reason);
  }

  /** The index of the word to blame. */
  int word() {
    return word;
  }

  /** Whether the word is of the right form, so that the reason says more than what was expected. */
  boolean near() {
    return near;
  }

  /** What is wrong, in words that repeat no secret. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
