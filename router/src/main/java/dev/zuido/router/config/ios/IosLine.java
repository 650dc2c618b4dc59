package dev.zuido.router.config.ios;

import dev.zuido.router.config.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A line cut into words.
 *
 * @param number its number, from 1
 * @param raw its characters
 * @param words its words
 */
record IosLine(int number, String raw, List<Word> words) {
  IosLine {
    words = List.copyOf(words);
  }

  static IosLine of(int number, String raw) {
    List<Word> words = new ArrayList<>();
    int position = 0;
    while (position < raw.length()) {
      int start = position;
      while (position < raw.length() && !isBlank(raw.charAt(position))) {
        position++;
      }
      if (position > start) {
        words.add(new Word(raw.substring(start, position), start + 1));
      } else {
        position++;
      }
    }
    return new IosLine(number, raw, words);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
  }

  /** The column of a word, or the one behind the line if there is no such word. */
  int columnOf(int word) {
    if (word < words.size()) {
      return words.get(word).column();
    }
    if (words.isEmpty()) {
      return 1;
    }
    Word last = words.get(words.size() - 1);
    return last.column() + last.text().length() + 1;
  }

  /** The line from a word to its end, without the blanks behind it. */
  String textFrom(int word) {
    return raw.substring(columnOf(word) - 1).strip();
  }

  /** The line from its first word, with a mask in place of some, and nothing unprintable. */
  String masked(Set<Integer> secretWords) {
    StringBuilder text = new StringBuilder();
    int end = words.isEmpty() ? 0 : words.get(0).column() - 1;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      text.append(" ".repeat(word.column() - 1 - end));
      text.append(secretWords.contains(i) ? Secret.MASK : printable(word.text()));
      end = word.column() - 1 + word.text().length();
    }
    return text.toString();
  }

  private static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              int type = Character.getType(c);
              boolean hidden =
                  type == Character.CONTROL
                      || type == Character.FORMAT
                      || type == Character.SURROGATE
                      || type == Character.PRIVATE_USE
                      || type == Character.UNASSIGNED;
              printable.appendCodePoint(hidden ? '?' : c);
            });
    return printable.toString();
  }
}
