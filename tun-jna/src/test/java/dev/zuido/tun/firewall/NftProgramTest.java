package dev.zuido.tun.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With shell scripts in the place of nft. */
final class NftProgramTest {
  private static final long SOON_MILLIS = 10_000;

  @TempDir private Path folder;

  private String program(String body, String permissions) throws IOException {
    Path file = folder.resolve("nft");
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file.toString();
  }

  private String program(String body) throws IOException {
    return program(body, "rwx------");
  }

  @Test
  void givesTheScriptAndReturnsStatusAndMessages() throws IOException {
    String echo = program("test \"$1 $2\" = '-f -' && cat && echo warned >&2; exit 3");
    var answer = NftProgram.run("one\ntwo\n", SOON_MILLIS, echo);
    assertEquals(new NftProgram.Answer(3, "one\ntwo\nwarned\n"), answer);
  }

  @Test
  void keepsABoundedPartOfTheMessagesAndDoesNotWaitForItself() throws IOException {
    String talkative = program("head -c 300000 /dev/zero | tr '\\0' x; cat >/dev/null");
    var answer = NftProgram.run("y".repeat(10_000), SOON_MILLIS, talkative);
    assertEquals(new NftProgram.Answer(0, "x".repeat(NftProgram.MAX_ANSWER_BYTES)), answer);
  }

  @Test
  void oneThatEndsWithoutReadingIsNoAccident() throws IOException {
    String deaf = program("echo why; exit 1");
    var answer = NftProgram.run("y".repeat(1_000_000), SOON_MILLIS, deaf);
    assertEquals(new NftProgram.Answer(1, "why\n"), answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exec sleep 60", "exec >/dev/null 2>&1 </dev/null sleep 60"})
  void oneThatNeverEndsIsEnded(String body) throws IOException {
    String stuck = program(body);
    var late =
        assertThrows(
            OperatingSystemException.class,
            () -> NftProgram.run("y".repeat(1_000_000), 100, stuck));
    assertEquals(Errno.ETIMEDOUT, late.error());
    assertTrue(
        ProcessHandle.current().children().noneMatch(NftProgramTest::isAlive), "it is still there");
  }

  private static boolean isAlive(ProcessHandle child) {
    child.onExit().orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).join();
    return child.isAlive();
  }

  @Test
  void oneThatIsMissingOrCannotBeRunSaysSo() throws IOException {
    String absent = folder + "/absent";
    var missing =
        assertThrows(
            OperatingSystemException.class, () -> NftProgram.run("", SOON_MILLIS, absent, absent));
    assertEquals(Errno.ENOENT, missing.error());
    assertTrue(missing.advice().contains("install the package nftables"), missing.getMessage());
    String notExecutable = program("exit 0", "rw-------");
    var refused =
        assertThrows(
            OperatingSystemException.class,
            () -> NftProgram.run("", SOON_MILLIS, notExecutable, absent));
    assertEquals(Errno.EACCES, refused.error());
    assertEquals(0, NftProgram.run("", SOON_MILLIS, absent, program("exit 0")).status());
  }

  @ParameterizedTest
  @CsvSource({
    "'/dev/stdin:1:1-15: Error: Could not process rule: Operation not permitted',EPERM",
    "'Operation not permitted (you must be root)',EPERM",
    "'/dev/stdin:2:15-21: Error: Could not process rule: No such file or directory',ENOENT",
    "'/dev/stdin:2:15-21: Error: Could not process rule: Operation not supported',EOPNOTSUPP",
    "'/dev/stdin:2:15-21: Error: Could not process rule: Device or resource busy',EBUSY",
    "'/dev/stdin:2:4-4: Error: syntax error, unexpected newline, expecting string',EINVAL",
    "'',EINVAL"
  })
  void findsTheErrorInTheMessages(String text, Errno error) {
    assertEquals(error, NftProgram.errorOf(text));
  }
}
