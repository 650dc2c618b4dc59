package dev.zuido.ike.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class DhGroupTest {
  /** Gives 1, 2, 3 and so on, whatever the JDK. */
  private static final class CountingRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private int next;

    @Override
    public void nextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ++next;
      }
    }
  }

  /** SHA-256 of the primes as RFC 2409 section 6 and RFC 3526 print them. */
  @ParameterizedTest
  @CsvSource({
    "768, 149686, b52ba6a3026520a6c49d37e4587601801bee500123b3259b6bf03e7cecc3e63d",
    "1024, 129093, 3f35a3f5f6c4376a744acad409bb22f8d897f949d2311d885adaa890981b67a0",
    "1536, 741804, 64fcc83ec403930bf18393dbc883ccaa1fbb08ac876f77f7aa99748ca945019b",
    "2048, 124476, d66436f79bbd6b2e38c0ffbd079be904d2641415e2e67140e09448be9a60890e",
    "3072, 1690314, 48cf8b092fbce4359d9871abf74f98e25b6163379eaa15cd9087e800c6d1c55c",
    "4096, 240904, 4ee95187682bcb230ad26a95205f6920e84708f6251b3894329b09ec23919e33",
    "6144, 929484, d1bfe6d0925ce7e4da262b62861514a7755e35831e429f343e7b864848657efd",
    "8192, 4743158, 39ab4feab950a3128fb71accb9fc3965d857012e081998a85996e3ea8b3c3bcf"
  })
  void primes(int bits, int offset, String fingerprint) throws Exception {
    byte[] prime = ModpArithmetic.toBytes(ModpPrimes.prime(bits, offset), bits / 8);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(prime);
    assertEquals(fingerprint, HexFormat.of().formatHex(digest));
  }

  /** RFC 5903 section 8. */
  static Stream<Arguments> curves() {
    return Stream.of(
        Arguments.of(
            DhGroup.ECP_256,
            "c88f01f510d9ac3f70a292daa2316de544e9aab8afe84049c62a9c57862d1433",
            "dad0b65394221cf9b051e1feca5787d098dfe637fc90b9ef945d0c3772581180"
                + "5271a0461cdb8252d61f1c456fa3e59ab1f45b33accf5f58389e0577b8990bb3",
            "c6ef9c5d78ae012a011164acb397ce2088685d8f06bf9be0b283ab46476bee53",
            "d12dfb5289c8d4f81208b70270398c342296970a0bccb74c736fc7554494bf63"
                + "56fbf3ca366cc23e8157854c13c58d6aac23f046ada30f8353e74f33039872ab",
            "d6840f6b42f6edafd13116e0e12565202fef8e9ece7dce03812464d04b9442de"),
        Arguments.of(
            DhGroup.ECP_384,
            "099f3c7034d4a2c699884d73a375a67f7624ef7c6b3c0f160647b67414dce655"
                + "e35b538041e649ee3faef896783ab194",
            "667842d7d180ac2cde6f74f37551f55755c7645c20ef73e31634fe72b4c55ee6"
                + "de3ac808acb4bdb4c88732aee95f41aa9482ed1fc0eeb9cafc4984625ccfc23f"
                + "65032149e0e144ada024181535a0f38eeb9fcff3c2c947dae69b4c634573a81c",
            "41cb0779b4bdb85d47846725fbec3c9430fab46cc8dc5060855cc9bda0aa2942"
                + "e0308312916b8ed2960e4bd55a7448fc",
            "e558dbef53eecde3d3fccfc1aea08a89a987475d12fd950d83cfa41732bc509d"
                + "0d1ac43a0336def96fda41d0774a3571dcfbec7aacf3196472169e838430367f"
                + "66eebe3c6e70c416dd5f0c68759dd1fff83fa40142209dff5eaad96db9e6386c",
            "11187331c279962d93d604243fd592cb9d0a926f422e47187521287e7156c5c4"
                + "d603135569b9e9d09cf5d4a270f59746"),
        Arguments.of(
            DhGroup.ECP_521,
            "0037ade9319a89f4dabdb3ef411aaccca5123c61acab57b5393dce47608172a0"
                + "95aa85a30fe1c2952c6771d937ba9777f5957b2639bab072462f68c27a57382d"
                + "4a52",
            "0015417e84dbf28c0ad3c278713349dc7df153c897a1891bd98bab4357c9ecbe"
                + "e1e3bf42e00b8e380aeae57c2d107564941885942af5a7f4601723c4195d176c"
                + "ed3e017cae20b6641d2eeb695786d8c946146239d099e18e1d5a514c739d7cb4"
                + "a10ad8a788015ac405d7799dc75e7b7d5b6cf2261a6a7f1507438bf01beb6ca3"
                + "926f9582",
            "0145ba99a847af43793fdd0e872e7cdfa16be30fdc780f97bccc3f078380201e"
                + "9c677d600b343757a3bdbf2a3163e4c2f869cca7458aa4a4effc311f5cb15168"
                + "5eb9",
            "00d0b3975ac4b799f5bea16d5e13e9af971d5e9b984c9f39728b5e5739735a21"
                + "9b97c356436adc6e95bb0352f6be64a6c2912d4ef2d0433ced2b6171640012d9"
                + "460f015c68226383956e3bd066e797b623c27ce0eac2f551a10c2c724d985207"
                + "7b87220b6536c5c408a1d2aebb8e86d678ae49cb57091f4732296579ab44fcd1"
                + "7f0fc56a",
            "01144c7d79ae6956bc8edb8e7c787c4521cb086fa64407f97894e5e6b2d79b04"
                + "d1427e73ca4baa240a34786859810c06b3c715a3a8cc3151f2bee417996d19f3"
                + "ddea"));
  }

  @ParameterizedTest
  @MethodSource("curves")
  void answersOfTheRfc(
      DhGroup group, String i, String publicI, String r, String publicR, String shared)
      throws Exception {
    try (DhKeyPair initiator = group.ofPrivateValue(HexFormat.of().parseHex(i));
        DhKeyPair responder = group.ofPrivateValue(HexFormat.of().parseHex(r))) {
      assertEquals(publicI, initiator.publicValue().toString());
      assertEquals(publicR, responder.publicValue().toString());
      assertEquals(shared, hex(initiator.agree(responder.publicValue())));
      assertEquals(shared, hex(responder.agree(initiator.publicValue())));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DhGroup.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"MODP_6144", "MODP_8192"})
  void bothSidesAgree(DhGroup group) throws Exception {
    CountingRandom random = new CountingRandom();
    try (DhKeyPair initiator = group.generate(random);
        DhKeyPair responder = group.generate(random)) {
      assertNotEquals(initiator.publicValue(), responder.publicValue());
      assertEquals(group.publicLength(), initiator.publicValue().length());
      Secret shared = initiator.agree(responder.publicValue());
      assertEquals(group.sharedSecretLength(), shared.length());
      assertEquals(shared, responder.agree(initiator.publicValue()));
      assertEquals(group, DhGroup.ofAttribute(group.attributeValue()).orElseThrow());
    }
  }

  /** The private value is what the random source gave, and no more of it. */
  @Test
  void privateValueIsDrawnByteByByte() {
    try (DhKeyPair pair = DhGroup.MODP_1024.generate(new CountingRandom())) {
      byte[] exponent = new byte[32];
      for (int i = 0; i < exponent.length; i++) {
        exponent[i] = (byte) (i + 1);
      }
      assertEquals(DhGroup.MODP_1024.ofPrivateValue(exponent).publicValue(), pair.publicValue());
    }
  }

  @ParameterizedTest
  @EnumSource(DhGroup.class)
  void publicValuesOfOtherLengthsAreRefused(DhGroup group) {
    byte[] privateValue = new byte[32];
    privateValue[31] = 2;
    try (DhKeyPair pair = group.ofPrivateValue(privateValue)) {
      for (int length : new int[] {0, 1, group.publicLength() - 1, group.publicLength() + 1}) {
        assertRefused(MalformedReason.BAD_LENGTH, pair, ByteString.of(new byte[length]));
      }
    }
  }

  /** RFC 6989 section 2.1. */
  @ParameterizedTest
  @EnumSource(value = DhGroup.class, names = "MODP_.*", mode = EnumSource.Mode.MATCH_ALL)
  void smallSubgroupsAreRefused(DhGroup group) throws Exception {
    int length = group.publicLength();
    byte[] last = new byte[length];
    try (DhKeyPair pair = group.ofPrivateValue(new byte[] {5})) {
      assertRefused(MalformedReason.BAD_VALUE, pair, ByteString.of(last));
      last[length - 1] = 1;
      assertRefused(MalformedReason.BAD_VALUE, pair, ByteString.of(last));
      last[length - 1] = 2;
      assertEquals(
          BigInteger.valueOf(32), new BigInteger(1, pair.agree(ByteString.of(last)).toArray()));
      Arrays.fill(last, (byte) 0xff);
      assertRefused(MalformedReason.BAD_VALUE, pair, ByteString.of(last));
    }
  }

  /** RFC 6989 section 2.3. */
  @ParameterizedTest
  @EnumSource(value = DhGroup.class, names = "ECP_.*", mode = EnumSource.Mode.MATCH_ALL)
  void pointsOffTheCurveAreRefused(DhGroup group) {
    try (DhKeyPair pair = group.generate(new CountingRandom())) {
      byte[] point = pair.publicValue().toArray();
      point[point.length - 1] ^= 1;
      assertRefused(MalformedReason.BAD_VALUE, pair, ByteString.of(point));
      assertRefused(MalformedReason.BAD_VALUE, pair, ByteString.of(new byte[group.publicLength()]));
      Arrays.fill(point, (byte) 0xff);
      assertRefused(MalformedReason.BAD_VALUE, pair, ByteString.of(point));
    }
  }

  /** RFC 7748 section 6.1: the all-zero secret. */
  @Test
  void smallOrderOnCurve25519IsRefused() {
    try (DhKeyPair pair = DhGroup.CURVE_25519.generate(new CountingRandom())) {
      assertRefused(MalformedReason.BAD_VALUE, pair, ByteString.of(new byte[32]));
    }
  }

  @Test
  void closedPairAgreesNoMore() {
    DhKeyPair pair = DhGroup.MODP_768.generate(new CountingRandom());
    ByteString mine = pair.publicValue();
    pair.close();
    pair.close();
    assertThrows(IllegalStateException.class, () -> pair.agree(mine));
    assertEquals("DhKeyPair[MODP_768]", pair.toString());
  }

  @Test
  void unknownGroupsAndDeprecation() {
    assertTrue(DhGroup.ofAttribute(0).isEmpty());
    assertTrue(DhGroup.ofAttribute(0x1_0000_0002L).isEmpty());
    assertTrue(DhGroup.MODP_1024.isDeprecated());
    assertFalse(DhGroup.MODP_2048.isDeprecated());
  }

  private static void assertRefused(MalformedReason reason, DhKeyPair pair, ByteString value) {
    MalformedPacketException e =
        assertThrows(MalformedPacketException.class, () -> pair.agree(value));
    assertEquals(reason, e.reason());
  }

  private static String hex(Secret secret) {
    return HexFormat.of().formatHex(secret.toArray());
  }
}
