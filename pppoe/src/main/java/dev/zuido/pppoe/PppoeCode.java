package dev.zuido.pppoe;

import java.util.HexFormat;

/** The values of the CODE field (RFC 2516 section 5 and 6; the registry is RFC 4937's). */
public final class PppoeCode {
  /** A PPP frame of a session (section 6). */
  public static final int SESSION = 0x00;

  /** PPPoE Active Discovery Offer (section 5.2). */
  public static final int PADO = 0x07;

  /** PPPoE Active Discovery Initiation (section 5.1). */
  public static final int PADI = 0x09;

  /** PPPoE Active Discovery Request (section 5.3). */
  public static final int PADR = 0x19;

  /** PPPoE Active Discovery Session-confirmation (section 5.4). */
  public static final int PADS = 0x65;

  /** PPPoE Active Discovery Terminate (section 5.5). */
  public static final int PADT = 0xa7;

  private PppoeCode() {}

  /** The name as the RFC has it, or the number in hexadecimal where it has none. */
  public static String nameOf(int code) {
    return switch (code) {
      case SESSION -> "Session";
      case PADO -> "PADO";
      case PADI -> "PADI";
      case PADR -> "PADR";
      case PADS -> "PADS";
      case PADT -> "PADT";
      default -> "code 0x" + HexFormat.of().toHexDigits((byte) code);
    };
  }
}
