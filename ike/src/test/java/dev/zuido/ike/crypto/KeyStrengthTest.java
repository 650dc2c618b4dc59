package dev.zuido.ike.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyStrengthTest {
  private static Secret key(String text) {
    return Secret.owning(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "cisco", "cisco123", "Passw0rd!", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "01234567890123456789"})
  void whatCanBeGuessedIsWeak(String text) {
    assertTrue(KeyStrength.isWeak(key(text)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"q7Rk2mZp9wXt4LbV", "correct horse battery staple", "\u00e9\u0001\u0002\u0003\u00ff\u00aa\u00bb\u0010\u0020\u0030\u0040\u0050"})
  void whatIsLongAndVariedIsNot(String text) {
    assertFalse(KeyStrength.isWeak(key(text)));
  }

  @Test
  void theBoundIsThatOfRandomCharacters() {
    assertEquals(4 * Math.log(26) / Math.log(2), KeyStrength.atMostBits(key("wxyz")), 1e-9);
    assertEquals(0, KeyStrength.atMostBits(key("")), 0);
  }
}
