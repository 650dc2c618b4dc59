package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.Secret;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CVE-2018-5389: IKEv1 cannot protect a weak key, so whoever configures one is told. */
class PreSharedKeyStrengthTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "cisco",
        "cisco123",
        "C1sc0!",
        "password",
        "P@ssw0rdP@ssw0rd",
        "abcdefghijklmnopqrstuvwxyz",
        "1234567890123456789012345678901234567890",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "xyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxyxy",
        "secretsecretsecretsecretsecretsecret",
        "hunter2hunter"
      })
  void weakKeysAreNamed(String key) {
    String warning = PreSharedKeyStrength.warning(Site.secret(key)).orElse("");
    assertTrue(warning.contains("weak"), key);
    assertFalse(!key.isEmpty() && key.length() > 1 && warning.contains(key), "it is a secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kD7vQ2mXr9TfWz3LpB8cNy",
        "4f7a1c9e03bd6285e7f1903ac4d85b26",
        "tR9#wq!Lz0&vM2^x",
        "mtvhqzrbxkwdjfplgncsymtaqe"
      })
  void randomKeysPass(String key) {
    assertEquals(Optional.empty(), PreSharedKeyStrength.warning(Site.secret(key)), key);
  }

  @Test
  void randomBytesPass() {
    byte[] random = new byte[16];
    new TestRandom(1).nextBytes(random);
    assertTrue(PreSharedKeyStrength.estimatedBits(Secret.owning(random)) >= 100);
  }

  @Property(tries = 300)
  void theEstimateIsBoundedAndTakesAnyBytes(@ForAll byte[] key) {
    int bits = PreSharedKeyStrength.estimatedBits(Secret.copyOf(key));
    assertTrue(bits >= 0 && bits <= 8 * key.length);
  }
}
