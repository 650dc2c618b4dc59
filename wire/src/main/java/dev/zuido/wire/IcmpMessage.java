package dev.zuido.wire;

import io.netty.buffer.ByteBuf;

/**
 * A message of ICMP for IPv4 (RFC 792, RFC 1191, RFC 4884). Decoding verifies the checksum,
 * encoding computes it.
 *
 * <pre>
 *   |     Type      |     Code      |          Checksum             |
 *   |                    depends on the type                        |
 * </pre>
 *
 * <p>In the error messages {@code original} is the beginning of the packet that caused them: its
 * IPv4 header and at least 8 bytes, see {@link Ipv4Header#decodeQuoted}. Where {@code
 * originalWords} is not 0, only so many 32-bit words of it are, and extensions follow (RFC 4884).
 */
public sealed interface IcmpMessage {
  /** The bytes before what depends on the type in length. */
  int HEADER_LENGTH = 8;

  /** Type of {@link EchoReply}. */
  int ECHO_REPLY = 0;

  /** Type of {@link DestinationUnreachable}. */
  int DESTINATION_UNREACHABLE = 3;

  /** Type of {@link Redirect}. */
  int REDIRECT = 5;

  /** Type of {@link EchoRequest}. */
  int ECHO_REQUEST = 8;

  /** Type of {@link TimeExceeded}. */
  int TIME_EXCEEDED = 11;

  /** Type of {@link ParameterProblem}. */
  int PARAMETER_PROBLEM = 12;

  /** The message's type. */
  int type();

  /** The message's code. */
  int code();

  /** The four bytes behind the checksum. */
  int word();

  /** The bytes behind the first eight. */
  ByteString body();

