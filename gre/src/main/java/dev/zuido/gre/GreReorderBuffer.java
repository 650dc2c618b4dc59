package dev.zuido.gre;

import dev.zuido.wire.PacketBatch;

/**
 * Packets that came before their turn (RFC 2890 section 2.2), in memory that is taken once.
 *
 * <p>Positions 0 to {@code ready} of {@link #order} are in order and wait to be given back; behind
 * them stand those that still miss a predecessor, sorted by their sequence numbers.
 */
final class GreReorderBuffer {
  private static final int BLOCK_SHIFT = 8;
  private static final int BLOCK = 1 << BLOCK_SHIFT;

  /**
   * Once a gap is filled, the rest of its batch has to go behind what was held, however little may
   * be held: so many packets of 2 KiB.
   */
  private static final int BATCH = 64;

  private static final int BATCH_BLOCKS = BATCH * (2_048 / BLOCK);

  private final int waitingLimit;
  private final long holdNanos;
  private final byte[] memory;

  /** The block behind each block: in a packet, or in the list of free ones; -1 for none. */
  private final int[] nextBlock;

  private int freeBlock;
  private int freeBlocks;

  private final int[] order;
  private int ready;
  private int count;

  // One entry per slot.
  private final int[] sequences;
  private final int[] lengths;
  private final int[] blocks;
  private final int[] ecns;
  private final int[] ingress;
  private final long[] arrivals;
  private final int[] freeSlots;

  private int lastSequence = -1;
  private long deadline = GreTunnel.NO_DEADLINE;

  GreReorderBuffer(ReorderLimits limits) {
    this.waitingLimit = limits.packets();
    this.holdNanos = limits.holdNanos();
    int blockCount = ((limits.bytes() + BLOCK - 1) >>> BLOCK_SHIFT) + BATCH_BLOCKS;
    this.memory = new byte[Math.multiplyExact(blockCount, BLOCK)];
    this.nextBlock = new int[blockCount];
    // As many again may be in order already while the batch is at work that set them free.
    int slots = 2 * waitingLimit + 1 + BATCH;
    this.order = new int[slots];
    this.sequences = new int[slots];
    this.lengths = new int[slots];
    this.blocks = new int[slots];
    this.ecns = new int[slots];
    this.ingress = new int[slots];
    this.arrivals = new long[slots];
    this.freeSlots = new int[slots];
    reset();
  }

  /** Whether a number is newer than another, modulo 2^32. */
  static boolean isAhead(int sequence, int last) {
    int ahead = sequence - last;
    return ahead > 0 || ahead == Integer.MIN_VALUE;
  }

  /** Forgets everything: the next number is taken as it comes. */
  void reset() {
    for (int i = 0; i < nextBlock.length; i++) {
      nextBlock[i] = i + 1 < nextBlock.length ? i + 1 : -1;
    }
    freeBlock = 0;
    freeBlocks = nextBlock.length;
    for (int i = 0; i < freeSlots.length; i++) {
      freeSlots[i] = i;
    }
    ready = 0;
    count = 0;
    lastSequence = -1;
    deadline = GreTunnel.NO_DEADLINE;
  }

  /** Whether a packet with this number is late, or another with it waits already. */
  boolean isLate(int sequence) {
    return !isAhead(sequence, lastSequence)
        || (count > ready
            && position(sequence) < count
            && sequenceAt(position(sequence)) == sequence);
  }

  /**
   * Takes the number of a packet that is not late.
   *
   * @return DECAPSULATED where it is its turn, HELD where its bytes were copied, or
   *     REORDER_BUFFER_FULL
   */
  GreVerdict take(int sequence, PacketBatch batch, int index, int inner, int length) {
    if (sequence == lastSequence + 1 && ready == 0) {
      lastSequence = sequence;
      advance();
      return GreVerdict.DECAPSULATED;
    }
    if (!hasRoom(sequence, length)) {
      return GreVerdict.REORDER_BUFFER_FULL;
    }
    int slot = insert(sequence, batch.arrivalNanos(index));
    lengths[slot] = length;
    ecns[slot] = batch.ecn(index);
    ingress[slot] = batch.ingress(index);
    blocks[slot] = store(batch.slab(), inner, length);
    settle();
    return GreVerdict.HELD;
  }

  /** Takes the number of a packet that needs no order, and whose successors do. */
  void skip(int sequence, long arrivalNanos) {
    if (sequence == lastSequence + 1 && ready == 0) {
      lastSequence = sequence;
      advance();
    } else if (hasRoom(sequence, 0)) {
      int slot = insert(sequence, arrivalNanos);
      lengths[slot] = 0;
      blocks[slot] = -1;
      settle();
    }
  }

