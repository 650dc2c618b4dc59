package dev.zuido.esp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON into maps, lists, strings, numbers as {@code Double}, booleans and null. */
final class Json {
  private final String text;
  private int position;

  private Json(String text) {
    this.text = text;
  }

  static @Nullable Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipSpace();
    if (json.position != text.length()) {
      throw json.unexpected();
    }
    return value;
  }

  private @Nullable Object value() {
    skipSpace();
    return switch (text.charAt(position)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    position++;
    while (!take('}')) {
      skipSpace();
      String key = string();
      if (!take(':')) {
        throw unexpected();
      }
      object.put(key, value());
      take(',');
    }
    return object;
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> array = new ArrayList<>();
    position++;
    while (!take(']')) {
      array.add(value());
      take(',');
    }
    return array;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    position++;
    while (text.charAt(position) != '"') {
      char c = text.charAt(position++);
      if (c != '\\') {
        string.append(c);
        continue;
      }
      char escape = text.charAt(position++);
      switch (escape) {
        case 'u' -> {
          string.append((char) Integer.parseInt(text.substring(position, position + 4), 16));
          position += 4;
        }
        case 'n' -> string.append('\n');
        case 't' -> string.append('\t');
        case 'r' -> string.append('\r');
        default -> string.append(escape);
      }
    }
    position++;
    return string.toString();
  }

  private Double number() {
    int start = position;
    while (position < text.length() && "+-.eE0123456789".indexOf(text.charAt(position)) >= 0) {
      position++;
    }
    if (position == start) {
      throw unexpected();
    }
    return Double.valueOf(text.substring(start, position));
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, position)) {
      throw unexpected();
    }
    position += word.length();
    return value;
  }

  private boolean take(char c) {
    skipSpace();
    if (position < text.length() && text.charAt(position) == c) {
      position++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("not JSON at character " + position);
  }
}
