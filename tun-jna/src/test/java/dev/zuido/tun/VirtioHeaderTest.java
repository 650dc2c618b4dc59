package dev.zuido.tun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zuido.tun.offload.Packets;
import dev.zuido.tun.offload.TransportHeader;
import dev.zuido.tun.system.NativeBuffer;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The layout of linux/virtio_net.h, written out by hand. */
final class VirtioHeaderTest {
  private final NativeBuffer buffer = new NativeBuffer(VirtioHeader.BYTES);

  @BeforeEach
  void onALittleEndianHost() {
    assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
    byte[] other = new byte[VirtioHeader.BYTES];
    Arrays.fill(other, (byte) 0xff);
    buffer.put(0, other, 0, other.length);
  }

  private boolean write(byte[] packet, int gsoSize, ChecksumState state, int mtu) {
    var batch = PacketBatch.ofOne(0xffff);
    batch.add(packet, 0, packet.length);
    batch.setGsoSize(0, gsoSize);
    batch.setChecksumState(0, state);
    return VirtioHeader.write(buffer, batch, 0, new TransportHeader(), mtu);
  }

  private String written() {
    byte[] bytes = new byte[VirtioHeader.BYTES];
    buffer.get(0, bytes, 0, bytes.length);
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void isZeroBeforeAPlainPacket() {
    byte[] packet = Packets.tcp4(4000, 1, 0x10);
    assertTrue(write(packet, 0, ChecksumState.UNKNOWN, packet.length));
    assertEquals("00000000000000000000", written());
    assertTrue(write(packet, 0, ChecksumState.VERIFIED, packet.length - 1));
    assertEquals("00000000000000000000", written());
  }

  @Test
  void saysWhereAChecksumIsToBeFinished() {
    assertTrue(write(Packets.tcp4(100, 1, 0x10), 0, ChecksumState.PARTIAL, 1500));
    assertEquals("01000000000014001000", written());
    assertTrue(write(Packets.udp6(100), 0, ChecksumState.PARTIAL, 1500));
    assertEquals("01000000000028000600", written());
  }

  @Test
  void saysHowASuperPacketIsCut() {
    // Headers of 20 + 32 and of 40 + 32 bytes: the TCP header has timestamps.
    assertTrue(write(Packets.tcp4(4000, 1, 0x10), 1348, ChecksumState.PARTIAL, 1400));
    assertEquals("01013400440514001000", written());
    assertTrue(write(Packets.tcp6(4000, 1, 0x10), 1328, ChecksumState.PARTIAL, 1400));
    assertEquals("01044800300528001000", written());
  }

  @Test
  void refusesWhatTheHostCouldNotCut() {
    byte[] packet = Packets.tcp4(4000, 1, 0x10);
    assertFalse(write(packet, 1349, ChecksumState.PARTIAL, 1400), "segments beyond the MTU");
    assertFalse(write(packet, 1348, ChecksumState.UNKNOWN, 1400), "a checksum of the whole");
    assertFalse(write(Packets.udp6(4000), 1000, ChecksumState.PARTIAL, 1400), "UDP");
    packet[6] = 0x20;
    assertFalse(write(packet, 1348, ChecksumState.PARTIAL, 1400), "a fragment");
  }
}
