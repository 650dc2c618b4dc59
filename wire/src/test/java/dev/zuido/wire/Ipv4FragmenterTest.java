package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Ipv4FragmenterTest {
  private final Ipv4Fragmenter fragmenter = new Ipv4Fragmenter();
  private final PacketBatch batch = new PacketBatch(3, 1500, 0, 0);

  @Test
  void aPacketThatFitsIsLeftAlone() {
    byte[] packet = FragmentationPropertyTest.packet(1480, 0, new Random(1));
    assertEquals(Ipv4Fragmenter.Result.FITS, fragmenter.fragment(packet, 0, 1500, batch));
    assertEquals(0, batch.size());
  }

  @Test
  void dontFragmentIsHonoured() {
    byte[] packet = FragmentationPropertyTest.packet(1481, 0, new Random(1));
    BigEndian.putShort(packet, 6, Ipv4Fields.DONT_FRAGMENT);
    Ipv4Fields.updateChecksum(packet, 0);
    assertEquals(Ipv4Fragmenter.Result.DONT_FRAGMENT, fragmenter.fragment(packet, 0, 1500, batch));
    assertEquals(0, batch.size());
  }

  @Test
  void nothingIsAddedWhenNotAllFragmentsFit() {
    byte[] packet = FragmentationPropertyTest.packet(1480, 0, new Random(1));
    assertEquals(Ipv4Fragmenter.Result.NO_ROOM, fragmenter.fragment(packet, 0, 400, batch));
    assertEquals(0, batch.size());
    PacketBatch small = new PacketBatch(9, 100, 0, 0);
    assertEquals(Ipv4Fragmenter.Result.NO_ROOM, fragmenter.fragment(packet, 0, 1000, small));
    assertEquals(0, small.size());
  }

  @Test
  void anMtuWithoutRoomForEightBytesIsRefused() {
    byte[] packet = FragmentationPropertyTest.packet(100, 0, new Random(1));
    assertEquals(Ipv4Fragmenter.Result.MTU_TOO_SMALL, fragmenter.fragment(packet, 0, 27, batch));
    assertEquals(Ipv4Fragmenter.Result.MTU_TOO_SMALL, fragmenter.fragment(packet, 0, 5, batch));
  }

  @Test
  void onlyCopiedOptionsGoIntoLaterFragments() throws MalformedPacketException {
    byte[] packet = FragmentationPropertyTest.packet(300, 2, new Random(1));
    List<byte[]> fragments = FragmentationPropertyTest.fragments(packet, 200);
    assertEquals(2, fragments.size());
    Ipv4Header first = Ipv4Header.decode(Unpooled.wrappedBuffer(fragments.get(0)));
    Ipv4Header second = Ipv4Header.decode(Unpooled.wrappedBuffer(fragments.get(1)));
    assertEquals("070704000000000194040000", first.options().toString());
    assertEquals("94040000", second.options().toString());
    assertTrue(first.moreFragments());
    assertEquals(0, first.fragmentOffset());
    assertEquals(168, first.payloadLength());
    assertEquals(168, second.fragmentOffset());
    assertEquals(132, second.payloadLength());
    assertEquals(first.identification(), second.identification());
  }

  /**
   * A fragment of a ping, 1500 bytes long, that Linux 6.1 split again for a tunnel of 1372: its
   * last part still has others behind it.
   */
  @Test
  void aFragmentIsSplitAsLinuxDoesIt() {
    byte[] packet =
        Arrays.copyOf(ByteBufUtil.decodeHexDump("450005dcf5dd20003f0149400a0102010a010101"), 1500);
    assertTrue(Ipv4Fields.isWellFormed(packet, 0, 1500));
    assertEquals(Ipv4Fragmenter.Result.FRAGMENTED, fragmenter.fragment(packet, 0, 1372, batch));
    assertEquals(2, batch.size());
    assertEquals(
        "4500055cf5dd20003f0149c00a0102010a010101", ByteBufUtil.hexDump(batch.copy(0), 0, 20));
    assertEquals(
        "45000094f5dd20a93f014ddf0a0102010a010101", ByteBufUtil.hexDump(batch.copy(1), 0, 20));
  }
}
