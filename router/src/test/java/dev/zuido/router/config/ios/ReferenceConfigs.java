package dev.zuido.router.config.ios;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.RouterConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The two configurations of the reference scenario. */
final class ReferenceConfigs {
  static final String SITE_A = load("site-a.cfg");
  static final String SITE_B = load("site-b.cfg");

  private ReferenceConfigs() {}

  /** A text that must be accepted. */
  static RouterConfig accept(String text) {
    ConfigReport report = IosReader.read(text);
    if (report.config() == null) {
      throw new AssertionError(report.render());
    }
    return report.config();
  }

  private static String load(String name) {
    try (InputStream in =
        ReferenceConfigs.class.getResourceAsStream("/dev/zuido/router/config/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
