package dev.zuido.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SeededRandomTest {
  @Test
  void theStreamIsSha256OverSeedCounterAndName() {
    // Python: sha256(pack('>qq', 42, counter) + b'x') for counter 0 and 1.
    byte[] bytes = new byte[64];
    new SeededRandom(42, "x").nextBytes(bytes);
    assertEquals(
        "e7e5b25093d1a8e44d86b944aeb3644323ada12cfb0576c10e57aa9efed08272"
            + "1c2772750748ab49a1d56e2b960398c9dcd050a5a8c5390adfe0bc48a70f385f",
        HexFormat.of().formatHex(bytes));
  }

  @Test
  void secureBytesComeFromAStreamOfTheirOwn() {
    byte[] bytes = new byte[32];
    new VirtualNetwork(42).secureRandom("ike").nextBytes(bytes);
    assertEquals(
        "7ff4259a67d3d0eb28992eedbc42c375fffda43d5e0f7f10c4bebfa1777ba96e",
        HexFormat.of().formatHex(bytes));
  }

  @Test
  void eachMethodOfTheSecureGeneratorRepeatsWithTheSeed() {
    assertEquals(draws(1), draws(1));
    assertNotEquals(draws(1), draws(2));
    // The numbers themselves: a JDK with other algorithms behind these methods must not change
    // them.
    assertEquals(
        "c29833 1558479138 10 -1 -8757210625057766896 469136038940 true"
            + " 0.7774023288132539 -0.8633420556439837 e3e6791c25c76346",
        draws(1));
  }

  private static String draws(long seed) {
    SecureRandom random = new VirtualNetwork(seed).secureRandom("draws");
    random.setSeed(99);
    byte[] bytes = new byte[3];
    random.nextBytes(bytes);
    return String.join(
        " ",
        HexFormat.of().formatHex(bytes),
        Integer.toString(random.nextInt()),
        Integer.toString(random.nextInt(1_000)),
        Integer.toString(random.nextInt(-5, 5)),
        Long.toString(random.nextLong()),
        Long.toString(random.nextLong(1_000_000_000_000L)),
        Boolean.toString(random.nextBoolean()),
        Double.toString(random.nextDouble()),
        Double.toString(random.nextGaussian()),
        new BigInteger(64, random).toString(16));
  }

  @Test
  void boundsAreKeptAndReached() {
    RandomGenerator random = new SeededRandom(3, "bounds");
    boolean[] seen = new boolean[10];
    for (int i = 0; i < 1_000; i++) {
      seen[random.nextInt(10)] = true;
      int inRange = random.nextInt(-3, 4);
      assertTrue(inRange >= -3 && inRange < 4);
      double real = random.nextDouble(2, 3);
      assertTrue(real >= 2 && real < 3);
    }
    for (boolean value : seen) {
      assertTrue(value);
    }
    assertTrue(random.nextLong(Long.MIN_VALUE, Long.MAX_VALUE) < Long.MAX_VALUE);
    assertThrows(IllegalArgumentException.class, () -> random.nextInt(0));
    assertThrows(IllegalArgumentException.class, () -> random.nextLong(5, 5));
  }

  @Test
  void piecesGiveTheSameAsTheWhole() {
    byte[] whole = new byte[100];
    new SeededRandom(1, "p").nextBytes(whole);
    RandomGenerator pieces = new SeededRandom(1, "p");
    byte[] collected = new byte[100];
    for (int at = 0; at < 100; ) {
      byte[] piece = new byte[Math.min(7, 100 - at)];
      pieces.nextBytes(piece);
      System.arraycopy(piece, 0, collected, at, piece.length);
      at += piece.length;
    }
    assertArrayEquals(whole, collected);
  }
}
