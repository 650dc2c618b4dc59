package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class Ipv6ReassemblerTest {
  private static final Ipv6Address SOURCE = Ipv6Address.parse("2001:db8::1");
  private static final Ipv6Address DESTINATION = Ipv6Address.parse("2001:db8::2");

  /** A hop-by-hop header that stands before the fragment header in each fragment. */
  private static final String HOP_BY_HOP = "00010400000000";

  private static byte[] fragment(
      int trafficClass, boolean hopByHop, byte[] data, int start, int length, boolean more) {
    int extensions = (hopByHop ? 8 : 0) + 8;
    return Codecs.bytes(
        out -> {
          new Ipv6Header(
                  trafficClass,
                  5,
                  extensions + length,
                  hopByHop ? IpProtocol.HOP_BY_HOP : IpProtocol.IPV6_FRAGMENT,
                  64,
                  SOURCE,
                  DESTINATION)
              .encode(out);
          if (hopByHop) {
            out.writeByte(IpProtocol.IPV6_FRAGMENT);
            out.writeBytes(Codecs.hex(HOP_BY_HOP));
          }
          new Ipv6FragmentHeader(IpProtocol.UDP, start, more, 77).encode(out);
          out.writeBytes(data, start, length);
        });
  }

  private static String whole(int trafficClass, boolean hopByHop, byte[] data) {
    return Codecs.encode(
        out -> {
          new Ipv6Header(
                  trafficClass,
                  5,
                  (hopByHop ? 8 : 0) + data.length,
                  hopByHop ? IpProtocol.HOP_BY_HOP : IpProtocol.UDP,
                  64,
                  SOURCE,
                  DESTINATION)
              .encode(out);
          if (hopByHop) {
            out.writeByte(IpProtocol.UDP);
            out.writeBytes(Codecs.hex(HOP_BY_HOP));
          }
          out.writeBytes(data);
        });
  }

  @Property(tries = 200)
  void fragmentsInAnyOrderGiveThePacketBack(
      @ForAll @IntRange(min = 17, max = 600) int length,
      @ForAll @IntRange(min = 1, max = 8) int words,
      @ForAll boolean hopByHop,
      @ForAll long seed)
      throws MalformedPacketException {
    Random random = new Random(seed);
    byte[] data = new byte[length];
    random.nextBytes(data);
    int step = Math.max(words * 8, length / 60 & ~7);
    List<byte[]> fragments = new ArrayList<>();
    for (int start = 0; start < length; start += step) {
      int size = Math.min(step, length - start);
      fragments.add(fragment(0, hopByHop, data, start, size, start + size < length));
    }
    Collections.shuffle(fragments, random);
    Ipv6Reassembler reassembler =
        new Ipv6Reassembler(new ReassemblyLimits(4, 4000, 100, 1000, 100));
    ByteBuf out = Unpooled.buffer();
    for (byte[] fragment : fragments) {
      reassembler.offer(Unpooled.wrappedBuffer(fragment), 0, out);
    }
    assertEquals(whole(0, hopByHop, data), ByteBufUtil.hexDump(out));
    assertEquals(0, reassembler.packetsHeld());
    assertEquals(0, reassembler.bytesHeld());
  }

  private final Ipv6Reassembler reassembler = new Ipv6Reassembler(ReassemblyLimits.DEFAULT);
  private final ByteBuf out = Unpooled.buffer();
  private final byte[] data = new byte[32];

  private ReassemblyResult offer(int trafficClass, int start, int length, boolean more, long now)
      throws MalformedPacketException {
    return reassembler.offer(
        Unpooled.wrappedBuffer(fragment(trafficClass, false, data, start, length, more)), now, out);
  }

  @Example
  void anAtomicFragmentMeetsNoOthers() throws MalformedPacketException {
    assertEquals(ReassemblyResult.HELD, offer(0, 0, 16, true, 0));
    assertEquals(ReassemblyResult.COMPLETE, offer(0, 0, 32, false, 0));
    assertEquals(whole(0, false, data), ByteBufUtil.hexDump(out));
    assertEquals(1, reassembler.packetsHeld());
  }

  @Example
  void anOverlapEndsThePacket() throws MalformedPacketException {
    assertEquals(ReassemblyResult.HELD, offer(0, 0, 16, true, 0));
    assertEquals(ReassemblyResult.OVERLAP, offer(0, 8, 16, true, 0));
    assertEquals(ReassemblyResult.DATAGRAM_DROPPED, offer(0, 16, 16, false, 0));
    assertEquals(1, reassembler.counters().get(ReassemblyResult.OVERLAP));
  }

  @Example
  void congestionIsKept() throws MalformedPacketException {
    assertEquals(ReassemblyResult.HELD, offer(0xb9, 0, 16, true, 0));
    assertEquals(ReassemblyResult.COMPLETE, offer(0xbb, 16, 16, false, 0));
    assertEquals(whole(0xbb, false, data), ByteBufUtil.hexDump(out));
  }

  @Example
  void aPacketEndsAfterItsTime() throws MalformedPacketException {
    assertEquals(ReassemblyResult.HELD, offer(0, 0, 16, true, 5));
    assertEquals(5 + ReassemblyLimits.DEFAULT.timeoutNanos(), reassembler.nextDeadline());
    assertEquals(1, reassembler.expire(reassembler.nextDeadline()));
    assertEquals(Ipv6Reassembler.NO_DEADLINE, reassembler.nextDeadline());
  }

  @Example
  void aWholePacketIsNoFragment() throws MalformedPacketException {
    assertEquals(
        ReassemblyResult.NOT_A_FRAGMENT,
        reassembler.offer(Codecs.hex(whole(0, true, data)), 0, out));
  }

  @Example
  void aBufferWithoutRoomLosesThePacket() throws MalformedPacketException {
    ByteBuf small = Unpooled.buffer(10, 10);
    assertEquals(
        ReassemblyResult.NO_ROOM,
        reassembler.offer(
            Unpooled.wrappedBuffer(fragment(0, false, data, 0, 32, false)), 0, small));
    assertEquals(0, small.readableBytes());
  }

  @Example
  void aCutFragmentIsMalformed() {
    byte[] cut = Arrays.copyOf(fragment(0, false, data, 0, 32, true), 60);
    assertThrows(
        MalformedPacketException.class,
        () -> reassembler.offer(Unpooled.wrappedBuffer(cut), 0, out));
  }
}
