package dev.zuido.esp;

import dev.zuido.wire.PacketBatch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the ESP packets of one call stand in a slab, for the ciphers to work on together.
 *
 * <pre>
 *   espOffset: SPI 4 | Sequence 4 | IV | encryptedLength bytes | ICV
 * </pre>
 *
 * <p>It grows to the largest burst that its SA has seen, at most {@link #MAX_COUNT} packets, and
 * allocates nothing after that.
 */
final class EspFrames {
  /** The most packets that are processed together. */
  static final int MAX_COUNT = 64;

  private final int ivLength;
  private int[] packets = new int[1];
  private int[] espOffsets = new int[1];
  private int[] encryptedLengths = new int[1];
  private long[] sequences = new long[1];
  private boolean[] authentic = new boolean[1];
  private int count;
  private int judged;

  /** The IV to use instead of a fresh one, for tests that seal a recorded packet again. */
  private byte @Nullable [] presetIv;

  EspFrames(int ivLength) {
    this.ivLength = ivLength;
  }

  void clear() {
    count = 0;
    judged = 0;
  }

  int count() {
    return count;
  }

  boolean isFull() {
    return count == MAX_COUNT;
  }

  void add(int packet, int espOffset, int encryptedLength, long sequence) {
    if (count == packets.length) {
      int capacity = Math.min(MAX_COUNT, count * 4);
      packets = Arrays.copyOf(packets, capacity);
      espOffsets = Arrays.copyOf(espOffsets, capacity);
      encryptedLengths = Arrays.copyOf(encryptedLengths, capacity);
      sequences = Arrays.copyOf(sequences, capacity);
      authentic = Arrays.copyOf(authentic, capacity);
    }
    packets[count] = packet;
    espOffsets[count] = espOffset;
    encryptedLengths[count] = encryptedLength;
    sequences[count] = sequence;
    authentic[count] = false;
    count++;
  }

  /** The packet's index in its batch. */
  int packet(int frame) {
    return packets[frame];
  }

  /** Where the SPI stands. */
  int espOffset(int frame) {
    return espOffsets[frame];
  }

  int ivOffset(int frame) {
    return espOffsets[frame] + EspSuite.ESP_HEADER_LENGTH;
  }

  int encryptedOffset(int frame) {
    return espOffsets[frame] + EspSuite.ESP_HEADER_LENGTH + ivLength;
  }

  int encryptedLength(int frame) {
    return encryptedLengths[frame];
  }

  int icvOffset(int frame) {
    return encryptedOffset(frame) + encryptedLengths[frame];
  }

  /** The whole sequence number; without extension its high half is 0. */
  long sequence(int frame) {
    return sequences[frame];
  }

  boolean isAuthentic(int frame) {
    return authentic[frame];
  }

  void setAuthentic(int frame, boolean value) {
    authentic[frame] = value;
  }

  /** Gives a frame's packet its verdict. Frames are judged in their order. */
  void judge(PacketBatch batch, int frame, EspVerdict verdict) {
    batch.setVerdict(packets[frame], verdict);
    judged = frame + 1;
  }

  /**
   * The cipher has failed: no packet passes whose frame was not judged.
   *
   * @return how many those are
   */
  int fail(PacketBatch batch) {
    int left = count - judged;
    for (int i = judged; i < count; i++) {
      batch.setVerdict(packets[i], EspVerdict.CIPHER_FAILED);
    }
    clear();
    return left;
  }

  byte @Nullable [] presetIv() {
    return presetIv;
  }

  void presetIv(byte @Nullable [] iv) {
    presetIv = iv;
  }
}
