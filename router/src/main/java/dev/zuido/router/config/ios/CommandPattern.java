package dev.zuido.router.config.ios;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pattern of a command, as a reference manual prints it.
 *
 * <pre>
 *   ip access-group &lt;list:word&gt; {in|out}
 * </pre>
 *
 * Words are keywords; {@code <name:type>} is a parameter of a type of {@link ParameterTypes}; of
 * {@code {a|b}} one stands there, of {@code [a|b]} one or none, of {@code (a|b)} any number in any
 * order, each once; all may be nested.
 */
final class CommandPattern {
  private static final Pattern TOKEN =
      Pattern.compile("[\\[\\]{}()|]|<([^:>]+):([^>]+)>|[^\\s\\[\\]{}()|<]+");

  private static final List<String> OPENING = List.of("[", "{", "(");
  private static final List<String> CLOSING = List.of("]", "}", ")");

  /** A place of a command. */
  sealed interface Place {}

  /**
   * A word of the command itself.
   *
   * @param word in lower case
   */
  record Keyword(String word) implements Place {}

  /**
   * A value.
   *
   * @param name how the effect asks for it
   * @param type what it is
   */
  record Parameter(String name, ParameterType type) implements Place {}

  private final List<String> tokens = new ArrayList<>();
  private final String text;
  private int next;

  private CommandPattern(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
  }

  /**
   * All sequences of places that a pattern allows.
   *
   * @throws IllegalArgumentException if the pattern is not well formed
   */
  static List<List<Place>> expand(String text) {
    CommandPattern pattern = new CommandPattern(text);
    List<List<Place>> sequences = pattern.alternatives();
    if (pattern.next != pattern.tokens.size()) {
      throw pattern.malformed();
    }
    return sequences;
  }

  private List<List<Place>> alternatives() {
    List<List<Place>> all = new ArrayList<>();
    choices().forEach(all::addAll);
    return all;
  }

  /** The sequences of each alternative. */
  private List<List<List<Place>>> choices() {
    List<List<List<Place>>> all = new ArrayList<>();
    all.add(sequence());
    while (next < tokens.size() && tokens.get(next).equals("|")) {
      next++;
      all.add(sequence());
    }
    return all;
  }

  /** Every choice of some alternatives, in every order. */
  private static List<List<Place>> orders(List<List<List<Place>>> choices) {
    List<List<Place>> all = new ArrayList<>();
    all.add(List.of());
    for (int i = 0; i < choices.size(); i++) {
      List<List<List<Place>>> others = new ArrayList<>(choices);
      others.remove(i);
      all.addAll(append(choices.get(i), orders(others)));
    }
    return all;
  }

  private List<List<Place>> sequence() {
    List<List<Place>> sequences = List.of(List.of());
    while (next < tokens.size()) {
      String token = tokens.get(next);
      if (token.equals("|") || CLOSING.contains(token)) {
        break;
      }
      next++;
      sequences = append(sequences, item(token));
    }
    return sequences;
  }

  private List<List<Place>> item(String token) {
    int kind = OPENING.indexOf(token);
    if (kind >= 0) {
      List<List<Place>> inner =
          token.equals("(") ? orders(choices()) : new ArrayList<>(alternatives());
      if (next == tokens.size() || !tokens.get(next).equals(CLOSING.get(kind))) {
        throw malformed();
      }
      next++;
      if (token.equals("[")) {
        inner.add(List.of());
      }
      return inner;
    }
    Matcher parameter = TOKEN.matcher(token);
    if (parameter.matches() && parameter.group(1) != null) {
      return List.of(
          List.of(new Parameter(parameter.group(1), ParameterTypes.of(parameter.group(2)))));
    }
    return List.of(List.of(new Keyword(token)));
  }

  private static List<List<Place>> append(List<List<Place>> heads, List<List<Place>> tails) {
    List<List<Place>> all = new ArrayList<>();
    for (List<Place> head : heads) {
      for (List<Place> tail : tails) {
        List<Place> whole = new ArrayList<>(head);
        whole.addAll(tail);
        all.add(whole);
      }
    }
    return all;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("malformed command pattern '" + text + "'");
  }
}
