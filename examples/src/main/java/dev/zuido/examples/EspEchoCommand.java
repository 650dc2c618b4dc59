package dev.zuido.examples;

import dev.zuido.tun.OperatingSystemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Answers pings inside ESP or AH. */
@Command(
    name = "esp-echo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Answers pings inside ESP or AH with keys given by hand: for tests against other"
          + " implementations.",
      "Lines that come in on its standard input: 'stats', 'ping COUNT SIZE...', 'sa OPTIONS' to go"
          + " on with other SAs, 'quit'. Each is answered with a line of JSON."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0: ended by a signal or 'quit', or all pings of --ping were answered",
      "1: the host refuses something, or a ping was not answered",
      "2: wrong words"
    })
final class EspEchoCommand implements Callable<Integer> {
  private static final long CLOSE_SECONDS = 5;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private EspEchoOptions options = new EspEchoOptions();

  @Option(
      names = "--ping",
      paramLabel = "COUNT",
      description = "sends so many echo requests of each size, and ends")
  private int count;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      split = ",",
      description = "the data of these requests, behind the ICMP header (56)")
  private List<Integer> sizes = new ArrayList<>(List.of(56));

  @Override
  public Integer call() {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    EspEcho echo;
    try {
      echo = new EspEcho(options, commandLine.getOut());
      if (count != 0) {
        echo.ping(count, sizes);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, String.valueOf(e.getMessage()), e);
    } catch (OperatingSystemException e) {
      commandLine.getErr().println("zuido: " + e.getMessage());
      return Zuido.FAILED;
    }
    return run(echo, commandLine.getErr()) ? Zuido.OK : Zuido.FAILED;
  }

  private boolean run(EspEcho echo, PrintWriter err) {
    CountDownLatch closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(echo, closed), "zuido-stop"));
    if (count == 0) {
      Thread reader = new Thread(() -> read(echo, err), "zuido-lines");
      reader.setDaemon(true);
      reader.start();
    }
    try (echo) {
      return count == 0 ? echo.run() : echo.runPings();
    } finally {
      closed.countDown();
    }
  }

  /** Hands lines on as they come; at their end the echo goes on without them. */
  private static void read(EspEcho echo, PrintWriter err) {
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line; (line = lines.readLine()) != null; ) {
        echo.command(line);
      }
    } catch (IOException e) {
      err.println("zuido: standard input: " + e.getMessage());
    }
  }

  /** On a signal the echo says what it has counted; the process ends well when that is done. */
  private static void end(EspEcho echo, CountDownLatch closed) {
    if (closed.getCount() == 0) {
      return; // ended by itself, with a status of its own
    }
    echo.stop();
    try {
      if (closed.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(Zuido.OK);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(Zuido.FAILED);
  }
}
