package dev.zuido.examples;

import static dev.zuido.examples.CommandLineTest.SITE_A;
import static dev.zuido.examples.CommandLineTest.SITE_B;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.examples.CommandLineTest.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code check} and {@code simulate} say to configurations, good and bad. */
class CheckCommandTest {
  /** A row of the report: number, outcome, text. */
  private static final Pattern ROW =
      Pattern.compile(" *([0-9]+)  (done|accepted|REFUSED) +(.*)", Pattern.MULTILINE);

  @TempDir private Path folder;

  static Stream<Path> shipped() {
    return Stream.of(SITE_A, SITE_B);
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void acceptsEveryLineOfTheShippedConfigurations(Path file) throws IOException {
    Run run = Run.of("check", file);
    assertEquals(Zuido.OK, run.status(), run.out());
    assertEquals("", run.err());
    List<String> text = Files.readAllLines(file);
    List<String> report = run.out().lines().toList();
    List<Integer> reported = new ArrayList<>();
    for (int i = 0; i < report.size(); i++) {
      Matcher row = ROW.matcher(report.get(i));
      if (row.matches()) {
        int number = Integer.parseInt(row.group(1));
        reported.add(number);
        assertFalse(row.group(2).equals("REFUSED"), report.get(i));
        if (row.group(2).equals("accepted")) {
          String reason = report.get(i + 1);
          assertTrue(reason.startsWith("      ") && !reason.isBlank(), "no reason: " + reason);
        }
        String firstWord = text.get(number - 1).split(" ")[0];
        assertTrue(row.group(3).startsWith(firstWord), report.get(i));
      }
    }
    List<Integer> commands = new ArrayList<>();
    for (int number = 1; number <= text.size(); number++) {
      if (!text.get(number - 1).isBlank() && !text.get(number - 1).startsWith("!")) {
        commands.add(number);
      }
    }
    assertEquals(commands, reported);
  }

  @Test
  void showsNoSecret() throws IOException {
    String text = Files.readString(SITE_A).replace("key cisco", "key hunter2");
    Run run = Run.of("check", write(text.replace("password cisco", "password hunter3")));
    assertEquals(Zuido.OK, run.status());
    assertFalse(run.out().contains("hunter"), run.out());
  }

  /**
   * A mistake in site A's configuration.
   *
   * @param what its name
   * @param line the line that it replaces
   * @param by the text in its place
   * @param blamed the line that is blamed
   * @param reason what is said about it
   */
  record Mistake(String what, String line, String by, String blamed, String reason) {
    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake("unknown command", "hash md5", "hsah md5", "hsah md5", "unknown command"),
        new Mistake(
            "missing transform set",
            "set transform-set IPSEC",
            "set transform-set NONE",
            "set transform-set NONE",
            "there is no transform set 'NONE'"),
        new Mistake(
            "peer without a key",
            "crypto isakmp key cisco address 200.1.1.1",
            "crypto isakmp key cisco address 200.1.1.2",
            "set peer 200.1.1.1",
            "there is no 'crypto isakmp key' for the peer 200.1.1.1"),
        new Mistake(
            "undefined access list of the crypto map",
            "match address A-ipsec",
            "match address NONE",
            "match address NONE",
            "there is no access list 'NONE'"),
        new Mistake(
            "undefined access list of an interface",
            "ip access-group A-security in",
            "ip access-group NONE in",
            "ip access-group NONE in",
            "there is no access list 'NONE'"),
        new Mistake(
            "overlapping addresses",
            "ip address 10.1.1.254 255.255.255.0",
            "ip address 192.168.1.254 255.255.255.0",
            "ip address 192.168.1.1 255.255.255.0",
            "192.168.1.0/24 overlaps 192.168.1.0/24 of GigabitEthernet0/1"),
        new Mistake(
            "number out of range",
            "ip mtu 1454",
            "ip mtu 70000",
            "ip mtu 70000",
            "out of range: expected a number from 68 to 65535"),
        new Mistake(
            "number far out of range",
            "ip tcp adjust-mss 1332",
            "ip tcp adjust-mss 99999999999999999999",
            "ip tcp adjust-mss 99999999999999999999",
            "out of range"),
        new Mistake(
            "not a number",
            "ip mtu 1372",
            "ip mtu large",
            "ip mtu large",
            "expected a number from 68 to 65535"),
        new Mistake(
            "not an address",
            "tunnel destination 200.1.1.1",
            "tunnel destination 200.1.1.256",
            "tunnel destination 200.1.1.256",
            "expected an IPv4 address"),
        new Mistake("incomplete", "group 2", "group", "group", "incomplete"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void checkNamesTheLineOfAMistake(Mistake mistake) throws IOException {
    Run run = Run.of("check", siteWith(mistake));
    assertEquals(Zuido.USAGE, run.status(), run.out());
    List<String> refused = run.out().lines().filter(line -> line.contains("  REFUSED  ")).toList();
    assertEquals(1, refused.size(), run.out());
    Matcher row = ROW.matcher(refused.get(0));
    assertTrue(row.matches(), refused.get(0));
    assertEquals(lineOf(mistake.blamed(), mistake), Integer.parseInt(row.group(1)));
    assertTrue(run.out().contains(mistake.reason()), run.out());
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void simulateNamesTheLineOfAMistake(Mistake mistake) throws IOException {
    Path site = siteWith(mistake);
    Run run = Run.of("simulate", site, SITE_B).refused(mistake.reason());
    assertEquals("", run.out());
    int number = lineOf(mistake.blamed(), mistake);
    assertTrue(run.err().startsWith(site + ":" + number + ":"), run.err());
    assertTrue(Run.of("simulate", SITE_B, site).err().contains(site + ":" + number + ":"));
  }

  @Test
  void namesEveryMistakeOfAFile() throws IOException {
    String text = Files.readString(SITE_A).replace("hash md5", "hash md6");
    Path site = write(text.replace("ip mtu 1454", "ip mtu 1"));
    Run run = Run.of("simulate", site, SITE_B).refused(site + ":3:");
    run.refused(site + ":40:");
    assertTrue(Run.of("check", site).out().contains(" 2 refused"));
  }

  @Test
  void refusesAFileThatIsMissing() {
    Path missing = folder.resolve("missing.cfg");
    Run.of("check", missing).refused(missing + ": there is no such file");
    Run.of("simulate", SITE_A, missing).refused(missing + ": there is no such file");
  }

  @Test
  void refusesAFolder() {
    Run.of("check", folder).refused(folder + ": cannot be read");
    Run.of("simulate", folder, SITE_B).refused(folder + ": cannot be read");
  }

  @Test
  void refusesBytesThatAreNoText() throws IOException {
    Path file = folder.resolve("binary.cfg");
    Files.write(file, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, (byte) 0xff, (byte) 0xc0, '\n'});
    Run.of("check", file).refused(file + ": the file is not UTF-8 text");
    Run.of("simulate", file, SITE_B).refused(file + ": the file is not UTF-8 text");
  }

  @Test
  void refusesControlCharactersLineByLine() throws IOException {
    Path file = write("hostname a\n\1x\2y\n");
    Run run = Run.of("check", file);
    assertEquals(Zuido.USAGE, run.status(), run.out());
    assertTrue(run.out().contains("2  REFUSED"), run.out());
    Run.of("simulate", file, SITE_B).refused(file + ":2:");
  }

  /** Paths of certificate files start where the configuration is. */
  @Test
  void looksAtCertificateFilesUnlessItIsNotToAndSimulateNeedsNone() throws IOException {
    String lines =
        """
        crypto pki trustpoint CA
         certificate file a.pem
         key file a.pem
         ca file a.pem
        """;
    String text =
        Files.readString(SITE_A).replace("authentication pre-share", "authentication rsa-sig")
            + lines;
    Path site = write(text);
    Run run = Run.of("check", site);
    assertEquals(Zuido.USAGE, run.status(), run.out());
    assertTrue(run.out().contains("certificate file a.pem: there is no such file"), run.out());
    assertTrue(run.out().contains(" 3 refused"), run.out());
    Files.writeString(folder.resolve("a.pem"), "no certificate");
    assertTrue(
        Run.of("check", site).out().contains("a.pem: it has no 'BEGIN CERTIFICATE'"), run.out());
    Run without = Run.of("check", "--without-files", site);
    assertEquals(Zuido.OK, without.status(), without.out());
    Run.of("simulate", site, SITE_B).refused("the simulation reads no certificate files");
  }

  @Test
  void anEmptyFileIsAConfigurationAndNoSite() throws IOException {
    Path file = write("");
    assertEquals(Zuido.OK, Run.of("check", file).status());
    Run.of("simulate", file, SITE_B).refused("none has an 'ip route");
  }

  private static String textWith(Mistake mistake) throws IOException {
    String text = Files.readString(SITE_A);
    String before = "\n" + mistake.line() + "\n";
    assertTrue(text.contains(before), mistake.line());
    return text.replace(before, "\n" + mistake.by() + "\n");
  }

  private Path siteWith(Mistake mistake) throws IOException {
    return write(textWith(mistake));
  }

  /** The number of a line in the configuration with the mistake. */
  private static int lineOf(String line, Mistake mistake) throws IOException {
    return textWith(mistake).lines().toList().indexOf(line) + 1;
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("site.cfg"), text);
  }
}
