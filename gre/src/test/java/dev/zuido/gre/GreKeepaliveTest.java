package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.Verdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GreKeepaliveTest {
  private static final long SECOND = 1_000_000_000L;
  private static final GreTunnelConfig A = GreTunnelConfig.of(Packets.A, Packets.B);

  private final ByteBuf out = Unpooled.buffer();

  private List<GreKeepalive.Output> drain(GreKeepalive keepalive) {
    List<GreKeepalive.Output> outputs = new ArrayList<>();
    out.clear();
    for (GreKeepalive.Output o = keepalive.poll(out); o != null; o = keepalive.poll(out)) {
      outputs.add(o);
    }
    return outputs;
  }

  private static final List<GreKeepalive.Output> TRANSMIT =
      List.of(new GreKeepalive.Output.Transmit());

  /** What a router of another make sends: Cisco IOS with key 40, the outer type is its tag's. */
  @Test
  void theInnerPacketIsThatOfARecordedRouter() {
    GreTunnelConfig tunnel =
        GreTunnelConfig.of(Ipv4Address.of(10, 172, 64, 7), Ipv4Address.of(10, 172, 64, 6))
            .withKey(40);
    GreKeepalive keepalive = new GreKeepalive(tunnel);
    keepalive.start(0);
    for (int i = 0; i < 0xa3; i++) {
      drain(keepalive);
      keepalive.handleTimeout(keepalive.nextDeadline());
    }
    drain(keepalive);
    assertEquals(
        "45c0001c00a30000ff2f24eb0aac40060aac40072000000000000028", ByteBufUtil.hexDump(out));
  }

  @Test
  void aTunnelAnswersItsPeerAndKnowsTheAnswer() {
    for (int fields = 0; fields < 8; fields++) {
      GreTunnelConfig config =
          A.withChecksum((fields & 1) != 0)
              .withKey((fields & 2) != 0 ? 7 : null)
              .withSequence((fields & 4) != 0);
      GreKeepalive keepalive = new GreKeepalive(config);
      GreTunnel near = new GreTunnel(config);
      GreTunnel far = new GreTunnel(config.reversed());
      keepalive.start(0);
      assertEquals(TRANSMIT, drain(keepalive));
      assertTrue(out.readableBytes() <= GreKeepalive.MAX_PACKET_LENGTH);
      PacketBatch batch = Packets.batch(ByteBufUtil.getBytes(out));
      assertEquals(GreVerdict.ENCAPSULATED, near.encapsulate(batch, 0));
      assertEquals(GreVerdict.KEEPALIVE_REQUEST, far.decapsulate(batch, 0));
      assertFalse(batch.passes(0));
      assertTrue(Ipv4Fields.isWellFormed(batch.slab(), batch.offset(0), batch.length(0)));
      assertEquals(254, Ipv4Fields.ttl(batch.slab(), batch.offset(0)));
      assertEquals(Packets.B.value(), Ipv4Fields.source(batch.slab(), batch.offset(0)));
      batch.setVerdict(0, Verdict.PASS);
      assertTrue(near.matches(batch.slab(), batch.offset(0)));
      assertEquals(GreVerdict.KEEPALIVE_REPLY, near.decapsulate(batch, 0));
    }
  }

  @Test
  void aRecordedReplyIsKnown() {
    GreTunnelConfig tunnel =
        GreTunnelConfig.of(Ipv4Address.of(10, 172, 64, 7), Ipv4Address.of(10, 172, 64, 6))
            .withKey(40);
    PacketBatch batch =
        Packets.batch(
            ByteBufUtil.decodeHexDump("45c0001c00a30000fe2f25eb0aac40060aac40072000000000000028"));
    assertEquals(GreVerdict.KEEPALIVE_REPLY, new GreTunnel(tunnel).decapsulate(batch, 0));
  }

  @Test
  void onlyAPeersOwnKeepaliveGoesBack() {
    byte[] answer = Packets.ipv4(Packets.B, Packets.A, 0, 4); // no GRE
    PacketBatch batch = Packets.batch(answer);
    new GreTunnel(A).encapsulate(batch);
    assertEquals(GreVerdict.LOOP, new GreTunnel(A.reversed()).decapsulate(batch, 0));
    byte[] other = Packets.ipv4(Ipv4Address.of(9, 9, 9, 9), Packets.A, 0, 4);
    Ipv4Fields.setProtocol(other, 0, 47);
    PacketBatch spoofed = Packets.batch(other);
    new GreTunnel(A).encapsulate(spoofed);
    assertEquals(GreVerdict.LOOP, new GreTunnel(A.reversed()).decapsulate(spoofed, 0));
  }

  @Test
  void theLineGoesDownAfterTheRetriesAndUpWithAnAnswer() {
    GreKeepalive keepalive = new GreKeepalive(A, 10 * SECOND, 3);
    assertEquals(GreKeepalive.NO_DEADLINE, keepalive.nextDeadline());
    keepalive.start(5 * SECOND);
    assertEquals(TRANSMIT, drain(keepalive));
    for (long now = 15; now <= 25; now += 10) {
      assertEquals(now * SECOND, keepalive.nextDeadline());
      keepalive.handleTimeout(now * SECOND);
      assertEquals(TRANSMIT, drain(keepalive));
      assertTrue(keepalive.isUp());
    }
    keepalive.handleTimeout(35 * SECOND);
    assertEquals(
        List.of(new GreKeepalive.Output.LineProtocolDown(3), new GreKeepalive.Output.Transmit()),
        drain(keepalive));
    assertFalse(keepalive.isUp());
    keepalive.handleTimeout(45 * SECOND);
    assertEquals(TRANSMIT, drain(keepalive));
    keepalive.handleReply();
    assertEquals(List.of(new GreKeepalive.Output.LineProtocolUp()), drain(keepalive));
    assertTrue(keepalive.isUp());
    keepalive.handleReply();
    assertEquals(List.of(), drain(keepalive));
    assertEquals(5, keepalive.sent());
    assertEquals(2, keepalive.answered());
  }

  @Test
  void anAnswerNowAndThenKeepsTheLineUp() {
    GreKeepalive keepalive = new GreKeepalive(A, 10 * SECOND, 3);
    keepalive.start(0);
    for (int i = 0; i < 30; i++) {
      if (i % 3 == 2) {
        keepalive.handleReply();
      }
      assertEquals(TRANSMIT, drain(keepalive), "keepalive " + i);
      keepalive.handleTimeout(keepalive.nextDeadline());
    }
    assertTrue(keepalive.isUp());
  }

  @Test
  void nothingHappensBeforeTheTimeOrAfterTheStop() {
    GreKeepalive keepalive = new GreKeepalive(A, SECOND, 1);
    keepalive.handleTimeout(0);
    keepalive.handleReply();
    assertEquals(List.of(), drain(keepalive));
    keepalive.start(0);
    keepalive.start(0);
    assertEquals(TRANSMIT, drain(keepalive));
    keepalive.handleTimeout(SECOND - 1);
    assertEquals(List.of(), drain(keepalive));
    keepalive.stop();
    assertEquals(GreKeepalive.NO_DEADLINE, keepalive.nextDeadline());
    keepalive.handleTimeout(9 * SECOND);
    assertNull(keepalive.poll(out));
  }

  @Test
  void aLateDriverOwesOneKeepalive() {
    GreKeepalive keepalive = new GreKeepalive(A, SECOND, 255);
    keepalive.start(0);
    keepalive.handleTimeout(100 * SECOND);
    assertEquals(TRANSMIT, drain(keepalive));
    assertEquals(101 * SECOND, keepalive.nextDeadline());
  }

  @Test
  void impossibleTimesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new GreKeepalive(A, 0, 3));
    assertThrows(IllegalArgumentException.class, () -> new GreKeepalive(A, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new GreKeepalive(A, 1, 256));
  }
}
