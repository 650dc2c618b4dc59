package dev.zuido.router.config.ios;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a kind of section knows, as a tree: a level per word, where keywords may be
 * shortened among those of their level.
 *
 * @param <T> where such a section is gathered
 */
final class Mode<T> {
  /** A place in the tree, with the keywords and parameters that may follow. */
  static final class Node<T> {
    final TreeMap<String, Node<T>> keywords = new TreeMap<>();
    final List<Edge<T>> parameters = new ArrayList<>();
    @Nullable Row<T> row;
    boolean leadsToSecret;

    /** Whether nothing may follow. */
    boolean isLeaf() {
      return keywords.isEmpty() && parameters.isEmpty();
    }

    /** What may follow, for a message. */
    List<String> expectations() {
      List<String> all = new ArrayList<>(keywords.keySet());
      parameters.stream()
          .map(edge -> edge.parameter.type().expectation())
          .filter(expectation -> !all.contains(expectation))
          .forEach(all::add);
      if (row != null) {
        all.add("the end of the line");
      }
      return all;
    }

    /** The mode that every command from here on opens, or null if there is no such one. */
    @Nullable Mode<?> modeOpened() {
      Set<Mode<?>> modes = new LinkedHashSet<>();
      return everyCommandOpens(modes) && modes.size() == 1 ? modes.iterator().next() : null;
    }

    private boolean everyCommandOpens(Set<Mode<?>> modes) {
      if (row instanceof Row.Opens<?, ?> opens) {
        modes.add(opens.mode());
      } else if (row != null) {
        return false;
      }
      return keywords.values().stream().allMatch(node -> node.everyCommandOpens(modes))
          && parameters.stream().allMatch(edge -> edge.node.everyCommandOpens(modes));
    }
  }

  /** The way through a parameter. */
  record Edge<T>(CommandPattern.Parameter parameter, Node<T> node) {}

  private final Node<T> root = new Node<>();

  Node<T> root() {
    return root;
  }

  /** Adds a command that changes what is gathered. */
  Mode<T> does(String pattern, Row.Effect<T> effect) {
    return add(pattern, new Row.Does<>(effect));
  }

  /** Adds a command that opens a section. */
  <U> Mode<T> opens(Mode<U> mode, String pattern, Row.Opening<T, U> opening) {
    return add(pattern, new Row.Opens<>(mode, opening));
  }

  /** Adds a command that is accepted without effect. */
  Mode<T> inert(String pattern, String reason) {
    return add(pattern, new Row.Inert<>(reason, null));
  }

  /** Adds a command that the model keeps and that has no effect. */
  Mode<T> inert(String pattern, String reason, Row.Effect<T> effect) {
    return add(pattern, new Row.Inert<>(reason, effect));
  }

  /** Adds a command that is known and not offered. */
  Mode<T> unsupported(String pattern, String reason) {
    return add(pattern, new Row.Unsupported<>(reason));
  }

  /** Adds a row. Two rows for one sequence of places are a mistake in the tables. */
  Mode<T> add(String pattern, Row<T> row) {
    for (List<CommandPattern.Place> sequence : CommandPattern.expand(pattern)) {
      Node<T> node = root;
      List<Node<T>> path = new ArrayList<>();
      for (CommandPattern.Place place : sequence) {
        path.add(node);
        if (place instanceof CommandPattern.Keyword keyword) {
          node = node.keywords.computeIfAbsent(keyword.word(), word -> new Node<>());
        } else if (place instanceof CommandPattern.Parameter parameter) {
          node = follow(node, parameter);
          if (parameter.type().secret()) {
            path.forEach(above -> above.leadsToSecret = true);
          }
        }
      }
      if (node.row != null) {
        throw new IllegalStateException("two commands for '" + pattern + "'");
      }
      node.row = row;
    }
    return this;
  }

  private static <T> Node<T> follow(Node<T> node, CommandPattern.Parameter parameter) {
    for (Edge<T> edge : node.parameters) {
      if (edge.parameter.equals(parameter)) {
        return edge.node;
      }
    }
    Edge<T> edge = new Edge<>(parameter, new Node<>());
    node.parameters.add(edge);
    return edge.node;
  }

  /** Reads a line. */
  LineMatch<T> match(IosLine line) {
    return new Matching<>(root, line).run();
  }

  /** The result of reading a line. */
  sealed interface LineMatch<T> {
    /** The line is a command of the mode. */
    record Matched<T>(Row<T> row, Arguments arguments) implements LineMatch<T> {}

    /**
     * The line is none.
     *
     * @param word the index of the first word that does not fit
     * @param surplus whether the command was complete before that word
     * @param reason what was expected
     * @param opened the mode that every command which begins with the words before it opens, if
     *     there is one
     * @param secretWords the indices of the words that are secrets or may be meant so
     */
    record Mismatched<T>(
        int word,
        boolean surplus,
        String reason,
        @Nullable Mode<?> opened,
        Set<Integer> secretWords)
        implements LineMatch<T> {}
  }
}
