package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.RsaSignature;
import dev.zuido.ike.message.Certificate;
import dev.zuido.ike.message.CertificateEncoding;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.ByteString;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of signatures and certificates, and what is not. */
class SignatureVerdictTest {
  private static final Identity B = new Identity.Ipv4(Site.B);
  private static final byte[] HASH = new byte[20];
  private static final Date NOW = Date.from(TestCertificates.CLOCK.instant());

  static {
    Arrays.fill(HASH, (byte) 0xa5);
  }

  private static Certificate payload(String name) {
    return payload(encoded(name));
  }

  private static Certificate payload(byte[] der) {
    return new Certificate(CertificateEncoding.X509_SIGNATURE, ByteString.of(der));
  }

  private static byte[] encoded(String name) {
    try {
      return TestCertificates.certificate(name).getEncoded();
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] signature(String key) throws Exception {
    return RsaSignature.sign(TestCertificates.privateKey(key), HASH);
  }

  private static SignatureWork.Verdict verdict(List<Certificate> certificates, byte[] signature) {
    return SignatureWork.verify(
        TestCertificates.trust(),
        new SignatureWork.Claim(B, certificates, ByteString.of(signature), ByteString.of(HASH)),
        NOW);
  }

  private static void refused(String words, List<Certificate> certificates) throws Exception {
    SignatureWork.Verdict verdict = verdict(certificates, signature("b"));
    String error = String.valueOf(verdict.error());
    assertTrue(error.contains(words), error);
    assertEquals(DropReason.BAD_CERTIFICATE, verdict.reason());
  }

  private static RSAPublicKey publicKey(String name) {
    return (RSAPublicKey) TestCertificates.certificate(name).getPublicKey();
  }

  @Test
  void aTrueSignatureIsBelieved() throws Exception {
    assertNull(verdict(List.of(payload("b")), signature("b")).error());
    assertNull(verdict(List.of(payload("b-exponent-3")), signature("b-exponent-3")).error());
  }

  /** RFC 2409 section 5.1: block type 1 around the bare hash. */
  @Test
  void theBlockIsTheBareHash() throws Exception {
    RSAPublicKey key = publicKey("b");
    BigInteger block =
        new BigInteger(1, signature("b")).modPow(key.getPublicExponent(), key.getModulus());
    String expected = "1" + "ff".repeat(256 - 3 - HASH.length) + "00" + "a5".repeat(HASH.length);
    assertEquals(expected, block.toString(16).toLowerCase(Locale.ROOT));
  }

  /** What PKCS #1 makes of a message with its hash's object identifier is another block. */
  @Test
  void aSignatureWithAnObjectIdentifierIsNone() throws Exception {
    java.security.Signature signer = java.security.Signature.getInstance("SHA1withRSA");
    signer.initSign(TestCertificates.privateKey("b"));
    signer.update(HASH);
    assertFalse(RsaSignature.verify(publicKey("b"), HASH, signer.sign()));
  }

  /** CVE-2026-50721: every length but the right one, from either end, and padded with zeros. */
  @Test
  void aTruncatedSignatureIsNone() throws Exception {
    byte[] whole = signature("b");
    RSAPublicKey key = publicKey("b");
    assertTrue(RsaSignature.verify(key, HASH, whole));
    for (int length = 0; length < whole.length; length++) {
      assertFalse(RsaSignature.verify(key, HASH, Arrays.copyOf(whole, length)));
      byte[] end = Arrays.copyOfRange(whole, whole.length - length, whole.length);
      assertFalse(RsaSignature.verify(key, HASH, end));
      assertFalse(RsaSignature.verify(key, HASH, Arrays.copyOf(end, whole.length)));
    }
    assertFalse(RsaSignature.verify(key, HASH, Arrays.copyOf(whole, whole.length + 1)));
    byte[] led = new byte[whole.length + 1];
    System.arraycopy(whole, 0, led, 1, whole.length);
    assertFalse(RsaSignature.verify(key, HASH, led));
  }

  @Test
  void everyAlteredBitIsSeen() throws Exception {
    byte[] whole = signature("b");
    RSAPublicKey key = publicKey("b");
    for (int bit = 0; bit < 8 * whole.length; bit += 7) {
      byte[] altered = whole.clone();
      altered[bit / 8] ^= (byte) (1 << bit % 8);
      assertFalse(RsaSignature.verify(key, HASH, altered), "bit " + bit);
    }
    for (byte[] edge : List.of(new byte[256], fixed(BigInteger.ONE), fixed(key.getModulus()))) {
      assertFalse(RsaSignature.verify(key, HASH, edge));
    }
  }

  /** The same number beyond the modulus is another signature, and none. */
  @Test
  void aSignatureBeyondTheModulusIsNone() throws Exception {
    RSAPublicKey key = publicKey("b");
    BigInteger more = new BigInteger(1, signature("b")).add(key.getModulus());
    if (more.bitLength() <= 2_048) {
      assertFalse(RsaSignature.verify(key, HASH, fixed(more)));
    }
    assertFalse(RsaSignature.verify(key, HASH, more.toByteArray()), "whatever its length comes to");
  }

  private static byte[] fixed(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[256];
    int kept = Math.min(bytes.length, 256);
    System.arraycopy(bytes, bytes.length - kept, fixed, 256 - kept, kept);
    return fixed;
  }

  /**
   * Bleichenbacher 2006: with exponent 3 a cube root makes a block that begins like the right one
   * and has the hash early, with what the root leaves behind it.
   */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 16})
  void aForgeryByCubeRootIsNone(int padding) {
    RSAPublicKey key = publicKey("b-exponent-3");
    assertEquals(BigInteger.valueOf(3), key.getPublicExponent());
    byte[] block = new byte[256];
    block[1] = 1;
    Arrays.fill(block, 2, 2 + padding, (byte) 0xff);
    System.arraycopy(HASH, 0, block, 3 + padding, HASH.length);
    Arrays.fill(block, 3 + padding + HASH.length, 256, (byte) 0xff);
    BigInteger root = cubeRoot(new BigInteger(1, block));
    byte[] cube = fixed(root.pow(3));
    // The forgery is a good one: a verifier that reads from the left finds what it looks for.
    assertTrue(
        Arrays.equals(
            Arrays.copyOf(block, 3 + padding + HASH.length),
            Arrays.copyOf(cube, 3 + padding + HASH.length)));
    assertFalse(RsaSignature.verify(key, HASH, fixed(root)));
    SignatureWork.Verdict verdict = verdict(List.of(payload("b-exponent-3")), fixed(root));
    assertEquals(DropReason.BAD_SIGNATURE, verdict.reason());
    assertFalse(verdict.error() == null);
  }

  private static BigInteger cubeRoot(BigInteger number) {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ONE.shiftLeft(number.bitLength() / 3 + 1);
    while (low.compareTo(high) < 0) {
      BigInteger middle = low.add(high).add(BigInteger.ONE).shiftRight(1);
      if (middle.pow(3).compareTo(number) <= 0) {
        low = middle;
      } else {
        high = middle.subtract(BigInteger.ONE);
      }
    }
    return low;
  }

  /** The other way: the hash at the right end, where a cube of an odd number can have it. */
  @Test
  void aBlockWithOnlyTheHashAtItsEndIsNone() {
    RSAPublicKey key = publicKey("b-exponent-3");
    byte[] block = new byte[256];
    System.arraycopy(HASH, 0, block, 256 - HASH.length, HASH.length);
    BigInteger private3 =
        ((RSAPrivateKey) TestCertificates.privateKey("b-exponent-3")).getPrivateExponent();
    for (int second : new int[] {0, 1, 2}) {
      block[1] = (byte) second;
      BigInteger forged = new BigInteger(1, block).modPow(private3, key.getModulus());
      assertFalse(RsaSignature.verify(key, HASH, fixed(forged)));
    }
  }

  @Test
  void theKeyOfAnotherCertificateProvesNothing() throws Exception {
    SignatureWork.Verdict verdict = verdict(List.of(payload("b")), signature("a"));
    assertEquals(DropReason.BAD_SIGNATURE, verdict.reason());
    assertTrue(String.valueOf(verdict.error()).contains("CN=site b"), verdict.error());
  }

  @Test
  void certificatesThatAreNotGood() throws Exception {
    refused("valid from 2001-01-01", List.of(payload("b-expired")));
    refused("no path leads from it", List.of(payload("b-foreign")));
    refused("no path leads from it", List.of(payload("b-foreign"), payload("foreign-root")));
    refused("does not name 200.1.1.1", List.of(payload("b-nameless")));
    refused("not for signatures", List.of(payload("b-unsigning")));
    refused("sends no certificate", List.of());
  }

  @Test
  void whatRevocationListsSay() throws Exception {
    for (String[] each :
        new String[][] {
          {"root-crl", "null"},
          {"root-crl-b-revoked", "is revoked"},
          {"middle-crl", "with a revocation list in force"}
        }) {
      for (boolean foreignFirst : new boolean[] {false, true}) {
        List<X509Certificate> anchors = new ArrayList<>();
        anchors.add(TestCertificates.certificate("root"));
        anchors.add(foreignFirst ? 0 : 1, TestCertificates.certificate("foreign-root"));
        CertificateTrust trust =
            CertificateTrust.of(anchors, TestCertificates.CLOCK)
                .withRevocationLists(List.of(TestCertificates.revocations(each[0])));
        SignatureWork.Verdict verdict =
            SignatureWork.verify(
                trust,
                new SignatureWork.Claim(
                    B, List.of(payload("b")), ByteString.of(signature("b")), ByteString.of(HASH)),
                NOW);
        String error = String.valueOf(verdict.error());
        assertTrue(error.contains(each[1]), error);
      }
    }
  }

  /** A site's own certificate is no authority, though it is a good one. */
  @Test
  void onlyTheFirstCertificateIsThePeers() throws Exception {
    SignatureWork.Verdict verdict = verdict(List.of(payload("a"), payload("b")), signature("b"));
    assertEquals(DropReason.BAD_SIGNATURE, verdict.reason());
  }

  @Test
  void encodingsThatAreRefusedByName() throws Exception {
    for (int encoding : new int[] {0, 1, 2, 3, 5, 6, 9, 10, 12, 255}) {
      Certificate other = new Certificate(encoding, ByteString.ofHex("00"));
      refused(CertificateEncoding.nameOf(encoding), List.of(payload("b"), other));
    }
    Certificate list = new Certificate(CertificateEncoding.CRL, ByteString.ofHex("00"));
    assertNull(verdict(List.of(list, payload("b"), list), signature("b")).error());
    assertTrue(
        String.valueOf(verdict(List.of(new Certificate(1, ByteString.EMPTY)), HASH).error())
            .contains("PKCS #7"));
  }

  @Test
  void atMostEightCertificates() throws Exception {
    List<Certificate> many = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      many.add(payload("b"));
    }
    assertNull(verdict(many, signature("b")).error());
    many.add(payload("b"));
    refused("more than 8", many);
  }

  /** Every cut, and bytes behind: nothing but one whole DER certificate is one. */
  @Test
  void malformedCertificates() throws Exception {
    byte[] der = encoded("b");
    for (int length = 0; length < der.length; length += 13) {
      refused("malformed", List.of(payload(Arrays.copyOf(der, length))));
    }
    refused("malformed", List.of(payload(Arrays.copyOf(der, der.length + 1))));
    refused(
        "malformed",
        List.of(
            payload(
                "-----BEGIN CERTIFICATE-----".getBytes(java.nio.charset.StandardCharsets.UTF_8))));
  }

  /** No altered byte makes it another certificate that is believed, and none escapes. */
  @Test
  void everyAlteredByteOfACertificateIsSeen() throws Exception {
    byte[] der = encoded("b");
    byte[] signature = signature("b");
    for (int at = 0; at < der.length; at++) {
      byte[] altered = der.clone();
      altered[at] ^= 0x11;
      assertFalse(verdict(List.of(payload(altered)), signature).error() == null, "byte " + at);
    }
  }

  @Test
  void keysThatAreNotUsable() {
    X509Certificate b = TestCertificates.certificate("b");
    assertTrue(RsaSignature.isUsable((RSAPublicKey) b.getPublicKey()));
    for (String[] each :
        new String[][] {
          {"1023", "3"}, {"8193", "3"}, {"2048", "1"}, {"2048", "4"}, {"2048", "0"}
        }) {
      BigInteger modulus =
          BigInteger.ONE.shiftLeft(Integer.parseInt(each[0])).subtract(BigInteger.ONE);
      assertFalse(RsaSignature.isUsable(new Numbers(modulus, new BigInteger(each[1]))), each[0]);
    }
  }

  private record Numbers(BigInteger modulus, BigInteger exponent) implements RSAPublicKey {
    @Override
    public BigInteger getModulus() {
      return modulus;
    }

    @Override
    public BigInteger getPublicExponent() {
      return exponent;
    }

    @Override
    public String getAlgorithm() {
      return "RSA";
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }
}
