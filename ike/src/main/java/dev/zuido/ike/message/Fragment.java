package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;

/**
 * A piece of a whole message with its header, as Cisco cuts messages of IKEv1. No document defines
 * it; IOS, Windows, strongSwan, libreswan and racoon agree on it. It is the only payload of its
 * message, which is not encrypted.
 *
 * <pre>
 *                      1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * !          Fragment ID          !    Number     !     Flags     !
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * ~                             Data                              ~
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param id the same in all fragments of a message; most senders have 1 in all messages
 * @param number which fragment it is, from 1
 * @param flags {@link #FLAG_LAST}; others are not known to be used
 * @param data the piece
 */
public record Fragment(int id, int number, int flags, ByteString data) implements Payload {
  /** No fragment of the message follows this one. */
  public static final int FLAG_LAST = 0x01;

  /** Bytes of the body before the piece. */
  public static final int FIXED_LENGTH = 4;

  /** Checks that every field can be encoded. */
  public Fragment {
    Limits.unsignedShort(id, "the fragment ID");
    Limits.unsignedByte(number, "the fragment number");
    Limits.unsignedByte(flags, "the fragment flags");
    Limits.body(FIXED_LENGTH + data.length(), "Fragment payload");
  }

  static Fragment decode(PayloadReader in) throws MalformedPacketException {
    int id = in.unsignedShort("Fragment ID");
    int number = in.unsignedByte("Fragment Number");
    int flags = in.unsignedByte("Fragment Flags");
    return new Fragment(id, number, flags, in.rest());
  }

  /** Whether no fragment of the message follows this one. */
  public boolean isLast() {
    return (flags & FLAG_LAST) != 0;
  }

  @Override
  public int payloadType() {
    return PayloadType.CISCO_FRAGMENT;
  }

  @Override
  public int bodyLength() {
    return FIXED_LENGTH + data.length();
  }

  @Override
  public void encodeBody(ByteBuf out) {
    out.writeShort(id);
    out.writeByte(number);
    out.writeByte(flags);
    data.write(out);
  }
}
