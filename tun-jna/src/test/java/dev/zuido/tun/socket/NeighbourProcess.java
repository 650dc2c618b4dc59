package dev.zuido.tun.socket;

import dev.zuido.tun.Kernel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of the tests that runs in the other network namespace until it is told to end. */
final class NeighbourProcess {
  private NeighbourProcess() {}

  /** Starts a program and waits until it has printed that it is ready. */
  static Process start(Class<?> program) throws IOException {
    String other = System.getProperty("zuido.kernel.peer", "");
    List<String> command = Kernel.java(program);
    command.addAll(0, List.of("ip", "netns", "exec", other));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var line = new StringBuilder();
    for (int c = process.getInputStream().read(); c >= 0; c = process.getInputStream().read()) {
      line.append((char) c);
      if (line.indexOf("ready\n") >= 0) {
        return process;
      }
    }
    throw new AssertionError("the neighbour did not start: " + line);
  }

  static void stop(Process process) throws IOException, InterruptedException {
    process.getOutputStream().write("end\n".getBytes(StandardCharsets.US_ASCII));
    process.getOutputStream().flush();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the neighbour did not end");
    }
  }
}
