package dev.zuido.router.show;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text of a report, line by line. */
final class Lines {
  private final StringBuilder text = new StringBuilder();

  /** Adds a line; what is blank at its end is cut off, and what would break it is replaced. */
  Lines add(String format, @Nullable Object... values) {
    text.append(printable(String.format(Locale.ROOT, format, values)).stripTrailing()).append('\n');
    return this;
  }

  /** Adds a line for each counter that is not 0. */
  void addCounters(String indent, Map<String, Long> counters) {
    counters.forEach(
        (name, count) -> {
          if (count != 0) {
            add("%s%-32s %d", indent, words(name), count);
          }
        });
  }

  /** The text, or a sentence if there is none. */
  String orElse(String sentence) {
    return text.isEmpty() ? sentence + "\n" : text.toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** A text without characters that would end its line or move a terminal's cursor. */
  static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
    }
    return out.toString();
  }

  /** A name in lower camel case as words: {@code accessListIn} is {@code access list in}. */
  static String words(String name) {
    StringBuilder out = new StringBuilder(name.length() + 8);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        out.append(' ').append(Character.toLowerCase(c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  /** A duration as {@code hh:mm:ss}; of more than 99 hours, with as many digits as it takes. */
  static String clock(long seconds) {
    return String.format(
        Locale.ROOT, "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  /** The same, or dashes for what is not known. */
  static String clock(@Nullable Long seconds) {
    return seconds == null ? "--:--:--" : clock(seconds.longValue());
  }

  static String onOff(boolean on) {
    return on ? "enabled" : "disabled";
  }
}
