package dev.zuido.router.config;

/**
 * Which traffic may raise a dialled line.
 *
 * @param number its number, 1 to 128
 * @param permit whether IP traffic may
 */
public record DialerList(int number, boolean permit) {
  /** Checks the number. */
  public DialerList {
    Checks.range("a dialer list", number, 1, 128);
  }
}
