package dev.zuido.ospf.packet;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that two or more routers share, with its Key ID and algorithm (RFC 2328 D.3, RFC 5709).
 * Not thread-safe.
 */
public final class CryptographicKey implements AutoCloseable {
  /** Apad of RFC 5709 section 3.3: this number, repeated over the length of the hash. */
  private static final int APAD = 0x878f_e1f3;

  /** How the digest is made. */
  public enum Algorithm {
    /** Keyed MD5 (RFC 2328 D.4.3), which RFC 5709 deprecates. */
    MD5("MD5", 16),
    /** HMAC-SHA-1 (RFC 5709). */
    HMAC_SHA_1("SHA-1", 20),
    /** HMAC-SHA-256 (RFC 5709). */
    HMAC_SHA_256("SHA-256", 32),
    /** HMAC-SHA-384 (RFC 5709). */
    HMAC_SHA_384("SHA-384", 48),
    /** HMAC-SHA-512 (RFC 5709). */
    HMAC_SHA_512("SHA-512", 64);

    private final String hash;
    private final int digestLength;

    Algorithm(String hash, int digestLength) {
      this.hash = hash;
      this.digestLength = digestLength;
    }

    /** Bytes of the digest: the Auth Data Len field. */
    public int digestLength() {
      return digestLength;
    }
  }

  private final int keyId;
  private final Algorithm algorithm;
  private final byte[] secret;

  /**
   * Makes a key.
   *
   * @param keyId 0 to 255
   * @param secret up to 16 bytes for MD5, filled up with zeros; any number for HMAC
   */
  public CryptographicKey(int keyId, Algorithm algorithm, ByteString secret) {
    if ((keyId & ~0xff) != 0) {
      throw new IllegalArgumentException("a Key ID is 0 to 255, not " + keyId);
    }
    if (algorithm == Algorithm.MD5 && secret.length() > 16) {
      throw new IllegalArgumentException("an MD5 key has up to 16 bytes");
    }
    this.keyId = keyId;
    this.algorithm = algorithm;
    this.secret = prepare(algorithm, secret.toArray());
  }

  /** The Key ID. */
  public int keyId() {
    return keyId;
  }

  /** The algorithm. */
  public Algorithm algorithm() {
    return algorithm;
  }

  /**
   * What goes into the header of a packet that is to be signed with this key.
   *
   * @param sequence the cryptographic sequence number, at least the last one that was sent
   */
  public PacketAuthentication.Cryptographic authentication(long sequence) {
    return new PacketAuthentication.Cryptographic(
        keyId, sequence, ByteString.of(new byte[algorithm.digestLength]));
  }

  /**
   * Computes the digest of an encoded packet and writes it after the packet.
   *
   * @param packet holds the packet with room for the digest, as {@link OspfPacket#encode} writes it
   * @param start the index at which the packet begins
   */
  public void sign(ByteBuf packet, int start) {
    byte[] bytes = packetBytes(packet, start);
    packet.setBytes(start + bytes.length, digest(bytes));
  }

  /**
   * Whether the digest after a packet is right. The sequence number is the caller's to judge.
   *
   * @param packet holds a packet that {@link OspfPacket#decode} has accepted, with Key ID and
   *     digest length of this key
   * @param start the index at which the packet begins
   */
  public boolean verify(ByteBuf packet, int start) {
    boolean ours =
        packet.getUnsignedShort(start + 14) == PacketAuthentication.CRYPTOGRAPHIC
            && packet.getUnsignedByte(start + 18) == keyId
            && packet.getUnsignedByte(start + 19) == algorithm.digestLength;
    if (!ours) {
      return false;
    }
    byte[] bytes = packetBytes(packet, start);
    byte[] received = new byte[algorithm.digestLength];
    packet.getBytes(start + bytes.length, received);
    return MessageDigest.isEqual(digest(bytes), received);
  }

  /** Wipes the secret; the key cannot be used any more. */
  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }

  @Override
  public String toString() {
    return "CryptographicKey[keyId=" + keyId + ", algorithm=" + algorithm + "]";
  }

  private static byte[] packetBytes(ByteBuf packet, int start) {
    byte[] bytes = new byte[packet.getUnsignedShort(start + 2)];
    packet.getBytes(start, bytes);
    return bytes;
  }

  private byte[] digest(byte[] packet) {
    try {
      if (algorithm == Algorithm.MD5) {
        MessageDigest md5 = MessageDigest.getInstance(algorithm.hash);
        md5.update(packet);
        return md5.digest(secret);
      }
      String name = "Hmac" + algorithm.hash.replace("-", "");
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret, name));
      mac.update(packet);
      for (int i = 0; i < algorithm.digestLength; i++) {
        mac.update((byte) (APAD >>> (24 - 8 * (i % 4))));
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
    }
  }

  /** Fills up an MD5 key; makes Ko of RFC 5709 section 3.3 for HMAC. */
  private static byte[] prepare(Algorithm algorithm, byte[] secret) {
    if (secret.length <= algorithm.digestLength) {
      return Arrays.copyOf(secret, algorithm.digestLength);
    }
    try {
      return MessageDigest.getInstance(algorithm.hash).digest(secret);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime lacks " + algorithm, e);
    }
  }
}
