package dev.zuido.router.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.Ipv4Address;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class JsonTextPropertyTest {
  /** Any sequence of UTF-16 units, those without meaning included; many that want escaping. */
  @Provide
  Arbitrary<String> anyText() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all(),
        Arbitraries.strings().withCharRange('\0', '\uffff').ofMaxLength(40),
        Arbitraries.strings()
            .withChars("\"\\{}[],:\n\r\t\0\u007f\u2028\ud83d\ude00ax")
            .ofMaxLength(20));
  }

  @Property
  void anyStringSurvives(@ForAll("anyText") String text, @ForAll("anyText") String name) {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put(name, Long.MIN_VALUE);
    String json = JsonText.of(List.of(text, text));
    assertEquals(List.of(text, text), Json.parse(json).value());
    assertEquals(Long.MIN_VALUE, Json.parse(JsonText.of(counters)).get(name).number());
    // It goes over a socket as UTF-8, which must not change it.
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    assertEquals(json, new String(bytes, StandardCharsets.UTF_8));
  }

  @Property
  void anyNumberSurvives(@ForAll long number) {
    assertEquals(List.of(number, 0L), Json.parse(JsonText.of(List.of(number, 0))).value());
  }

  /** Names and descriptions of a configuration are anybody's text. */
  @Property
  void reportsStayReadableWhateverTheNamesAre(
      @ForAll("anyText") String name, @ForAll("anyText") String description) {
    List<ShowReport> reports =
        List.of(
            new CryptoMapReport(
                List.of(
                    new CryptoMapReport.Entry(
                        name,
                        1,
                        name,
                        name,
                        description,
                        List.of(name),
                        name,
                        List.of(description),
                        List.of(new CryptoMapReport.TransformSet(name, name, name, name)),
                        null,
                        1L,
                        2L,
                        List.of(name)))),
            new InterfaceReport(
                List.of(
                    new InterfaceReport.Entry(
                        name,
                        description,
                        true,
                        true,
                        name,
                        Ipv4Address.of(10, 0, 0, 1),
                        24,
                        null,
                        List.of(),
                        1500,
                        1,
                        name,
                        name,
                        name,
                        1,
                        2,
                        3,
                        4,
                        List.of(),
                        null))),
            new AccessListReport(
                List.of(
                    new AccessListReport.Entry(
                        name,
                        "standard",
                        List.of(new AccessListReport.Rule(10, description, 0)),
                        0))));
    for (ShowReport report : reports) {
      Json row = Json.parse(report.json()).items().findFirst().orElseThrow();
      assertTrue(row.isObject());
      assertFalse(report.text().chars().anyMatch(c -> c != '\n' && Character.isISOControl(c)));
    }
    Json entry = Json.parse(reports.get(0).json()).items().findFirst().orElseThrow();
    assertEquals(name, entry.get("cryptoMap").text());
    assertEquals(description, entry.get("description").text());
  }
}
