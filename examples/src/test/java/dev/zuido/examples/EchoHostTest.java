package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Fragmenter;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.Ipv6Reassembler;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.ReassemblyLimits;
import dev.zuido.wire.ReassemblyResult;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Echoes between two hosts of ours, without protection: what is wrong shows in the counters. */
class EchoHostTest {
  private static final int LONGEST = 0xffff;
  private static final String A4 = "10.0.0.1";
  private static final String B4 = "10.0.0.2";
  private static final String A6 = "2001:db8::1";
  private static final String B6 = "2001:db8::2";

  private final PacketBatch there = PacketBatch.compact(64, 1500, LONGEST);
  private final PacketBatch back = PacketBatch.compact(64, 1500, LONGEST);

  private static EchoHost host(String local, String remote) {
    return new EchoHost(IpAddress.parse(local), IpAddress.parse(remote));
  }

  @ParameterizedTest
  @CsvSource({
    A4 + "," + B4 + ",0",
    A4 + "," + B4 + ",1",
    A4 + "," + B4 + ",9000",
    A4 + "," + B4 + ",65507",
    A6 + "," + B6 + ",0",
    A6 + "," + B6 + ",1",
    A6 + "," + B6 + ",9000"
  })
  void aRequestGetsItsReply(String local, String remote, int size) {
    EchoHost us = host(local, remote);
    EchoHost them = host(remote, local);
    us.request(size, there);
    assertTrue(us.isWaiting());
    them.receive(there, 0, back);
    assertEquals(1, them.answered());
    us.receive(back, 0, there);
    assertFalse(us.isWaiting());
    assertEquals(0, us.corrupt() + us.other() + them.corrupt() + them.other());
  }

  @ParameterizedTest
  @CsvSource({A4 + "," + B4, A6 + "," + B6})
  void aChangedByteIsSeen(String local, String remote) {
    EchoHost us = host(local, remote);
    EchoHost them = host(remote, local);
    us.request(100, there);
    int last = there.offset(0) + there.length(0) - 1;
    there.slab()[last] ^= 1;
    them.receive(there, 0, back);
    assertEquals(1, them.corrupt());
    assertEquals(0, back.size());
  }

  @Test
  void aReplyOfOtherDataIsNone() {
    EchoHost us = host(A4, B4);
    us.request(64, there);
    EchoHost stranger = host(A4, B4);
    stranger.request(32, back);
    there.clear();
    host(B4, A4).receive(back, 0, there);
    us.receive(there, 0, back);
    assertTrue(us.isWaiting());
    assertEquals(1, us.corrupt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.3", "10.0.0.1"})
  void packetsForOthersAreLeftAlone(String address) {
    host(A4, B4).request(64, there);
    EchoHost them = host(address, B4);
    them.receive(there, 0, back);
    assertEquals(1, them.other());
    assertEquals(0, them.answered());
  }

  @Test
  void aRequestInFragmentsIsAnswered() {
    PacketBatch whole = PacketBatch.ofOne(LONGEST);
    host(A4, B4).request(4000, whole);
    assertEquals(
        Ipv4Fragmenter.Result.FRAGMENTED,
        new Ipv4Fragmenter().fragment(whole.slab(), whole.offset(0), 1500, there));
    EchoHost them = host(B4, A4);
    them.receive(there, 0, back);
    assertEquals(1, them.answered());
    assertEquals(4028, back.length(0));
  }

  @Test
  void aRequestInFragmentsOfIpv6IsAnswered() {
    PacketBatch whole = PacketBatch.ofOne(LONGEST);
    host(A6, B6).request(4000, whole);
    new Ipv6Splitter(7).split(whole.slab(), whole.offset(0), 1280, there);
    assertEquals(4, there.size());
    EchoHost them = host(B6, A6);
    them.receive(there, 0, back);
    assertEquals(1, them.answered());
    assertEquals(4048, back.length(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {1280, 1281, 1454, 1500})
  void fragmentsOfIpv6BecomeThePacketAgain(int mtu) throws MalformedPacketException {
    PacketBatch whole = PacketBatch.ofOne(LONGEST);
    host(A6, B6).request(9000, whole);
    new Ipv6Splitter(-1).split(whole.slab(), whole.offset(0), mtu, there);
    Ipv6Reassembler reassembler = new Ipv6Reassembler(ReassemblyLimits.DEFAULT);
    ByteBuf out = Unpooled.buffer();
    ReassemblyResult last = ReassemblyResult.HELD;
    for (int i = 0; i < there.size(); i++) {
      assertTrue(there.length(i) <= mtu);
      assertTrue(Ipv6Fields.isWellFormed(there.slab(), there.offset(i), there.length(i)));
      assertEquals(ReassemblyResult.HELD, last);
      last = reassembler.offer(Unpooled.wrappedBuffer(there.copy(i)), 0, out);
    }
    assertEquals(ReassemblyResult.COMPLETE, last);
    assertArrayEquals(whole.copy(0), ByteBufUtil.getBytes(out));
  }
}
