package dev.zuido.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * An option of the TCP header (RFC 9293 section 3.2). The order of options and their padding are
 * kept, so that a decoded header encodes to the same bytes.
 */
public sealed interface TcpOption {
  /** End of option list (RFC 9293). */
  int KIND_END = 0;

  /** No operation (RFC 9293). */
  int KIND_NO_OPERATION = 1;

  /** Maximum segment size (RFC 9293). */
  int KIND_MAXIMUM_SEGMENT_SIZE = 2;

  /** Window scale (RFC 7323). */
  int KIND_WINDOW_SCALE = 3;

  /** SACK permitted (RFC 2018). */
  int KIND_SACK_PERMITTED = 4;

  /** SACK (RFC 2018). */
  int KIND_SACK = 5;

  /** Timestamps (RFC 7323). */
  int KIND_TIMESTAMPS = 8;

  /** The option's kind. */
  int kind();

  /** Bytes on the wire. */
  int encodedLength();

  /** Writes the option. */
  void encode(ByteBuf out);

  /**
   * End of option list.
   *
   * @param padding what stands behind it; zeros where nobody played tricks
   */
  record EndOfOptions(ByteString padding) implements TcpOption {
    @Override
    public int kind() {
      return KIND_END;
    }

    @Override
    public int encodedLength() {
      return 1 + padding.length();
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(KIND_END);
      padding.write(out);
    }
  }

  /** No operation: fills up to a word boundary. */
  record NoOperation() implements TcpOption {
    @Override
    public int kind() {
      return KIND_NO_OPERATION;
    }

    @Override
    public int encodedLength() {
      return 1;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(KIND_NO_OPERATION);
    }
  }

  /**
   * Maximum segment size.
   *
   * @param bytes the largest segment, without headers, that the sender takes
   */
  record MaximumSegmentSize(int bytes) implements TcpOption {
    /** Checks that the option can be encoded. */
    public MaximumSegmentSize {
      Bounds.range("the maximum segment size", bytes, 0xffff);
    }

    @Override
    public int kind() {
      return KIND_MAXIMUM_SEGMENT_SIZE;
    }

    @Override
    public int encodedLength() {
      return 4;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(KIND_MAXIMUM_SEGMENT_SIZE);
      out.writeByte(4);
      out.writeShort(bytes);
    }
  }

  /**
   * Window scale.
   *
   * @param shift the bits by which windows are shifted; above 14 a receiver takes 14
   */
  record WindowScale(int shift) implements TcpOption {
    /** Checks that the option can be encoded. */
    public WindowScale {
      Bounds.range("the shift", shift, 0xff);
    }

    @Override
    public int kind() {
      return KIND_WINDOW_SCALE;
    }

    @Override
    public int encodedLength() {
      return 3;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(KIND_WINDOW_SCALE);
      out.writeByte(3);
      out.writeByte(shift);
    }
  }

  /** SACK permitted. */
  record SackPermitted() implements TcpOption {
    @Override
    public int kind() {
      return KIND_SACK_PERMITTED;
    }

    @Override
    public int encodedLength() {
      return 2;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(KIND_SACK_PERMITTED);
      out.writeByte(2);
    }
  }

  /**
   * Selective acknowledgment.
   *
   * @param blocks what has arrived, at most 4 blocks
   */
  record Sack(List<Block> blocks) implements TcpOption {
    /** Checks that the option can be encoded. */
    public Sack {
      blocks = List.copyOf(blocks);
      Bounds.range("the number of SACK blocks", blocks.size(), 4);
    }

    /**
     * A block of octets that has arrived.
     *
     * @param leftEdge the first sequence number
     * @param rightEdge the sequence number behind the last
     */
    public record Block(int leftEdge, int rightEdge) {}

    @Override
    public int kind() {
      return KIND_SACK;
    }

    @Override
    public int encodedLength() {
      return 2 + 8 * blocks.size();
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(KIND_SACK);
      out.writeByte(encodedLength());
      for (Block block : blocks) {
        out.writeInt(block.leftEdge());
        out.writeInt(block.rightEdge());
      }
    }
  }

  /**
   * Timestamps.
   *
   * @param value TSval
   * @param echoReply TSecr
   */
  record Timestamps(int value, int echoReply) implements TcpOption {
    @Override
    public int kind() {
      return KIND_TIMESTAMPS;
    }

