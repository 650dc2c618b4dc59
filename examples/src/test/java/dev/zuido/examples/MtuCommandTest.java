package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.examples.CommandLineTest.Run;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arithmetic of {@code mtu}, against the reference scenario's table. */
class MtuCommandTest {
  /** The cells of the only row that a run prints. */
  private static List<String> row(Object... words) {
    Run run = Run.of(words);
    assertEquals(Zuido.OK, run.status(), run.err());
    List<String> lines = run.out().lines().toList();
    assertEquals(2, lines.size(), run.out());
    return Arrays.asList(lines.get(1).trim().split(" {2,}"));
  }

  /** The scenario: GRE without options, an inner packet of 1372, a WAN of 1454. */
  @ParameterizedTest
  @CsvSource({
    "3des-md5,    transport, no,  1432, 1394",
    "3des-md5,    transport, yes, 1440, 1386",
    "3des-md5,    tunnel,    no,  1448, 1374",
    "3des-md5,    tunnel,    yes, 1456 (too long), 1366",
    "aes128-sha1, transport, no,  1448, 1386",
    "aes128-sha1, transport, yes, 1456 (too long), 1370",
    "aes256-sha1, transport, no,  1448, 1386",
    "aes128-gcm,  transport, no,  1432, 1394",
    "aes128-gcm,  transport, yes, 1440, 1386",
    "aes256-gcm,  transport, yes, 1440, 1386",
  })
  void agreesWithTheScenario(String suite, String mode, String nat, String wire, int largest) {
    assertEquals(
        List.of(suite, mode, nat, wire, "" + largest, "" + (largest - 40)),
        row("mtu", "--suite", suite, "--mode", mode, nat.equals("yes") ? "--nat-t" : "--no-nat-t"));
  }

  @Test
  void theReferencesOwnValuesFit() {
    List<String> reference = row("mtu", "--suite=3des-md5", "--mode=transport", "--no-nat-t");
    assertTrue(1372 <= Integer.parseInt(reference.get(4)));
    assertTrue(1332 <= Integer.parseInt(reference.get(5)));
  }

  @Test
  void showsEveryCombinationUnlessAskedForOne() {
    Run run = Run.of("mtu");
    assertEquals(Zuido.OK, run.status());
    assertEquals(1 + MtuCommand.suites().size() * 4, run.out().lines().count());
  }

  /** RFC 2890's key is 4 bytes more of GRE; without GRE its header and outer IPv4 fall away. */
  @Test
  void countsGre() {
    assertEquals("1390", mtuWithGre(8));
    assertEquals("1418", mtuWithGre(0));
  }

  private static String mtuWithGre(int bytes) {
    return row("mtu", "--suite=3des-md5", "--mode=transport", "--no-nat-t", "--gre=" + bytes)
        .get(4);
  }

  @Test
  void knowsEverySuiteByTheNamesOfItsRfcs() {
    // As AES-GCM: 8 bytes of IV and 16 of ICV, padded to 4.
    assertEquals("1432", wireLength("chacha20-poly1305"));
    assertEquals("1448", wireLength("aes-cbc-128/hmac-sha1-96"), "as aes128-sha1");
  }

  private static String wireLength(String suite) {
    return row("mtu", "--suite=" + suite, "--mode=transport", "--no-nat-t").get(3);
  }

  @Test
  void saysWhereNothingFits() {
    List<String> row = row("mtu", "--suite=3des-md5", "--mode=tunnel", "--nat-t", "--wan=68");
    assertEquals(List.of("none", "none"), row.subList(4, 6));
  }

  @ParameterizedTest
  @CsvSource({
    "--wan=67,       '--wan is 68 to 65535, not 67'",
    "--wan=65536,    '--wan is 68 to 65535, not 65536'",
    "--wan=many,     'is not an int'",
    "--inner=19,     '--inner is 20 to 65000, not 19'",
    "--gre=5,        '--gre is 0, 4, 8, 12 or 16, not 5'",
    "--gre=20,       '--gre is 0, 4, 8, 12 or 16, not 20'",
    "--suite=rot13,  'unknown suite ''rot13'': one of 3des-md5'",
    "--mode=carrier, 'the mode is transport or tunnel, not ''carrier'''",
    "1454,           'Unmatched argument'",
  })
  void refusesBadOptions(String word, String reason) {
    assertEquals("", Run.of("mtu", word).refused(reason).out());
  }
}
