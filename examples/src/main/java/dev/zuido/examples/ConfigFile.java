package dev.zuido.examples;

import dev.zuido.host.HostFiles;
import dev.zuido.router.CertificateCheck;
import dev.zuido.router.config.ConfigProblem;
import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.LineOutcome;
import dev.zuido.router.config.LineReport;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.router.config.ios.ReaderOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a configuration file for a command. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads and judges a file.
   *
   * @return the report, or null after an error was printed because the file cannot be read
   */
  static @Nullable ConfigReport report(Path file, PrintWriter err) {
    return report(file, ReaderOptions.DEFAULT, config -> List.of(), err);
  }

  /** The same with the files that the configuration names, by paths from its own folder. */
  static @Nullable ConfigReport reportWithFiles(Path file, PrintWriter err) {
    return report(file, ReaderOptions.DEFAULT, certificates(file), err);
  }

  /** The folder of a file. */
  static Path folderOf(Path file) {
    return Objects.requireNonNullElse(file.toAbsolutePath().getParent(), Path.of(""));
  }

  private static Function<RouterConfig, List<ConfigProblem>> certificates(Path file) {
    return config -> CertificateCheck.problems(config, new HostFiles(folderOf(file)));
  }

  private static @Nullable ConfigReport report(
      Path file,
      ReaderOptions options,
      Function<RouterConfig, List<ConfigProblem>> further,
      PrintWriter err) {
    try {
      return IosReader.read(Files.readString(file), options, further);
    } catch (NoSuchFileException e) {
      err.println(file + ": there is no such file");
    } catch (CharacterCodingException e) {
      err.println(file + ": the file is not UTF-8 text");
    } catch (IOException e) {
      err.println(file + ": cannot be read: " + e.getMessage());
    }
    return null;
  }

  /**
   * Reads a configuration that has to be right.
   *
   * @return the configuration, or null after the errors were printed
   */
  static @Nullable RouterConfig load(Path file, PrintWriter err) {
    return load(file, report(file, err), err);
  }

  /** The same with options of the reader, and with the files that the configuration names. */
  static @Nullable RouterConfig loadWithFiles(Path file, ReaderOptions options, PrintWriter err) {
    return load(file, report(file, options, certificates(file), err), err);
  }

  private static @Nullable RouterConfig load(
      Path file, @Nullable ConfigReport report, PrintWriter err) {
    if (report == null) {
      return null;
    }
    for (LineReport line : report.refusals()) {
      if (line.outcome() instanceof LineOutcome.Refused refused) {
        err.println(
            file
                + ":"
                + line.number()
                + ":"
                + refused.column()
                + ": "
                + refused.reason()
                + "\n    "
                + line.text());
      }
    }
    return report.config();
  }
}
