package dev.zuido.router.config.ios;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The rule of IOS for shortened words. */
final class Keywords {
  private Keywords() {}

  /**
   * The keywords that a word may stand for: the one that it spells out, or all that it begins. A
   * number cannot be shortened, neither one that is a keyword nor one that ends it: group3 is not
   * group31.
   */
  static List<String> matching(String word, Collection<String> keywords) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (keywords.contains(lower)) {
      return List.of(lower);
    }
    return keywords.stream()
        .filter(keyword -> keyword.startsWith(lower))
        .filter(keyword -> !cutsNumber(keyword, lower.length()))
        .toList();
  }

  private static boolean cutsNumber(String keyword, int at) {
    boolean within = at == 0 || Character.isDigit(keyword.charAt(at - 1));
    return within && keyword.substring(at).chars().allMatch(Character::isDigit);
  }

  /** The one keyword that a word stands for. */
  static String pick(IosLine line, int at, Collection<String> keywords) throws Refusal {
    if (at >= line.words().size()) {
      throw Refusal.form(at, "incomplete: " + expected(keywords));
    }
    List<String> found = matching(line.words().get(at).text(), keywords);
    if (found.isEmpty()) {
      throw Refusal.form(at, expected(keywords));
    }
    if (found.size() > 1) {
      throw Refusal.value(at, "ambiguous: " + String.join(", ", found));
    }
    return found.get(0);
  }

  /** The sentence for a word that is none of some. */
  static String expected(Collection<String> what) {
    if (what.size() == 1) {
      return "expected " + what.iterator().next();
    }
    return "expected one of: " + String.join(", ", what);
  }
}
