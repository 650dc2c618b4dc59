package dev.zuido.testkit.ospf.vectors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/** The folder of test vectors that the system property {@code zuido.vectors} names. */
final class Vectors {
  private Vectors() {}

  /** Tests made from vectors; where there are none, one test that is skipped. */
  static Stream<DynamicTest> tests(Supplier<Stream<DynamicTest>> tests) {
    if (root().isEmpty()) {
      return Stream.of(
          DynamicTest.dynamicTest(
              "vectors", () -> Assumptions.abort("zuido.vectors names no folder")));
    }
    return tests.get();
  }

  /** JSON objects in a folder and its subfolders that have a key. */
  static List<Map<String, Object>> withKey(String folder, String key) {
    try (Stream<Path> files = Files.walk(Path.of(root(), folder))) {
      List<Map<String, Object>> found =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .map(Json::read)
              .filter(value -> value instanceof Map)
              .map(Json::object)
              .filter(object -> object.containsKey(key))
              .toList();
      if (found.isEmpty()) {
        throw new IllegalStateException("no vectors with " + key + " in " + folder);
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String root() {
    return System.getProperty("zuido.vectors", "");
  }
}
