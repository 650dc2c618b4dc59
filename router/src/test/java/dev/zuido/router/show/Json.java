package dev.zuido.router.show;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A JSON value (RFC 8259), read by a strict parser that has nothing in common with the writer.
 *
 * @param value a Map, a List, a String, a Long or a Boolean; null for null
 */
public record Json(Object value) {
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)");

  /** Reads a text that is one value. */
  public static Json parse(String text) {
    return new Json(new Parser(text).document());
  }

  /** A member, which must be there. */
  public Json get(String name) {
    Map<?, ?> members = (Map<?, ?>) value;
    if (!members.containsKey(name)) {
      throw new IllegalArgumentException("no " + name + " in " + members.keySet());
    }
    return new Json(members.get(name));
  }

  public boolean isObject() {
    return value instanceof Map<?, ?>;
  }

  public Stream<Json> items() {
    return ((List<?>) value).stream().map(Json::new);
  }

  public String text() {
    return (String) Optional.ofNullable(value).orElseThrow();
  }

  public long number() {
    return (Long) Optional.ofNullable(value).orElseThrow();
  }

  private static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    Object document() {
      Object value = value();
      skipSpace();
      check(at == text.length());
      return value;
    }

    private Object value() {
      skipSpace();
      return switch (peek()) {
        case '{' -> object();
        case '[' -> array();
        case '"' -> string();
        default -> literal();
      };
    }

    private Map<String, Object> object() {
      Map<String, Object> members = new LinkedHashMap<>();
      expect('{');
      if (consume('}')) {
        return members;
      }
      do {
        skipSpace();
        String name = string();
        check(consume(':'));
        check(!members.containsKey(name));
        members.put(name, value());
      } while (consume(','));
      check(consume('}'));
      return members;
    }

    private List<Object> array() {
      List<Object> items = new ArrayList<>();
      expect('[');
      if (consume(']')) {
        return items;
      }
      do {
        items.add(value());
      } while (consume(','));
      check(consume(']'));
      return items;
    }

    private String string() {
      StringBuilder out = new StringBuilder();
      expect('"');
      while (peek() != '"') {
        char c = text.charAt(at++);
        check(c >= ' ');
        out.append(c == '\\' ? escaped() : c);
      }
      at++;
      return out.toString();
    }

    private char escaped() {
      char c = peek();
      at++;
      return switch (c) {
        case '"', '\\', '/' -> c;
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'u' -> {
          check(at + 4 <= text.length());
          at += 4;
          yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        default -> throw new IllegalArgumentException("no escape: " + c);
      };
    }

    private Object literal() {
      int start = at;
      while (at < text.length() && ",]} \r\n\t".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String word = text.substring(start, at);
      return switch (word) {
        case "null" -> null;
        case "true" -> true;
        case "false" -> false;
        default -> {
          check(NUMBER.matcher(word).matches());
          yield Long.valueOf(word);
        }
      };
    }

    private char peek() {
      check(at < text.length());
      return text.charAt(at);
    }

    private void expect(char c) {
      check(peek() == c);
      at++;
    }

    private boolean consume(char c) {
      skipSpace();
      if (at >= text.length() || text.charAt(at) != c) {
        return false;
      }
      at++;
      return true;
    }

    private void skipSpace() {
      while (at < text.length() && " \r\n\t".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }

    private void check(boolean condition) {
      if (!condition) {
        throw new IllegalArgumentException("no JSON at " + at + " of " + text);
      }
    }
  }
}
