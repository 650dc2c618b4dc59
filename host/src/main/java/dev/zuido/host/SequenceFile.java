package dev.zuido.host;

import dev.zuido.ospf.OspfStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * OSPF's cryptographic sequence numbers (RFC 2328 section D.4.3): the wall clock in seconds, and
 * never less than what was used before, also if the clock was set back over a restart. And its boot
 * count (RFC 7474 section 2): the wall clock of the start, and always more than the one before.
 *
 * <p>The first line of a file holds a number that all sequence numbers used so far are below. It is
 * written ahead, so seldom. The second line holds the last boot count.
 */
final class SequenceFile implements OspfStore {
  /** So far ahead of the number in use the file is written. */
  static final long AHEAD = 600;

  private static final long LAST = 0xffff_ffffL;

  private final Path file;
  private final LongSupplier wallClockSeconds;
  private final Consumer<String> warnings;
  private long last;
  private long reserved;
  private long boots;

  /**
   * Reads what an earlier run has left.
   *
   * @param file where the number is kept; its folder exists
   * @param wallClockSeconds the time since 1970
   * @param warnings is told if the file cannot be read or written; the clock alone counts then
   */
  SequenceFile(Path file, LongSupplier wallClockSeconds, Consumer<String> warnings) {
    this.file = file;
    this.wallClockSeconds = wallClockSeconds;
    this.warnings = warnings;
    // The number in the file may have been used.
    read();
  }

  private void read() {
    try {
      String[] lines = Files.readString(file).strip().split("\n", -1);
      last = bounded(lines[0]);
      reserved = last;
      boots = lines.length > 1 ? bounded(lines[1]) : 0;
    } catch (NoSuchFileException e) {
      last = 0;
    } catch (IOException | NumberFormatException e) {
      warnings.accept(
          file + " cannot be read, the clock alone gives OSPF's sequence numbers: " + e);
    }
  }

  private static long bounded(String line) {
    return Math.min(Math.max(0, Long.parseLong(line.strip())), LAST);
  }

  @Override
  public int nextBootCount() {
    boots = Math.min(Math.max(boots + 1, wallClockSeconds()), LAST);
    write();
    return (int) boots;
  }

  @Override
  public long wallClockSeconds() {
    return wallClockSeconds.getAsLong();
  }

  @Override
  public int cryptographicSequenceNumber(int interfaceId) {
    last = Math.min(Math.max(last, wallClockSeconds.getAsLong()), LAST);
    if (last >= reserved) {
      reserved = Math.min(last + AHEAD, LAST);
      write();
    }
    return (int) last;
  }

  private void write() {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(fresh, reserved + "\n" + boots + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      warnings.accept(
          file + " cannot be written, OSPF's sequence numbers may fall after a restart: " + e);
    }
  }
}
