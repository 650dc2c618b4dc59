package dev.zuido.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * The TCP header (RFC 9293 section 3.1). The checksum is a component, because it covers addresses
 * that stand outside: see {@link TransportChecksum} and {@link #verify}.
 *
 * <pre>
 *   |          Source Port          |       Destination Port        |
 *   |                        Sequence Number                        |
 *   |                    Acknowledgment Number                      |
 *   | Offset|  Rsrvd| Control bits  |            Window             |
 *   |           Checksum            |         Urgent Pointer        |
 *   |                           [Options]                           |
 * </pre>
 *
 * @param sourcePort source port
 * @param destinationPort destination port
 * @param sequenceNumber sequence number, modulo 2^32
 * @param acknowledgmentNumber acknowledgment number, modulo 2^32
 * @param flags the eight control bits and, above them, the four reserved bits
 * @param window window, not scaled
 * @param checksum the checksum
 * @param urgentPointer urgent pointer
 * @param options the options in their order, a multiple of four and at most 40 bytes: see {@link
 *     TcpOption#padded}
 */
public record TcpHeader(
    int sourcePort,
    int destinationPort,
    int sequenceNumber,
    int acknowledgmentNumber,
    int flags,
    int window,
    int checksum,
    int urgentPointer,
    List<TcpOption> options) {
  /** The length of a header without options. */
  public static final int MIN_LENGTH = 20;

  /** No more data from the sender. */
  public static final int FIN = 0x01;

  /** Synchronize sequence numbers. */
  public static final int SYN = 0x02;

  /** Reset the connection. */
  public static final int RST = 0x04;

  /** Push. */
  public static final int PSH = 0x08;

  /** The acknowledgment number is valid. */
  public static final int ACK = 0x10;

  /** The urgent pointer is valid. */
  public static final int URG = 0x20;

  /** ECN echo (RFC 3168). */
  public static final int ECE = 0x40;

  /** Congestion window reduced (RFC 3168). */
  public static final int CWR = 0x80;

  /** Checks that the header can be encoded. */
  public TcpHeader {
    options = List.copyOf(options);
    Bounds.range("the source port", sourcePort, 0xffff);
    Bounds.range("the destination port", destinationPort, 0xffff);
    Bounds.range("the flags", flags, 0xfff);
    Bounds.range("the window", window, 0xffff);
    Bounds.range("the checksum", checksum, 0xffff);
    Bounds.range("the urgent pointer", urgentPointer, 0xffff);
    int length = optionsLength(options);
    if (length > 40 || (length & 3) != 0) {
      throw new IllegalArgumentException(
          "the options are a multiple of 4 and at most 40 bytes long, not " + length);
    }
    for (int i = 0; i < options.size() - 1; i++) {
      if (options.get(i) instanceof TcpOption.EndOfOptions) {
        throw new IllegalArgumentException("the end of the options is the last of them");
      }
    }
  }

  private static int optionsLength(List<TcpOption> options) {
    return options.stream().mapToInt(TcpOption::encodedLength).sum();
  }

  /**
   * Reads the header of a segment; the reader index then stands at the data. The checksum is not
   * verified.
   *
   * @throws MalformedPacketException TRUNCATED, BAD_LENGTH of the data offset or of an option
   */
  public static TcpHeader decode(ByteBuf in) throws MalformedPacketException {
    int start = in.readerIndex();
    Bounds.require(in, start, MIN_LENGTH, "TCP header");
    int offsetAndFlags = in.getUnsignedShort(start + 12);
    int headerLength = offsetAndFlags >>> 12 << 2;
    if (headerLength < MIN_LENGTH) {
      throw new MalformedPacketException(MalformedReason.BAD_LENGTH, "TCP Data Offset", 12);
    }
    in.skipBytes(MIN_LENGTH);
    Bounds.require(in, start, headerLength - MIN_LENGTH, "TCP Options");
    return new TcpHeader(
        in.getUnsignedShort(start),
        in.getUnsignedShort(start + 2),
        in.getInt(start + 4),
        in.getInt(start + 8),
        offsetAndFlags & 0xfff,
        in.getUnsignedShort(start + 14),
        in.getUnsignedShort(start + 16),
        in.getUnsignedShort(start + 18),
        TcpOption.decodeAll(in, start, headerLength - MIN_LENGTH));
  }

  /** Writes the header with the checksum as it stands in the record. */
  public void encode(ByteBuf out) {
    out.writeShort(sourcePort);
    out.writeShort(destinationPort);
    out.writeInt(sequenceNumber);
    out.writeInt(acknowledgmentNumber);
    out.writeShort(encodedLength() << 10 | flags);
    out.writeShort(window);
    out.writeShort(checksum);
    out.writeShort(urgentPointer);
    for (TcpOption option : options) {
      option.encode(out);
    }
  }

  /** Bytes of the header on the wire: 20 to 60. */
  public int encodedLength() {
    return MIN_LENGTH + optionsLength(options);
  }

  /** Whether all of the given control bits are set. */
  public boolean has(int controlBits) {
    return (flags & controlBits) == controlBits;
  }

  /** This header with another checksum. */
  public TcpHeader withChecksum(int value) {
    return new TcpHeader(
        sourcePort,
        destinationPort,
        sequenceNumber,
        acknowledgmentNumber,
        flags,
        window,
        value,
        urgentPointer,
        options);
  }

  /**
   * Whether the checksum of a segment is right.
   *
   * @param segment the buffer in which the segment stands; its indices stay where they are
   * @param index the index of the header's first byte
   * @param length bytes of header and data
   */
  public static boolean verify(
      IpAddress source, IpAddress destination, ByteBuf segment, int index, int length) {
    return TransportChecksum.of(source, destination, IpProtocol.TCP, segment, index, length) == 0;
  }
}
