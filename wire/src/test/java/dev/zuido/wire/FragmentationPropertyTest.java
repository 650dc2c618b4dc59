package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class FragmentationPropertyTest {
  private static final Ipv4Address SOURCE = Ipv4Address.of(10, 1, 1, 1);
  private static final Ipv4Address DESTINATION = Ipv4Address.of(10, 1, 2, 1);

  /** A packet with a copied option, one that is not, and random bytes. */
  static byte[] packet(int payload, int optionWords, Random random) {
    ByteString options =
        switch (optionWords) {
          case 0 -> ByteString.EMPTY;
          case 1 -> ByteString.ofHex("94040000"); // router alert: copied
          default -> ByteString.ofHex("0707040000000001" + "94040000"); // record route: not
        };
    Ipv4Header header =
        new Ipv4Header(
            0,
            20 + options.length() + payload,
            random.nextInt(0x10000),
            false,
            false,
            0,
            64,
            17,
            SOURCE,
            DESTINATION,
            options);
    byte[] data = new byte[payload];
    random.nextBytes(data);
    return Codecs.bytes(
        out -> {
          header.encode(out);
          out.writeBytes(data);
        });
  }

  static List<byte[]> fragments(byte[] packet, int mtu) {
    PacketBatch batch = new PacketBatch(128, Math.max(mtu, 1), 0, 0);
    Ipv4Fragmenter.Result result = new Ipv4Fragmenter().fragment(packet, 0, mtu, batch);
    if (result == Ipv4Fragmenter.Result.FITS) {
      return List.of(packet);
    }
    assertEquals(Ipv4Fragmenter.Result.FRAGMENTED, result);
    List<byte[]> fragments = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      fragments.add(batch.copy(i));
    }
    return fragments;
  }

  /** What comes out when these arrive in this order. */
  private static List<byte[]> reassemble(List<byte[]> fragments) {
    Ipv4Reassembler reassembler = new Ipv4Reassembler(ReassemblyLimits.DEFAULT);
    PacketBatch out = new PacketBatch(4, 3000, 0, 0);
    long now = 0;
    for (byte[] fragment : fragments) {
      reassembler.offer(fragment, 0, now++, out);
    }
    List<byte[]> packets = new ArrayList<>();
    for (int i = 0; i < out.size(); i++) {
      packets.add(out.copy(i));
    }
    return packets;
  }

  @Property(tries = 300)
  void fragmentsInAnyOrderAndTwiceGiveThePacketBack(
      @ForAll @IntRange(min = 200, max = 2000) int payload,
      @ForAll @IntRange(max = 2) int optionWords,
      @ForAll @IntRange(min = 68, max = 200) int mtu,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] packet = packet(payload, optionWords, random);
    List<byte[]> arriving = new ArrayList<>(fragments(packet, mtu));
    arriving.subList(0, arriving.size() - 1).forEach(f -> assertTrue(f.length <= mtu));
    int last = arriving.size() - 1;
    // Twice each, but for one: the second copy of all would begin the packet anew.
    byte[] once = arriving.remove(random.nextInt(last + 1));
    arriving.addAll(List.copyOf(arriving));
    Collections.shuffle(arriving, random);
    arriving.add(once);
    List<byte[]> packets = reassemble(arriving);
    assertEquals(1, packets.size());
    assertArrayEquals(packet, packets.get(0));
  }

  @Property(tries = 200)
  void fragmentsOfFragmentsGiveThePacketBack(
      @ForAll @IntRange(min = 600, max = 2000) int payload,
      @ForAll @IntRange(min = 200, max = 500) int firstMtu,
      @ForAll @IntRange(min = 68, max = 200) int secondMtu,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] packet = packet(payload, 2, random);
    List<byte[]> twice = new ArrayList<>();
    for (byte[] fragment : fragments(packet, firstMtu)) {
      for (byte[] part : fragments(fragment, secondMtu)) {
        assertTrue(part.length <= secondMtu);
        assertTrue(Ipv4Fields.isWellFormed(part, 0, part.length));
        twice.add(part);
      }
    }
    Collections.shuffle(twice, random);
    List<byte[]> packets = reassemble(twice);
    assertEquals(1, packets.size());
    assertArrayEquals(packet, packets.get(0));
  }

  @Property(tries = 300)
  void hostileFragmentsStayWithinTheLimits(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int count) {
    ReassemblyLimits limits = new ReassemblyLimits(3, 700, 4, 600, 1000);
    Ipv4Reassembler reassembler = new Ipv4Reassembler(limits);
    PacketBatch out = new PacketBatch(1, 600, 0, 0);
    Random random = new Random(seed);
    long now = 0;
    for (int i = 0; i < count; i++) {
      out.clear();
      int length = 20 + random.nextInt(80);
      byte[] fragment = new byte[length];
      int word = random.nextInt(20) | (random.nextBoolean() ? Ipv4Fields.MORE_FRAGMENTS : 0);
      Ipv4Fields.write(
          fragment, 0, random.nextInt(4), length, random.nextInt(5), word, 9, 17, 1, 2);
      now += random.nextInt(50);
      reassembler.offer(fragment, 0, now, out);
      assertTrue(reassembler.datagramsHeld() <= 3);
      assertTrue(reassembler.bytesHeld() <= 700);
      if (out.size() == 1) {
        assertTrue(Ipv4Fields.isWellFormed(out.slab(), out.offset(0), out.length(0)));
        assertTrue(!Ipv4Fields.isFragment(out.slab(), out.offset(0)));
      }
    }
    reassembler.expire(now + 1000);
    assertEquals(0, reassembler.datagramsHeld());
    assertEquals(0, reassembler.bytesHeld());
    assertEquals(Ipv4Reassembler.NO_DEADLINE, reassembler.nextDeadline());
  }
}
