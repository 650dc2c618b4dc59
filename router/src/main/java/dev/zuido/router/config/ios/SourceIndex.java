package dev.zuido.router.config.ios;

import java.util.ArrayList;
import java.util.List;

/** Where the lines of a text are, by their canonical texts. */
final class SourceIndex {
  private record Source(String section, String command, int line) {}

  private final List<Source> sources = new ArrayList<>();

  /**
   * Notes a line.
   *
   * @param section the canonical text of the line that opens its section, empty for none
   * @param command its own canonical text, empty if it is the opening line
   * @param line its number
   */
  void add(String section, String command, int line) {
    sources.add(new Source(section, command, line));
  }

  /**
   * The last line that begins so; else the line that opens the section; else the first line.
   *
   * @param section the first words of the opening line
   * @param command the first words of the line, empty for the opening line
   */
  int lineOf(String section, String command) {
    int opening = 0;
    for (int i = sources.size() - 1; i >= 0; i--) {
      Source source = sources.get(i);
      if (begins(source.section(), section)) {
        if (!command.isEmpty() && begins(source.command(), command)) {
          return source.line();
        }
        if (opening == 0 && source.command().isEmpty()) {
          opening = source.line();
        }
      }
    }
    return Math.max(1, opening);
  }

  private static boolean begins(String text, String head) {
    return (text + " ").startsWith(head.isEmpty() ? "" : head + " ")
        && head.isEmpty() == text.isEmpty();
  }
}
