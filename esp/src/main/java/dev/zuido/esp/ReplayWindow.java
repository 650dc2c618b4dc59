package dev.zuido.esp;

import java.util.Arrays;

/**
 * The anti-replay window of an inbound SA (RFC 4303 section 3.4.3), as the ring of 64-bit blocks of
 * RFC 6479: advancing clears blocks and shifts nothing.
 *
 * <p>Checking changes nothing. {@link #advance} is called after the packet was found authentic, so
 * that a forged one moves nothing. Sequence numbers are 64 bits wide here; without extended
 * sequence numbers they stay below 2^32.
 *
 * <p>The window is exactly as large as was asked for, whatever its size. Only the memory is rounded
 * up, to a power of two of blocks with at least one more than the window fills: 16 bytes for 32 and
 * 64 packets, 16 KiB for 65 536.
 */
public final class ReplayWindow {
  /** The smallest window, in packets: what RFC 4303 section 3.4.3 demands at least. */
  public static final int MIN_SIZE = 32;

  /** The largest window, in packets. */
  public static final int MAX_SIZE = 65_536;

  private final int size;
  private final int blockMask;
  private final long[] blocks;
  private long highest;

  /** What the window says about a sequence number. */
  public enum Result {
    /** Not seen, and right of the window or in it. */
    FRESH,
    /** Seen. */
    REPLAYED,
    /** Left of the window; or 0, which no sender uses. */
    TOO_OLD
  }

  /**
   * Makes an empty window.
   *
   * @param size in packets, {@value #MIN_SIZE} to {@value #MAX_SIZE}
   */
  public ReplayWindow(int size) {
    this(size, 0);
  }

  /** Makes a window behind numbers that were all used; see {@link #ReplayWindow(int)}. */
  ReplayWindow(int size, long highest) {
    if (size < MIN_SIZE || size > MAX_SIZE) {
      throw new IllegalArgumentException("a replay window is 32 to 65536: " + size);
    }
    this.size = size;
    // One block more than the window fills, since the newest block is only partly in use.
    int wanted = (size + 63) / 64 + 1;
    int count = wanted == 1 ? 1 : Integer.highestOneBit(wanted - 1) << 1;
    this.blockMask = count - 1;
    this.blocks = new long[count];
    restart(highest);
  }

  /** Takes a number for the highest that was used, and all below it for used too. */
  void restart(long newHighest) {
    highest = newHighest;
    Arrays.fill(blocks, newHighest == 0 ? 0 : -1L);
    // Above the highest number, its block is still unused.
    blocks[(int) (newHighest >>> 6) & blockMask] &= (2L << newHighest) - 1;
  }

  /** The size in packets. */
  public int size() {
    return size;
  }

  /** The highest sequence number that was accepted, 0 before the first. */
  public long highest() {
    return highest;
  }

  /** What the window says about a sequence number; nothing changes. */
  public Result check(long sequence) {
    if (sequence <= 0) {
      return Result.TOO_OLD;
    }
    if (sequence > highest) {
      return Result.FRESH;
    }
    if (highest - sequence >= size) {
      return Result.TOO_OLD;
    }
    boolean seen = (blocks[(int) (sequence >>> 6) & blockMask] >>> sequence & 1) != 0;
    return seen ? Result.REPLAYED : Result.FRESH;
  }

  /**
   * Marks a sequence number as seen, and moves the window if it is the highest.
   *
   * @return as {@link #check}; only for {@link Result#FRESH} did anything change
   */
  public Result advance(long sequence) {
    Result result = check(sequence);
    if (result != Result.FRESH) {
      return result;
    }
    if (sequence > highest) {
      long from = highest >>> 6;
      long steps = (sequence >>> 6) - from;
      if (steps > blockMask) {
        Arrays.fill(blocks, 0);
      } else {
        for (long step = 1; step <= steps; step++) {
          blocks[(int) (from + step) & blockMask] = 0;
        }
      }
      highest = sequence;
    }
    blocks[(int) (sequence >>> 6) & blockMask] |= 1L << sequence;
    return Result.FRESH;
  }

  /**
   * Completes the low half of an extended sequence number to the one that the sender most probably
   * meant (RFC 4303 appendix A2.2).
   *
   * @param low the 32 bits that the packet carries
   * @return the 64-bit number; 0 or less where it would lie before the first
   */
  long extend(int low) {
    long lowPart = low & 0xffff_ffffL;
    long subspace = highest & ~0xffff_ffffL;
    long topLow = highest & 0xffff_ffffL;
    long bottomLow = topLow - (size - 1) & 0xffff_ffffL;
    if (topLow >= size - 1) {
      // The window lies in one subspace: what is left of it belongs to the next.
      return lowPart >= bottomLow ? subspace + lowPart : subspace + (1L << 32) + lowPart;
    }
    // The window spans two subspaces: high numbers are the older one's.
    return lowPart >= bottomLow ? subspace - (1L << 32) + lowPart : subspace + lowPart;
  }
}
