package dev.zuido.router.config;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one SA that nobody negotiates ({@code set session-key}), in hexadecimal.
 *
 * @param spi the SPI, 256 to 4294967295: of our choice inbound, of the peer's outbound
 * @param cipher the cipher's key, if it has one; AES-GCM's is followed by its salt of 4 bytes (RFC
 *     4106 section 8.1)
 * @param authenticator the HMAC's key, if there is an HMAC
 */
public record SessionKey(long spi, @Nullable Secret cipher, @Nullable Secret authenticator) {
  /** The SPIs below are reserved (RFC 4303 section 2.1). */
  public static final long FIRST_SPI = 256;

  /** The last SPI. */
  public static final long LAST_SPI = 0xffff_ffffL;

  /** Checks the SPI, and that the keys are hexadecimal. */
  public SessionKey {
    Checks.range("an SPI", spi, FIRST_SPI, LAST_SPI);
    if (!isKey(cipher) || !isKey(authenticator)) {
      throw new IllegalArgumentException("a session key has two hexadecimal digits for each byte");
    }
  }

  private static boolean isKey(@Nullable Secret key) {
    return key == null || isHexadecimal(key.reveal());
  }

  /** Whether a text is one or more bytes in hexadecimal. */
  public static boolean isHexadecimal(String text) {
    return !text.isEmpty()
        && text.length() % 2 == 0
        && text.chars().allMatch(HexFormat::isHexDigit);
  }

  /** The bytes of the cipher's key, none if there is none; they are the caller's to wipe. */
  public byte[] cipherBytes() {
    return bytes(cipher);
  }

  /** The bytes of the HMAC's key, none if there is none; they are the caller's to wipe. */
  public byte[] authenticatorBytes() {
    return bytes(authenticator);
  }

  private static byte[] bytes(@Nullable Secret key) {
    return key == null ? new byte[0] : HexFormat.of().parseHex(key.reveal());
  }
}
