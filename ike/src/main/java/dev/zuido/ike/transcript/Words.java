package dev.zuido.ike.transcript;

import dev.zuido.ike.Endpoint;
import dev.zuido.wire.IpAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The words of a transcript's line. */
final class Words {
  private Words() {}

  /** A text in quotes, in ASCII and without line feeds. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        quoted.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    return quoted.append('"').toString();
  }

  static String spi(int spi) {
    return "0x" + HexFormat.of().toHexDigits(spi);
  }

  /**
   * The words of a line; those in quotes without them.
   *
   * @throws IllegalArgumentException with what is wrong, if a quote or an escape is out of place
   */
  static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    int at = 0;
    while (at < line.length()) {
      if (line.charAt(at) == ' ') {
        at++;
      } else if (line.charAt(at) == '"') {
        StringBuilder text = new StringBuilder();
        at = unquote(line, at + 1, text);
        words.add(text.toString());
      } else {
        int end = line.indexOf(' ', at);
        end = end < 0 ? line.length() : end;
        String word = line.substring(at, end);
        if (word.indexOf('"') >= 0) {
          throw new IllegalArgumentException("a quote within a word");
        }
        words.add(word);
        at = end;
      }
    }
    return words;
  }

  private static int unquote(String line, int start, StringBuilder word) {
    int at = start;
    while (at < line.length() && line.charAt(at) != '"') {
      if (line.charAt(at) != '\\') {
        word.append(line.charAt(at++));
      } else if (at + 6 <= line.length() && line.charAt(at + 1) == 'u') {
        word.append((char) HexFormat.fromHexDigits(line, at + 2, at + 6));
        at += 6;
      } else if (at + 2 <= line.length() && line.charAt(at + 1) != 'u') {
        word.append(line.charAt(at + 1));
        at += 2;
      } else {
        throw new IllegalArgumentException("an escape is cut off");
      }
    }
    if (at == line.length()) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    return at + 1;
  }

  /**
   * An endpoint as {@link Endpoint#toString} writes it.
   *
   * @throws IllegalArgumentException if the word is none
   */
  static Endpoint endpoint(String word) {
    int colon = word.lastIndexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("'" + word + "' is no address with a port");
    }
    String address = word.substring(0, colon);
    boolean bracketed = address.startsWith("[") && address.endsWith("]");
    return new Endpoint(
        IpAddress.parse(bracketed ? address.substring(1, address.length() - 1) : address),
        Integer.parseInt(word.substring(colon + 1)));
  }
}
