package dev.zuido.ike;

import dev.zuido.ike.crypto.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Estimates how hard a pre-shared key is to guess.
 *
 * <p>A key that people make up is found by trying, without the peer's help: in aggressive mode by
 * anybody who asks a responder once, in main mode by who takes the responder's place in one
 * exchange ("The Dangers of Key Reuse", 2018, CVE-2018-5389). IKEv1 cannot prevent that; a key of
 * 128 random bits does.
 *
 * <p>The estimate is an upper bound by simple rules (the alphabet that a key uses, repetitions,
 * sequences, a few words that everybody tries first). A key that it finds weak is weak; one that it
 * does not may still be a line of a song.
 */
public final class PreSharedKeyStrength {
  /** Fewer bits than this are a weak key: {@value}. */
  public static final int WEAK_BELOW_BITS = 80;

  private static final List<String> COMMON =
      List.of(
          "cisco",
          "password",
          "passwd",
          "passphrase",
          "secret",
          "ipsec",
          "preshared",
          "shared",
          "admin",
          "router",
          "vpn",
          "tunnel",
          "gateway",
          "test",
          "letmein",
          "welcome",
          "qwerty",
          "asdf",
          "abc",
          "changeme",
          "default",
          "public",
          "private",
          "key",
          "psk",
          "office",
          "company",
          "summer",
          "winter");

  private PreSharedKeyStrength() {}

  /** How many bits of guessing a key is worth at most. */
  public static int estimatedBits(Secret key) {
    byte[] bytes = key.toArray();
    char[] text = new char[bytes.length];
    try {
      for (int i = 0; i < bytes.length; i++) {
        text[i] = (char) (bytes[i] & 0xff);
      }
      return Math.min(bitsOf(text), 8 * bytes.length);
    } finally {
      Arrays.fill(bytes, (byte) 0);
      Arrays.fill(text, '\0');
    }
  }

  /** What to tell whoever has configured a weak key; empty for one that may be strong. */
  public static Optional<String> warning(Secret key) {
    int bits = estimatedBits(key);
    return bits >= WEAK_BELOW_BITS
        ? Optional.empty()
        : Optional.of(
            "the pre-shared key is weak: "
                + bits
                + " bits at most, found by trying; take a random one of 22 letters and digits or"
                + " more");
  }

  private static int bitsOf(char[] text) {
    int[] alphabets = new int[5];
    int[] sizes = {26, 26, 10, 33, 128};
    boolean[] counted = new boolean[text.length];
    Arrays.fill(counted, true);
    int words = discountWords(text, counted);
    double symbols = words;
    for (int i = 0; i < text.length; i++) {
      alphabets[classOf(text[i])] = 1;
      if (counted[i]) {
        symbols += isPredictable(text, i) ? 0.25 : 1;
      }
    }
    int size = 0;
    for (int i = 0; i < sizes.length; i++) {
      size += alphabets[i] * sizes[i];
    }
    return size == 0 ? 0 : (int) (symbols * Math.log(size) / Math.log(2));
  }

  /** Takes common words out of the count: each is worth two symbols, whatever its length. */
  private static int discountWords(char[] text, boolean[] counted) {
    char[] lower = new char[text.length];
    int words = 0;
    try {
      for (int i = 0; i < text.length; i++) {
        lower[i] = plainLetter(text[i]);
      }
      for (String word : COMMON) {
        for (int at = 0; at + word.length() <= lower.length; at++) {
          if (counted[at] && startsWith(lower, at, word)) {
            Arrays.fill(counted, at, at + word.length(), false);
            words += 2;
          }
        }
      }
      return words;
    } finally {
      Arrays.fill(lower, '\0');
    }
  }

  private static boolean startsWith(char[] text, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (text[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A letter in lower case; also what usually stands for one. */
  private static char plainLetter(char c) {
    return switch (c) {
      case '0' -> 'o';
      case '1', '!' -> 'i';
      case '3' -> 'e';
      case '4', '@' -> 'a';
      case '5', '$' -> 's';
      default -> c < 128 ? Character.toLowerCase(c) : c;
    };
  }

  /** Whether a symbol follows from the one before: the same, its neighbour, or a period. */
  private static boolean isPredictable(char[] text, int at) {
    if (at == 0) {
      return false;
    }
    if (Math.abs(text[at] - text[at - 1]) <= 1) {
      return true;
    }
    for (int period = 2; period <= Math.min(at, 8); period++) {
      if (at + 1 >= 2 * period && isRepeated(text, at, period)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRepeated(char[] text, int at, int period) {
    for (int i = 0; i < period; i++) {
      if (text[at - i] != (at - i - period < 0 ? '\uffff' : text[at - i - period])) {
        return false;
      }
    }
    return true;
  }

  private static int classOf(char c) {
    if (c >= 'a' && c <= 'z') {
      return 0;
    }
    if (c >= 'A' && c <= 'Z') {
      return 1;
    }
    if (c >= '0' && c <= '9') {
      return 2;
    }
    return c < 128 ? 3 : 4;
  }
}
