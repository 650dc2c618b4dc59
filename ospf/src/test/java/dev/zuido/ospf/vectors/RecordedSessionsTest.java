package dev.zuido.ospf.vectors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.ospf.packet.PacketAuthentication;
import dev.zuido.ospf.packet.PacketType;
import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two FRR routers over GRE, recorded: see the README beside the sessions. */
final class RecordedSessionsTest {
  @Test
  void everyPacketOfThePlainSessionRoundTrips() throws Exception {
    List<byte[]> packets = IpPackets.ofRecorded("gre-ospf");
    assertEquals(21, packets.size());
    Map<PacketType, Integer> counts = new EnumMap<>(PacketType.class);
    for (byte[] bytes : packets) {
      OspfPacket packet = roundTrip(bytes);
      counts.merge(packet.type(), 1, Integer::sum);
      assertEquals(PacketAuthentication.Null.NONE, packet.header().authentication());
    }
    assertEquals(
        Map.of(
            PacketType.HELLO, 4,
            PacketType.DATABASE_DESCRIPTION, 5,
            PacketType.LINK_STATE_REQUEST, 2,
            PacketType.LINK_STATE_UPDATE, 6,
            PacketType.LINK_STATE_ACKNOWLEDGMENT, 4),
        counts);
  }

  @Test
  void everyDigestOfTheBroadcastSessionIsRight() throws Exception {
    List<byte[]> packets = IpPackets.ofRecorded("gre-ospf-md5-broadcast");
    assertEquals(31, packets.size());
    try (CryptographicKey key = key("secret");
        CryptographicKey wrong = key("Secret")) {
      for (byte[] bytes : packets) {
        OspfPacket packet = roundTrip(bytes);
        assertTrue(key.verify(Unpooled.wrappedBuffer(bytes), 0));
        assertFalse(wrong.verify(Unpooled.wrappedBuffer(bytes), 0));
        assertSigns(key, packet, bytes);
      }
    }
  }

  /** Signing again gives the bytes that were recorded. */
  private static void assertSigns(CryptographicKey key, OspfPacket packet, byte[] bytes) {
    int length = packet.packetLength();
    byte[] unsigned = bytes.clone();
    for (int i = 0; i < key.algorithm().digestLength(); i++) {
      unsigned[length + i] = 0;
    }
    key.sign(Unpooled.wrappedBuffer(unsigned), 0);
    assertArrayEquals(bytes, unsigned);
  }

  private static OspfPacket roundTrip(byte[] bytes) throws Exception {
    ByteBuf in = Unpooled.wrappedBuffer(bytes);
    OspfPacket packet = OspfPacket.decode(in);
    assertFalse(in.isReadable());
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    assertEquals(ByteString.of(bytes), ByteString.read(out, out.readableBytes()));
    assertEquals(bytes.length, packet.encodedLength());
    if (packet instanceof LinkStateUpdatePacket update) {
      for (Lsa lsa : update.lsas()) {
        assertTrue(lsa.isIntact(), lsa.toString());
        Lsa again =
            Lsa.originate(
                    lsa.header().options(),
                    lsa.header().linkStateId(),
                    lsa.header().advertisingRouter(),
                    lsa.header().sequence(),
                    lsa.body())
                .withAge(lsa.header().age());
        assertEquals(lsa, again);
      }
    }
    return packet;
  }

  private static CryptographicKey key(String secret) {
    return new CryptographicKey(
        1,
        CryptographicKey.Algorithm.MD5,
        ByteString.of(secret.getBytes(StandardCharsets.US_ASCII)));
  }
}
