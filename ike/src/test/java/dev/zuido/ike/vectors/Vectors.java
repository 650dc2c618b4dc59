package dev.zuido.ike.vectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The independent test vectors, if the system property {@code zuido.vectors} names their folder.
 */
final class Vectors {
  private Vectors() {}

  /** A document and where it comes from. */
  record Document(Path path, Json json) {
    @Override
    public String toString() {
      return path.getFileName().toString();
    }
  }

  /** All JSON objects in a folder and its subfolders, in the order of their names. */
  static List<Document> documents(String folder) {
    String root = System.getProperty("zuido.vectors", "");
    assumeTrue(!root.isEmpty(), "the system property zuido.vectors names no folder");
    try (Stream<Path> files = Files.walk(Path.of(root, folder))) {
      return files
          .filter(path -> path.toString().endsWith(".json"))
          .filter(path -> !path.toString().endsWith(".tree.json"))
          .sorted()
          .map(path -> new Document(path, read(path)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] hex(Json json) {
    return HexFormat.of().parseHex(json.text());
  }

  private static Json read(Path path) {
    try {
      return Json.parse(Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
