package dev.zuido.testkit.ike.flaws;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.RsaSignature;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Flaws of other implementations in PKCS #1 signatures (feature-anchors 3.1). */
class SignatureFlawsTest {
  private static final byte[] HASH = new byte[20];

  private static KeyPair pair() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F0));
    return generator.generateKeyPair();
  }

  @Test
  void cve202650721ATruncatedSignatureIsRefused() throws Exception {
    KeyPair pair = pair();
    RSAPublicKey key = (RSAPublicKey) pair.getPublic();
    byte[] signature = RsaSignature.sign(pair.getPrivate(), HASH);
    assertTrue(RsaSignature.verify(key, HASH, signature));
    for (int length = 0; length < signature.length; length++) {
      assertFalse(RsaSignature.verify(key, HASH, Arrays.copyOf(signature, length)));
      assertFalse(
          RsaSignature.verify(
              key,
              HASH,
              Arrays.copyOfRange(signature, signature.length - length, signature.length)));
    }
    assertFalse(RsaSignature.verify(key, HASH, Arrays.copyOf(signature, signature.length + 1)));
  }

  /** With e = 3 a cube root of a block that only begins as it should is easily found. */
  @Test
  void cve202650721AForgeryByCubeRootIsRefused() throws Exception {
    RSAPublicKey key = (RSAPublicKey) pair().getPublic();
    byte[] block = new byte[128];
    block[1] = 1;
    for (int padding = 0; padding <= 8; padding++) {
      Arrays.fill(block, 2, 2 + padding, (byte) 0xff);
      block[2 + padding] = 0;
      System.arraycopy(HASH, 0, block, 3 + padding, HASH.length);
      BigInteger root = cubeRoot(new BigInteger(1, block)).add(BigInteger.ONE);
      byte[] digits = root.toByteArray();
      byte[] forged = new byte[128];
      System.arraycopy(digits, 0, forged, 128 - digits.length, digits.length);
      assertFalse(RsaSignature.verify(key, HASH, forged));
    }
  }

  private static BigInteger cubeRoot(BigInteger value) {
    BigInteger low = BigInteger.ZERO;
    BigInteger high = BigInteger.ONE.shiftLeft(value.bitLength() / 3 + 1);
    while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
      BigInteger middle = low.add(high).shiftRight(1);
      if (middle.pow(3).compareTo(value) <= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
