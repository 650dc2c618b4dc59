package dev.zuido.ike.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Secret bytes: they never show themselves and are wiped by {@link #close}.
 *
 * <p>Equality is by content and takes the same time wherever the difference stands.
 */
public final class Secret implements AutoCloseable {
  private final byte[] bytes;
  private boolean closed;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of bytes, which stay the caller's to wipe. */
  public static Secret copyOf(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** Takes bytes over: from now on they are wiped with the secret, and nobody else writes them. */
  public static Secret owning(byte[] bytes) {
    return new Secret(bytes);
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * A copy of the bytes, which is the caller's to wipe.
   *
   * @throws IllegalStateException if the secret has been wiped
   */
  public byte[] toArray() {
    return bytes().clone();
  }

  /**
   * A copy of a part.
   *
   * @throws IllegalStateException if the secret has been wiped
   */
  public Secret slice(int offset, int length) {
    if (offset < 0 || length < 0 || length > bytes.length - offset) {
      throw new IllegalArgumentException(
          "no " + length + " bytes at " + offset + " in a secret of " + bytes.length);
    }
    return new Secret(Arrays.copyOfRange(bytes(), offset, offset + length));
  }

  /** The bytes themselves, for this package's use within a call. */
  byte[] bytes() {
    if (closed) {
      throw new IllegalStateException("the secret has been wiped");
    }
    return bytes;
  }

  /** Whether the secret has been wiped. */
  public boolean isClosed() {
    return closed;
  }

  /** Wipes the bytes; again has no effect. */
  @Override
  public void close() {
    Arrays.fill(bytes, (byte) 0);
    closed = true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that
        && closed == that.closed
        && MessageDigest.isEqual(bytes, that.bytes);
  }

  /** The same for all secrets of a length, so that it tells nothing. */
  @Override
  public int hashCode() {
    return bytes.length;
  }

  @Override
  public String toString() {
    return "Secret[" + bytes.length + " bytes]";
  }
}