  /**
   * Echo request.
   *
   * @param identifier what the requests of one sender have in common
   * @param sequenceNumber the request's number
   * @param data what the reply brings back
   */
  record EchoRequest(int identifier, int sequenceNumber, ByteString data) implements IcmpMessage {
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
  record EchoReply(int identifier, int sequenceNumber, ByteString data) implements IcmpMessage {
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
   * Destination unreachable.
   *
   * @param code which kind: see the constants
   * @param originalWords length of the original datagram where extensions follow, or 0
   * @param nextHopMtu with {@link #FRAGMENTATION_NEEDED} the MTU of the next hop, or 0 from a
   *     router older than RFC 1191
   * @param original the beginning of the packet
   */
  record DestinationUnreachable(int code, int originalWords, int nextHopMtu, ByteString original)
      implements IcmpMessage {
    /** Net unreachable. */
    public static final int NET = 0;

    /** Host unreachable. */
    public static final int HOST = 1;

    /** Protocol unreachable. */
    public static final int PROTOCOL = 2;

    /** Port unreachable. */
    public static final int PORT = 3;

    /** Fragmentation needed, but forbidden (RFC 1191 section 4). */
    public static final int FRAGMENTATION_NEEDED = 4;

    /** Communication administratively prohibited (RFC 1812 section 5.2.7.1). */
    public static final int ADMINISTRATIVELY_PROHIBITED = 13;

    /** Checks that the message can be encoded. */
    public DestinationUnreachable {
      Bounds.range("the code", code, 0xff);
      Bounds.range("the length of the original", originalWords, 0xff);
      Bounds.range("the next-hop MTU", nextHopMtu, 0xffff);
    }

    /** A message of any code but {@link #FRAGMENTATION_NEEDED}. */
    public static DestinationUnreachable of(int code, ByteString original) {
      return new DestinationUnreachable(code, 0, 0, original);
    }

    /** The message that path MTU discovery waits for (RFC 1191). */
    public static DestinationUnreachable fragmentationNeeded(int mtu, ByteString original) {
      return new DestinationUnreachable(FRAGMENTATION_NEEDED, 0, mtu, original);
    }

    @Override
    public int type() {
      return DESTINATION_UNREACHABLE;
    }

    @Override
    public int word() {
      return originalWords << 16 | nextHopMtu;
    }

    @Override
    public ByteString body() {
      return original;
    }
  }

  /**
   * Redirect.
   *
   * @param code 0 for a network, 1 for a host, 2 and 3 the same for a type of service
   * @param gateway the better next hop
   * @param original the beginning of the packet
   */
  record Redirect(int code, Ipv4Address gateway, ByteString original) implements IcmpMessage {
    /** Checks that the message can be encoded. */
    public Redirect {
      Bounds.range("the code", code, 0xff);
    }

    @Override
    public int type() {
      return REDIRECT;
    }

    @Override
    public int word() {
      return gateway.value();
    }

    @Override
    public ByteString body() {
      return original;
    }
  }

  /**
   * Time exceeded.
   *
   * @param code see the constants
   * @param originalWords length of the original datagram where extensions follow, or 0
   * @param original the beginning of the packet
   */
  record TimeExceeded(int code, int originalWords, ByteString original) implements IcmpMessage {
    /** The time to live came to an end on the way. */
    public static final int IN_TRANSIT = 0;

    /** Fragments were missing when the time for reassembly came to an end. */
    public static final int REASSEMBLY = 1;

    /** Checks that the message can be encoded. */
    public TimeExceeded {
      Bounds.range("the code", code, 0xff);
      Bounds.range("the length of the original", originalWords, 0xff);
    }

    /** A message without extensions. */
    public static TimeExceeded of(int code, ByteString original) {
      return new TimeExceeded(code, 0, original);
    }

    @Override
    public int type() {
      return TIME_EXCEEDED;
    }

    @Override
    public int word() {
      return originalWords << 16;
    }

    @Override
    public ByteString body() {
      return original;
    }
  }

  /**
   * Parameter problem.
   *
   * @param code 0 where the pointer says what is wrong
   * @param pointer the octet of the original that is wrong
   * @param originalWords length of the original datagram where extensions follow, or 0
   * @param original the beginning of the packet
   */
  record ParameterProblem(int code, int pointer, int originalWords, ByteString original)
      implements IcmpMessage {
    /** Checks that the message can be encoded. */
    public ParameterProblem {
      Bounds.range("the code", code, 0xff);
      Bounds.range("the pointer", pointer, 0xff);
      Bounds.range("the length of the original", originalWords, 0xff);
    }

    @Override
    public int type() {
      return PARAMETER_PROBLEM;
    }

    @Override
    public int word() {
      return pointer << 24 | originalWords << 16;
    }

    @Override
    public ByteString body() {
      return original;
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
  record Unknown(int type, int code, int word, ByteString body) implements IcmpMessage {
    /** Checks that the message can be encoded. */
    public Unknown {
      Bounds.range("the type", type, 0xff);
      Bounds.range("the code", code, 0xff);
    }
  }

  /**
   * Reads a message: all readable bytes, which are the payload of an IPv4 packet.
   *
   * @throws MalformedPacketException TRUNCATED below 8 bytes, BAD_CHECKSUM
   */
  static IcmpMessage decode(ByteBuf in) throws MalformedPacketException {
    int start = in.readerIndex();
    Bounds.require(in, start, HEADER_LENGTH, "ICMP header");
    if (InternetChecksum.of(in, start, in.readableBytes()) != 0) {
      throw new MalformedPacketException(MalformedReason.BAD_CHECKSUM, "ICMP Checksum", 2);
    }
    int type = in.readUnsignedByte();
    int code = in.readUnsignedByte();
    in.skipBytes(2);
    int word = in.readInt();
    ByteString body = ByteString.read(in, in.readableBytes());
    int originalWords = word >>> 16 & 0xff;
    return switch (type) {
      case ECHO_REQUEST, ECHO_REPLY -> {
        if (code != 0) {
          yield new Unknown(type, code, word, body);
        }
        yield type == ECHO_REQUEST
            ? new EchoRequest(word >>> 16, word & 0xffff, body)
            : new EchoReply(word >>> 16, word & 0xffff, body);
      }
      case DESTINATION_UNREACHABLE ->
          new DestinationUnreachable(code, originalWords, word & 0xffff, body);
      case REDIRECT -> new Redirect(code, new Ipv4Address(word), body);
      case TIME_EXCEEDED -> new TimeExceeded(code, originalWords, body);
      case PARAMETER_PROBLEM -> new ParameterProblem(code, word >>> 24, originalWords, body);
      default -> new Unknown(type, code, word, body);
    };
  }

  /** Writes the message with its checksum. */
  default void encode(ByteBuf out) {
    int start = out.writerIndex();
    out.writeByte(type());
    out.writeByte(code());
    out.writeShort(0);
    out.writeInt(word());
    body().write(out);
    out.setShort(start + 2, InternetChecksum.of(out, start, encodedLength()));
  }

  /** Bytes on the wire. */
  default int encodedLength() {
    return HEADER_LENGTH + body().length();
  }
}
