package dev.zuido.esp.des;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each circuit against the standard's table: lane i gets the input i, under any key. */
final class SlicedBoxesTest {
  private static final int LANES = 64;

  private interface Circuit {
    void add(long[] in, long[] out, long[] key);
  }

  private static final List<Circuit> CIRCUITS =
      List.of(
          SlicedS1::add,
          SlicedS2::add,
          SlicedS3::add,
          SlicedS4::add,
          SlicedS5::add,
          SlicedS6::add,
          SlicedS7::add,
          SlicedS8::add);

  private static final int[] INVERTED = {
    SlicedS1.INVERTED, SlicedS2.INVERTED, SlicedS3.INVERTED, SlicedS4.INVERTED,
    SlicedS5.INVERTED, SlicedS6.INVERTED, SlicedS7.INVERTED, SlicedS8.INVERTED,
  };

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void allInputs(int box) {
    SplittableRandom random = new SplittableRandom(box);
    for (int key = 0; key < 64; key++) {
      long[] in = random.longs(32).toArray();
      long[] masks = random.longs(48).toArray();
      for (int input = 0; input < 6; input++) {
        int element = SlicedDes.element(DesTables.expanded(box, input));
        in[element] = 0;
        for (int lane = 0; lane < LANES; lane++) {
          in[element] |= (lane >>> 5 - input & 1L) << lane;
        }
        masks[6 * box + input] = -(key >>> 5 - input & 1L);
      }
      long[] before = random.longs(32).toArray();
      long[] out = before.clone();
      CIRCUITS.get(box).add(in, out, masks);
      for (int lane = 0; lane < LANES; lane++) {
        assertEquals(DesTables.box(box, lane ^ key), output(box, before, out, lane));
      }
      assertEquals(32 - 4, untouched(before, out), "only its own four outputs change");
    }
  }

  private static int output(int box, long[] before, long[] after, int lane) {
    int result = 0;
    for (int output = 0; output < 4; output++) {
      int element = SlicedDes.element(DesTables.permuted(box, output));
      result = result << 1 | (int) ((before[element] ^ after[element]) >>> lane & 1);
    }
    return result ^ INVERTED[box];
  }

  private static int untouched(long[] before, long[] after) {
    int result = 0;
    for (int i = 0; i < before.length; i++) {
      result += before[i] == after[i] ? 1 : 0;
    }
    return result;
  }
}
