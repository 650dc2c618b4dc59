package dev.zuido.router.config;

import dev.zuido.wire.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A pre-shared key or a password as it was configured. It prints as {@value #MASK}. */
public final class Secret {
  /** What stands in every text instead of a secret. */
  public static final String MASK = "********";

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /**
   * A secret of the characters as typed.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Secret of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a secret has at least one character");
    }
    return new Secret(text);
  }

  /** The characters, in the clear. */
  public String reveal() {
    return text;
  }

  /** The characters as UTF-8, which is what keys a PRF. */
  public ByteString bytes() {
    return ByteString.of(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(bytes().toArray(), that.bytes().toArray());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return MASK;
  }
}
