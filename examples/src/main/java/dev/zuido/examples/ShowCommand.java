package dev.zuido.examples;

import dev.zuido.host.ControlSocket;
import dev.zuido.host.HostSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Asks a running router. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Asks the router that 'zuido run' has started: crypto isakmp sa [detail], crypto ipsec sa,"
          + " crypto map, ip ospf [neighbor|interface|database|border-routers|route|statistics"
          + "|virtual-links|summary-address], key chain, ip route, interfaces, access-lists,"
          + " counters."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0: answered", "1: no router answers", "2: words that it does not know"})
final class ShowCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "WORD", arity = "1..*", description = "what to show")
  private List<String> words = new ArrayList<>();

  @Option(names = "--json", description = "answer in JSON")
  private boolean json;

  @Option(
      names = "--control",
      paramLabel = "PATH",
      description = "the router's socket (/run/zuido/control)")
  private Path control = HostSetup.DEFAULT_CONTROL;

  @Override
  public Integer call() {
    return ask(
        Objects.requireNonNull(spec).commandLine(),
        control,
        new ControlSocket.Request(json, words));
  }

  /** Asks the router that listens at a path, and prints what it says. */
  static int ask(CommandLine commandLine, Path control, ControlSocket.Request request) {
    try {
      ControlSocket.Answer answer = ControlSocket.ask(control, request);
      var to = answer.status() == 0 ? commandLine.getOut() : commandLine.getErr();
      to.print(answer.text());
      to.flush();
      return answer.status();
    } catch (IOException e) {
      commandLine
          .getErr()
          .println("zuido: no router answers at " + control + ": " + e.getMessage());
      return Zuido.FAILED;
    }
  }
}
