package dev.zuido.esp;

import dev.zuido.wire.BigEndian;

/**
 * The IV of the counter modes: the sequence number, extended or not, in 8 bytes. It never repeats
 * under one key, which these modes rest on, and needs no random numbers.
 */
final class CounterIv {
  private CounterIv() {}

  /** Writes a frame's IV, or the one that a test presets. */
  static void write(byte[] slab, EspFrames frames, int frame) {
    byte[] preset = frames.presetIv();
    if (preset == null) {
      BigEndian.putLong(slab, frames.ivOffset(frame), frames.sequence(frame));
    } else {
      System.arraycopy(preset, 0, slab, frames.ivOffset(frame), Long.BYTES);
    }
  }
}
