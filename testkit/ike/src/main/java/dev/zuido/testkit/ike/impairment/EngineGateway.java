package dev.zuido.testkit.ike.impairment;

import dev.zuido.ike.ComputeTask;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.SaParameters;
import dev.zuido.ike.SpiAllocator;
import dev.zuido.ike.TrafficClock;
import dev.zuido.testkit.SeededRandom;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@link IkeEngine} with a driver that computes and installs at once, in a virtual time that
 * goes on only while somebody waits: the gateway that scripted peers speak with in tests.
 */
public final class EngineGateway {
  private final IkeEngine engine;
  private final ByteBuf buffer = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);
  private final Map<Endpoint, Deque<ByteString>> queues = new LinkedHashMap<>();
  private final Map<Long, SaParameters> installed = new LinkedHashMap<>();
  private final List<IkeOutput> outputs = new ArrayList<>();
  private final Set<Integer> spis = new HashSet<>();
  private final SeededRandom spiSource;
  private long nowNanos;

  /**
   * A gateway without SAs.
   *
   * @param config the engine's
   * @param seed where all of its randomness comes from
   */
  public EngineGateway(IkeConfig config, long seed) {
    VirtualNetwork randomness = new VirtualNetwork(seed);
    spiSource = randomness.random("SPIs");
    SpiAllocator allocator =
        new SpiAllocator() {
          @Override
          public int allocate() {
            int spi = spiSource.nextInt() | 0x100;
            return spis.add(spi) ? spi : allocate();
          }

          @Override
          public void release(int spi) {
            if (!spis.remove(spi)) {
              throw new IllegalStateException("an SPI was released twice");
            }
          }
        };
    engine =
        new IkeEngine(
            config,
            randomness.secureRandom("secrets"),
            randomness.random("jitter"),
            allocator,
            id -> TrafficClock.NEVER);
  }

  /** The engine. */
  public IkeEngine engine() {
    return engine;
  }

  /** The time. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Every output of the engine since {@link #forgetOutputs}. */
  public List<IkeOutput> outputs() {
    return List.copyOf(outputs);
  }

  /** Forgets the outputs so far. */
  public void forgetOutputs() {
    outputs.clear();
  }

  /** Forgets the datagrams that nobody has received yet. */
  public void forgetDatagrams() {
    queues.values().forEach(Deque::clear);
  }

  /** What is installed, by {@link SaParameters#id}. */
  public Map<Long, SaParameters> installed() {
    return Map.copyOf(installed);
  }

  /** How many SPIs the engine has taken and not given back. */
  public int spisInUse() {
    return spis.size();
  }

  /**
   * The way between the engine and a peer.
   *
   * @param gateway where the engine is
   * @param peer where the peer is
   * @param stranger where a forged datagram seems to come from
   */
  public DatagramPath path(Endpoint gateway, Endpoint peer, Endpoint stranger) {
    Deque<ByteString> queue = queues.computeIfAbsent(peer, key -> new ArrayDeque<>());
    return new DatagramPath() {
      @Override
      public void send(ByteString datagram) {
        deliver(datagram, gateway, peer);
      }

      @Override
      public boolean sendSpoofed(ByteString datagram) {
        deliver(datagram, gateway, stranger);
        return true;
      }

      @Override
      public @Nullable ByteString receive(long waitNanos) {
        long end = nowNanos + waitNanos;
        while (queue.isEmpty() && engine.nextDeadline() <= end) {
          expire(engine.nextDeadline());
        }
        if (queue.isEmpty()) {
          nowNanos = end;
        }
        return queue.poll();
      }

      @Override
      public void pause(long nanos) {
        run(nanos);
      }
    };
  }

  /** Lets time pass. */
  public void run(long nanos) {
    long end = nowNanos + nanos;
    while (engine.nextDeadline() <= end) {
      expire(engine.nextDeadline());
    }
    nowNanos = end;
  }

  /** Gives the engine a datagram. */
  public void deliver(ByteString datagram, Endpoint local, Endpoint remote) {
    engine.handle(Unpooled.wrappedBuffer(datagram.toArray()), local, remote, nowNanos);
    drain();
  }

  /** Gives the engine a command. */
  public void command(IkeCommand command) {
    engine.handle(command, nowNanos);
    drain();
  }

  private void expire(long deadline) {
    nowNanos = Math.max(nowNanos, deadline);
    engine.handleTimeout(nowNanos);
    drain();
  }

  private void drain() {
    Deque<ComputeTask> tasks = new ArrayDeque<>();
    Deque<IkeCommand> answers = new ArrayDeque<>();
    while (true) {
      IkeOutput output = engine.poll(buffer.clear());
      if (output != null) {
        outputs.add(output);
        take(output, tasks, answers);
      } else if (!tasks.isEmpty()) {
        engine.handle(tasks.remove().run(), nowNanos);
      } else if (!answers.isEmpty()) {
        engine.handle(answers.remove(), nowNanos);
      } else {
        return;
      }
    }
  }

  private void take(IkeOutput output, Deque<ComputeTask> tasks, Deque<IkeCommand> answers) {
    if (output instanceof IkeOutput.Transmit to) {
      ByteString datagram = ByteString.read(buffer, to.length());
      queues.computeIfAbsent(to.remote(), key -> new ArrayDeque<>()).add(datagram);
    } else if (output instanceof IkeOutput.InstallSa install) {
      installed.put(install.sa().id(), install.sa());
      answers.add(new IkeCommand.SaInstalled(install.sa().id()));
    } else if (output instanceof IkeOutput.RemoveSa remove) {
      installed.remove(remove.saId());
    } else if (output instanceof IkeOutput.Compute compute) {
      tasks.add(compute.task());
    }
  }
}
