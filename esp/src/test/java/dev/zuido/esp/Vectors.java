package dev.zuido.esp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The folder of independent test data, walked by its sidecars' schema. */
final class Vectors {
  private Vectors() {}

  /** One object of a file, and where it comes from. */
  record Entry(String source, Map<?, ?> value) {
    String text(String key) {
      return value.get(key) instanceof String text ? text : "";
    }

    byte[] bytes(String key) {
      return Packets.hex(text(key));
    }

    boolean has(String key) {
      return value.get(key) instanceof String;
    }

    boolean flag(String key) {
      return Boolean.TRUE.equals(value.get(key));
    }

    int integer(String key) {
      return value.get(key) instanceof Double number ? (int) number.longValue() : 0;
    }

    Entry object(String key) {
      return new Entry(source, value.get(key) instanceof Map<?, ?> map ? map : Map.of());
    }

    List<Entry> list(String key) {
      List<Entry> entries = new ArrayList<>();
      if (value.get(key) instanceof List<?> list) {
        for (Object element : list) {
          if (element instanceof Map<?, ?> map) {
            entries.add(new Entry(source, map));
          }
        }
      }
      return entries;
    }
  }

  /** Every JSON object of a folder; the calling test is skipped where there is no folder. */
  static List<Entry> files(String folder) throws IOException {
    String root = System.getProperty("zuido.vectors", "");
    Assumptions.assumeFalse(root.isEmpty(), "no folder of vectors is given (zuido.vectors)");
    try (Stream<Path> paths = Files.walk(Path.of(root, folder))) {
      return paths
          .filter(path -> path.toString().endsWith(".json"))
          .sorted()
          .map(Vectors::read)
          .toList();
    }
  }

  private static Entry read(Path path) {
    try {
      Object value = Json.parse(Files.readString(path));
      return new Entry(
          path.getFileName().toString(), value instanceof Map<?, ?> map ? map : Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
