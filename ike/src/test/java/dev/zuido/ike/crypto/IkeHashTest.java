package dev.zuido.ike.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class IkeHashTest {
  private static final String LARGE_KEY = "Test Using Larger Than Block-Size Key - Hash Key First";
  private static final String LARGE_BOTH =
      "Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data";

  /** RFC 2202 sections 2 and 3. */
  static Stream<Arguments> rfc2202() {
    return Stream.of(
        Arguments.of(
            IkeHash.MD5, repeat(0x0b, 16), ascii("Hi There"), "9294727a3638bb1c13f48ef8158bfc9d"),
        Arguments.of(
            IkeHash.MD5,
            ascii("Jefe"),
            ascii("what do ya want for nothing?"),
            "750c783e6ab0b503eaa86e310a5db738"),
        Arguments.of(
            IkeHash.MD5, repeat(0xaa, 16), repeat(0xdd, 50), "56be34521d144c88dbb8c733f0e8b3f6"),
        Arguments.of(IkeHash.MD5, counted(), repeat(0xcd, 50), "697eaf0aca3a3aea3a75164746ffaa79"),
        Arguments.of(
            IkeHash.MD5,
            repeat(0x0c, 16),
            ascii("Test With Truncation"),
            "56461ef2342edc00f9bab995690efd4c"),
        Arguments.of(
            IkeHash.MD5, repeat(0xaa, 80), ascii(LARGE_KEY), "6b1ab7fe4bd7bf8f0b62e6ce61b9d0cd"),
        Arguments.of(
            IkeHash.MD5, repeat(0xaa, 80), ascii(LARGE_BOTH), "6f630fad67cda0ee1fb1f562db3aa53e"),
        Arguments.of(
            IkeHash.SHA1,
            repeat(0x0b, 20),
            ascii("Hi There"),
            "b617318655057264e28bc0b6fb378c8ef146be00"),
        Arguments.of(
            IkeHash.SHA1,
            ascii("Jefe"),
            ascii("what do ya want for nothing?"),
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
        Arguments.of(
            IkeHash.SHA1,
            repeat(0xaa, 20),
            repeat(0xdd, 50),
            "125d7342b9ac11cd91a39af48aa17b4f63f175d3"),
        Arguments.of(
            IkeHash.SHA1, counted(), repeat(0xcd, 50), "4c9007f4026250c6bc8414f9bf50c86c2d7235da"),
        Arguments.of(
            IkeHash.SHA1,
            repeat(0x0c, 20),
            ascii("Test With Truncation"),
            "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04"),
        Arguments.of(
            IkeHash.SHA1,
            repeat(0xaa, 80),
            ascii(LARGE_KEY),
            "aa4ae5e15272d00e95705637ce8a3b55ed402112"),
        Arguments.of(
            IkeHash.SHA1,
            repeat(0xaa, 80),
            ascii(LARGE_BOTH),
            "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"));
  }

  @ParameterizedTest
  @MethodSource("rfc2202")
  void hmac(IkeHash hash, byte[] key, byte[] data, String digest) {
    byte[] first = Arrays.copyOf(data, data.length / 2);
    byte[] second = Arrays.copyOfRange(data, data.length / 2, data.length);
    assertEquals(digest, hex(hash.prf(Secret.copyOf(key), data)));
    assertEquals(digest, hex(hash.prf(Secret.copyOf(key), first, new byte[0], second)));
  }

  @ParameterizedTest
  @EnumSource(IkeHash.class)
  void lengthsAndAttributes(IkeHash hash) {
    assertEquals(hash.length(), hash.hash(new byte[3]).length);
    assertEquals(hash.length(), hash.prf(Secret.copyOf(new byte[3]), new byte[3]).length);
    assertEquals(hash, IkeHash.ofAttribute(hash.attributeValue()).orElseThrow());
    assertEquals(hash.length() < 32, hash.isDeprecated());
  }

  /** HMAC fills keys with zeros, so that no key and one zero byte are the same. */
  @Test
  void emptyKey() {
    assertEquals(
        hex(IkeHash.MD5.prf(Secret.copyOf(new byte[1]), ascii("x"))),
        hex(IkeHash.MD5.prf(Secret.copyOf(new byte[0]), ascii("x"))));
  }

  /** RFC 1321 appendix A.5. */
  @Test
  void hash() {
    assertEquals(
        "900150983cd24fb0d6963f7d28e17f72", hex(IkeHash.MD5.hash(ascii("a"), ascii("bc"))));
  }

  @Test
  void unknownAlgorithms() {
    assertTrue(IkeHash.ofAttribute(3).isEmpty());
    assertTrue(IkeHash.ofAttribute(0x1_0000_0001L).isEmpty());
  }

  private static byte[] repeat(int value, int count) {
    byte[] bytes = new byte[count];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] counted() {
    return HexFormat.of().parseHex("0102030405060708090a0b0c0d0e0f10111213141516171819");
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
