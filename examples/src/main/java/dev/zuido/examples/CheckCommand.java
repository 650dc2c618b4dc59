package dev.zuido.examples;

import dev.zuido.router.config.ConfigReport;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reports, line by line, what a configuration means here. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Reports line by line: done, accepted without effect (why), refused (why).",
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0: the configuration can be used", "2: a line is refused"})
final class CheckCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "a configuration in IOS's words")
  private @Nullable Path file;

  @Option(
      names = "--without-files",
      description = "does not look at the certificate files that the configuration names")
  private boolean withoutFiles;

  @Override
  public Integer call() {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    Path text = Objects.requireNonNull(file);
    ConfigReport report =
        withoutFiles
            ? ConfigFile.report(text, commandLine.getErr())
            : ConfigFile.reportWithFiles(text, commandLine.getErr());
    if (report == null) {
      return Zuido.USAGE;
    }
    commandLine.getOut().print(report.render());
    commandLine.getOut().flush();
    return report.accepted() ? Zuido.OK : Zuido.USAGE;
  }
}
