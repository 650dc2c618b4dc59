package dev.zuido.router.config.ios;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One line on its way through the tree of a mode. A keyword goes before a parameter; where a way
 * fails the next is tried, and if all fail the one that got furthest tells why.
 */
final class Matching<T> {
  private final Mode.Node<T> root;
  private final IosLine line;
  private final boolean byDefault;
  private final List<String> keywords = new ArrayList<>();
  private final List<String> canonical = new ArrayList<>();
  private final Map<String, Object> values = new HashMap<>();
  private final Set<Integer> secretWords = new TreeSet<>();
  private @Nullable Row<T> found;
  private int failedWord = -1;
  private String failedReason = "";
  private boolean failedBySurplus;
  private Mode.Node<T> failedNode;

  Matching(Mode.Node<T> root, IosLine line) {
    this.root = root;
    this.line = line;
    this.failedNode = root;
    this.byDefault = line.words().get(0).text().equalsIgnoreCase("default");
  }

  Mode.LineMatch<T> run() {
    walk(root, 0);
    Row<T> row = found;
    if (row != null) {
      return new Mode.LineMatch.Matched<>(
          row,
          new Arguments(keywords, values, String.join(" ", canonical), secretWords, byDefault));
    }
    boolean begun = failedWord > 0;
    secretWords.addAll(
        SecretWords.suspected(
            line, failedWord, begun && failedNode.leadsToSecret, failedNode.keywords));
    return new Mode.LineMatch.Mismatched<>(
        failedWord,
        failedBySurplus,
        failedReason,
        begun ? failedNode.modeOpened() : null,
        secretWords);
  }

  private boolean walk(Mode.Node<T> node, int at) {
    if (at == line.words().size()) {
      if (node.row == null) {
        fail(node, at, "incomplete: " + Keywords.expected(node.expectations()));
        return false;
      }
      found = node.row;
      return true;
    }
    String word = line.words().get(at).text().toLowerCase(Locale.ROOT);
    if (at == 0 && byDefault) {
      word = "no";
    }
    List<String> matching = Keywords.matching(word, node.keywords.keySet());
    if (matching.size() == 1 && walkKeyword(node, matching.get(0), at)) {
      return true;
    }
    Refusal nearest = null;
    int near = 0;
    for (Mode.Edge<T> edge : node.parameters) {
      try {
        if (walkParameter(edge, at)) {
          return true;
        }
      } catch (Refusal e) {
        near += e.near() ? 1 : 0;
        nearest = nearest == null || (e.near() && !nearest.near()) ? e : nearest;
        if (e.word() > at) {
          fail(node, e.word(), e.reason());
        }
      }
    }
    fail(node, at, reason(node, matching, near > 1 ? null : nearest));
    return false;
  }

  private String reason(Mode.Node<T> node, List<String> matching, @Nullable Refusal nearest) {
    if (node == root && matching.isEmpty() && nearest == null) {
      return "unknown command";
    }
    if (matching.size() > 1) {
      return "ambiguous: " + String.join(", ", matching);
    }
    if (nearest != null && (nearest.near() || node.expectations().size() == 1)) {
      return nearest.reason();
    }
    if (node.isLeaf()) {
      return "the command ends before this word";
    }
    return Keywords.expected(node.expectations());
  }

  private boolean walkKeyword(Mode.Node<T> node, String keyword, int at) {
    Mode.Node<T> below = node.keywords.get(keyword);
    if (below == null) {
      return false;
    }
    keywords.add(keyword);
    canonical.add(keyword);
    if (walk(below, at + 1)) {
      return true;
    }
    keywords.remove(keywords.size() - 1);
    canonical.remove(canonical.size() - 1);
    return false;
  }

  private boolean walkParameter(Mode.Edge<T> edge, int at) throws Refusal {
    ParameterType.Parsed parsed = edge.parameter().type().parse(line, at);
    boolean secret = edge.parameter().type().secret();
    if (secret) {
      secretWords.add(at);
    }
    String name = edge.parameter().name();
    values.put(name, parsed.value());
    canonical.add(parsed.canonical());
    if (walk(edge.node(), at + parsed.words())) {
      return true;
    }
    values.remove(name);
    canonical.remove(canonical.size() - 1);
    return false;
  }

  private void fail(Mode.Node<T> node, int at, String reason) {
    if (at > failedWord) {
      failedWord = at;
      failedReason = reason;
      failedNode = node;
      failedBySurplus = at < line.words().size() && node.isLeaf();
    }
  }
}
