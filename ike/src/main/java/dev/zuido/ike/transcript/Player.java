package dev.zuido.ike.transcript;

import dev.zuido.ike.ComputeTask;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.IsakmpKeyLog;
import dev.zuido.ike.SpiAllocator;
import dev.zuido.ike.transcript.Replay.Difference;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Repeats one transcript. */
final class Player {
  private final TranscriptReader lines;
  private final IkeConfig config;
  private final boolean sameConfiguration;
  private final Map<Long, ComputeTask> tasks = new HashMap<>();
  private final ByteBuf datagram = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);
  private long inputs;

  Player(TranscriptReader lines, IkeConfig config, boolean sameConfiguration) {
    this.lines = lines;
    this.config = config;
    this.sameConfiguration = sameConfiguration;
  }

  Replay play() throws IOException, MalformedTranscriptException {
    try {
      Tape tape = new ReadingTape();
      IkeEngine engine =
          new IkeEngine(
              TapedClocks.over(config, tape),
              new TapedSecrets(tape, bytes -> {}),
              new TapedJitter(tape, new SplittableRandom(0)),
              new TapedSpis(tape, new NoSpis()),
              saId -> tape.number("traffic " + saId, () -> 0),
              IsakmpKeyLog.NONE);
      String line;
      while ((line = lines.event()) != null) {
        play(engine, line);
      }
      return new Replay(inputs, sameConfiguration, null);
    } catch (Stopped stopped) {
      return new Replay(inputs, sameConfiguration, stopped.difference());
    }
  }

  private void play(IkeEngine engine, String line)
      throws IOException, MalformedTranscriptException {
    String text = line.substring(2);
    switch (line.substring(0, 2)) {
      case "> " -> input(engine, text);
      case "< " -> output(engine, line, text);
      case "= " -> {
        IkeOutput output = engine.poll(datagram.clear());
        String actual =
            output == null
                ? Transcript.drained(engine.nextDeadline())
                : "< " + OutputText.of(output, datagram);
        if (!actual.equals(line)) {
          throw differs(line, actual);
        }
      }
      case "? " -> throw differs(line, "asks for nothing");
      default -> throw lines.malformed("a line begins with >, ?, <, = or #");
    }
  }

  private void input(IkeEngine engine, String text)
      throws IOException, MalformedTranscriptException {
    Runnable input;
    try {
      List<String> words = Words.split(text);
      if (words.size() < 2) {
        throw new IllegalArgumentException("an input has a time and a kind");
      }
      long now = Long.parseLong(words.get(0));
      if (now < 0) {
        throw new IllegalArgumentException("a time is not negative");
      }
      input = input(engine, words.get(1), words.subList(2, words.size()), now);
    } catch (NumberFormatException e) {
      throw lines.malformed("no number: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      throw lines.malformed(String.valueOf(e.getMessage()));
    }
    inputs++;
    try {
      input.run();
    } catch (Unreadable e) {
      e.rethrow();
    }
  }

  private Runnable input(IkeEngine engine, String kind, List<String> words, long now) {
    int expected =
        switch (kind) {
          case "datagram" -> words.size() == 2 ? 2 : 3;
          case "command" -> Math.max(1, words.size());
          case "computed" -> 1;
          case "timeout" -> 0;
          default -> throw new IllegalArgumentException("no kind of input: " + kind);
        };
    if (words.size() != expected) {
      throw new IllegalArgumentException(
          "a " + kind + " with " + words.size() + " words, not " + expected);
    }
    return switch (kind) {
      case "datagram" -> {
        byte[] bytes = words.size() == 2 ? new byte[0] : HexFormat.of().parseHex(words.get(2));
        var local = Words.endpoint(words.get(0));
        var remote = Words.endpoint(words.get(1));
        yield () -> engine.handle(Unpooled.wrappedBuffer(bytes), local, remote, now);
      }
      case "command" -> {
        var command = CommandText.decode(words);
        yield () -> engine.handle(command, now);
      }
      case "computed" -> {
        ComputeTask task = tasks.remove(Long.parseLong(words.get(0)));
        if (task == null) {
          throw new IllegalArgumentException("there is no task " + words.get(0));
        }
        yield () -> engine.handle(task.run(), now);
      }
      default -> () -> engine.handleTimeout(now);
    };
  }

  private void output(IkeEngine engine, String line, String text) {
    IkeOutput output = engine.poll(datagram.clear());
    if (output == null) {
      throw differs(line, "says nothing more");
    }
    String actual = OutputText.of(output, datagram);
    if (!actual.equals(text)) {
      throw differs(line, "< " + actual);
    }
    if (output instanceof IkeOutput.Compute compute) {
      tasks.put(compute.task().id(), compute.task());
    }
  }

  private Stopped differs(String expected, String actual) {
    // A difference is there to be shown.
    boolean secret = expected.startsWith("? secrets ");
    String shown =
        secret
            ? "? secrets of " + (expected.length() - "? secrets ".length()) / 2 + " bytes"
            : expected;
    return new Stopped(new Difference(lines.number(), shown, actual, firstByte(expected, actual)));
  }

  /** The first byte in which two datagrams differ, or -1 where not both are between these ends. */
  private static int firstByte(String expected, String actual) {
    int hex = expected.lastIndexOf(' ') + 1;
    boolean datagrams =
        expected.startsWith("< transmit ")
            && actual.length() >= hex
            && actual.startsWith(expected.substring(0, hex))
            && actual.lastIndexOf(' ') + 1 == hex;
    if (!datagrams) {
      return -1;
    }
    int at = hex;
    while (at < Math.min(expected.length(), actual.length())
        && expected.charAt(at) == actual.charAt(at)) {
      at++;
    }
    return (at - hex) / 2;
  }

  /** Ends the repetition from within the engine at a difference. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Difference difference;

    Stopped(Difference difference) {
      super(difference.toString(), null, false, false);
      this.difference = difference;
    }

    Difference difference() {
      return difference;
    }
  }

  /** Brings an error of the transcript out of the engine. */
  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable MalformedTranscriptException malformed;
    private final transient @Nullable IOException failed;

    Unreadable(MalformedTranscriptException malformed) {
      super(malformed);
      this.malformed = malformed;
      this.failed = null;
    }

    Unreadable(IOException failed) {
      super(failed);
      this.malformed = null;
      this.failed = failed;
    }

    void rethrow() throws IOException, MalformedTranscriptException {
      if (malformed != null) {
        throw malformed;
      }
      if (failed != null) {
        throw failed;
      }
    }
  }

  private static final class NoSpis implements SpiAllocator {
    @Override
    public int allocate() {
      return 0;
    }

    @Override
    public void release(int spi) {}
  }

  /** Answers the engine's questions as they were answered. */
  private final class ReadingTape implements Tape {
    @Override
    public void fill(String what, byte[] bytes, Consumer<byte[]> world) {
      String hex = answer(what);
      if (hex.length() != 2 * bytes.length) {
        throw differs("? " + what + " " + hex, "asks for " + bytes.length + " bytes of " + what);
      }
      try {
        System.arraycopy(HexFormat.of().parseHex(hex), 0, bytes, 0, bytes.length);
      } catch (IllegalArgumentException e) {
        throw new Unreadable(lines.malformed("not hexadecimal: " + e.getMessage()));
      }
    }

    @Override
    public long number(String what, LongSupplier world) {
      String answer = answer(what);
      try {
        return Long.decode(answer);
      } catch (NumberFormatException e) {
        throw new Unreadable(lines.malformed("'" + answer + "' is no number"));
      }
    }

    @Override
    public void told(String what, Runnable world) {
      String line = line();
      if (!("? " + what).equals(line)) {
        throw differs(String.valueOf(line), "? " + what);
      }
    }

    /** What stands behind a question that has to be the next line. */
    private String answer(String what) {
      String line = line();
      String question = "? " + what + " ";
      if (line == null || !line.startsWith(question)) {
        throw differs(line == null ? "the end" : line, "asks for " + what);
      }
      return line.substring(question.length());
    }

    private @Nullable String line() {
      try {
        return lines.event();
      } catch (MalformedTranscriptException e) {
        throw new Unreadable(e);
      } catch (IOException e) {
        throw new Unreadable(e);
      }
    }
  }
}
