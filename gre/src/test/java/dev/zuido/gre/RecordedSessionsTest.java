package dev.zuido.gre;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.zuido.gre.GreTunnelConfig.DfPolicy;
import dev.zuido.gre.GreTunnelConfig.TosPolicy;
import dev.zuido.testkit.PcapReader;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.PacketBatch;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Linux sent decodes, and our own tunnel would have sent the same bytes. */
final class RecordedSessionsTest {
  private static final GreTunnelConfig LINUX =
      GreTunnelConfig.of(Packets.A, Packets.B)
          .withTosPolicy(new TosPolicy.Fixed(0))
          .withDfPolicy(DfPolicy.COPY);

  @Test
  void thePlainTunnel() throws IOException, MalformedPacketException {
    assertSession("gre-ospf/session.pcap", LINUX, 47);
  }

  @Test
  void theTunnelWithKeyAndChecksum() throws IOException, MalformedPacketException {
    assertSession("gre-ospf-md5-broadcast/session.pcap", LINUX.withKey(7).withChecksum(true), 61);
  }

  private static void assertSession(String name, GreTunnelConfig siteA, int count)
      throws IOException, MalformedPacketException {
    List<byte[]> packets = PcapReader.ipPackets(PcapReader.readResource(Packets.class, name));
    assertEquals(count, packets.size());
    GreTunnel fromA = new GreTunnel(siteA);
    GreTunnel fromB = new GreTunnel(siteA.reversed());
    for (byte[] packet : packets) {
      assertHeader(siteA, packet);
      boolean sentByA = Ipv4Fields.source(packet, 0) == Packets.A.value();
      GreTunnel sender = sentByA ? fromA : fromB;
      GreTunnel receiver = sentByA ? fromB : fromA;
      assertFalse(sender.matches(packet, 0));
      PacketBatch batch = Packets.batch(packet);
      assertEquals(GreVerdict.DECAPSULATED, receiver.decapsulate(batch, 0));
      assertEquals(packet.length - siteA.overhead(), batch.length(0));
      assertEquals(GreVerdict.ENCAPSULATED, sender.encapsulate(batch, 0));
      // Linux counts its identifications differently, and the router has taken from the ttl.
      int outer = batch.offset(0);
      BigEndian.putShort(batch.slab(), outer + 4, Ipv4Fields.identification(packet, 0));
      batch.slab()[outer + 8] = (byte) Ipv4Fields.ttl(packet, 0);
      Ipv4Fields.updateChecksum(batch.slab(), outer);
      assertArrayEquals(packet, batch.copy(0));
    }
  }

  private static void assertHeader(GreTunnelConfig tunnel, byte[] packet)
      throws MalformedPacketException {
    ByteBuf gre = Unpooled.wrappedBuffer(packet, 20, packet.length - 20);
    GreHeader header = GreHeader.decode(gre);
    assertEquals(
        new GreHeader(GreProtocolType.IPV4, tunnel.checksum(), tunnel.key(), null), header);
    ByteBuf again = Unpooled.buffer();
    header.encode(again, gre);
    assertEquals(Unpooled.wrappedBuffer(packet, 20, packet.length - 20), again);
  }
}
