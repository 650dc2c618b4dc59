package dev.zuido.tun;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Assumptions;

/** What the tests need that run against the kernel, in a network namespace of their own. */
public final class Kernel {
  private Kernel() {}

  /** Skips the test unless it runs in a namespace that interop/tun has made. */
  public static void require() {
    Assumptions.assumeTrue(
        Boolean.getBoolean("zuido.kernel"), "run by interop/tun, as root, in its namespace");
  }

  /** Runs a command and returns what it printed. */
  public static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new AssertionError(String.join(" ", command) + ": " + status + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * A thread for each task: the common pool may have one thread only, which a task that waits keeps
   * from all others.
   */
  public static final Executor THREADS =
      task -> {
        Thread thread = new Thread(task, "test");
        thread.setDaemon(true);
        thread.start();
      };

  /** Runs a class of the test class path as root without the capabilities for the network. */
  public static String runWithoutCapabilities(Class<?> program) {
    List<String> command = new ArrayList<>();
    String without = "-net_admin,-net_raw,-net_bind_service,-sys_admin";
    command.addAll(List.of("setpriv", "--bounding-set", without, "--inh-caps", without));
    command.addAll(java(program));
    return run(command.toArray(new String[0]));
  }

  /** The command that runs a class of the test class path. */
  public static List<String> java(Class<?> program) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String java = System.getProperty("java.home") + "/bin/java";
    return new ArrayList<>(List.of(java, "-cp", classPath, program.getName()));
  }
}
