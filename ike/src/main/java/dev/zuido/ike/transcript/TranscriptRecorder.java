package dev.zuido.ike.transcript;

import dev.zuido.ike.Endpoint;
import dev.zuido.ike.EngineTap;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.IsakmpKeyLog;
import dev.zuido.ike.SpiAllocator;
import dev.zuido.ike.TrafficClock;
import io.netty.buffer.ByteBuf;
import java.io.Flushable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the transcript of one engine, line by line as it happens. <b>A transcript holds
 * secrets</b>, see {@linkplain dev.zuido.ike.transcript the package}.
 *
 * <p>The engine does what it would do alone. It keeps nothing but the line that it writes. Should
 * writing fail, the transcript ends there and the engine goes on; {@link #failure} tells.
 */
public final class TranscriptRecorder {
  private final Appendable out;
  private @Nullable IOException failure;
  private boolean used;

  /** Whether something was written since the engine was last drained. */
  private boolean undrained = true;

  /**
   * A recorder.
   *
   * @param out takes the lines; it stays the caller's. Where it can be flushed, it is whenever the
   *     engine has been drained
   */
  public TranscriptRecorder(Appendable out) {
    this.out = out;
  }

  /**
   * An engine that is recorded from its beginning to its end.
   *
   * @param config the peers and the limits
   * @param secrets gives cookies, nonces, message IDs and private Diffie-Hellman values
   * @param jitter gives the random part of rekey times
   * @param inboundSpis gives the SPIs of inbound SAs
   * @param traffic knows when SAs last carried a packet
   * @param keyLog is told the keys; not recorded
   * @throws IllegalStateException if the recorder has made an engine before
   */
  public IkeEngine engine(
      IkeConfig config,
      SecureRandom secrets,
      RandomGenerator jitter,
      SpiAllocator inboundSpis,
      TrafficClock traffic,
      IsakmpKeyLog keyLog) {
    if (used) {
      throw new IllegalStateException("a transcript has one engine");
    }
    used = true;
    write(Transcript.FIRST_LINE);
    write(Transcript.CONFIGURATION + OutputText.fingerprint(config));
    Tape tape = new WritingTape();
    return new IkeEngine(
        TapedClocks.over(config, tape),
        new TapedSecrets(tape, secrets::nextBytes),
        new TapedJitter(tape, jitter),
        new TapedSpis(tape, inboundSpis),
        saId -> tape.number("traffic " + saId, () -> traffic.lastPacketNanos(saId)),
        keyLog,
        new Inputs());
  }

  /** Why writing has failed, if it has. */
  public Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  private void write(String line) {
    if (failure != null) {
      return;
    }
    try {
      out.append(line).append('\n');
      undrained = true;
    } catch (IOException e) {
      failure = e;
    }
  }

  private void drained(String line) {
    if (!undrained) {
      return;
    }
    write(line);
    undrained = false;
    if (failure == null && out instanceof Flushable flushable) {
      try {
        flushable.flush();
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  /** What goes into the engine and comes out of it. */
  private final class Inputs implements EngineTap {
    @Override
    public void datagram(ByteBuf datagram, Endpoint local, Endpoint remote, long nowNanos) {
      byte[] bytes = new byte[datagram.readableBytes()];
      datagram.getBytes(datagram.readerIndex(), bytes);
      write(
          "> "
              + nowNanos
              + " datagram "
              + local
              + " "
              + remote
              + " "
              + HexFormat.of().formatHex(bytes));
    }

    @Override
    public void command(IkeCommand command, long nowNanos) {
      write("> " + nowNanos + " command " + CommandText.encode(command));
    }

    @Override
    public void computed(long taskId, long nowNanos) {
      write("> " + nowNanos + " computed " + taskId);
    }

    @Override
    public void timeout(long nowNanos) {
      write("> " + nowNanos + " timeout");
    }

    @Override
    public void output(IkeOutput output, ByteBuf datagram) {
      write("< " + OutputText.of(output, datagram));
    }

    @Override
    public void drained(long nextDeadline) {
      TranscriptRecorder.this.drained(Transcript.drained(nextDeadline));
    }
  }

  /** What the engine is answered. */
  private final class WritingTape implements Tape {
    @Override
    public void fill(String what, byte[] bytes, Consumer<byte[]> world) {
      world.accept(bytes);
      byte[] copy = bytes.clone();
      write("? " + what + " " + HexFormat.of().formatHex(copy));
      Arrays.fill(copy, (byte) 0);
    }

    @Override
    public long number(String what, LongSupplier world) {
      long value = world.getAsLong();
      write("? " + what + " " + Transcript.number(what, value));
      return value;
    }

    @Override
    public void told(String what, Runnable world) {
      world.run();
      write("? " + what);
    }
  }
}
