package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * A message of ICMPv6 (RFC 4443). Decoding verifies the checksum, encoding computes it; both need
 * the packet's addresses, which the checksum covers.
 *
 * <p>In the error messages {@code original} is the beginning of the packet that caused them: see
 * {@link Ipv6Header#decodeQuoted}. Neighbour discovery and what else this class does not know is
 * {@link Unknown}.
 */
public sealed interface Icmpv6Message {
  /** The bytes before what depends on the type in length. */
  int HEADER_LENGTH = 8;

  /** Type of {@link DestinationUnreachable}. */
  int DESTINATION_UNREACHABLE = 1;

  /** Type of {@link PacketTooBig}. */
  int PACKET_TOO_BIG = 2;

  /** Type of {@link TimeExceeded}. */
  int TIME_EXCEEDED = 3;

  /** Type of {@link ParameterProblem}. */
  int PARAMETER_PROBLEM = 4;

  /** Type of {@link EchoRequest}. */
  int ECHO_REQUEST = 128;

  /** Type of {@link EchoReply}. */
  int ECHO_REPLY = 129;

  /** The message's type. */
  int type();

  /** The message's code. */
  int code();

  /** The four bytes behind the checksum. */
  int word();

  /** The bytes behind the first eight. */
  ByteString body();

  /**
   * Destination unreachable.
   *
   * @param code 0 no route, 1 administratively prohibited, 3 address, 4 port
   * @param originalWords length of the original datagram in 64-bit words where extensions follow
   *     (RFC 4884), or 0
   * @param original the beginning of the packet
   */
  record DestinationUnreachable(int code, int originalWords, ByteString original)
      implements Icmpv6Message {
    /** Checks that the message can be encoded. */
    public DestinationUnreachable {
      Bounds.range("the code", code, 0xff);
      Bounds.range("the length of the original", originalWords, 0xff);
    }

    @Override
    public int type() {
      return DESTINATION_UNREACHABLE;
    }

    @Override
    public int word() {
      return originalWords << 24;
    }

    @Override
    public ByteString body() {
      return original;
    }
  }

  /**
   * Packet too big.
   *
   * @param code 0; ignored on receipt
   * @param mtu the MTU of the next hop, unsigned
   * @param original the beginning of the packet
   */
  record PacketTooBig(int code, int mtu, ByteString original) implements Icmpv6Message {
    /** Checks that the message can be encoded. */
    public PacketTooBig {
      Bounds.range("the code", code, 0xff);
    }

    @Override
    public int type() {
      return PACKET_TOO_BIG;
    }

    @Override
    public int word() {
      return mtu;
    }

    @Override
    public ByteString body() {
      return original;
    }
  }

  /**
   * Time exceeded.
   *
   * @param code 0 hop limit, 1 reassembly
   * @param originalWords length of the original datagram in 64-bit words where extensions follow,
   *     or 0
   * @param original the beginning of the packet
   */
  record TimeExceeded(int code, int originalWords, ByteString original) implements Icmpv6Message {
    /** Checks that the message can be encoded. */
    public TimeExceeded {
      Bounds.range("the code", code, 0xff);
      Bounds.range("the length of the original", originalWords, 0xff);
    }

    @Override
    public int type() {
      return TIME_EXCEEDED;
    }

    @Override
    public int word() {
      return originalWords << 24;
    }

    @Override
    public ByteString body() {
      return original;
    }
  }

  /**
   * Parameter problem.
   *
   * @param code 0 header field, 1 next header, 2 option
   * @param pointer the octet of the original that is wrong
   * @param original the beginning of the packet
   */
  record ParameterProblem(int code, int pointer, ByteString original) implements Icmpv6Message {
    /** Checks that the message can be encoded. */
    public ParameterProblem {
      Bounds.range("the code", code, 0xff);
    }

    @Override
    public int type() {
      return PARAMETER_PROBLEM;
    }

    @Override
    public int word() {
      return pointer;
    }

    @Override
    public ByteString body() {
      return original;
    }
  }

  /**
   * Echo request.
   *
   * @param identifier what the requests of one sender have in common
   * @param sequenceNumber the request's number
   * @param data what the reply brings back
   */
  record EchoRequest(int identifier, int sequenceNumber, ByteString data) implements Icmpv6Message {
    /** Checks that the message can be encoded. */
    public EchoRequest {
      Bounds.range("the identifier", identifier, 0xffff);
      Bounds.range("the sequence number", sequenceNumber, 0xffff);
    }

    /** The answer to this request. */
    public EchoReply reply() {
      return new EchoReply(identifier, sequenceNumber, data);
    }

    @Override
    public int type() {
      return ECHO_REQUEST;
    }

    @Override
    public int code() {
      return 0;
    }

    @Override
    public int word() {
      return identifier << 16 | sequenceNumber;
    }

    @Override
    public ByteString body() {
      return data;
    }
  }

  /**
   * Echo reply.
   *
   * @param identifier the request's
   * @param sequenceNumber the request's
   * @param data the request's
   */
  record EchoReply(int identifier, int sequenceNumber, ByteString data) implements Icmpv6Message {
    /** Checks that the message can be encoded. */
    public EchoReply {
      Bounds.range("the identifier", identifier, 0xffff);
      Bounds.range("the sequence number", sequenceNumber, 0xffff);
    }

    @Override
    public int type() {
      return ECHO_REPLY;
    }

    @Override
    public int code() {
      return 0;
    }

    @Override
    public int word() {
      return identifier << 16 | sequenceNumber;
    }

    @Override
    public ByteString body() {
      return data;
    }
  }

  /**
   * A message of another type, or an echo with a code other than 0.
   *
   * @param type the type
   * @param code the code
   * @param word the four bytes behind the checksum
   * @param body the bytes behind them
   */
  record Unknown(int type, int code, int word, ByteString body) implements Icmpv6Message {
    /** Checks that the message can be encoded. */
    public Unknown {
      Bounds.range("the type", type, 0xff);
      Bounds.range("the code", code, 0xff);
    }
  }

  /**
   * Reads a message: all readable bytes, which are the upper-layer packet of an IPv6 packet.
   *
   * @throws MalformedPacketException TRUNCATED below 8 bytes, BAD_CHECKSUM
   */
  static Icmpv6Message decode(ByteBuf in, Ipv6Address source, Ipv6Address destination)
      throws MalformedPacketException {
    int start = in.readerIndex();
    int length = in.readableBytes();
    Bounds.require(in, start, HEADER_LENGTH, "ICMPv6 header");
    if (TransportChecksum.of(source, destination, IpProtocol.ICMPV6, in, start, length) != 0) {
      throw new MalformedPacketException(MalformedReason.BAD_CHECKSUM, "ICMPv6 Checksum", 2);
    }
    int type = in.readUnsignedByte();
    int code = in.readUnsignedByte();
    in.skipBytes(2);
    int word = in.readInt();
    ByteString body = ByteString.read(in, in.readableBytes());
    return switch (type) {
      case ECHO_REQUEST, ECHO_REPLY -> {
        if (code != 0) {
          yield new Unknown(type, code, word, body);
        }
        yield type == ECHO_REQUEST
            ? new EchoRequest(word >>> 16, word & 0xffff, body)
            : new EchoReply(word >>> 16, word & 0xffff, body);
      }
      case DESTINATION_UNREACHABLE -> new DestinationUnreachable(code, word >>> 24, body);
      case PACKET_TOO_BIG -> new PacketTooBig(code, word, body);
      case TIME_EXCEEDED -> new TimeExceeded(code, word >>> 24, body);
      case PARAMETER_PROBLEM -> new ParameterProblem(code, word, body);
      default -> new Unknown(type, code, word, body);
    };
  }

  /** Writes the message with the checksum for these addresses. */
  default void encode(ByteBuf out, Ipv6Address source, Ipv6Address destination) {
    int start = out.writerIndex();
    out.writeByte(type());
    out.writeByte(code());
    out.writeShort(0);
    out.writeInt(word());
    body().write(out);
    out.setShort(
        start + 2,
        TransportChecksum.of(source, destination, IpProtocol.ICMPV6, out, start, encodedLength()));
  }

  /** Bytes on the wire. */
  default int encodedLength() {
    return HEADER_LENGTH + body().length();
  }
}
