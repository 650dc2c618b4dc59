package dev.zuido.benchmarks;

import dev.zuido.ike.Endpoint;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.SpiAllocator;
import dev.zuido.ike.TrafficClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** An engine with a driver that computes and installs at once; the network is the caller's. */
final class IkeSite {
  private final IkeEngine engine;
  private final ByteBuf buffer = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);
  private final Deque<Datagram> sent = new ArrayDeque<>();
  private final Deque<Runnable> answers = new ArrayDeque<>();
  private int installed;
  private long busyNanos;
  private long messages;

  /** What goes from one site to another. */
  record Datagram(Endpoint from, Endpoint to, ByteBuf bytes) {}

  IkeSite(IkeConfig config, SecureRandom secrets) {
    engine =
        new IkeEngine(
            config, secrets, new SplittableRandom(1), new CountingSpis(), TrafficClock.SILENT);
  }

  /** SAs that were installed. */
  int installed() {
    return installed;
  }

  /** The time on the clock that the engine and this driver have taken so far. */
  long busyNanos() {
    return busyNanos;
  }

  /** Datagrams that were received and sent so far. */
  long messages() {
    return messages;
  }

  long nextDeadline() {
    return engine.nextDeadline();
  }

  /** Takes what was sent, or null if there is nothing. */
  @Nullable Datagram poll() {
    return sent.poll();
  }

  void command(IkeCommand command, long now) {
    long start = System.nanoTime();
    engine.handle(command, now);
    drain(now);
    busyNanos += System.nanoTime() - start;
  }

  void receive(Datagram datagram, long now) {
    long start = System.nanoTime();
    messages++;
    engine.handle(datagram.bytes.duplicate(), datagram.to, datagram.from, now);
    drain(now);
    busyNanos += System.nanoTime() - start;
  }

  void timeout(long now) {
    long start = System.nanoTime();
    engine.handleTimeout(now);
    drain(now);
    busyNanos += System.nanoTime() - start;
  }

  /** The canonical loop: results and answers go back once the stream has ended. */
  private void drain(long now) {
    do {
      for (IkeOutput output; (output = engine.poll(buffer.clear())) != null; ) {
        if (output instanceof IkeOutput.Transmit to) {
          sent.add(new Datagram(to.local(), to.remote(), buffer.copy()));
          messages++;
        } else if (output instanceof IkeOutput.Compute compute) {
          answers.add(() -> engine.handle(compute.task().run(), now));
        } else if (output instanceof IkeOutput.InstallSa install) {
          installed++;
          answers.add(() -> engine.handle(new IkeCommand.SaInstalled(install.sa().id()), now));
        }
      }
      Runnable answer = answers.poll();
      if (answer == null) {
        return;
      }
      answer.run();
    } while (true);
  }

  /** SPIs 256, 257, 258, … */
  private static final class CountingSpis implements SpiAllocator {
    private int last = 255;

    @Override
    public int allocate() {
      return ++last;
    }

    @Override
    public void release(int spi) {
      // Numbers are never used again.
    }
  }
}
