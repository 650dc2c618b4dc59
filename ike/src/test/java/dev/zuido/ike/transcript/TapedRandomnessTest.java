package dev.zuido.ike.transcript;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an engine draws over a tape is what the generator behind it would have given alone. */
class TapedRandomnessTest {
  /** Lets the world answer, and notes the questions. */
  private static final class Through implements Tape {
    final List<String> asked = new ArrayList<>();

    @Override
    public void fill(String what, byte[] bytes, Consumer<byte[]> world) {
      asked.add(what);
      world.accept(bytes);
    }

    @Override
    public long number(String what, LongSupplier world) {
      asked.add(what);
      return world.getAsLong();
    }

    @Override
    public void told(String what, Runnable world) {
      world.run();
    }
  }

  static Stream<List<RandomGenerator>> generators() {
    return Stream.of(
        List.of(new SplittableRandom(5), new SplittableRandom(5)),
        List.of(new Random(5), new Random(5)));
  }

  private static List<Object> draws(RandomGenerator random) {
    byte[] bytes = new byte[11];
    random.nextBytes(bytes);
    return List.of(
        bytes[10],
        random.nextBoolean(),
        random.nextInt(),
        random.nextInt(1_000),
        random.nextInt(-5, 12_000),
        random.nextLong(),
        random.nextLong(1L << 40),
        random.nextLong(-7, 1L << 41),
        random.nextFloat(),
        random.nextFloat(3),
        random.nextFloat(3, 9),
        random.nextDouble(),
        random.nextDouble(7),
        random.nextDouble(7, 8),
        random.nextGaussian(),
        random.nextGaussian(2, 3),
        random.nextExponential());
  }

  @ParameterizedTest
  @MethodSource("generators")
  void everyKindOfDraw(List<RandomGenerator> two) {
    Through tape = new Through();
    assertEquals(draws(two.get(0)), draws(new TapedJitter(tape, two.get(1))));
    assertEquals(17, tape.asked.size(), "one question for each");
    assertEquals(17, tape.asked.stream().distinct().count(), () -> tape.asked.toString());
  }

  @ParameterizedTest
  @MethodSource("generators")
  void secretsAreBytesInTheEnd(List<RandomGenerator> two) {
    Through tape = new Through();
    SecureRandom secrets = new TapedSecrets(tape, two.get(1)::nextBytes);
    byte[] expected = new byte[40];
    byte[] actual = new byte[40];
    two.get(0).nextBytes(expected);
    secrets.nextBytes(actual);
    assertArrayEquals(expected, actual);
    secrets.nextInt();
    assertEquals(List.of("secrets", "secrets"), tape.asked);
  }
}
