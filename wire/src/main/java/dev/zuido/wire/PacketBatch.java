package dev.zuido.wire;

import java.util.Arrays;

/**
 * A batch of packets in one {@code byte[]} slab.
 *
 * <p>Each packet has a slot of the slab. It starts somewhere inside its slot, so that headers can
 * be put before it (headroom) and trailers behind it (tailroom) without copying. The slots are of
 * equal size, or, in a {@linkplain #compact compact} batch, each as long as its packet needs.
 * Beside the bytes, the batch knows of each packet: the verdict, and what the ports know (segment
 * size of a super-packet, state of its checksum, ECN, time and interface of arrival).
 *
 * <pre>
 *   slot i:  | headroom |  packet: offset(i) .. offset(i)+length(i)  | tailroom |
 * </pre>
 *
 * <p>A batch belongs to one thread at a time. Nothing here allocates after the constructor.
 */
public final class PacketBatch {
  /**
   * Headroom that suffices for outer IPv4, UDP, ESP with a 16-byte IV, and GRE with all its fields.
   */
  public static final int DEFAULT_HEADROOM = 128;

  /** Tailroom that suffices for ESP padding to 16 bytes, its trailer and a 32-byte ICV. */
  public static final int DEFAULT_TAILROOM = 64;

  /** What is known about the transport checksum of a packet. */
  public enum ChecksumState {
    /** Nothing: the receiver has to verify it. */
    UNKNOWN,
    /** Verified by whoever delivered the packet. */
    VERIFIED,
    /**
     * Only the pseudo-header's sum stands in the field: whoever sends the packet has to finish it.
     */
    PARTIAL
  }

  private final byte[] slab;
  private final int slotBytes;
  private final int headroom;

  /** Bytes behind each packet in a compact batch; -1 where all slots are of equal size. */
  private final int compactTailroom;

  private final int[] starts;
  private final int[] offsets;
  private final int[] lengths;
  private final Verdict[] verdicts;
  private final int[] gsoSizes;
  private final ChecksumState[] checksumStates;
  private final byte[] ecns;
  private final long[] arrivalNanos;
  private final int[] ingress;
  private final int[] nextHops;
  private int size;

  /**
   * Makes an empty batch.
   *
   * @param capacity the number of packets it can hold, at least 1
   * @param packetBytes the longest packet that can be added, in bytes, at least 1
   * @param headroom bytes free before an added packet
   * @param tailroom bytes free behind the longest packet
   */
  public PacketBatch(int capacity, int packetBytes, int headroom, int tailroom) {
    this(
        capacity,
        slotBytes(capacity, packetBytes, headroom, tailroom),
        Math.multiplyExact(capacity, slotBytes(capacity, packetBytes, headroom, tailroom)),
        headroom,
        -1);
  }

  private PacketBatch(
      int capacity, int slotBytes, int slabBytes, int headroom, int compactTailroom) {
    this.slotBytes = slotBytes;
    this.headroom = headroom;
    this.compactTailroom = compactTailroom;
    this.slab = new byte[slabBytes];
    // The start of a slot, and behind the last one where the next starts.
    this.starts = new int[capacity + 1];
    this.offsets = new int[capacity];
    this.lengths = new int[capacity];
    this.verdicts = new Verdict[capacity];
    this.gsoSizes = new int[capacity];
    this.checksumStates = new ChecksumState[capacity];
    this.ecns = new byte[capacity];
    this.arrivalNanos = new long[capacity];
    this.ingress = new int[capacity];
    this.nextHops = new int[capacity];
    Arrays.fill(verdicts, Verdict.PASS);
    Arrays.fill(checksumStates, ChecksumState.UNKNOWN);
  }

  private static int slotBytes(int capacity, int packetBytes, int headroom, int tailroom) {
    if (capacity < 1 || packetBytes < 1 || headroom < 0 || tailroom < 0) {
      throw new IllegalArgumentException("capacity and packet size have to be positive");
    }
    return Math.addExact(Math.addExact(headroom, packetBytes), tailroom);
  }

