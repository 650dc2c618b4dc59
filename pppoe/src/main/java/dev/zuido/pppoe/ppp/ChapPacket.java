package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The packets of CHAP (RFC 1994 section 4).
 *
 * <p>Bytes of name and message are kept as they are: the RFC has no limits on a name's content.
 */
public sealed interface ChapPacket {
  /** Code of {@link Challenge}. */
  int CHALLENGE = 1;

  /** Code of {@link Response}. */
  int RESPONSE = 2;

  /** Code of {@link Success}. */
  int SUCCESS = 3;

  /** Code of {@link Failure}. */
  int FAILURE = 4;

  /** Bytes of a response by MD5. */
  int MD5_LENGTH = 16;

  /** What matches challenges, responses and replies, 0 to 255. */
  int identifier();

  /** The packet on the wire; the inverse of {@link #of}. */
  ControlPacket toControlPacket();

  /**
   * What a control packet says.
   *
   * @throws MalformedPacketException TRUNCATED if a value is longer than the packet; BAD_LENGTH if
   *     it is empty; BAD_VALUE for another code. Offsets count from the code
   */
  static ChapPacket of(ControlPacket packet) throws MalformedPacketException {
    int identifier = packet.identifier();
    ByteString data = packet.data();
    return switch (packet.code()) {
      case CHALLENGE -> new Challenge(identifier, value(data), name(data));
      case RESPONSE -> new Response(identifier, value(data), name(data));
      case SUCCESS -> new Success(identifier, data);
      case FAILURE -> new Failure(identifier, data);
      default -> throw new MalformedPacketException(MalformedReason.BAD_VALUE, "CHAP Code", 0);
    };
  }

  /**
   * The value of a response: MD5 over identifier, secret and challenge (RFC 1994 section 4.1).
   *
   * @param identifier the challenge's identifier, 0 to 255
   * @return 16 bytes
   */
  static ByteString response(int identifier, ByteString secret, ByteString challenge) {
    MessageDigest md5;
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has MD5", missing);
    }
    md5.update((byte) identifier);
    byte[] secretBytes = secret.toArray();
    md5.update(secretBytes);
    Arrays.fill(secretBytes, (byte) 0);
    return ByteString.of(md5.digest(challenge.toArray()));
  }

  /**
   * Challenge.
   *
   * @param identifier what the response has to copy
   * @param value what is to be hashed, 1 to 255 bytes
   * @param name who asks
   */
  record Challenge(int identifier, ByteString value, ByteString name) implements ChapPacket {
    /** Checks that the packet can be encoded. */
    public Challenge {
      requireValue(value);
    }

    @Override
    public ControlPacket toControlPacket() {
      return new ControlPacket(CHALLENGE, identifier, join(value, name));
    }
  }

  /**
   * Response.
   *
   * @param identifier the challenge's
   * @param value the hash, 1 to 255 bytes; 16 for MD5
   * @param name who answers
   */
  record Response(int identifier, ByteString value, ByteString name) implements ChapPacket {
    /** Checks that the packet can be encoded. */
    public Response {
      requireValue(value);
    }

    @Override
    public ControlPacket toControlPacket() {
      return new ControlPacket(RESPONSE, identifier, join(value, name));
    }
  }

  /**
   * Success.
   *
   * @param identifier the response's
   * @param message text for people
   */
  record Success(int identifier, ByteString message) implements ChapPacket {
    @Override
    public ControlPacket toControlPacket() {
      return new ControlPacket(SUCCESS, identifier, message);
    }
  }

  /**
   * Failure.
   *
   * @param identifier the response's
   * @param message text for people
   */
  record Failure(int identifier, ByteString message) implements ChapPacket {
    @Override
    public ControlPacket toControlPacket() {
      return new ControlPacket(FAILURE, identifier, message);
    }
  }

  private static void requireValue(ByteString value) {
    if (value.isEmpty() || value.length() > 255) {
      throw new IllegalArgumentException("a value has 1 to 255 bytes, not " + value.length());
    }
  }

  private static ByteString value(ByteString data) throws MalformedPacketException {
    if (data.isEmpty()) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "CHAP Value-Size", ControlPacket.HEADER_LENGTH);
    }
    int size = data.byteAt(0) & 0xff;
    if (size == 0) {
      throw new MalformedPacketException(
          MalformedReason.BAD_LENGTH, "CHAP Value-Size", ControlPacket.HEADER_LENGTH);
    }
    if (size > data.length() - 1) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, "CHAP Value", ControlPacket.HEADER_LENGTH + 1);
    }
    return data.slice(1, size);
  }

  private static ByteString name(ByteString data) {
    int start = 1 + (data.byteAt(0) & 0xff);
    return data.slice(start, data.length() - start);
  }

  private static ByteString join(ByteString value, ByteString name) {
    byte[] bytes = new byte[1 + value.length() + name.length()];
    bytes[0] = (byte) value.length();
    System.arraycopy(value.toArray(), 0, bytes, 1, value.length());
    System.arraycopy(name.toArray(), 0, bytes, 1 + value.length(), name.length());
    return ByteString.of(bytes);
  }
}
