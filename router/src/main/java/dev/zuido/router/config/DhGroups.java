package dev.zuido.router.config;

import java.util.Set;
import java.util.TreeSet;

/** The Diffie-Hellman groups that may be configured, by their numbers in the IANA registry. */
public final class DhGroups {
  /**
   * MODP 768 to 8192 (1, 2, 5, 14 to 18), the NIST curves (19 to 21) and Curve25519 (31), in
   * ascending order.
   */
  public static final Set<Integer> NUMBERS =
      java.util.Collections.unmodifiableSet(
          new TreeSet<>(Set.of(1, 2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 31)));

  private DhGroups() {}

  /** Whether a group's number is no word of IOS. */
  public static boolean isExtension(int number) {
    return number == 17 || number == 18 || number == 31;
  }

  /** Whether RFC 8247 says SHOULD NOT or MUST NOT of a group. */
  public static boolean deprecated(int number) {
    return number == 1 || number == 2 || number == 5;
  }
}
