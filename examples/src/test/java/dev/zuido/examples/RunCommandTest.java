package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.examples.CommandLineTest.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code zuido run} refuses before it touches the host. */
class RunCommandTest {
  @TempDir private Path folder;

  @Test
  void secretsAreNotWrittenWhereOthersCanReadThem() throws IOException {
    Path file = Files.writeString(folder.resolve("ike.secret-transcript"), "before");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Run run =
        Run.of(
            "run",
            CommandLineTest.SITE_A,
            "--wan",
            "Dialer1=no-such-link0",
            "--ike-transcript-with-secrets",
            file);
    assertEquals(Zuido.FAILED, run.status());
    assertTrue(run.err().contains("rw-r--r--, and secrets need rw-------"), run.err());
    assertEquals("before", Files.readString(file));
  }

  @Test
  void wrongWordsLeaveNoTranscriptBehind() {
    Path file = folder.resolve("ike.secret-transcript");
    Run.of(
            "run",
            CommandLineTest.SITE_A,
            "--wan",
            "Dialer7=no-such-link0",
            "--ike-transcript-with-secrets",
            file)
        .refused("does not stand in the configuration");
    assertTrue(Files.notExists(file));
  }

  @Test
  void theEthernetOfThePppoeSessionIsNamedByItsOwnInterface() {
    Run run = Run.of("run", CommandLineTest.SITE_A, "--wan", "GigabitEthernet0/0=no-such-link0");
    assertEquals(Zuido.FAILED, run.status());
    assertTrue(run.err().contains("no-such-link0 for GigabitEthernet0/0: ENODEV"), run.err());
  }

  @Test
  void aDialerHasOneLine() {
    Run.of(
            "run",
            CommandLineTest.SITE_A,
            "--wan",
            "GigabitEthernet0/0=no-such-link0",
            "--wan",
            "Dialer1=no-such-link1")
        .refused("Dialer1 dials over GigabitEthernet0/0, or has a link of its own");
    Run.of("run", CommandLineTest.SITE_A, "--lan", "GigabitEthernet0/0=no-such-link0")
        .refused("GigabitEthernet0/0 is for PPPoE, and that is for a WAN");
  }
}
