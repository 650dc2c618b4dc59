package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit statuses and messages of the command; those of its parts stand in tests of their own. */
class CommandLineTest {
  /** The folder of the shipped configurations. */
  static final Path CONFIGURATIONS =
      Path.of(System.getProperty("zuido.basedir", "."), "configurations");

  static final Path SITE_A = CONFIGURATIONS.resolve("site-a.cfg");
  static final Path SITE_B = CONFIGURATIONS.resolve("site-b.cfg");

  /**
   * What a run of the command left behind.
   *
   * @param status its exit status
   * @param out what it printed
   * @param err what it complained about
   */
  record Run(int status, String out, String err) {
    /** Runs the command in this process. No run may show a stack trace. */
    static Run of(Object... words) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      String[] args = List.of(words).stream().map(Object::toString).toArray(String[]::new);
      int status = Zuido.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
      String all = out + "" + err;
      assertFalse(all.contains("\tat ") || all.contains("Exception"), all);
      return new Run(status, out.toString(), err.toString());
    }

    /** Asserts that the command was refused, for a reason that its complaint names. */
    Run refused(String reason) {
      assertEquals(Zuido.USAGE, status, () -> out + err);
      assertTrue(err.contains(reason), () -> "'" + reason + "' is not in: " + err);
      return this;
    }
  }

  @TempDir private Path folder;

  @Test
  void withoutACommandItSaysWhichThereAre() {
    Run run = Run.of().refused("name one of the commands");
    for (String command : List.of("simulate", "check", "mtu")) {
      assertTrue(run.err().contains("\n  " + command + " "), run.err());
    }
  }

  @Test
  void refusesAnUnknownCommand() {
    Run.of("frobnicate").refused("Unmatched argument at index 0: 'frobnicate'");
  }

  @Test
  void refusesAnUnknownOption() {
    Run.of("simulate", "--frobnicate").refused("Unknown option: '--frobnicate'");
    Run.of("check", SITE_A, "--frobnicate").refused("Unknown option: '--frobnicate'");
    Run.of("mtu", "--frobnicate").refused("Unknown option: '--frobnicate'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simulate", "check", "mtu"})
  void helpsWithEachCommand(String command) {
    Run run = Run.of(command, "--help");
    assertEquals(Zuido.OK, run.status());
    assertTrue(run.out().startsWith("Usage: zuido " + command), run.out());
    assertEquals("", run.err());
  }

  @Test
  void tellsItsVersion() {
    Run run = Run.of("--version");
    assertEquals(Zuido.OK, run.status());
    assertTrue(run.out().startsWith("zuido "), run.out());
  }

  @Test
  void simulatesTheShippedConfigurations() {
    Run run = Run.of("simulate", SITE_A, SITE_B);
    assertEquals(Zuido.OK, run.status(), () -> run.out() + run.err());
    assertEquals("", run.err());
    assertTrue(run.out().contains("main mode 6/6"), run.out());
    assertTrue(run.out().contains("quick mode 3/3"), run.out());
    assertEquals(run.out(), Run.of("simulate", SITE_A, SITE_B).out(), "one seed, one run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "91", "NaN", "1e9"})
  void refusesALossThatIsNoneOrHopeless(String loss) {
    Run.of("simulate", SITE_A, SITE_B, "--loss=" + loss).refused("--loss is 0 to 90 percent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "10001", "NaN"})
  void refusesADelayOutOfRange(String delay) {
    Run.of("simulate", SITE_A, SITE_B, "--delay=" + delay).refused("--delay 0 to 10000");
  }

  @Test
  void refusesASeedThatIsNoNumber() {
    Run.of("simulate", SITE_A, SITE_B, "--seed", "lucky").refused("'lucky' is not a long");
  }

  @Test
  void refusesOneConfigurationAndThree() {
    Run.of("simulate", SITE_A).refused("name both configurations, or none");
    Run.of("simulate", SITE_A, SITE_B, SITE_B).refused("name both configurations, or none");
  }

  @Test
  void refusesTwiceTheSameSite() {
    Run.of("simulate", SITE_A, SITE_A).refused("both sites have the WAN address 100.1.1.1");
  }

  @Test
  void refusesASiteWithoutADefaultRoute() throws IOException {
    Path site = folder.resolve("site.cfg");
    Files.writeString(site, Files.readString(SITE_A).replace("ip route 0.0.0.0", "! "));
    Run.of("simulate", site, SITE_B).refused("'ip route 0.0.0.0 0.0.0.0 INTERFACE'");
  }

  @Test
  void refusesACaptureFolderThatIsAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("capture"));
    Run.of("simulate", SITE_A, SITE_B, "--pcap", file).refused("cannot be written");
  }
}
