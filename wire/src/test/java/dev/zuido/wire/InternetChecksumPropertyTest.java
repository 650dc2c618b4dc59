package dev.zuido.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class InternetChecksumPropertyTest {
  /** The sum of 16-bit words with end-around carry, as RFC 1071 section 4.1 writes it down. */
  private static int reference(byte[] bytes) {
    int sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum += (bytes[i] & 0xff) << ((i & 1) == 0 ? 8 : 0);
      sum = (sum & 0xffff) + (sum >>> 16);
    }
    return ~sum & 0xffff;
  }

  @Property(tries = 500)
  void theSumIsThatOfTheRfc(@ForAll @Size(max = 100) byte[] bytes) {
    assertEquals(reference(bytes), InternetChecksum.of(bytes, 0, bytes.length));
    assertEquals(
        reference(bytes), InternetChecksum.of(Unpooled.wrappedBuffer(bytes), 0, bytes.length));
  }

  /** Long areas take another way, with an even or odd rest, from any offset on. */
  @Property(tries = 500)
  void theSumOfALongAreaIsThatOfTheRfc(
      @ForAll long seed,
      @ForAll @IntRange(max = 3000) int length,
      @ForAll @IntRange(max = 9) int offset,
      @ForAll boolean ones) {
    byte[] bytes = new byte[offset + length + 9];
    if (ones) {
      Arrays.fill(bytes, (byte) 0xff);
    } else {
      new Random(seed).nextBytes(bytes);
    }
    byte[] area = Arrays.copyOfRange(bytes, offset, offset + length);
    assertEquals(reference(area), InternetChecksum.of(bytes, offset, length));
    int half = length / 4 * 2;
    assertEquals(
        reference(area),
        InternetChecksum.finish(
            InternetChecksum.sum(bytes, offset, half)
                + InternetChecksum.sum(bytes, offset + half, length - half)));
  }

  @Property(tries = 500)
  void theIncrementalUpdateIsTheFullComputation(
      @ForAll @Size(40) byte[] bytes,
      @ForAll @IntRange(max = 18) int word,
      @ForAll @IntRange(max = 0xffff) int value) {
    bytes[0] = 0x45; // no area of zeros: its sum would be the other zero
    int index = 2 + word * 2;
    int before = InternetChecksum.of(bytes, 0, bytes.length);
    int old = BigEndian.getUnsignedShort(bytes, index);
    BigEndian.putShort(bytes, index, value);
    assertEquals(
        InternetChecksum.of(bytes, 0, bytes.length), InternetChecksum.update16(before, old, value));
  }

  @Property(tries = 500)
  void theIncrementalUpdateOf32BitsIsTheFullComputation(
      @ForAll @Size(40) byte[] bytes, @ForAll @IntRange(max = 17) int word, @ForAll int value) {
    bytes[0] = 0x45;
    int index = 2 + word * 2;
    int before = InternetChecksum.of(bytes, 0, bytes.length);
    int old = BigEndian.getInt(bytes, index);
    BigEndian.putInt(bytes, index, value);
    assertEquals(
        InternetChecksum.of(bytes, 0, bytes.length), InternetChecksum.update32(before, old, value));
  }

  /** RFC 1624 section 4: the update that RFC 1141 got wrong. */
  @Example
  void theExampleOfRfc1624() {
    assertEquals(0x0000, InternetChecksum.update16(0xdd2f, 0x5555, 0x3285));
  }

  /** RFC 1071 section 3. */
  @Example
  void theExampleOfRfc1071() {
    byte[] bytes = {
      0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7
    };
    assertEquals(~0xddf2 & 0xffff, InternetChecksum.of(bytes, 0, 8));
  }

  @Property(tries = 300)
  void decrementingTheTtlKeepsTheChecksumRight(
      @ForAll int source,
      @ForAll @IntRange(min = 1, max = 255) int ttl,
      @ForAll @IntRange(max = 255) int protocol) {
    byte[] bytes = new byte[20];
    Ipv4Fields.write(bytes, 0, 0, 20, 7, 0, ttl, protocol, source, 99);
    Ipv4Fields.decrementTtl(bytes, 0);
    assertEquals(ttl - 1, Ipv4Fields.ttl(bytes, 0));
    assertEquals(0, InternetChecksum.of(bytes, 0, 20));
  }
}
