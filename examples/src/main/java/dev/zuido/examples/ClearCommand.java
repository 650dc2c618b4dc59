package dev.zuido.examples;

import dev.zuido.host.ControlSocket;
import dev.zuido.host.HostSetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a running router begin something anew. */
@Command(
    name = "clear",
    mixinStandardHelpOptions = true,
    description = {
      "Lets the router that 'zuido run' has started begin something anew: ip ospf process, or ip"
          + " ospf neighbor [INTERFACE|ROUTER-ID]."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0: done", "1: no router answers", "2: words that it does not know"})
final class ClearCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "WORD", arity = "1..*", description = "what to clear")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--control",
      paramLabel = "PATH",
      description = "the router's socket (/run/zuido/control)")
  private Path control = HostSetup.DEFAULT_CONTROL;

  @Override
  public Integer call() {
    List<String> all = new ArrayList<>(List.of("clear"));
    all.addAll(words);
    return ShowCommand.ask(
        Objects.requireNonNull(spec).commandLine(), control, new ControlSocket.Request(false, all));
  }
}
