package dev.zuido.ike.crypto;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Powers of 2 modulo a safe prime.
 *
 * <p>Powers of 2 itself, our own public values, come from a table and take less than half of the
 * time; no branch and no index there depends on the private value. Powers of the peer's value are
 * {@link BigInteger}'s, whose time depends on the exponent: it serves one exchange only.
 *
 * @param prime p; (p-1)/2 is a prime too
 * @param exponentBits bits of a private value
 * @param powersOfTwo for exponents of so many bits
 */
record ModpArithmetic(BigInteger prime, int exponentBits, FixedBasePower powersOfTwo)
    implements DhArithmetic {
  ModpArithmetic(BigInteger prime, int exponentBits) {
    this(prime, exponentBits, new FixedBasePower(BigInteger.TWO, prime, exponentBits));
  }

  @Override
  public byte[] drawPrivateValue(SecureRandom random) {
    byte[] exponent = new byte[exponentBits / 8];
    do {
      random.nextBytes(exponent);
    } while (new BigInteger(1, exponent).compareTo(BigInteger.TWO) < 0);
    return exponent;
  }

  @Override
  public byte[] publicValue(byte[] privateValue) {
    if (privateValue.length * 8 > exponentBits) {
      return fixedLength(BigInteger.TWO.modPow(new BigInteger(1, privateValue), prime));
    }
    return fixedLength(powersOfTwo.power(privateValue));
  }

  @Override
  public byte[] agree(byte[] privateValue, byte[] peersPublicValue)
      throws MalformedPacketException {
    if (peersPublicValue.length != length()) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, PUBLIC_VALUE, 0);
    }
    BigInteger y = new BigInteger(1, peersPublicValue);
    // RFC 6989 section 2.1: with a safe prime, 1 < y < p-1 is all that has to be tested.
    if (y.compareTo(BigInteger.ONE) <= 0 || y.compareTo(prime.subtract(BigInteger.ONE)) >= 0) {
      throw new MalformedPacketException(MalformedReason.BAD_VALUE, PUBLIC_VALUE, 0);
    }
    return fixedLength(y.modPow(new BigInteger(1, privateValue), prime));
  }

  private int length() {
    return prime.bitLength() / 8;
  }

  private byte[] fixedLength(BigInteger value) {
    return toBytes(value, length());
  }

  /** A number with zeros at the left; the array that the number itself gives is wiped. */
  static byte[] toBytes(BigInteger value, int length) {
    byte[] digits = value.toByteArray();
    int sign = digits.length > length ? 1 : 0;
    byte[] bytes = new byte[length];
    System.arraycopy(digits, sign, bytes, length - digits.length + sign, digits.length - sign);
    Arrays.fill(digits, (byte) 0);
    return bytes;
  }
}