    @Override
    public int encodedLength() {
      return 10;
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(KIND_TIMESTAMPS);
      out.writeByte(10);
      out.writeInt(value);
      out.writeInt(echoReply);
    }
  }

  /**
   * An option that this class does not know.
   *
   * @param kind the kind, none of those above
   * @param data what stands behind the length octet
   */
  record Unknown(int kind, ByteString data) implements TcpOption {
    /** Checks that the option can be encoded and is none of the known ones. */
    public Unknown {
      Bounds.range("the option kind", kind, 0xff);
      Bounds.range("the length of option data", data.length(), 38);
      if (kind <= KIND_SACK || kind == KIND_TIMESTAMPS) {
        throw new IllegalArgumentException("option kind " + kind + " has a type of its own");
      }
    }

    @Override
    public int encodedLength() {
      return 2 + data.length();
    }

    @Override
    public void encode(ByteBuf out) {
      out.writeByte(kind);
      out.writeByte(encodedLength());
      data.write(out);
    }
  }

  /** The options, followed by as much end-of-list as brings them to a multiple of four bytes. */
  static List<TcpOption> padded(List<? extends TcpOption> options) {
    int length = options.stream().mapToInt(TcpOption::encodedLength).sum();
    List<TcpOption> padded = new ArrayList<>(options);
    int missing = -length & 3;
    if (missing > 0) {
      padded.add(new EndOfOptions(ByteString.of(new byte[missing - 1])));
    }
    return List.copyOf(padded);
  }

  /**
   * Reads an option area.
   *
   * @param in the area from the reader index on; the caller has checked that it is there
   * @param start the reader index at which the TCP header began
   * @param length bytes of the area
   * @throws MalformedPacketException BAD_LENGTH if an option's length is wrong for its kind or
   *     leaves the area
   */
  static List<TcpOption> decodeAll(ByteBuf in, int start, int length)
      throws MalformedPacketException {
    List<TcpOption> options = new ArrayList<>();
    int end = in.readerIndex() + length;
    while (in.readerIndex() < end) {
      int position = in.readerIndex();
      int kind = in.readUnsignedByte();
      if (kind == KIND_END) {
        options.add(new EndOfOptions(ByteString.read(in, end - in.readerIndex())));
        break;
      }
      if (kind == KIND_NO_OPERATION) {
        options.add(new NoOperation());
        continue;
      }
      int optionLength = in.readerIndex() < end ? in.readUnsignedByte() : 0;
      if (!lengthFits(kind, optionLength) || optionLength > end - position) {
        throw new MalformedPacketException(
            MalformedReason.BAD_LENGTH, "TCP option length", position + 1 - start);
      }
      options.add(decodeBody(in, kind, optionLength - 2));
    }
    return List.copyOf(options);
  }

  private static boolean lengthFits(int kind, int length) {
    return switch (kind) {
      case KIND_MAXIMUM_SEGMENT_SIZE -> length == 4;
      case KIND_WINDOW_SCALE -> length == 3;
      case KIND_SACK_PERMITTED -> length == 2;
      case KIND_SACK -> length >= 2 && length <= 34 && (length - 2) % 8 == 0;
      case KIND_TIMESTAMPS -> length == 10;
      default -> length >= 2;
    };
  }

  private static TcpOption decodeBody(ByteBuf in, int kind, int bodyLength) {
    return switch (kind) {
      case KIND_MAXIMUM_SEGMENT_SIZE -> new MaximumSegmentSize(in.readUnsignedShort());
      case KIND_WINDOW_SCALE -> new WindowScale(in.readUnsignedByte());
      case KIND_SACK_PERMITTED -> new SackPermitted();
      case KIND_SACK -> {
        List<Sack.Block> blocks = new ArrayList<>();
        for (int i = 0; i < bodyLength / 8; i++) {
          blocks.add(new Sack.Block(in.readInt(), in.readInt()));
        }
        yield new Sack(blocks);
      }
      case KIND_TIMESTAMPS -> new Timestamps(in.readInt(), in.readInt());
      default -> new Unknown(kind, ByteString.read(in, bodyLength));
    };
  }
}
