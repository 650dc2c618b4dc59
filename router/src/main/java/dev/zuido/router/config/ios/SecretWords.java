package dev.zuido.router.config.ios;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which words of a line that could not be read may be secrets, so that a mistyped line does not
 * print one.
 */
final class SecretWords {
  /** Words behind which a key, a password or a community name stands on IOS. */
  private static final Set<String> HERALDS =
      Set.of(
          "aggressive-mode",
          "authentication-key",
          "authenticator",
          "cipher",
          "community",
          "key",
          "key-string",
          "md5",
          "message-digest-key",
          "passphrase",
          "password",
          "pre-shared-key",
          "secret",
          "session-key");

  private SecretWords() {}

  /**
   * The words to hide.
   *
   * @param line a line that could not be read
   * @param from the first word that did not fit
   * @param secretPossible whether a secret could have stood behind the words before it
   * @param keywords the keywords that could have stood in its place
   */
  static Set<Integer> suspected(
      IosLine line, int from, boolean secretPossible, Map<String, ?> keywords) {
    Set<Integer> hidden = new TreeSet<>();
    boolean heralded = false;
    for (int i = 0; i < line.words().size(); i++) {
      if (heralded) {
        hidden.add(i);
      }
      String word = line.words().get(i).text().toLowerCase(Locale.ROOT);
      heralded |= HERALDS.stream().anyMatch(each -> word.equals(each) || oneLetterOff(word, each));
    }
    for (int i = from; secretPossible && i < line.words().size(); i++) {
      String word = line.words().get(i).text().toLowerCase(Locale.ROOT);
      if (i > from || keywords.keySet().stream().noneMatch(keyword -> mistyped(word, keyword))) {
        hidden.add(i);
      }
    }
    return hidden;
  }

  /** The words behind one that heralds a secret. */
  static Set<Integer> heralded(IosLine line) {
    Set<Integer> hidden = new TreeSet<>();
    boolean heralded = false;
    for (int i = 0; i < line.words().size(); i++) {
      if (heralded) {
        hidden.add(i);
      }
      heralded |= HERALDS.contains(line.words().get(i).text().toLowerCase(Locale.ROOT));
    }
    return hidden;
  }

  /** Whether a word is a keyword of at least four letters with one letter too many or missing. */
  private static boolean mistyped(String word, String keyword) {
    return keyword.length() >= 4 && oneLetterOff(word, keyword);
  }

  /** Whether two words differ in one letter, which may be missing in one of them. */
  private static boolean oneLetterOff(String word, String keyword) {
    if (Math.abs(word.length() - keyword.length()) > 1) {
      return false;
    }
    int head = 0;
    int shorter = Math.min(word.length(), keyword.length());
    while (head < shorter && word.charAt(head) == keyword.charAt(head)) {
      head++;
    }
    int tail = 0;
    while (tail < shorter - head
        && word.charAt(word.length() - 1 - tail) == keyword.charAt(keyword.length() - 1 - tail)) {
      tail++;
    }
    return Math.max(word.length(), keyword.length()) - head - tail <= 1;
  }
}