  private boolean hasRoom(int sequence, int length) {
    boolean next = sequence == lastSequence + 1;
    int slots = next ? order.length : order.length - BATCH;
    int left = next ? freeBlocks : freeBlocks - BATCH_BLOCKS;
    return count < slots && blocksFor(length) <= left;
  }

  private static int blocksFor(int length) {
    return (length + BLOCK - 1) >>> BLOCK_SHIFT;
  }

  private int insert(int sequence, long arrivalNanos) {
    int slot = freeSlots[count];
    int position = position(sequence);
    System.arraycopy(order, position, order, position + 1, count - position);
    order[position] = slot;
    count++;
    sequences[slot] = sequence;
    arrivals[slot] = arrivalNanos;
    return slot;
  }

  /** Where a number belongs among those that wait. */
  private int position(int sequence) {
    int distance = sequence - lastSequence;
    int low = ready;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.compareUnsigned(sequenceAt(middle) - lastSequence, distance) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int sequenceAt(int position) {
    return sequences[order[position]];
  }

  /** Lets those go whose turn has come or for whom there is no room to wait. */
  private void settle() {
    advance();
    while (count - ready > waitingLimit) {
      lastSequence = sequenceAt(ready++);
      advance();
    }
    updateDeadline();
  }

  private void advance() {
    if (count == ready) {
      return;
    }
    while (ready < count && sequenceAt(ready) == lastSequence + 1) {
      lastSequence++;
      ready++;
    }
    updateDeadline();
  }

  private void updateDeadline() {
    long earliest = GreTunnel.NO_DEADLINE;
    for (int i = ready; i < count; i++) {
      earliest = Math.min(earliest, expiry(order[i]));
    }
    deadline = earliest;
  }

  private long expiry(int slot) {
    long then = arrivals[slot] + holdNanos;
    return arrivals[slot] > 0 && then < 0 ? GreTunnel.NO_DEADLINE - 1 : then;
  }

  /** Lets those go that have waited long enough, and all before them. */
  void handleTimeout(long nowNanos) {
    if (nowNanos < deadline) {
      return;
    }
    for (int i = count - 1; i >= ready; i--) {
      if (expiry(order[i]) <= nowNanos) {
        lastSequence = sequenceAt(i);
        ready = i + 1;
        break;
      }
    }
    advance();
    updateDeadline();
  }

  long nextDeadline() {
    return deadline;
  }

  /** Appends those whose turn has come to a batch until it is full. */
  int release(PacketBatch out) {
    int released = 0;
    int taken = 0;
    while (taken < ready && !out.isFull()) {
      int slot = order[taken];
      if (blocks[slot] >= 0) {
        give(slot, out);
        released++;
      }
      taken++;
    }
    if (taken > 0) {
      // The slots leave the front of the order and become free at its end.
      for (int i = 0; i < taken; i++) {
        freeSlots[count - 1 - i] = order[i];
      }
      System.arraycopy(order, taken, order, 0, count - taken);
      count -= taken;
      ready -= taken;
    }
    return released;
  }

  private void give(int slot, PacketBatch out) {
    int length = lengths[slot];
    int index = out.addUninitialized(length);
    int target = out.offset(index);
    int block = blocks[slot];
    int copied = 0;
    int last = block;
    while (copied < length) {
      int part = Math.min(BLOCK, length - copied);
      System.arraycopy(memory, block << BLOCK_SHIFT, out.slab(), target + copied, part);
      copied += part;
      last = block;
      block = nextBlock[block];
    }
    nextBlock[last] = freeBlock;
    freeBlock = blocks[slot];
    freeBlocks += blocksFor(length);
    out.setVerdict(index, GreVerdict.DECAPSULATED);
    out.setEcn(index, ecns[slot]);
    out.setIngress(index, ingress[slot]);
    out.setArrivalNanos(index, arrivals[slot]);
  }

  private int store(byte[] slab, int offset, int length) {
    int first = freeBlock;
    int block = first;
    int stored = 0;
    while (stored < length) {
      int part = Math.min(BLOCK, length - stored);
      System.arraycopy(slab, offset + stored, memory, block << BLOCK_SHIFT, part);
      stored += part;
      freeBlocks--;
      freeBlock = nextBlock[block];
      block = freeBlock;
    }
    return first;
  }
}
