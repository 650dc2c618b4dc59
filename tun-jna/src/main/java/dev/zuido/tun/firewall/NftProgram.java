package dev.zuido.tun.firewall;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs {@code nft -f -}. */
final class NftProgram {
  /** How long nft may take: it takes milliseconds, unless others keep the ruleset locked. */
  static final long TIMEOUT_MILLIS = 5_000;

  /** What is kept of its messages. */
  static final int MAX_ANSWER_BYTES = 4096;

  private static final String OPERATION = "run nft";

  /** The error in what the virtual machine says: {@code error=2}, newer ones {@code error: 2}. */
  private static final Pattern NUMBER = Pattern.compile("error(?:=|: )(\\d+)");

  /** The words of the C library for the errors with which the kernel refuses a transaction. */
  private static final List<Reason> REASONS =
      List.of(
          new Reason("Operation not permitted", Errno.EPERM),
          new Reason("Permission denied", Errno.EPERM),
          new Reason("No such file or directory", Errno.ENOENT),
          new Reason("Operation not supported", Errno.EOPNOTSUPP),
          new Reason("Protocol not supported", Errno.EPROTONOSUPPORT),
          new Reason("Address family not supported", Errno.EAFNOSUPPORT),
          new Reason("File exists", Errno.EEXIST),
          new Reason("resource busy", Errno.EBUSY),
          new Reason("No buffer space", Errno.ENOBUFS),
          new Reason("Cannot allocate memory", Errno.ENOMEM));

  private NftProgram() {}

  /** How nft ended, and what it printed. */
  record Answer(int status, String text) {}

  private record Reason(String words, Errno error) {}

  /** The error that nft's messages name; EINVAL, as for a text that it cannot read, if none. */
  static Errno errorOf(String text) {
    for (Reason reason : REASONS) {
      if (text.contains(reason.words())) {
        return reason.error();
      }
    }
    return Errno.EINVAL;
  }

  /** Gives a script to nft and waits until it has ended. */
  static Answer run(String script) {
    return run(script, TIMEOUT_MILLIS, "nft", "/usr/sbin/nft", "/sbin/nft");
  }

  /** The same with the first of several programs that exists, and another bound. */
  static Answer run(String script, long timeoutMillis, String... programs) {
    Process process = start(programs);
    try {
      // Of its own, so that a program that does not read or never ends holds nobody but this
      // thread;
      // its pipes break when the program is killed.
      CompletableFuture<String> conversation = new CompletableFuture<>();
      Thread thread = new Thread(() -> converse(process, script, conversation), "nft");
      thread.setDaemon(true);
      thread.start();
      String text = conversation.get(timeoutMillis, TimeUnit.MILLISECONDS);
      if (!process.waitFor(timeoutMillis, TimeUnit.MILLISECONDS)) {
        throw timedOut();
      }
      return new Answer(process.exitValue(), text);
    } catch (TimeoutException e) {
      throw timedOut();
    } catch (ExecutionException e) {
      throw new OperatingSystemException(
          OPERATION, Errno.EIO.number(), "Its pipes broke: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OperatingSystemException(OPERATION, Errno.EINTR.number());
    } finally {
      process.destroyForcibly();
    }
  }

  private static OperatingSystemException timedOut() {
    return new OperatingSystemException(
        OPERATION,
        Errno.ETIMEDOUT.number(),
        "It has been ended; whether the table was changed is not known. Another program may hold"
            + " the kernel's lock of the ruleset.");
  }

  private static Process start(String... programs) {
    int number = Errno.ENOENT.number();
    for (String program : programs) {
      ProcessBuilder builder = new ProcessBuilder(program, "-f", "-").redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C");
      try {
        return builder.start();
      } catch (IOException e) {
        Matcher matcher = NUMBER.matcher(String.valueOf(e.getMessage()));
        int reason = matcher.find() ? Integer.parseInt(matcher.group(1)) : Errno.EIO.number();
        // That a later one does not exist says less than why an earlier one cannot be run.
        number = reason == Errno.ENOENT.number() ? number : reason;
      }
    }
    throw new OperatingSystemException(
        OPERATION,
        number,
        number == Errno.ENOENT.number()
            ? "The program is not there: install the package nftables."
            : "The program is there and cannot be run.");
  }

  private static void converse(Process process, String script, CompletableFuture<String> answer) {
    try {
      try (OutputStream out = process.getOutputStream()) {
        out.write(script.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended before it had read all: its messages say why.
      }
      InputStream in = process.getInputStream();
      byte[] first = in.readNBytes(MAX_ANSWER_BYTES);
      in.transferTo(OutputStream.nullOutputStream());
      answer.complete(new String(first, StandardCharsets.UTF_8));
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }
}
