package dev.zuido.testkit.gre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.gre.GreTunnel;
import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.gre.GreVerdict;
import dev.zuido.gre.ReorderLimits;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A tunnel that sorts, whatever comes in. */
final class GreReorderPropertyTest {
  private static final int DISPLACEMENT = 16;
  private static final long HOLD = 1_000;
  private static final GreTunnelConfig SENDER =
      GreTunnelConfig.of(Ipv4Address.of(198, 18, 0, 1), Ipv4Address.of(198, 19, 0, 1));
  private static final GreTunnelConfig RECEIVER =
      SENDER.reversed().withReordering(new ReorderLimits(DISPLACEMENT, 65_536, HOLD));

  @Provide
  Arbitrary<List<Integer>> oddButLegal() {
    return SequenceArbitraries.oddButLegal(0, 200, DISPLACEMENT);
  }

  @Provide
  Arbitrary<List<Integer>> broken() {
    return Arbitraries.of(0, 0x7fff_fff0)
        .flatMap(first -> SequenceArbitraries.broken(first, 200, 2 * DISPLACEMENT));
  }

  /** A packet with a number, which stands in its payload too, of any length. */
  private static byte[] packet(int number) {
    byte[] data = new byte[4 + Math.floorMod(number * 31, 600)];
    BigEndian.putInt(data, 0, number);
    byte[] inner =
        InnerPackets.ipv4(Ipv4Address.of(10, 0, 0, 1), Ipv4Address.of(10, 0, 0, 2), 0, data);
    GrePacketBuilder builder = new GrePacketBuilder(RECEIVER, inner);
    builder.sequenceValue = number;
    return builder.build();
  }

  /** The numbers that come out of a tunnel in order, in batches of any size. */
  private static final class Run {
    private final GreTunnel tunnel = new GreTunnel(RECEIVER);
    private final List<Integer> out = new ArrayList<>();
    private final PacketBatch released = new PacketBatch(3, 700, 0, 0);
    private long now;

    Run(List<Integer> numbers, Random random, boolean timers) {
      int at = 0;
      while (at < numbers.size()) {
        int size = Math.min(numbers.size() - at, 1 + random.nextInt(8));
        now += timers ? random.nextInt(400) : 0;
        if (tunnel.nextDeadline() <= now) {
          tunnel.handleTimeout(now);
          release();
        }
        receive(numbers.subList(at, at + size));
        at += size;
      }
      tunnel.handleTimeout(now + HOLD);
      release();
    }

    private void receive(List<Integer> numbers) {
      PacketBatch batch = new PacketBatch(numbers.size(), 700, 0, 0);
      for (int number : numbers) {
        byte[] packet = packet(number);
        batch.setArrivalNanos(batch.add(packet, 0, packet.length), now);
      }
      tunnel.decapsulate(batch);
      collect(batch);
      release();
      assertTrue(
          tunnel.nextDeadline() == GreTunnel.NO_DEADLINE || tunnel.nextDeadline() <= now + HOLD);
    }

    private void release() {
      while (tunnel.release(released) > 0) {
        collect(released);
        released.clear();
      }
    }

    private void collect(PacketBatch batch) {
      for (int i = 0; i < batch.size(); i++) {
        if (batch.verdict(i) == GreVerdict.DECAPSULATED) {
          int number = BigEndian.getInt(batch.slab(), batch.offset(i) + 20);
          assertEquals(24 + Math.floorMod(number * 31, 600), batch.length(i));
          out.add(number);
        }
      }
    }
  }

  @Property(tries = 200)
  void whatIsOnlyOutOfOrderComesOutWholeAndInOrder(
      @ForAll("oddButLegal") List<Integer> numbers, @ForAll long seed) {
    Run run = new Run(numbers, new Random(seed), false);
    assertEquals(numbers.stream().sorted().toList(), run.out);
  }

  @Property(tries = 300)
  void nothingComesOutTwiceOrBehindItsSuccessor(
      @ForAll("broken") List<Integer> numbers, @ForAll long seed) {
    Run run = new Run(numbers, new Random(seed), true);
    for (int i = 1; i < run.out.size(); i++) {
      assertTrue(run.out.get(i) - run.out.get(i - 1) > 0, run.out.toString());
    }
    assertTrue(new HashSet<>(numbers).containsAll(run.out));
    assertEquals(GreTunnel.NO_DEADLINE, run.tunnel.nextDeadline());
    assertEquals(run.out.size(), run.tunnel.received().get(GreVerdict.DECAPSULATED));
    assertEquals(
        numbers.size(),
        run.tunnel.received().get(GreVerdict.DECAPSULATED)
            + run.tunnel.received().get(GreVerdict.OUT_OF_SEQUENCE)
            + run.tunnel.received().get(GreVerdict.REORDER_BUFFER_FULL));
  }
}
