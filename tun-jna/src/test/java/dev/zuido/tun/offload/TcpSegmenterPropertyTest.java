package dev.zuido.tun.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.BigEndian;
import dev.zuido.wire.PacketBatch;
import dev.zuido.wire.PacketBatch.ChecksumState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class TcpSegmenterPropertyTest {
  /** Written back behind one another, the segments are the whole. */
  @Property
  void segmentsAreTheWhole(
      @ForAll @IntRange(min = 1, max = 65000) int payloadBytes,
      @ForAll @IntRange(min = 500, max = 9000) int gsoSize,
      @ForAll int sequence,
      @ForAll boolean ipv6) {
    byte[] whole =
        ipv6
            ? Packets.tcp6(payloadBytes, sequence, 0x18)
            : Packets.tcp4(payloadBytes, sequence, 0x18);
    int tcp = ipv6 ? 40 : 20;
    int headers = tcp + Packets.TCP_HEADER_BYTES;
    var segmenter = new TcpSegmenter();
    assertTrue(segmenter.load(whole, 0, whole.length, gsoSize, ChecksumState.PARTIAL));
    byte[] joined = Arrays.copyOf(whole, headers);
    var one = new PacketBatch(1, 10000, 0, 0);
    var transport = new TransportHeader();
    int segments = 0;
    while (segmenter.hasNext()) {
      one.clear();
      segmenter.next(one);
      byte[] segment = one.copy(0);
      assertTrue(transport.locate(segment, 0, segment.length));
      assertEquals(segment.length, transport.end());
      assertEquals(sequence + joined.length - headers, BigEndian.getInt(segment, tcp + 4));
      int at = joined.length;
      joined = Arrays.copyOf(joined, at + segment.length - headers);
      System.arraycopy(segment, headers, joined, at, segment.length - headers);
      segments++;
    }
    assertEquals((payloadBytes + gsoSize - 1) / gsoSize, segments);
    assertTrue(Arrays.equals(whole, joined));
  }

  /** From native memory the segments are the same, also behind extension headers of any length. */
  @Property(tries = 200)
  void segmentsOfABufferAreThoseOfTheArray(
      @ForAll @IntRange(min = 1, max = 60000) int payloadBytes,
      @ForAll @IntRange(min = 500, max = 9000) int gsoSize,
      @ForAll @IntRange(min = 0, max = 300) int options,
      @ForAll boolean ipv6) {
    byte[] whole = ipv6 ? Packets.tcp6(payloadBytes, 7, 0x18) : Packets.tcp4(payloadBytes, 7, 0x18);
    if (ipv6 && options > 0) {
      whole = withDestinationOptions(whole, Math.min(255, options));
    }
    ByteBuffer buffer = ByteBuffer.allocateDirect(whole.length + 20);
    buffer.put(10, whole);
    var fromArray = new TcpSegmenter();
    var fromBuffer = new TcpSegmenter();
    // What is left of another packet must not be looked at.
    assertTrue(fromBuffer.load(buffered, 0, buffered.capacity(), 1000, ChecksumState.PARTIAL));
    assertTrue(fromArray.load(whole, 0, whole.length, gsoSize, ChecksumState.PARTIAL));
    assertTrue(fromBuffer.load(buffer, 10, whole.length, gsoSize, ChecksumState.PARTIAL));
    var one = new PacketBatch(1, 20000, 0, 0);
    var other = new PacketBatch(1, 20000, 0, 0);
    while (fromArray.hasNext()) {
      one.clear();
      other.clear();
      assertEquals(fromArray.segmentBytes(), fromBuffer.segmentBytes());
      fromArray.next(one);
      fromBuffer.next(other);
      assertTrue(Arrays.equals(one.copy(0), other.copy(0)));
    }
    assertFalse(fromBuffer.hasNext());
  }

  private final ByteBuffer buffered = ByteBuffer.wrap(Packets.tcp6(5000, 1, 0x10));

  /** The packet with an options header of 8 + 8 * units bytes before TCP. */
  private static byte[] withDestinationOptions(byte[] packet, int units) {
    int length = 8 + 8 * units;
    byte[] longer = new byte[packet.length + length];
    System.arraycopy(packet, 0, longer, 0, 40);
    System.arraycopy(packet, 40, longer, 40 + length, packet.length - 40);
    BigEndian.putShort(longer, 4, longer.length - 40);
    longer[6] = 60;
    longer[40] = 6;
    longer[41] = (byte) units;
    return longer;
  }

  /** Whatever the bytes are, they are refused or come out. */
  @Property
  void arbitraryBytesDoNoHarm(
      @ForAll @Size(max = 300) byte[] bytes,
      @ForAll @IntRange(min = 4, max = 6) int version,
      @ForAll @IntRange(min = 0, max = 3) int protocol,
      @ForAll @IntRange(min = 0, max = 200) int gsoSize,
      @ForAll ChecksumState state) {
    if (bytes.length > 40) {
      bytes[0] = (byte) (version << 4 | 5);
      BigEndian.putShort(bytes, version == 4 ? 2 : 4, bytes.length - (version == 4 ? 0 : 40));
      bytes[version == 4 ? 9 : 6] = (byte) new int[] {6, 17, 43, 0}[protocol];
    }
    byte[] before = bytes.clone();
    var segmenter = new TcpSegmenter();
    var batch = new PacketBatch(1, 400, 0, 0);
    int produced = 0;
    boolean usable = segmenter.load(bytes, 0, bytes.length, gsoSize, state);
    while (segmenter.hasNext()) {
      batch.clear();
      produced += batch.length(segmenter.next(batch));
    }
    assertTrue(Arrays.equals(before, bytes), "the source was changed");
    assertTrue(produced >= (usable ? bytes.length : 0));
  }
}
