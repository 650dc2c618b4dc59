package dev.zuido.esp.des;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published answers, by each path. */
final class DesKnownAnswerTest {
  private static final HexFormat HEX = HexFormat.of();

  private static long block(String hex) {
    return Long.parseUnsignedLong(hex, 16);
  }

  private static void assertAnswer(String key, String plain, String cipher) {
    byte[] bytes = HEX.parseHex(key);
    long[] expected = new long[DesCipher.LANES];
    Arrays.fill(expected, block(cipher));
    long[] plains = new long[DesCipher.LANES];
    Arrays.fill(plains, block(plain));
    DesKeySchedule encrypting = new DesKeySchedule(bytes, true);
    DesKeySchedule decrypting = new DesKeySchedule(bytes, false);
    long[] blocks = plains.clone();
    new TableDes(encrypting).crypt(blocks, blocks.length);
    assertArrayEquals(expected, blocks);
    new TableDes(decrypting).crypt(blocks, blocks.length);
    assertArrayEquals(plains, blocks);
    new SlicedDes(encrypting).crypt(blocks);
    assertArrayEquals(expected, blocks);
    new SlicedDes(decrypting).crypt(blocks);
    assertArrayEquals(plains, blocks);
  }

  /**
   * NIST SP 800-20, appendix A, with its three equal keys given once: variable plaintext (table
   * A.1), variable key (A.2), permutation operation (A.3), substitution table (A.4).
   */
  @ParameterizedTest
  @CsvSource({
    "0101010101010101, 8000000000000000, 95F8A5E5DD31D900",
    "0101010101010101, 4000000000000000, DD7F121CA5015619",
    "0101010101010101, 2000000000000000, 2E8653104F3834EA",
    "0101010101010101, 1000000000000000, 4BD388FF6CD81D4F",
    "0101010101010101, 0800000000000000, 20B9E767B2FB1456",
    "0101010101010101, 0400000000000000, 55579380D77138EF",
    "0101010101010101, 0200000000000000, 6CC5DEFAAF04512F",
    "0101010101010101, 0100000000000000, 0D9F279BA5D87260",
    "8001010101010101, 0000000000000000, 95A8D72813DAA94D",
    "4001010101010101, 0000000000000000, 0EEC1487DD8C26D5",
    "2001010101010101, 0000000000000000, 7AD16FFB79C45926",
    "1046913489980131, 0000000000000000, 88D55E54F54C97B4",
    "1007103489988020, 0000000000000000, 0C0CC00C83EA48FD",
    "7CA110454A1A6E57, 01A1D6D039776742, 690F5B0D9A26939B",
    "0131D9619DC1376E, 5CD54CA83DEF57DA, 7A389D10354BD271",
    "07A1133E4A0B2686, 0248D43806F67172, 868EBB51CAB4599A",
    "3849674C2602319E, 51454B582DDF440A, 7178876E01F19B2A",
    "04B915BA43FEB5B6, 42FD443059577FA2, AF37FB421F8C4095",
    "0113B970FD34F2CE, 059B5E0851CF143A, 86A560F10EC6D85B",
  })
  void sp80020(String key, String plain, String cipher) {
    assertAnswer(key, plain, cipher);
    assertAnswer(key + key + key, plain, cipher);
  }

  /** NIST SP 800-67, appendix B: three different keys. */
  @ParameterizedTest
  @CsvSource({
    "5468652071756663, A826FD8CE53B855F",
    "6B2062726F776E20, CCE21C8112256FE6",
    "666F78206A756D70, 68D5C05DD9B6B900",
  })
  void sp80067(String plain, String cipher) {
    assertAnswer("0123456789ABCDEF23456789ABCDEF01456789ABCDEF0123", plain, cipher);
  }

  /** FIPS 81, appendix C: "Now is the time for all " in CBC mode. */
  @Test
  void fips81() {
    byte[] key = HEX.parseHex("0123456789abcdef");
    long iv = block("1234567890abcdef");
    byte[] plain = HEX.parseHex("4e6f77206973207468652074696d6520666f7220616c6c20");
    byte[] slab = Arrays.copyOf(plain, plain.length);
    try (DesCbcEncryptor encryptor = new DesCbcEncryptor(key)) {
      encryptor.add(0, slab.length, iv);
      encryptor.encrypt(slab);
    }
    assertEquals("e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6", HEX.formatHex(slab));
    try (DesCbcDecryptor decryptor = new DesCbcDecryptor(key)) {
      decryptor.decrypt(slab, 0, slab.length, iv);
      decryptor.finish(slab);
    }
    assertArrayEquals(plain, slab);
  }

  @ParameterizedTest
  @CsvSource({"0", "7", "9", "16", "32"})
  void otherKeyLengthsAreRefused(int length) {
    byte[] key = new byte[length];
    assertThrows(IllegalArgumentException.class, () -> new DesCbcEncryptor(key));
    assertThrows(IllegalArgumentException.class, () -> new DesCbcDecryptor(key));
  }
}
