package dev.zuido.host;

import dev.zuido.ospf.RestartReason;
import dev.zuido.ospf.RestartRecord;
import dev.zuido.router.OspfRestart;
import dev.zuido.wire.Ipv4Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What OSPF has to know of a graceful restart that was prepared (RFC 3623 section 2.1), in a file.
 *
 * <p>A line each: the moment in milliseconds since 1970, the reason and the grace period; then each
 * area, {@code area 0.0.0.0}; then each grace-LSA, {@code grace INTERFACE SEQUENCE}.
 */
final class RestartFile {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Path file;
  private final LongSupplier wallClockMillis;
  private final Consumer<String> warnings;

  /**
   * Names the file.
   *
   * @param wallClockMillis the time since 1970
   * @param warnings is told if what is in the file cannot be read
   */
  RestartFile(Path file, LongSupplier wallClockMillis, Consumer<String> warnings) {
    this.file = file;
    this.wallClockMillis = wallClockMillis;
    this.warnings = warnings;
  }

  /**
   * Writes what was prepared.
   *
   * @throws IOException if that is not possible: then there is nothing to go on with
   */
  void write(RestartRecord record) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        wallClockMillis.getAsLong() + " " + record.reason() + " " + record.gracePeriodSeconds());
    record.areas().forEach(area -> lines.add("area " + area));
    record
        .graceLsas()
        .forEach(each -> lines.add("grace " + each.interfaceId() + " " + each.sequence()));
    Files.write(file, lines);
  }

  /**
   * Takes what was prepared, for a router whose time begins at 0; null if there is nothing or it is
   * too late. It is there only once.
   */
  @Nullable OspfRestart take() {
    try {
      List<String> lines = Files.readAllLines(file);
      Files.delete(file);
      return restart(lines);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      warnings.accept(file + " cannot be read, OSPF starts as if it were new: " + e);
      return null;
    }
  }

  private @Nullable OspfRestart restart(List<String> lines) {
    String[] first = lines.get(0).split(" ", -1);
    List<Ipv4Address> areas = new ArrayList<>();
    List<RestartRecord.GraceLsa> graceLsas = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("area")) {
        areas.add(Ipv4Address.parse(words[1]));
      } else {
        graceLsas.add(
            new RestartRecord.GraceLsa(Integer.parseInt(words[1]), Integer.parseInt(words[2])));
      }
    }
    RestartRecord record =
        new RestartRecord(
            true, RestartReason.valueOf(first[1]), Integer.parseInt(first[2]), areas, graceLsas);
    long elapsedMillis = wallClockMillis.getAsLong() - Long.parseLong(first[0]);
    boolean late = elapsedMillis < 0 || elapsedMillis >= record.gracePeriodSeconds() * 1_000L;
    return late ? null : new OspfRestart(record, elapsedMillis * NANOS_PER_MILLI, 0);
  }
}
