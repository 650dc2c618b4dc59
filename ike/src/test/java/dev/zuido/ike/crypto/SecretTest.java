package dev.zuido.ike.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.Cookie;
import dev.zuido.wire.ByteString;
import org.junit.jupiter.api.Test;

final class SecretTest {
  @Test
  void closeWipesWhatIsOwned() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.owning(bytes);
    secret.close();
    secret.close();
    assertArrayEquals(new byte[3], bytes);
    assertTrue(secret.isClosed());
    assertThrows(IllegalStateException.class, secret::toArray);
    assertThrows(IllegalStateException.class, () -> secret.slice(0, 1));
  }

  @Test
  void copiesAreIndependent() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.copyOf(bytes);
    Secret part = secret.slice(1, 2);
    secret.close();
    assertArrayEquals(new byte[] {1, 2, 3}, bytes);
    assertArrayEquals(new byte[] {2, 3}, part.toArray());
    assertThrows(IllegalArgumentException.class, () -> part.slice(1, 2));
  }

  @Test
  void equalityAndText() {
    Secret secret = Secret.copyOf(new byte[] {0x5a, 2});
    assertEquals(Secret.copyOf(new byte[] {0x5a, 2}), secret);
    assertNotEquals(Secret.copyOf(new byte[] {0x5a, 3}), secret);
    assertEquals("Secret[2 bytes]", secret.toString());
  }

  @Test
  void phaseOneKeysAreWipedAndSilent() {
    ByteString some = ByteString.ofHex("0102030405060708");
    PhaseOneExchange exchange =
        new PhaseOneExchange(new Cookie(1), new Cookie(2), some, some, some, some, some);
    PhaseOneKeys keys =
        PhaseOneKeys.ofSignatures(
            IkeHash.SHA1, IkeCipher.AES_128_CBC, exchange, Secret.copyOf(new byte[128]));
    assertEquals("PhaseOneKeys[AES_128_CBC, SHA1]", keys.toString());
    assertFalse(keys.skeyid().isClosed());
    keys.close();
    keys.close();
    assertTrue(keys.skeyid().isClosed());
    assertTrue(keys.skeyidD().isClosed());
    assertTrue(keys.skeyidA().isClosed());
    assertTrue(keys.skeyidE().isClosed());
    assertTrue(keys.cipherKey().isClosed());
    assertThrows(IllegalStateException.class, () -> keys.hash1(1, new byte[0]));
  }
}
