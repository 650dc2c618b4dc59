package dev.zuido.ospf.packet;

import org.jspecify.annotations.Nullable;

/** The Type field of the OSPF header (RFC 2328 A.3.1). */
public enum PacketType {
  /** Finds neighbours and keeps them (A.3.2). */
  HELLO(1),
  /** Describes the database to a neighbour (A.3.3). */
  DATABASE_DESCRIPTION(2),
  /** Asks for LSAs (A.3.4). */
  LINK_STATE_REQUEST(3),
  /** Carries LSAs (A.3.5). */
  LINK_STATE_UPDATE(4),
  /** Acknowledges LSAs (A.3.6). */
  LINK_STATE_ACKNOWLEDGMENT(5);

  private final int code;

  PacketType(int code) {
    this.code = code;
  }

  /** The number on the wire. */
  public int code() {
    return code;
  }

  /** The type with a number, or null if there is none. */
  public static @Nullable PacketType ofCode(int code) {
    return switch (code) {
      case 1 -> HELLO;
      case 2 -> DATABASE_DESCRIPTION;
      case 3 -> LINK_STATE_REQUEST;
      case 4 -> LINK_STATE_UPDATE;
      case 5 -> LINK_STATE_ACKNOWLEDGMENT;
      default -> null;
    };
  }
}
