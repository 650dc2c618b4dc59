package dev.zuido.gre;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A JSON value (RFC 8259) for reading test vectors.
 *
 * @param value a Map, a List, a String, a Boolean, or the text of a number; null for null
 */
record Json(Object value) {
  static Json parse(String text) {
    return new Json(new Parser(text).document());
  }

  /** A member; with no value where there is none. */
  Json get(String name) {
    return new Json(value instanceof Map<?, ?> map ? map.get(name) : null);
  }

  boolean has(String name) {
    return value instanceof Map<?, ?> map && map.containsKey(name);
  }

  Stream<Json> items() {
    return value instanceof List<?> list ? list.stream().map(Json::new) : Stream.empty();
  }

  String text() {
    return Optional.ofNullable(value).orElseThrow().toString();
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
      return switch (text.charAt(at)) {
        case '{' -> object();
        case '[' -> array();
        case '"' -> string();
        default -> literal();
      };
    }

    private Map<String, Object> object() {
      Map<String, Object> members = new LinkedHashMap<>();
      at++;
      while (!consume('}')) {
        check(members.isEmpty() || consume(','));
        skipSpace();
        String name = string();
        check(consume(':'));
        members.put(name, value());
      }
      return members;
    }

    private List<Object> array() {
      List<Object> items = new ArrayList<>();
      at++;
      while (!consume(']')) {
        check(items.isEmpty() || consume(','));
        items.add(value());
      }
      return items;
    }

    private String string() {
      StringBuilder out = new StringBuilder();
      check(text.charAt(at++) == '"');
      while (text.charAt(at) != '"') {
        char c = text.charAt(at++);
        out.append(c == '\\' ? escaped() : c);
      }
      at++;
      return out.toString();
    }

    private char escaped() {
      char c = text.charAt(at++);
      return switch (c) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'u' -> {
          at += 4;
          yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        default -> c;
      };
    }

    private Object literal() {
      int start = at;
      while (at < text.length() && ",]} \r\n\t".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String word = text.substring(start, at);
      check(!word.isEmpty());
      return switch (word) {
        case "null" -> null;
        case "true" -> true;
        case "false" -> false;
        default -> word;
      };
    }

    private boolean consume(char c) {
      skipSpace();
      if (text.charAt(at) != c) {
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
        throw new IllegalArgumentException("no JSON at " + at);
      }
    }
  }
}