  /**
   * Makes an empty batch for packets of which few are as long as the longest: each takes the bytes
   * that it needs, with the default head- and tailroom, so that a batch of usual packets stays in
   * the processor's cache. It is full when the next packet might not find room.
   *
   * @param capacity the most packets, at least 1; so many of the usual length find room
   * @param usualBytes the length of a usual packet, in bytes, at least 1
   * @param packetBytes the longest packet that can be added, in bytes, not less
   */
  public static PacketBatch compact(int capacity, int usualBytes, int packetBytes) {
    if (packetBytes < usualBytes) {
      throw new IllegalArgumentException("the longest packet is not shorter than the usual one");
    }
    int usual = slotBytes(capacity, usualBytes, DEFAULT_HEADROOM, DEFAULT_TAILROOM);
    int longest = slotBytes(capacity, packetBytes, DEFAULT_HEADROOM, DEFAULT_TAILROOM);
    int slabBytes = Math.addExact(Math.multiplyExact(usual, capacity - 1), longest);
    return new PacketBatch(capacity, longest, slabBytes, DEFAULT_HEADROOM, DEFAULT_TAILROOM);
  }

  /**
   * A batch of one slot for packets of at most so many bytes, with the default head- and tailroom.
   */
  public static PacketBatch ofOne(int packetBytes) {
    return new PacketBatch(1, packetBytes, DEFAULT_HEADROOM, DEFAULT_TAILROOM);
  }

  /** The array that holds all packets. */
  public byte[] slab() {
    return slab;
  }

  /** The number of packets in the batch. */
  public int size() {
    return size;
  }

  /** The number of packets that the batch can hold. */
  public int capacity() {
    return offsets.length;
  }

  /** Whether no further packet can be added. */
  public boolean isFull() {
    return size == offsets.length || starts[size] + slotBytes > slab.length;
  }

  /**
   * The longest packet that can be added, in bytes, without touching the tailroom that it asks for.
   */
  public int maxPacketBytes(int tailroom) {
    return slotBytes - headroom - Math.max(tailroom, compactTailroom);
  }

  /** Empties the batch. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds a packet by copying it.
   *
   * @return its index
   * @throws IllegalStateException if the batch is full
   * @throws IllegalArgumentException if the packet is longer than a slot takes
   */
  public int add(byte[] source, int offset, int length) {
    int index = addUninitialized(length);
    System.arraycopy(source, offset, slab, offsets[index], length);
    return index;
  }

  /**
   * Adds a packet whose bytes the caller writes into the {@link #slab()} from {@link #offset(int)}
   * on.
   *
   * @return its index
   * @throws IllegalStateException if the batch is full
   * @throws IllegalArgumentException if the packet is longer than a slot takes
   */
  public int addUninitialized(int length) {
    if (isFull()) {
      throw new IllegalStateException("the batch is full: " + size + " packets");
    }
    if (length < 0 || length > maxPacketBytes(0)) {
      throw new IllegalArgumentException(
          "a packet of " + length + " bytes does not fit a slot of " + maxPacketBytes(0));
    }
    int index = size++;
    offsets[index] = starts[index] + headroom;
    starts[index + 1] =
        starts[index] + (compactTailroom < 0 ? slotBytes : headroom + length + compactTailroom);
    lengths[index] = length;
    verdicts[index] = Verdict.PASS;
    gsoSizes[index] = 0;
    setChecksumState(index, ChecksumState.UNKNOWN);
    ecns[index] = 0;
    arrivalNanos[index] = 0;
    ingress[index] = -1;
    nextHops[index] = 0;
    return index;
  }

  /**
   * Adds a packet of another batch by copying it, with what is known about it and its verdict.
   *
   * @return its index
   * @throws IllegalStateException if the batch is full
   * @throws IllegalArgumentException if the packet is longer than a slot takes
   */
  public int add(PacketBatch from, int index) {
    int copy = add(from.slab, from.offset(index), from.lengths[index]);
    verdicts[copy] = from.verdicts[index];
    gsoSizes[copy] = from.gsoSizes[index];
    checksumStates[copy] = from.checksumStates[index];
    ecns[copy] = from.ecns[index];
    arrivalNanos[copy] = from.arrivalNanos[index];
    ingress[copy] = from.ingress[index];
    nextHops[copy] = from.nextHops[index];
    return copy;
  }

  /** Where packet {@code index} starts in the {@link #slab()}. */
  public int offset(int index) {
    return offsets[check(index)];
  }

  /** The length of packet {@code index} in bytes. */
  public int length(int index) {
    return lengths[check(index)];
  }

