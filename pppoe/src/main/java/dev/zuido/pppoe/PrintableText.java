package dev.zuido.pppoe;

import dev.zuido.wire.ByteString;
import java.nio.charset.StandardCharsets;

/** What a peer says, made fit for a log. */
final class PrintableText {
  /** The most characters that are kept. */
  static final int MAX_CHARACTERS = 200;

  private PrintableText() {}

  /** UTF-8 without NULs; what is not printable is replaced by a question mark. */
  static String of(ByteString bytes) {
    String text = new String(bytes.toArray(), StandardCharsets.UTF_8);
    StringBuilder shown = new StringBuilder();
    text.codePoints()
        .filter(c -> c != 0)
        .limit(MAX_CHARACTERS)
        .forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '?'));
    return shown.toString();
  }

  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
