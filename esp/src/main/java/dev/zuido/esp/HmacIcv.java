package dev.zuido.esp;

import dev.zuido.wire.BigEndian;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * HMAC (RFC 2104) truncated to an ICV, from two digests that have already taken the padded key.
 *
 * <p>Each packet clones both instead of hashing the padded key again, which the platform's {@code
 * Mac} does: two compressions less. The clones are the JCA's price.
 */
final class HmacIcv implements IcvStage {
  private static final byte INNER_PAD = 0x36;
  private static final byte OUTER_PAD = 0x5c;

  private final MessageDigest keyedInner;
  private final MessageDigest keyedOuter;
  private final int icvLength;
  private final byte[] scratch;
  private final byte[] word = new byte[4];
  private @Nullable MessageDigest running;

  /**
   * Makes the function.
   *
   * @param inner a fresh digest of the algorithm, which has to be cloneable
   * @param outer another one
   * @param blockLength the digest's block (RFC 2104's B)
   * @param key the key, not longer than the block; the caller wipes it
   * @param icvLength the bytes that are kept of each result
   * @throws IllegalArgumentException if a digest cannot be cloned
   */
  HmacIcv(MessageDigest inner, MessageDigest outer, int blockLength, byte[] key, int icvLength) {
    this.keyedInner = inner;
    this.keyedOuter = outer;
    this.icvLength = icvLength;
    this.scratch = new byte[inner.getDigestLength()];
    byte[] padded = new byte[blockLength];
    inner.update(pad(padded, key, INNER_PAD));
    outer.update(pad(padded, key, OUTER_PAD));
    Arrays.fill(padded, (byte) 0);
    try {
      copy(inner);
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("the provider's digest cannot be cloned", e);
    }
  }

  private static byte[] pad(byte[] padded, byte[] key, byte pad) {
    Arrays.fill(padded, pad);
    for (int i = 0; i < key.length; i++) {
      padded[i] ^= key[i];
    }
    return padded;
  }

  @Override
  public void begin(byte[] bytes, int offset, int length) {
    MessageDigest digest = copy(keyedInner);
    digest.update(bytes, offset, length);
    running = digest;
  }

  @Override
  public void update(int value) {
    if (running != null) {
      BigEndian.putInt(word, 0, value);
      running.update(word);
    }
  }

  @Override
  public void finish(byte[] bytes, int offset) {
    compute();
    System.arraycopy(scratch, 0, bytes, offset, icvLength);
  }

  @Override
  public boolean verify(byte[] bytes, int offset) {
    compute();
    return Octets.areEqual(scratch, 0, bytes, offset, icvLength);
  }

  private void compute() {
    MessageDigest inner = running;
    if (inner == null) {
      throw new IllegalStateException("finished before it began");
    }
    running = null;
    try {
      inner.digest(scratch, 0, scratch.length);
      MessageDigest outer = copy(keyedOuter);
      outer.update(scratch);
      outer.digest(scratch, 0, scratch.length);
    } catch (DigestException e) {
      throw new IllegalStateException("the digest does not take a buffer of its own length", e);
    }
  }

  private static MessageDigest copy(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the provider's digest cannot be cloned", e);
    }
  }

  /** Takes the keyed states out of the digests. */
  @Override
  public void close() {
    keyedInner.reset();
    keyedOuter.reset();
    Arrays.fill(scratch, (byte) 0);
  }
}
