package dev.zuido.ike.crypto;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an ISAKMP SA, and all that is computed with them (RFC 2409 sections 5, 5.5 and 5.7,
 * Appendix B).
 *
 * <p>The functions have no state: the same arguments give the same result, until {@link #close}
 * wipes the keys.
 */
public final class PhaseOneKeys implements AutoCloseable {
  private static final byte[] ZERO = {0};
  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2};

  private final IkeHash hash;
  private final IkeCipher cipher;
  private final PhaseOneExchange exchange;
  private final Secret skeyid;
  private final Secret skeyidD;
  private final Secret skeyidA;
  private final Secret skeyidE;
  private final Secret cipherKey;

  private PhaseOneKeys(
      IkeHash hash, IkeCipher cipher, PhaseOneExchange exchange, Secret skeyid, Secret gxy) {
    this.hash = hash;
    this.cipher = cipher;
    this.exchange = exchange;
    this.skeyid = skeyid;
    byte[] cookieI = exchange.initiatorCookie().toBytes();
    byte[] cookieR = exchange.responderCookie().toBytes();
    byte[] shared = gxy.bytes();
    skeyidD = Secret.owning(hash.prf(skeyid, shared, cookieI, cookieR, ZERO));
    skeyidA = Secret.owning(hash.prf(skeyid, skeyidD.bytes(), shared, cookieI, cookieR, ONE));
    skeyidE = Secret.owning(hash.prf(skeyid, skeyidA.bytes(), shared, cookieI, cookieR, TWO));
    cipherKey = cipher.deriveKey(hash, skeyidE);
  }

  /**
   * The keys when the sides authenticate by a pre-shared key: SKEYID = prf(pre-shared-key, Ni_b |
   * Nr_b).
   *
   * @param gxy the shared Diffie-Hellman secret; it stays the caller's to wipe
   */
  public static PhaseOneKeys ofPresharedKey(
      IkeHash hash, IkeCipher cipher, PhaseOneExchange exchange, Secret presharedKey, Secret gxy) {
    Secret skeyid =
        Secret.owning(
            hash.prf(
                presharedKey,
                exchange.initiatorNonce().toArray(),
                exchange.responderNonce().toArray()));
    return new PhaseOneKeys(hash, cipher, exchange, skeyid, gxy);
  }

  /**
   * The keys when the sides authenticate by signatures: SKEYID = prf(Ni_b | Nr_b, g^xy).
   *
   * @param gxy the shared Diffie-Hellman secret; it stays the caller's to wipe
   */
  public static PhaseOneKeys ofSignatures(
      IkeHash hash, IkeCipher cipher, PhaseOneExchange exchange, Secret gxy) {
    byte[] nonces =
        concatenate(exchange.initiatorNonce().toArray(), exchange.responderNonce().toArray());
    Secret skeyid = Secret.owning(hash.prf(nonces, gxy.bytes()));
    return new PhaseOneKeys(hash, cipher, exchange, skeyid, gxy);
  }

  /** The negotiated hash. */
  public IkeHash hash() {
    return hash;
  }

  /** The negotiated cipher. */
  public IkeCipher cipher() {
    return cipher;
  }

  /** SKEYID. */
  public Secret skeyid() {
    return skeyid;
  }

  /** SKEYID_d, of which the keys of other protocols are made. */
  public Secret skeyidD() {
    return skeyidD;
  }

  /** SKEYID_a, which authenticates the messages of phase 2. */
  public Secret skeyidA() {
    return skeyidA;
  }

  /** SKEYID_e, of which the cipher's key is made. */
  public Secret skeyidE() {
    return skeyidE;
  }

  /** The cipher's key. */
  public Secret cipherKey() {
    return cipherKey;
  }

  /** The IV of the first encrypted message of phase 1: the first bytes of HASH(g^xi | g^xr). */
  public byte[] initialIv() {
    return iv(exchange.initiatorPublicValue().toArray(), exchange.responderPublicValue().toArray());
  }

  /**
   * The IV of the first message of a phase 2 exchange, and of an informational one: the first bytes
   * of HASH(last phase 1 CBC output block | M-ID).
   *
   * @param lastPhaseOneBlock {@link IkeCipher#nextIv} of the last message of phase 1; {@link
   *     #initialIv} if no message of phase 1 was encrypted, as aggressive mode allows
   */
  public byte[] phaseTwoIv(byte[] lastPhaseOneBlock, int messageId) {
    return iv(lastPhaseOneBlock, bytesOf(messageId));
  }

  private byte[] iv(byte[]... parts) {
    return Arrays.copyOf(hash.hash(parts), cipher.blockLength());
  }

  /** HASH_I = prf(SKEYID, g^xi | g^xr | CKY-I | CKY-R | SAi_b | IDii_b). */
  public byte[] hashI(ByteString initiatorIdBody) {
    return hash.prf(
        skeyid,
        exchange.initiatorPublicValue().toArray(),
        exchange.responderPublicValue().toArray(),
        exchange.initiatorCookie().toBytes(),
        exchange.responderCookie().toBytes(),
        exchange.initiatorSa().toArray(),
        initiatorIdBody.toArray());
  }

  /** HASH_R = prf(SKEYID, g^xr | g^xi | CKY-R | CKY-I | SAi_b | IDir_b). */
  public byte[] hashR(ByteString responderIdBody) {
    return hash.prf(
        skeyid,
        exchange.responderPublicValue().toArray(),
        exchange.initiatorPublicValue().toArray(),
        exchange.responderCookie().toBytes(),
        exchange.initiatorCookie().toBytes(),
        exchange.initiatorSa().toArray(),
        responderIdBody.toArray());
  }

  /**
   * HASH(1) = prf(SKEYID_a, M-ID | what follows): of quick mode's first message, and the same in
   * informational, transaction and new group mode exchanges.
   *
   * @param afterHash all payloads behind the HASH payload with their generic headers, without
   *     padding
   */
  public byte[] hash1(int messageId, byte[] afterHash) {
    return hash.prf(skeyidA, bytesOf(messageId), afterHash);
  }

  /**
   * HASH(2) = prf(SKEYID_a, M-ID | Ni_b | what follows): of quick mode's second message.
   *
   * @param initiatorNonce Ni_b of this quick mode
   * @param afterHash all payloads behind the HASH payload with their generic headers, without
   *     padding
   */
  public byte[] hash2(int messageId, ByteString initiatorNonce, byte[] afterHash) {
    return hash.prf(skeyidA, bytesOf(messageId), initiatorNonce.toArray(), afterHash);
  }

  /** HASH(3) = prf(SKEYID_a, 0 | M-ID | Ni_b | Nr_b): of quick mode's third message. */
  public byte[] hash3(int messageId, ByteString initiatorNonce, ByteString responderNonce) {
    return hash.prf(
        skeyidA, ZERO, bytesOf(messageId), initiatorNonce.toArray(), responderNonce.toArray());
  }

  /**
   * KEYMAT of one SA: K1 | K2 | ..., K1 = prf(SKEYID_d, [g(qm)^xy |] protocol | SPI | Ni_b | Nr_b),
   * and each further one with the one before it in front.
   *
   * @param protocolId from the chosen proposal
   * @param spi the SPI that the SA's receiver chose
   * @param initiatorNonce Ni_b of this quick mode
   * @param responderNonce Nr_b of this quick mode
   * @param quickModeSecret g(qm)^xy with perfect forward secrecy, null without; it stays the
   *     caller's to wipe
   * @param length bytes that are needed
   */
  public Secret keymat(
      int protocolId,
      ByteString spi,
      ByteString initiatorNonce,
      ByteString responderNonce,
      @Nullable Secret quickModeSecret,
      int length) {
    byte[] shared = quickModeSecret == null ? new byte[0] : quickModeSecret.bytes();
    byte[] seed =
        concatenate(
            new byte[] {(byte) protocolId},
            spi.toArray(),
            initiatorNonce.toArray(),
            responderNonce.toArray());
    byte[] keymat = new byte[length];
    byte[] block = new byte[0];
    for (int offset = 0; offset < length; offset += hash.length()) {
      byte[] next = hash.prf(skeyidD, block, shared, seed);
      Arrays.fill(block, (byte) 0);
      block = next;
      System.arraycopy(block, 0, keymat, offset, Math.min(block.length, length - offset));
    }
    Arrays.fill(block, (byte) 0);
    return Secret.owning(keymat);
  }

  /** Whether a received hash is the expected one; takes the same time wherever they differ. */
  public static boolean matches(byte[] expected, ByteString received) {
    return MessageDigest.isEqual(expected, received.toArray());
  }

  /** Wipes all keys; again has no effect. */
  @Override
  public void close() {
    skeyid.close();
    skeyidD.close();
    skeyidA.close();
    skeyidE.close();
    cipherKey.close();
  }

  @Override
  public String toString() {
    return "PhaseOneKeys[" + cipher + ", " + hash + "]";
  }

  private static byte[] bytesOf(int messageId) {
    byte[] bytes = new byte[4];
    BigEndian.putInt(bytes, 0, messageId);
    return bytes;
  }

  private static byte[] concatenate(byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] bytes = new byte[length];
    int offset = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, bytes, offset, part.length);
      offset += part.length;
    }
    return bytes;
  }
}
