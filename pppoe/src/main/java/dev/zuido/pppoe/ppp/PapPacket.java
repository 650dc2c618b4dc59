package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;

/** The packets of PAP (RFC 1334 section 2.2). */
public sealed interface PapPacket {
  /** Code of {@link AuthenticateRequest}. */
  int AUTHENTICATE_REQUEST = 1;

  /** Code of {@link AuthenticateAck}. */
  int AUTHENTICATE_ACK = 2;

  /** Code of {@link AuthenticateNak}. */
  int AUTHENTICATE_NAK = 3;

  /** What matches requests and replies, 0 to 255. */
  int identifier();

  /** The packet on the wire; what {@link #of} reads. */
  ControlPacket toControlPacket();

  /**
   * What a control packet says. A reply without even a Msg-Length has the empty message, as some
   * peers send it; what follows the last field is ignored.
   *
   * @throws MalformedPacketException TRUNCATED if a field is longer than the packet; BAD_VALUE for
   *     another code. Offsets count from the code
   */
  static PapPacket of(ControlPacket packet) throws MalformedPacketException {
    int identifier = packet.identifier();
    ByteString data = packet.data();
    switch (packet.code()) {
      case AUTHENTICATE_REQUEST -> {
        ByteString name = field(data, 0, "PAP Peer-ID");
        return new AuthenticateRequest(
            identifier, name, field(data, 1 + name.length(), "PAP Password"));
      }
      case AUTHENTICATE_ACK -> {
        return new AuthenticateAck(identifier, message(data));
      }
      case AUTHENTICATE_NAK -> {
        return new AuthenticateNak(identifier, message(data));
      }
      default -> throw new MalformedPacketException(MalformedReason.BAD_VALUE, "PAP Code", 0);
    }
  }

  /**
   * Authenticate-Request. Its text has the name and never the password.
   *
   * @param identifier what the reply has to copy
   * @param peerId who wants to be let in, at most 255 bytes
   * @param password the secret in the clear, at most 255 bytes
   */
  record AuthenticateRequest(int identifier, ByteString peerId, ByteString password)
      implements PapPacket {
    /** Checks that the packet can be encoded. */
    public AuthenticateRequest {
      requireField(peerId);
      requireField(password);
    }

    @Override
    public ControlPacket toControlPacket() {
      byte[] bytes = new byte[2 + peerId.length() + password.length()];
      bytes[0] = (byte) peerId.length();
      System.arraycopy(peerId.toArray(), 0, bytes, 1, peerId.length());
      bytes[1 + peerId.length()] = (byte) password.length();
      System.arraycopy(password.toArray(), 0, bytes, 2 + peerId.length(), password.length());
      return new ControlPacket(AUTHENTICATE_REQUEST, identifier, ByteString.of(bytes));
    }

    @Override
    public String toString() {
      return "AuthenticateRequest[identifier=" + identifier + ", peerId=" + peerId + "]";
    }
  }

  /**
   * Authenticate-Ack.
   *
   * @param identifier the request's
   * @param message text for people, at most 255 bytes
   */
  record AuthenticateAck(int identifier, ByteString message) implements PapPacket {
    /** Checks that the packet can be encoded. */
    public AuthenticateAck {
      requireField(message);
    }

    @Override
    public ControlPacket toControlPacket() {
      return reply(AUTHENTICATE_ACK, identifier, message);
    }
  }

  /**
   * Authenticate-Nak.
   *
   * @param identifier the request's
   * @param message text for people, at most 255 bytes
   */
  record AuthenticateNak(int identifier, ByteString message) implements PapPacket {
    /** Checks that the packet can be encoded. */
    public AuthenticateNak {
      requireField(message);
    }

    @Override
    public ControlPacket toControlPacket() {
      return reply(AUTHENTICATE_NAK, identifier, message);
    }
  }

  private static void requireField(ByteString field) {
    if (field.length() > 255) {
      throw new IllegalArgumentException("a field has at most 255 bytes, not " + field.length());
    }
  }

  private static ByteString message(ByteString data) throws MalformedPacketException {
    return data.isEmpty() ? ByteString.EMPTY : field(data, 0, "PAP Message");
  }

  private static ByteString field(ByteString data, int offset, String name)
      throws MalformedPacketException {
    if (offset >= data.length() || (data.byteAt(offset) & 0xff) > data.length() - offset - 1) {
      throw new MalformedPacketException(
          MalformedReason.TRUNCATED, name, ControlPacket.HEADER_LENGTH + offset);
    }
    return data.slice(offset + 1, data.byteAt(offset) & 0xff);
  }

  private static ControlPacket reply(int code, int identifier, ByteString message) {
    byte[] bytes = new byte[1 + message.length()];
    bytes[0] = (byte) message.length();
    System.arraycopy(message.toArray(), 0, bytes, 1, message.length());
    return new ControlPacket(code, identifier, ByteString.of(bytes));
  }
}
