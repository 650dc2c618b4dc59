package dev.zuido.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What was changed on the host and has to be changed back, in a file: a run that was killed could
 * not do so, and the next one would take the changes for the host's own.
 */
final class ChangeRecord implements AutoCloseable {
  private final Path file;
  private final Consumer<String> warnings;
  private final Set<String> left;
  private final Set<String> noted = new LinkedHashSet<>();

  /**
   * Reads what an earlier run has left.
   *
   * @param file where it is kept; its folder exists
   * @param warnings is told if the file cannot be read or written
   */
  ChangeRecord(Path file, Consumer<String> warnings) {
    this.file = file;
    this.warnings = warnings;
    this.left = read();
  }

  private Set<String> read() {
    try {
      return Set.copyOf(Files.readAllLines(file));
    } catch (NoSuchFileException e) {
      return Set.of();
    } catch (IOException e) {
      warnings.accept(file + " cannot be read, what an earlier run has changed stays: " + e);
      return Set.of();
    }
  }

  /** Whether an earlier run has made a change and was not able to take it back. */
  boolean wasLeft(String change) {
    return left.contains(change);
  }

  /** Notes a change that this run answers for, before it is made. */
  void note(String change) {
    if (noted.add(change)) {
      try {
        Files.write(file, List.copyOf(noted));
      } catch (IOException e) {
        warnings.accept(file + " cannot be written, after a kill what was changed stays: " + e);
      }
    }
  }

  /** Forgets all: the changes were taken back. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      warnings.accept(file + " cannot be removed: " + e);
    }
  }
}
