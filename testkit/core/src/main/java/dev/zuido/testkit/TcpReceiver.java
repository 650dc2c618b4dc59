package dev.zuido.testkit;

import dev.zuido.wire.ByteString;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** The receiving half of a connection: puts the bytes in order and hashes them. */
final class TcpReceiver {
  private static final int WINDOW = 65_535;
  private static final int MAX_HELD = 1_024;
  private static final int FIRST = 32;

  private final TreeMap<Long, byte[]> held = new TreeMap<>();
  private final MessageDigest digest = newDigest();
  private final byte[] first = new byte[FIRST];
  private long length;
  private long finAt = -1;
  private ByteString sha256 = ByteString.EMPTY;

  static byte[] sha256(byte[] bytes) {
    return newDigest().digest(bytes);
  }

  /** The offset that is expected next: all before it has arrived. */
  long expected() {
    return isComplete() ? length + 1 : length;
  }

  /** The bytes that have arrived in order. */
  long length() {
    return length;
  }

  /** Whether the end has arrived, and all before it. */
  boolean isComplete() {
    return !sha256.isEmpty();
  }

  /** The hash of all, once it is complete. */
  ByteString sha256() {
    return sha256;
  }

  /** The first 32 bytes that have arrived, or fewer. */
  ByteString firstBytes() {
    return ByteString.of(first, 0, (int) Math.min(FIRST, length));
  }

  /** Takes the bytes of a segment, in whatever order. */
  void take(long offset, byte[] bytes, boolean fin) {
    if (isComplete() || offset + bytes.length > length + WINDOW || offset < length - WINDOW) {
      return;
    }
    if (fin) {
      finAt = offset + bytes.length;
    }
    byte[] known = held.get(offset);
    if (bytes.length > 0
        && held.size() < MAX_HELD
        && (known == null || known.length < bytes.length)) {
      held.put(offset, bytes);
    }
    while (!held.isEmpty() && held.firstKey() <= length) {
      Map.Entry<Long, byte[]> entry = held.pollFirstEntry();
      append(entry.getKey(), entry.getValue());
    }
    if (finAt == length) {
      held.clear();
      sha256 = ByteString.of(digest.digest());
    }
  }

  private void append(long offset, byte[] bytes) {
    int skip = (int) (length - offset);
    if (skip >= bytes.length) {
      return;
    }
    byte[] fresh = Arrays.copyOfRange(bytes, skip, bytes.length);
    digest.update(fresh);
    if (length < FIRST) {
      System.arraycopy(fresh, 0, first, (int) length, (int) Math.min(fresh.length, FIRST - length));
    }
    length += fresh.length;
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
