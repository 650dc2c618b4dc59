package dev.zuido.ike.message;

/** Protocols of a proposal, a notification or a delete (RFC 2407 section 4.4.1). */
public final class ProtocolId {
  /** ISAKMP itself: phase 1. */
  public static final int ISAKMP = 1;

  /** Authentication Header. */
  public static final int AH = 2;

  /** Encapsulating Security Payload. */
  public static final int ESP = 3;

  /** IP compression. */
  public static final int IPCOMP = 4;

  private ProtocolId() {}

  /** The protocol's name as its RFC writes it, or its number if it has none here. */
  public static String nameOf(int value) {
    return switch (value) {
      case ISAKMP -> "PROTO_ISAKMP";
      case AH -> "PROTO_IPSEC_AH";
      case ESP -> "PROTO_IPSEC_ESP";
      case IPCOMP -> "PROTO_IPCOMP";
      default -> Integer.toString(value);
    };
  }
}
