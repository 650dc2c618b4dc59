package dev.zuido.router.config;

/** The argument checks of the records of this package. */
final class Checks {
  private Checks() {}

  static void range(String what, long value, long first, long last) {
    if (value < first || value > last) {
      throw new IllegalArgumentException(what + " is " + first + " to " + last + ", not " + value);
    }
  }

  static void name(String what, String value) {
    if (value.isEmpty() || value.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException(what + " is one word, not '" + value + "'");
    }
  }
}
