package dev.zuido.ospf.packet;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that two or more routers share, with its Key ID and algorithm (RFC 2328 D.3, RFC 5709,
 * RFC 7474). Not thread-safe.
 */
public final class CryptographicKey implements AutoCloseable {
  /** Apad of RFC 5709 section 3.3: this number, repeated over the length of the hash. */
  private static final int APAD = 0x878f_e1f3;

  /** The Cryptographic Protocol ID of OSPFv2 (RFC 7474 section 9). */
  private static final int PROTOCOL_ID = 3;

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

  private final long keyId;
  private final Algorithm algorithm;
  private final boolean extended;
  private final byte[] secret;

  /**
   * Makes a key for AuType 2.
   *
   * @param keyId 0 to 255
   * @param secret up to 16 bytes for MD5, filled up with zeros; any number for HMAC
   */
  public CryptographicKey(int keyId, Algorithm algorithm, ByteString secret) {
    this(keyId, algorithm, secret.toArray(), false);
    if ((keyId & ~0xff) != 0) {
      throw new IllegalArgumentException("a Key ID is 0 to 255, not " + keyId);
    }
    if (algorithm == Algorithm.MD5 && secret.length() > 16) {
      throw new IllegalArgumentException("an MD5 key has up to 16 bytes");
    }
  }

  private CryptographicKey(long keyId, Algorithm algorithm, byte[] secret, boolean extended) {
    this.keyId = keyId;
    this.algorithm = algorithm;
    this.extended = extended;
    this.secret = prepare(algorithm, secret);
  }

  /**
   * Makes a key for AuType 3, with extended sequence numbers (RFC 7474): the protocol's number is
   * appended to the secret (section 6), and the sender's address is part of the digest (section 5).
   *
   * @param keyId 0 to 2^32 - 1
   * @param algorithm any but MD5
   * @param secret any number of bytes
   */
  public static CryptographicKey extended(long keyId, Algorithm algorithm, ByteString secret) {
    if ((keyId & ~0xffff_ffffL) != 0) {
      throw new IllegalArgumentException("a Key ID of AuType 3 has 32 bits, not " + keyId);
    }
    if (algorithm == Algorithm.MD5) {
      throw new IllegalArgumentException("RFC 7474 defines AuType 3 for HMAC, not for MD5");
    }
    byte[] specific = Arrays.copyOf(secret.toArray(), secret.length() + 2);
    specific[secret.length() + 1] = PROTOCOL_ID;
    return new CryptographicKey(keyId, algorithm, specific, true);
  }

  /** The Key ID. */
  public long keyId() {
    return keyId;
  }

  /** The algorithm. */
  public Algorithm algorithm() {
    return algorithm;
  }

  /** Whether it is a key for AuType 3. */
  public boolean isExtended() {
    return extended;
  }

  /** Bytes that follow a packet that is signed with this key. */
  public int trailerLength() {
    return sequenceLength() + algorithm.digestLength;
  }

  private int sequenceLength() {
    return extended ? PacketAuthentication.ExtendedCryptographic.SEQUENCE_LENGTH : 0;
  }

  /**
   * What goes into the header of a packet that is to be signed with this key.
   *
   * @param sequence the cryptographic sequence number: for AuType 2, 32 bits and at least the last
   *     one that was sent; for AuType 3, 64 bits and more than the last
   */
  public PacketAuthentication authentication(long sequence) {
    ByteString zeros = ByteString.of(new byte[algorithm.digestLength]);
    return extended
        ? new PacketAuthentication.ExtendedCryptographic(keyId, sequence, zeros)
        : new PacketAuthentication.Cryptographic((int) keyId, sequence, zeros);
  }

  /**
   * Signs with a key of AuType 2, for which the sender's address does not count.
   *
   * @throws IllegalStateException if the key is for AuType 3
   */
  public void sign(ByteBuf packet, int start) {
    requireAddressless();
    sign(packet, start, Ipv4Address.UNSPECIFIED);
  }

  /**
   * Verifies with a key of AuType 2, for which the sender's address does not count.
   *
   * @throws IllegalStateException if the key is for AuType 3
   */
  public boolean verify(ByteBuf packet, int start) {
    requireAddressless();
    return verify(packet, start, Ipv4Address.UNSPECIFIED);
  }

  private void requireAddressless() {
    if (extended) {
      throw new IllegalStateException("AuType 3 needs the sender's address");
    }
  }

  /**
   * Computes the digest of an encoded packet and writes it after the packet.
   *
   * @param packet holds the packet with room for the digest, as {@link OspfPacket#encode} writes it
   * @param start the index at which the packet begins
   * @param source the address that the packet is sent from; counts for AuType 3 only
   */
  public void sign(ByteBuf packet, int start, Ipv4Address source) {
    byte[] bytes = signedBytes(packet, start);
    packet.setBytes(start + bytes.length, digest(bytes, source));
  }

  /**
   * Whether the digest after a packet is right. The sequence number is the caller's to judge.
   *
   * @param packet holds a packet that {@link OspfPacket#decode} has accepted, with Key ID and
   *     digest length of this key
   * @param start the index at which the packet begins
   * @param source the address that the packet came from; counts for AuType 3 only
   */
  public boolean verify(ByteBuf packet, int start, Ipv4Address source) {
    int type = packet.getUnsignedShort(start + 14);
    boolean ours =
        extended
            ? type == PacketAuthentication.EXTENDED_CRYPTOGRAPHIC
                && packet.getUnsignedInt(start + 20) == keyId
            : type == PacketAuthentication.CRYPTOGRAPHIC
                && packet.getUnsignedByte(start + 18) == keyId;
    if (!ours || packet.getUnsignedByte(start + 19) != trailerLength()) {
      return false;
    }
    byte[] bytes = signedBytes(packet, start);
    byte[] received = new byte[algorithm.digestLength];
    packet.getBytes(start + bytes.length, received);
    return MessageDigest.isEqual(digest(bytes, source), received);
  }

  /**
   * Whether the Cryptographic Authentication TLV of a link-local signalling block is right (RFC
   * 5613 section 2.5). Its sequence number has 32 bits, so there is none for AuType 3.
   *
   * @param sequence the sequence number in the packet's header
   */
  public boolean verify(LinkLocalSignaling block, long sequence) {
    if (extended) {
      return false;
    }
    LinkLocalSignaling.SignedPart part = block.signedPart();
    return part != null
        && part.sequence() == sequence
        && MessageDigest.isEqual(
            digest(part.bytes().toArray(), Ipv4Address.UNSPECIFIED), part.digest().toArray());
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

  /** The packet and, for AuType 3, the sequence number after it. */
  private byte[] signedBytes(ByteBuf packet, int start) {
    byte[] bytes = new byte[packet.getUnsignedShort(start + 2) + sequenceLength()];
    packet.getBytes(start, bytes);
    return bytes;
  }

  private byte[] digest(byte[] packet, Ipv4Address source) {
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
        int word = extended && i < Ipv4Address.LENGTH ? source.value() : APAD;
        mac.update((byte) (word >>> (24 - 8 * (i % 4))));
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
