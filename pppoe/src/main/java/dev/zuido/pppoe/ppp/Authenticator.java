package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import org.jspecify.annotations.Nullable;

/** What an authenticating side knows of those who call. */
@FunctionalInterface
public interface Authenticator {
  /**
   * The secret of a name, or null if nobody has that name.
   *
   * @param name as the peer sent it; bytes that are no UTF-8 have been replaced
   */
  @Nullable ByteString secretOf(String name);
}
