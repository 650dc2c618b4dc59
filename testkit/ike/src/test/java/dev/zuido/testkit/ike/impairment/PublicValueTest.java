package dev.zuido.testkit.ike.impairment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.DhKeyPair;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PublicValueTest {
  private static DhKeyPair pair(DhGroup group) {
    byte[] secret = new byte[32];
    secret[0] = 0x21;
    secret[31] = 7;
    return group.ofPrivateValue(secret);
  }

  /** RFC 2409 section 6.2: the prime ends in 64 bits of ones, as it begins. */
  @Test
  void thePrimeOfTheSecondOakleyGroupIsFound() {
    DhGroup group = DhGroup.MODP_1024;
    byte[] honest = pair(group).publicValue().toArray();
    BigInteger p = new BigInteger(1, PublicValue.P.of(group, honest));
    assertEquals(1024, p.bitLength());
    assertTrue(p.isProbablePrime(30));
    assertEquals(BigInteger.valueOf(-1L), BigInteger.valueOf(p.longValue()));
    assertArrayEquals(
        p.subtract(BigInteger.ONE).toByteArray(),
        new BigInteger(1, PublicValue.P_MINUS_ONE.of(group, honest)).toByteArray());
  }

  @ParameterizedTest
  @EnumSource(
      value = DhGroup.class,
      names = {"MODP_768", "MODP_1024", "MODP_2048", "ECP_256", "ECP_384", "ECP_521"})
  void everyValueIsRefused(DhGroup group) {
    DhKeyPair pair = pair(group);
    byte[] honest = pair.publicValue().toArray();
    for (PublicValue value : PublicValue.values()) {
      ByteString wrong = ByteString.of(value.of(group, honest));
      assertThrows(MalformedPacketException.class, () -> pair.agree(wrong), value.name());
    }
  }
}
