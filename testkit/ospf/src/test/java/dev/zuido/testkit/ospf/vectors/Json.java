package dev.zuido.testkit.ospf.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON: objects as maps, arrays as lists, numbers as doubles. */
final class Json {
  private final String text;
  private int position;

  private Json(String text) {
    this.text = text;
  }

  static Object read(Path file) {
    try {
      return new Json(Files.readString(file)).value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked") // this reader makes no other maps
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  /** The list under a key; an empty one if there is none. */
  @SuppressWarnings("unchecked") // this reader makes no other lists
  static List<Object> list(Map<String, Object> object, String key) {
    Object value = object.get(key);
    return value == null ? List.of() : (List<Object>) value;
  }

  static List<Map<String, Object>> objects(Map<String, Object> object, String key) {
    return list(object, key).stream().map(Json::object).toList();
  }

  /** The objects of a list that stands alone in an object; none if the object is not there. */
  static List<Map<String, Object>> within(
      Map<String, Object> object, String container, String key) {
    Object inner = object.get(container);
    return inner == null ? List.of() : objects(object(inner), key);
  }

  static String text(Map<String, Object> object, String key) {
    return (String) object.get(key);
  }

  /** A number that an int does not hold. */
  static long big(Map<String, Object> object, String key) {
    return ((Double) object.get(key)).longValue();
  }

  static int number(Map<String, Object> object, String key) {
    return ((Double) object.get(key)).intValue();
  }

  private Object value() {
    skipSpace();
    char c = text.charAt(position);
    return switch (c) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> object = new LinkedHashMap<>();
    position++;
    while (next() != '}') {
      String key = string();
      next();
      position++;
      object.put(key, value());
      if (next() == ',') {
        position++;
        next();
      }
    }
    position++;
    return object;
  }

  private List<Object> array() {
    List<Object> array = new ArrayList<>();
    position++;
    while (next() != ']') {
      array.add(value());
      if (next() == ',') {
        position++;
      }
    }
    position++;
    return array;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    position++;
    while (text.charAt(position) != '"') {
      char c = text.charAt(position++);
      if (c == '\\') {
        c = text.charAt(position++);
        switch (c) {
          case 'n' -> c = '\n';
          case 't' -> c = '\t';
          case 'r' -> c = '\r';
          case 'b' -> c = '\b';
          case 'f' -> c = '\f';
          case 'u' -> {
            c = (char) Integer.parseInt(text.substring(position, position + 4), 16);
            position += 4;
          }
          default -> {}
        }
      }
      string.append(c);
    }
    position++;
    return string.toString();
  }

  private Double number() {
    int start = position;
    while (position < text.length() && "+-.eE0123456789".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    return Double.valueOf(text.substring(start, position));
  }

  private Object word(String word, Object meaning) {
    position += word.length();
    return meaning;
  }

  private char next() {
    skipSpace();
    return text.charAt(position);
  }

  private void skipSpace() {
    while (Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }
}
