package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import java.util.HexFormat;

/**
 * Bytes and names of a peer as text that is safe to print: visible ASCII, of bounded length, and
 * nothing that breaks a line or moves a terminal's cursor.
 */
final class SafeText {
  /** Of opaque bytes so many are shown. */
  static final int MAX_BYTES = 64;

  /** Of a text so many characters are shown. */
  static final int MAX_CHARACTERS = 256;

  private SafeText() {}

  /** Bytes in hexadecimal; of a long run the beginning and the length. */
  static String hex(ByteString bytes) {
    return bytes.length() <= MAX_BYTES
        ? bytes.toString()
        : bytes.slice(0, MAX_BYTES) + "... (" + bytes.length() + " bytes)";
  }

  /** Bytes that should be a name, in quotes; what is no visible ASCII is escaped. */
  static String quoted(ByteString name) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < Math.min(MAX_CHARACTERS, name.length()); i++) {
      int octet = name.byteAt(i) & 0xff;
      if (octet == '"' || octet == '\\') {
        text.append('\\').append((char) octet);
      } else if (isVisible(octet)) {
        text.append((char) octet);
      } else {
        text.append("\\x").append(HexFormat.of().toHexDigits((byte) octet));
      }
    }
    text.append('"');
    return name.length() <= MAX_CHARACTERS
        ? text.toString()
        : text + "... (" + name.length() + " bytes)";
  }

  /** A text that was made of a peer's bytes; what is no visible ASCII is escaped. */
  static String plain(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < Math.min(MAX_CHARACTERS, text.length()); i++) {
      char c = text.charAt(i);
      safe.append(isVisible(c) ? String.valueOf(c) : "\\u" + HexFormat.of().toHexDigits(c));
    }
    return text.length() <= MAX_CHARACTERS ? safe.toString() : safe + "...";
  }

  private static boolean isVisible(int c) {
    return c >= ' ' && c < 0x7f;
  }

  /** So many of a thing. */
  static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
