package dev.zuido.router.config;

import org.jspecify.annotations.Nullable;

/**
 * Which IP traffic is interesting: it raises a line on demand, and keeps it up.
 *
 * @param number its number, 1 to 128
 * @param permit whether traffic is interesting; always true with an access list
 * @param accessList the access list that has to permit the traffic for it to be interesting; null
 *     to ask none
 */
public record DialerList(int number, boolean permit, @Nullable String accessList) {
  /** Checks the number, and that an access list alone decides. */
  public DialerList {
    Checks.range("a dialer list", number, 1, 128);
    if (accessList != null && !permit) {
      throw new IllegalArgumentException("a dialer list that denies all needs no access list");
    }
  }

  @Override
  public String toString() {
    String what = permit ? "permit" : "deny";
    return "dialer-list "
        + number
        + " protocol ip "
        + (accessList == null ? what : "list " + accessList);
  }
}