  /** Bytes that can be put before packet {@code index}. */
  public int headroom(int index) {
    return offsets[check(index)] - starts[index];
  }

  /** Bytes that can be put behind packet {@code index}. */
  public int tailroom(int index) {
    return starts[check(index) + 1] - offsets[index] - lengths[index];
  }

  /**
   * Moves the bounds of a packet, after headers were put before it or taken away.
   *
   * @throws IllegalArgumentException if the packet would leave its slot
   */
  public void setBounds(int index, int offset, int length) {
    int start = starts[check(index)];
    if (offset < start || length < 0 || offset + length > starts[index + 1]) {
      throw new IllegalArgumentException("the packet would leave its slot");
    }
    offsets[index] = offset;
    lengths[index] = length;
  }

  /**
   * Gives a packet new bounds and a verdict at once, after headers were put before it or taken
   * away; of the checksum of what is the packet now, nothing is known.
   *
   * @throws IllegalArgumentException if the packet would leave its slot
   */
  public void replace(int index, int offset, int length, Verdict verdict) {
    setBounds(index, offset, length);
    verdicts[index] = verdict;
    setChecksumState(index, ChecksumState.UNKNOWN);
  }

  /**
   * Whether packet {@code index} can go on the wire as it is: it is no super-packet, and its
   * checksum is finished.
   */
  public boolean isWhole(int index) {
    return gsoSizes[check(index)] == 0 && checksumStates[index] != ChecksumState.PARTIAL;
  }

  /** What was decided about packet {@code index}. */
  public Verdict verdict(int index) {
    return verdicts[check(index)];
  }

  /** Whether packet {@code index} goes on to the next step. */
  public boolean passes(int index) {
    return verdicts[check(index)].passes();
  }

  /** Decides about packet {@code index}. */
  public void setVerdict(int index, Verdict verdict) {
    verdicts[check(index)] = verdict;
  }

  /**
   * The payload bytes of each segment of a super-packet (TCP segmentation offload), or 0 for a
   * plain packet.
   */
  public int gsoSize(int index) {
    return gsoSizes[check(index)];
  }

  /** Says that packet {@code index} is a super-packet, or with 0 that it is none. */
  public void setGsoSize(int index, int bytes) {
    gsoSizes[check(index)] = bytes;
  }

  /** What is known about the transport checksum of packet {@code index}. */
  public ChecksumState checksumState(int index) {
    return checksumStates[check(index)];
  }

  /** Says what is known about the transport checksum of packet {@code index}. */
  public void setChecksumState(int index, ChecksumState state) {
    // To store a reference takes the garbage collector's barrier, and most often it is there.
    if (checksumStates[check(index)] != state) {
      checksumStates[index] = state;
    }
  }

  /**
   * The ECN field (RFC 3168) of the outermost header with which packet {@code index} arrived, 0 to
   * 3.
   */
  public int ecn(int index) {
    return ecns[check(index)];
  }

  /** Notes the ECN field of the outermost header. */
  public void setEcn(int index, int ecn) {
    ecns[check(index)] = (byte) (ecn & 3);
  }

  /** When packet {@code index} arrived, on the driver's clock. */
  public long arrivalNanos(int index) {
    return arrivalNanos[check(index)];
  }

  /** Notes when packet {@code index} arrived. */
  public void setArrivalNanos(int index, long nanos) {
    arrivalNanos[check(index)] = nanos;
  }

  /** The number of the interface of arrival, or -1 where none is known. */
  public int ingress(int index) {
    return ingress[check(index)];
  }

  /** Notes the interface of arrival. */
  public void setIngress(int index, int interfaceNumber) {
    ingress[check(index)] = interfaceNumber;
  }

  /**
   * The IPv4 address, as a number, of the neighbour to whom a link with several stations delivers
   * packet {@code index}; 0 where the packet's destination itself is on the link.
   */
  public int nextHop(int index) {
    return nextHops[check(index)];
  }

  /** Names the neighbour to whom a link with several stations delivers packet {@code index}. */
  public void setNextHop(int index, int address) {
    nextHops[check(index)] = address;
  }

  /** A copy of packet {@code index}. */
  public byte[] copy(int index) {
    return Arrays.copyOfRange(slab, offsets[check(index)], offsets[index] + lengths[index]);
  }

  private int check(int index) {
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException("packet " + index + " of " + size);
    }
    return index;
  }
}
