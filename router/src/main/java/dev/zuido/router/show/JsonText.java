package dev.zuido.router.show;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Prefix;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON (RFC 8259). A record becomes an object with a member for each component, so that the
 * data's documentation is the JSON's and the two cannot differ.
 */
final class JsonText {
  private static final String INDENT = "  ";

  private final StringBuilder out = new StringBuilder();

  private JsonText() {}

  /**
   * A value as a text with a line feed at its end.
   *
   * @param value null, a boolean, an integer, a string, an address or a prefix; a record, list or
   *     map (with strings as keys) of such
   */
  static String of(@Nullable Object value) {
    JsonText text = new JsonText();
    text.value(value, "");
    return text.out.append('\n').toString();
  }

  private void value(@Nullable Object value, String indent) {
    if (value == null || value instanceof Boolean || isInteger(value)) {
      out.append(value);
    } else if (value instanceof String || isAddress(value)) {
      string(value.toString());
    } else if (value instanceof List<?> list) {
      list(list, indent);
    } else if (value instanceof Map<?, ?> map) {
      Members members = new Members(indent);
      map.forEach((name, member) -> members.add((String) name, member));
      members.end();
    } else if (value instanceof Record record) {
      record(record, indent);
    } else {
      throw new IllegalArgumentException("no JSON for a " + value.getClass());
    }
  }

  private static boolean isInteger(Object value) {
    return value instanceof Integer || value instanceof Long;
  }

  private static boolean isAddress(Object value) {
    return value instanceof IpAddress || value instanceof Ipv4Prefix;
  }

  private void record(Record record, String indent) {
    Members members = new Members(indent);
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        members.add(component.getName(), component.getAccessor().invoke(record));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new LinkageError("a report's records are public", e);
      }
    }
    members.end();
  }

  /** The members of an object, each on a line of its own. */
  private final class Members {
    private final String indent;
    private boolean empty = true;

    Members(String indent) {
      this.indent = indent;
      out.append('{');
    }

    void add(String name, @Nullable Object value) {
      out.append(empty ? "\n" : ",\n").append(indent).append(INDENT);
      empty = false;
      string(name);
      out.append(": ");
      value(value, indent + INDENT);
    }

    void end() {
      if (!empty) {
        out.append('\n').append(indent);
      }
      out.append('}');
    }
  }

  /** Strings and numbers stand in one line, objects below each other. */
  private void list(List<?> list, String indent) {
    boolean nested = list.stream().anyMatch(each -> !(each instanceof String || isInteger(each)));
    String next = nested ? "\n" + indent + INDENT : "";
    String separator = "";
    out.append('[');
    for (Object each : list) {
      out.append(separator).append(next);
      value(each, indent + INDENT);
      separator = nested ? "," : ", ";
    }
    out.append(nested ? "\n" + indent : "").append(']');
  }

  /**
   * A string, quoted. What is escaped beyond the RFC's demand are surrogates without their other
   * half, which no UTF-8 can carry, and what some programs take for a line's end.
   */
  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (pair) {
        out.append(c).append(text.charAt(++i));
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (Character.isISOControl(c)
          || Character.isSurrogate(c)
          || c == '\u2028'
          || c == '\u2029') {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
