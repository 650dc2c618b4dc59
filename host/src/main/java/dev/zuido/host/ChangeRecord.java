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
final class ChangeRecord {
  private final Path file;
  private final Consumer<String> warnings;
  private final Set<String> left;
  private final Set<String> standing = new LinkedHashSet<>();

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
    standing.addAll(left);
  }

  private Set<String> read() {
    try {
      return new LinkedHashSet<>(Files.readAllLines(file));
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

  /** What earlier runs have left, in the order in which it was made. */
  List<String> left() {
    return List.copyOf(left);
  }

  /** Notes a change before it is made. */
  void note(String change) {
    if (standing.add(change)) {
      write();
    }
  }

  /** Forgets a change that was taken back. */
  void undone(String change) {
    if (standing.remove(change)) {
      write();
    }
  }

  private void write() {
    try {
      if (standing.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        Files.write(file, List.copyOf(standing));
      }
    } catch (IOException e) {
      warnings.accept(file + " cannot be written, after a kill what was changed stays: " + e);
    }
  }
}
