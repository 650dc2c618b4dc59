package dev.zuido.testkit.ospf.vectors;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.Set;
import java.util.TreeSet;

/** Sets of lines, of which only the differences are worth reading. */
final class Lines {
  private Lines() {}

  static void assertSame(Set<String> expected, Set<String> found, String where) {
    if (!expected.equals(found)) {
      Set<String> missing = new TreeSet<>(expected);
      missing.removeAll(found);
      Set<String> surplus = new TreeSet<>(found);
      surplus.removeAll(expected);
      fail(
          where
              + "\nmissing:\n"
              + String.join("\n", missing)
              + "\nsurplus:\n"
              + String.join("\n", surplus));
    }
  }
}
