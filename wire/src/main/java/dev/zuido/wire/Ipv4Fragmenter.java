package dev.zuido.wire;

/**
 * Splits IPv4 packets for a link with a small MTU (RFC 791 section 3.2).
 *
 * <p>The first fragment carries all options, the others those whose copied flag is set. A packet
 * that is a fragment itself can be split further.
 */
public final class Ipv4Fragmenter {
  /** What became of a packet. */
  public enum Result {
    /** The packet fits the MTU: nothing was added. */
    FITS,
    /** The fragments were added to the batch, in order. */
    FRAGMENTED,
    /** The packet is too long and forbids fragmentation: nothing was added. */
    DONT_FRAGMENT,
    /** The MTU has no room for the header and 8 bytes: nothing was added. */
    MTU_TOO_SMALL,
    /** The batch has not enough free slots, or they are too short: nothing was added. */
    NO_ROOM
  }

  /** The longest header: what the header of the fragments behind the first is built in. */
  private static final int MAX_HEADER_LENGTH = Ipv4Header.MAX_LENGTH;

  private final byte[] laterHeader = new byte[MAX_HEADER_LENGTH];

  /** Makes a fragmenter; it belongs to one thread. */
  public Ipv4Fragmenter() {}

  /**
   * Splits a packet.
   *
   * @param bytes the array in which a {@linkplain Ipv4Fields#isWellFormed well-formed} packet
   *     stands; it is not changed, and is not the slab of {@code into} unless the packet lies in
   *     another slot
   * @param offset its first byte
   * @param mtu the longest packet that the link takes, in bytes
   * @param into where the fragments go
   */
  public Result fragment(byte[] bytes, int offset, int mtu, PacketBatch into) {
    int totalLength = Ipv4Fields.totalLength(bytes, offset);
    if (totalLength <= mtu) {
      return Result.FITS;
    }
    if (Ipv4Fields.dontFragment(bytes, offset)) {
      return Result.DONT_FRAGMENT;
    }
    int headerLength = Ipv4Fields.headerLength(bytes, offset);
    int payloadLength = totalLength - headerLength;
    int firstRoom = mtu - headerLength & ~7;
    if (mtu < headerLength || firstRoom <= 0) {
      return Result.MTU_TOO_SMALL;
    }
    int laterLength = buildLaterHeader(bytes, offset, headerLength);
    int laterRoom = mtu - laterLength;
    int laterStep = laterRoom & ~7;
    int rest = payloadLength - firstRoom;
    int fragments = rest <= laterRoom ? 2 : 2 + (rest - laterRoom + laterStep - 1) / laterStep;
    if (into.capacity() - into.size() < fragments || into.maxPacketBytes(0) < mtu) {
      return Result.NO_ROOM;
    }
    add(into, bytes, offset, headerLength, bytes, offset + headerLength, firstRoom, 0, true);
    for (int done = firstRoom; done < payloadLength; ) {
      int left = payloadLength - done;
      boolean last = left <= laterRoom;
      int length = last ? left : laterStep;
      int data = offset + headerLength + done;
      add(into, laterHeader, 0, laterLength, bytes, data, length, done, !last);
      done += length;
    }
    return Result.FRAGMENTED;
  }

  private int buildLaterHeader(byte[] bytes, int offset, int headerLength) {
    System.arraycopy(bytes, offset, laterHeader, 0, Ipv4Header.MIN_LENGTH);
    int length = Ipv4Header.MIN_LENGTH;
    int position = offset + Ipv4Header.MIN_LENGTH;
    int end = offset + headerLength;
    while (position < end && bytes[position] != Ipv4Option.END_OF_LIST) {
      if (bytes[position] == Ipv4Option.NO_OPERATION) {
        position++;
        continue;
      }
      int optionLength = position + 1 < end ? bytes[position + 1] & 0xff : 0;
      if (optionLength < 2 || optionLength > end - position) {
        break;
      }
      if (bytes[position] < 0) { // the copied flag is the highest bit
        System.arraycopy(bytes, position, laterHeader, length, optionLength);
        length += optionLength;
      }
      position += optionLength;
    }
    while ((length & 3) != 0) {
      laterHeader[length++] = Ipv4Option.END_OF_LIST;
    }
    laterHeader[0] = (byte) (0x40 | length >>> 2);
    return length;
  }

  private static void add(
      PacketBatch into,
      byte[] header,
      int headerOffset,
      int headerLength,
      byte[] bytes,
      int dataOffset,
      int dataLength,
      int done,
      boolean more) {
    int length = headerLength + dataLength;
    int to = into.offset(into.addUninitialized(length));
    byte[] slab = into.slab();
    System.arraycopy(header, headerOffset, slab, to, headerLength);
    System.arraycopy(bytes, dataOffset, slab, to + headerLength, dataLength);
    // The original may be a fragment itself: its offset counts, and its flag is the last one's.
    int word = Ipv4Fields.flagsAndOffset(header, headerOffset) + (done >>> 3);
    BigEndian.putShort(slab, to + 6, more ? word | Ipv4Fields.MORE_FRAGMENTS : word);
    Ipv4Fields.setTotalLength(slab, to, length);
  }
}
