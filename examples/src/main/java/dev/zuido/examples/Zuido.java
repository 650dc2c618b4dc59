package dev.zuido.examples;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code zuido} command. */
@Command(
    name = "zuido",
    mixinStandardHelpOptions = true,
    version = "zuido 0.1.0-SNAPSHOT",
    description = "GRE over IPsec with OSPF, between two sites.",
    subcommands = {
      SimulateCommand.class,
      CheckCommand.class,
      MtuCommand.class,
      RunCommand.class,
      ShowCommand.class,
      ClearCommand.class,
      RestartCommand.class,
      IkeReplayCommand.class,
      EspEchoCommand.class
    })
public final class Zuido implements Runnable {
  /** All went well. */
  static final int OK = 0;

  /** The command was carried out, and its result is a failure. */
  static final int FAILED = 1;

  /** The command's words or its input are wrong. */
  static final int USAGE = 2;

  @Spec private @org.jspecify.annotations.Nullable CommandSpec spec;

  /** Made by the command line. */
  Zuido() {}

  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "name one of the commands");
  }

  /** Runs the command and exits with its status. */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int status = run(out, err, args);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /**
   * Runs the command.
   *
   * @return its exit status: 0 for success, 1 for a result that is a failure, 2 for wrong words or
   *     input
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Zuido()).setOut(out).setErr(err).execute(args);
  }
}
