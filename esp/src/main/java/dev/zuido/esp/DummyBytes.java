package dev.zuido.esp;

import dev.zuido.wire.BigEndian;

/**
 * Bytes that look random, to fill dummy packets with: a SplitMix64 sequence. They need not be
 * unpredictable, since they are encrypted as any payload is.
 */
final class DummyBytes {
  private long state;

  DummyBytes(long seed) {
    state = seed;
  }

  void fill(byte[] bytes, int offset, int length) {
    int position = offset;
    int end = offset + length;
    while (end - position >= Long.BYTES) {
      BigEndian.putLong(bytes, position, next());
      position += Long.BYTES;
    }
    for (long rest = next(); position < end; rest >>>= Byte.SIZE) {
      bytes[position++] = (byte) rest;
    }
  }

  private long next() {
    state += 0x9e37_79b9_7f4a_7c15L;
    long mixed = (state ^ state >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
    return mixed ^ mixed >>> 31;
  }
}
