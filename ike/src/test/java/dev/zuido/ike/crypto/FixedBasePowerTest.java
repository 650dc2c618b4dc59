package dev.zuido.ike.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our own arithmetic beside {@link BigInteger}'s, in the group of every size. */
final class FixedBasePowerTest {
  /** The groups' primes, the bits of their private values, and how many values are tried. */
  private static final String GROUPS =
      """
      768, 149686, 256, 400
      1024, 129093, 256, 200
      1536, 741804, 256, 60
      2048, 124476, 256, 30
      3072, 1690314, 320, 10
      4096, 240904, 384, 5
      6144, 929484, 448, 2
      8192, 4743158, 512, 2
      """;

  private final Random random = new Random(1);

  private static byte[] modPow(BigInteger prime, byte[] exponent) {
    return BigInteger.TWO.modPow(new BigInteger(1, exponent), prime).toByteArray();
  }

  @ParameterizedTest
  @CsvSource(textBlock = GROUPS)
  void randomExponents(int bits, int offset, int exponentBits, int tries) {
    BigInteger prime = ModpPrimes.prime(bits, offset);
    FixedBasePower powers = new FixedBasePower(BigInteger.TWO, prime, exponentBits);
    for (int i = 0; i < tries; i++) {
      byte[] exponent = new byte[exponentBits / 8];
      random.nextBytes(exponent);
      assertEquals(
          new BigInteger(modPow(prime, exponent)),
          powers.power(exponent),
          () -> "2^" + hex(exponent));
    }
  }

  /** Each single bit, all below it, zeros at the left, no bytes at all. */
  @ParameterizedTest
  @CsvSource({"1024, 129093, 256, 1", "3072, 1690314, 320, 29"})
  void exponentsAtTheEdges(int bits, int offset, int exponentBits, int step) {
    BigInteger prime = ModpPrimes.prime(bits, offset);
    FixedBasePower powers = new FixedBasePower(BigInteger.TWO, prime, exponentBits);
    assertEquals(BigInteger.ONE, powers.power(new byte[0]));
    assertEquals(BigInteger.ONE, powers.power(new byte[exponentBits / 8]));
    for (int bit = 0; bit < exponentBits; bit += step) {
      BigInteger single = BigInteger.ONE.shiftLeft(bit);
      for (BigInteger exponent : new BigInteger[] {single, single.subtract(BigInteger.ONE)}) {
        byte[] padded = ModpArithmetic.toBytes(exponent, exponentBits / 8);
        assertEquals(BigInteger.TWO.modPow(exponent, prime), powers.power(padded));
        byte[] shorter = ModpArithmetic.toBytes(exponent, bit / 8 + 1);
        assertEquals(BigInteger.TWO.modPow(exponent, prime), powers.power(shorter));
      }
    }
    byte[] ones = new byte[exponentBits / 8];
    Arrays.fill(ones, (byte) 0xff);
    assertEquals(new BigInteger(modPow(prime, ones)), powers.power(ones));
  }

  /** A number of bits that the comb's rows and blocks do not divide, and another base. */
  @Test
  void otherExponentLengthsAndBases() {
    BigInteger prime = ModpPrimes.prime(768, 149_686);
    for (int bits = 1; bits <= 64; bits++) {
      BigInteger base = new BigInteger(768, random).mod(prime);
      FixedBasePower powers = new FixedBasePower(base, prime, bits);
      BigInteger exponent = new BigInteger(bits, random);
      assertEquals(
          base.modPow(exponent, prime),
          powers.power(ModpArithmetic.toBytes(exponent, (bits + 7) / 8)));
    }
  }

  @ParameterizedTest
  @CsvSource(textBlock = GROUPS)
  void products(int bits, int offset) {
    BigInteger prime = ModpPrimes.prime(bits, offset);
    MontgomeryMultiplier field = new MontgomeryMultiplier(prime);
    for (int i = 0; i < 120; i++) {
      BigInteger a = i % 7 == 0 ? edge(prime, i / 7) : new BigInteger(bits, random).mod(prime);
      BigInteger b = i % 5 == 0 ? edge(prime, i / 5) : new BigInteger(bits, random).mod(prime);
      long[] product = new long[field.limbs()];
      Arrays.fill(product, -1);
      field.multiply(product, field.toMontgomery(a), field.toMontgomery(b));
      assertEquals(
          a.multiply(b).mod(prime), field.fromMontgomery(product), () -> a + " times " + b);
    }
  }

  private static BigInteger edge(BigInteger prime, int number) {
    BigInteger[] edges = {
      BigInteger.ZERO,
      BigInteger.ONE,
      BigInteger.TWO,
      prime.subtract(BigInteger.ONE),
      prime.subtract(BigInteger.TWO),
      prime.shiftRight(1),
      BigInteger.ONE.shiftLeft(prime.bitLength() - 1),
      BigInteger.ONE.shiftLeft(54).subtract(BigInteger.ONE)
    };
    return edges[number % edges.length];
  }

  /** Products are used again without being reduced: they never outgrow their limbs. */
  @ParameterizedTest
  @CsvSource(textBlock = GROUPS)
  void longChains(int bits, int offset) {
    BigInteger prime = ModpPrimes.prime(bits, offset);
    MontgomeryMultiplier field = new MontgomeryMultiplier(prime);
    BigInteger expected = prime.subtract(BigInteger.TWO);
    long[] value = field.toMontgomery(expected);
    for (int i = 0; i < 60; i++) {
      long[] square = new long[field.limbs()];
      field.multiply(square, value, value);
      value = square;
      expected = expected.multiply(expected).mod(prime);
    }
    assertEquals(expected, field.fromMontgomery(value));
  }

  @Test
  void otherPrimesAreRefused() {
    BigInteger prime = ModpPrimes.prime(768, 149_686);
    assertThrows(
        IllegalArgumentException.class,
        () -> new MontgomeryMultiplier(prime.subtract(BigInteger.TWO)));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
