package dev.zuido.pppoe;

import dev.zuido.wire.MalformedPacketException;
import dev.zuido.wire.MalformedReason;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A packet of the discovery stage: what an Ethernet frame of type 0x8863 carries (RFC 2516 section
 * 4 and 5).
 *
 * <pre>
 *   VER (4 bits) | TYPE (4 bits) | CODE (1) | SESSION_ID (2) | LENGTH (2) | tags (LENGTH)
 * </pre>
 *
 * <p>Packets of the session stage have the same header; a {@link PppoeClient} and an {@link
 * AccessConcentrator} work on them in place.
 *
 * @param code the CODE, 1 to 255: {@link PppoeCode}
 * @param sessionId the SESSION_ID, 0 to 65535
 * @param tags the tags, at most {@value #MAX_TAGS}; behind End-Of-List there is none
 */
public record PppoePacket(int code, int sessionId, List<PppoeTag> tags) {
  /** Bytes of the header. */
  public static final int HEADER_LENGTH = 6;

  /** VER and TYPE of the only version that there is. */
  public static final int VERSION_AND_TYPE = 0x11;

  /** The most tags that a packet may have. */
  public static final int MAX_TAGS = 64;

  /** The longest PADI, header included, so that a relay's tag finds room (section 5.1). */
  public static final int MAX_PADI = 1484;

  /** Copies the list and checks the ranges. */
  public PppoePacket {
    tags = List.copyOf(tags);
    if (code < 1 || code > 0xff || sessionId < 0 || sessionId > 0xffff) {
      throw new IllegalArgumentException("CODE is 1 to 255, SESSION_ID 0 to 65535");
    }
    if (tags.size() > MAX_TAGS || lengthOf(tags) > 0xffff) {
      throw new IllegalArgumentException("too many tags, or too long ones");
    }
    for (int i = 0; i < tags.size(); i++) {
      if (tags.get(i) instanceof PppoeTag.EndOfList && i < tags.size() - 1) {
        throw new IllegalArgumentException("behind End-Of-List there is no tag");
      }
    }
  }

  /**
   * Reads a packet; what is behind its LENGTH is the frame's padding and is left unread.
   *
   * @throws MalformedPacketException if it is cut, of another version, or no discovery packet
   */
  public static PppoePacket decode(ByteBuf in) throws MalformedPacketException {
    int start = in.readerIndex();
    if (in.readableBytes() < HEADER_LENGTH) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "PPPoE header", 0);
    }
    if (in.readUnsignedByte() != VERSION_AND_TYPE) {
      throw new MalformedPacketException(MalformedReason.BAD_VERSION, "PPPoE VER, TYPE", 0);
    }
    int code = in.readUnsignedByte();
    if (code == PppoeCode.SESSION) {
      throw new MalformedPacketException(MalformedReason.BAD_VALUE, "PPPoE CODE", 1);
    }
    int sessionId = in.readUnsignedShort();
    int length = in.readUnsignedShort();
    if (in.readableBytes() < length) {
      throw new MalformedPacketException(MalformedReason.TRUNCATED, "PPPoE LENGTH", 4);
    }
    ByteBuf area = in.slice(start, HEADER_LENGTH + length).skipBytes(HEADER_LENGTH);
    List<PppoeTag> tags = new ArrayList<>();
    while (area.isReadable()) {
      if (tags.size() == MAX_TAGS) {
        throw new MalformedPacketException(
            MalformedReason.LIMIT_EXCEEDED, "PPPoE TAG_TYPE", area.readerIndex());
      }
      tags.add(PppoeTag.decode(area, 0));
    }
    in.skipBytes(length);
    return new PppoePacket(code, sessionId, tags);
  }

  /** Writes the packet. */
  public void encode(ByteBuf out) {
    out.writeByte(VERSION_AND_TYPE);
    out.writeByte(code);
    out.writeShort(sessionId);
    out.writeShort(lengthOf(tags));
    for (PppoeTag tag : tags) {
      tag.encode(out);
    }
  }

  /** How many bytes {@link #encode} writes. */
  public int encodedLength() {
    return HEADER_LENGTH + lengthOf(tags);
  }

  /** The first tag of a kind. */
  public <T extends PppoeTag> Optional<T> first(Class<T> kind) {
    return tags.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  /** How many tags of a kind there are. */
  public int count(Class<? extends PppoeTag> kind) {
    int count = 0;
    for (PppoeTag tag : tags) {
      count += kind.isInstance(tag) ? 1 : 0;
    }
    return count;
  }

  /** The packet in one line, for traces: its name, its session and its tags. */
  public String describe() {
    StringBuilder text = new StringBuilder(PppoeCode.nameOf(code));
    if (sessionId != 0) {
      text.append(" session ").append(sessionId);
    }
    for (int i = 0; i < tags.size(); i++) {
      PppoeTag tag = tags.get(i);
      String value = tag.text();
      boolean quoted = tag instanceof PppoeTag.ServiceName || tag instanceof PppoeTag.AcName;
      text.append(i == 0 ? " " : ", ").append(tag.name());
      if (quoted) {
        text.append(" \"").append(value).append('"');
      } else if (!value.isEmpty()) {
        text.append(' ').append(value);
      }
    }
    return text.toString();
  }

  private static int lengthOf(List<PppoeTag> tags) {
    int length = 0;
    for (PppoeTag tag : tags) {
      length += tag.encodedLength();
    }
    return length;
  }
}
