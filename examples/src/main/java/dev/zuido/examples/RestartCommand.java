package dev.zuido.examples;

import dev.zuido.host.ControlSocket;
import dev.zuido.host.HostSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets a running router end for a graceful restart. */
@Command(
    name = "restart",
    mixinStandardHelpOptions = true,
    description = {
      "Ends the router that 'zuido run' has started, for a graceful restart of its OSPF (RFC 3623):"
          + " the neighbors go on as if it were there, and its routes and addresses stay, while it is"
          + " started again, within the time that 'nsf ietf restart-interval' says."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0: it ends", "1: no router answers", "2: it is not configured so"})
final class RestartCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--control",
      paramLabel = "PATH",
      description = "the router's socket (/run/zuido/control)")
  private Path control = HostSetup.DEFAULT_CONTROL;

  @Override
  public Integer call() {
    return ShowCommand.ask(
        Objects.requireNonNull(spec).commandLine(),
        control,
        new ControlSocket.Request(false, List.of("restart")));
  }
}
