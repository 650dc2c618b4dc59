package dev.zuido.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class ImpairBytesPropertyTest {
  @Property(tries = 500)
  void theArgumentIsLeftAloneAndTheSeedDecides(
      @ForAll byte[] bytes, @ForAll ImpairBytes way, @ForAll long seed) {
    byte[] before = bytes.clone();
    byte[] once = way.apply(bytes, new SeededRandom(seed, "i"));
    byte[] again = way.apply(bytes, new SeededRandom(seed, "i"));
    assertArrayEquals(before, bytes);
    assertArrayEquals(once, again);
    assertTrue(once != bytes);
  }

  @Property(tries = 500)
  void eachWayDoesWhatItSays(
      @ForAll @Size(min = 1, max = 200) byte[] bytes, @ForAll ImpairBytes way, @ForAll long seed) {
    byte[] broken = way.apply(bytes, new SeededRandom(seed, "i"));
    int grown = broken.length - bytes.length;
    switch (way) {
      case FLIP_BIT -> assertEquals(1, differentBits(bytes, broken));
      case TRUNCATE, REMOVE_REGION -> assertTrue(grown < 0);
      case EXTEND -> assertTrue(grown >= 1 && grown <= 64);
      case DUPLICATE_REGION -> assertTrue(grown >= 1 && grown <= bytes.length);
      case NUDGE_BYTE -> assertEquals(1, differentBytes(bytes, broken));
      case ZERO_FIELD, FILL_FIELD, SWAP_FIELDS -> {
        assertEquals(0, grown);
        assertTrue(differentBytes(bytes, broken) <= 8);
      }
      case SCRAMBLE_REGION -> assertEquals(0, grown);
      case RANDOM -> assertTrue(broken.length < 2_048);
    }
  }

  @Property(tries = 200)
  void severalWaysOneAfterTheOther(@ForAll byte[] bytes, @ForAll long seed) {
    byte[] once = ImpairBytes.several(bytes, 4, new SeededRandom(seed, "s"));
    assertArrayEquals(once, ImpairBytes.several(bytes, 4, new SeededRandom(seed, "s")));
  }

  private static int differentBytes(byte[] left, byte[] right) {
    int found = 0;
    for (int i = 0; i < left.length; i++) {
      found += left[i] == right[i] ? 0 : 1;
    }
    return found;
  }

  private static int differentBits(byte[] left, byte[] right) {
    int found = 0;
    for (int i = 0; i < left.length; i++) {
      found += Integer.bitCount((left[i] ^ right[i]) & 0xff);
    }
    return found;
  }
}
