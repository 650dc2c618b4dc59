package dev.zuido.router.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  public record Leaf(String name, Integer number) {}

  public record Tree(
      boolean flag,
      long big,
      String missing,
      Ipv4Address address,
      Ipv4Prefix prefix,
      List<String> words,
      List<Leaf> leaves,
      Map<String, Long> counters,
      Leaf leaf) {}

  @Test
  void recordsBecomeObjectsWithTheComponentsInOrder() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("second", 2L);
    counters.put("first", 1L);
    Tree tree =
        new Tree(
            true,
            Long.MAX_VALUE,
            null,
            Ipv4Address.of(10, 1, 1, 254),
            Ipv4Prefix.parse("10.1.1.0/24"),
            List.of("a", "b"),
            List.of(new Leaf("x", 1), new Leaf("y", null)),
            counters,
            new Leaf("z", -1));
    assertEquals(
        """
        {
          "flag": true,
          "big": 9223372036854775807,
          "missing": null,
          "address": "10.1.1.254",
          "prefix": "10.1.1.0/24",
          "words": ["a", "b"],
          "leaves": [
            {
              "name": "x",
              "number": 1
            },
            {
              "name": "y",
              "number": null
            }
          ],
          "counters": {
            "second": 2,
            "first": 1
          },
          "leaf": {
            "name": "z",
            "number": -1
          }
        }
        """,
        JsonText.of(tree));
  }

  @Test
  void emptyThingsTakeNoLines() {
    assertEquals("[]\n", JsonText.of(List.of()));
    assertEquals("{}\n", JsonText.of(Map.of()));
    assertEquals("null\n", JsonText.of(null));
  }

  /** RFC 8259 section 7; and what UTF-8 cannot carry or what ends a line elsewhere. */
  @Test
  void stringsAreEscaped() {
    assertEquals(
        "\"\\\"\\\\/ \\u0000\\u001f\\u007f\\u000a\"\n", JsonText.of("\"\\/ \0\u001f\u007f\n"));
    assertEquals("\"隧道 \ud83d\ude00\"\n", JsonText.of("隧道 \ud83d\ude00"));
    assertEquals("\"\\ud83d \\ude00 \\ud83d\"\n", JsonText.of("\ud83d \ude00 \ud83d"));
    assertEquals("\"\\u2028\\u2029\"\n", JsonText.of("\u2028\u2029"));
  }

  @Test
  void whatHasNoJsonIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> JsonText.of(1.5));
    assertThrows(
        IllegalArgumentException.class, () -> JsonText.of(Arrays.asList(1, new StringBuilder())));
  }
}
