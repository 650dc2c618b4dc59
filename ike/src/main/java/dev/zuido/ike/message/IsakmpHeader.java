package dev.zuido.ike.message;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;

/**
 * The ISAKMP header (RFC 2408 section 3.1).
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !                          Initiator                            !
 * !                            Cookie                             !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !                          Responder                            !
 * !                            Cookie                             !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !  Next Payload ! MjVer ! MnVer ! Exchange Type !     Flags     !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !                          Message ID                           !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !                            Length                             !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>The version is always 1.0.
 *
 * @param initiatorCookie the initiator's cookie
 * @param responderCookie the responder's cookie, zero in the first message
 * @param nextPayload the type of the first payload, see {@link PayloadType}
 * @param exchangeType see {@link ExchangeType}
 * @param flags {@link #FLAG_ENCRYPTION}, {@link #FLAG_COMMIT} and {@link
 *     #FLAG_AUTHENTICATION_ONLY}, or'ed
 * @param messageId names a phase 2 exchange; zero in phase 1
 * @param length bytes of the whole message with this header, 28 to 65 535
 */
public record IsakmpHeader(
    Cookie initiatorCookie,
    Cookie responderCookie,
    int nextPayload,
    int exchangeType,
    int flags,
    int messageId,
    int length) {
  /** Bytes of the header. */
  public static final int LENGTH = 28;

  /** The longest message: what the length field of UDP can carry. */
  public static final int MAX_MESSAGE_LENGTH = 0xffff;

  /** All that follows the header is encrypted. */
  public static final int FLAG_ENCRYPTION = 0x01;

  /** Key exchange synchronisation is asked for. */
  public static final int FLAG_COMMIT = 0x02;

  /** An informational exchange that is authenticated, but not encrypted. */
  public static final int FLAG_AUTHENTICATION_ONLY = 0x04;

  /** Where the length field stands in the header. */
  public static final int LENGTH_OFFSET = 24;

  private static final int VERSION_1_0 = 0x10;
  private static final int KNOWN_FLAGS = FLAG_ENCRYPTION | FLAG_COMMIT | FLAG_AUTHENTICATION_ONLY;

  /** Checks that every field can be encoded. */
  public IsakmpHeader {
    Limits.unsignedByte(nextPayload, "the next payload");
    Limits.unsignedByte(exchangeType, "the exchange type");
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw new IllegalArgumentException("reserved flags in 0x" + Integer.toHexString(flags));
    }
    if (length < LENGTH || length > MAX_MESSAGE_LENGTH) {
      throw new IllegalArgumentException("an ISAKMP message has 28 to 65535 bytes, not " + length);
    }
  }

  /**
   * Reads a header; what follows stays in the buffer.
   *
   * <p>The length must be that of the readable bytes: RFC 2408 section 5.1 rejects a message whose
   * length and length field are not the same.
   *
   * @throws MalformedPacketException if the header is cut, of another version than 1.0 (section
   *     5.2), has reserved flags or a length other than the bytes' number
   */
  public static IsakmpHeader decode(ByteBuf in) throws MalformedPacketException {
    int available = in.readableBytes();
    PayloadReader reader = new PayloadReader(in, 0);
    Cookie initiator = reader.cookie("ISAKMP Initiator Cookie");
    Cookie responder = reader.cookie("ISAKMP Responder Cookie");
    int nextPayload = reader.unsignedByte("ISAKMP Next Payload");
    if (reader.unsignedByte("ISAKMP Version") != VERSION_1_0) {
      throw reader.malformed(MalformedReason.BAD_VERSION, "ISAKMP Version", 1);
    }
    int exchangeType = reader.unsignedByte("ISAKMP Exchange Type");
    int flags = reader.unsignedByte("ISAKMP Flags");
    if ((flags & ~KNOWN_FLAGS) != 0) {
      throw reader.malformed(MalformedReason.RESERVED_BITS, "ISAKMP Flags", 1);
    }
    int messageId = reader.signedInt("ISAKMP Message ID");
    long length = reader.unsignedInt("ISAKMP Length");
    if (length < LENGTH || length > MAX_MESSAGE_LENGTH) {
      throw reader.malformed(MalformedReason.BAD_LENGTH, "ISAKMP Length", 4);
    }
    if (length > available) {
      throw reader.malformed(MalformedReason.TRUNCATED, "ISAKMP Length", 4);
    }
    if (length < available) {
      throw new MalformedPacketException(
          MalformedReason.TRAILING_BYTES, "ISAKMP message", (int) length);
    }
    return new IsakmpHeader(
        initiator, responder, nextPayload, exchangeType, flags, messageId, (int) length);
  }

  /** Writes 28 bytes. */
  public void encode(ByteBuf out) {
    initiatorCookie.write(out);
    responderCookie.write(out);
    out.writeByte(nextPayload);
    out.writeByte(VERSION_1_0);
    out.writeByte(exchangeType);
    out.writeByte(flags);
    out.writeInt(messageId);
    out.writeInt(length);
  }

  /** Whether what follows the header is encrypted. */
  public boolean isEncrypted() {
    return (flags & FLAG_ENCRYPTION) != 0;
  }

  /** Whether the commit flag is set. */
  public boolean isCommit() {
    return (flags & FLAG_COMMIT) != 0;
  }

  /** Whether the authentication-only flag is set. */
  public boolean isAuthenticationOnly() {
    return (flags & FLAG_AUTHENTICATION_ONLY) != 0;
  }

  /** This header with another length. */
  public IsakmpHeader withLength(int newLength) {
    return new IsakmpHeader(
        initiatorCookie, responderCookie, nextPayload, exchangeType, flags, messageId, newLength);
  }
}
