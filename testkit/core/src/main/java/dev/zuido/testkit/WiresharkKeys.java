package dev.zuido.testkit;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The keys of a run in the two files that Wireshark reads from its configuration folder: {@code
 * esp_sa} and {@code ikev1_decryption_table}. With them, and with ESP decryption and authentication
 * checks switched on in its preferences, Wireshark and tshark open the packets of a capture:
 *
 * <pre>{@code
 * WIRESHARK_CONFIG_DIR=DIR tshark -r DIR/wan.pcapng \
 *     -o esp.enable_encryption_decode:TRUE -o esp.enable_authentication_check:TRUE
 * }</pre>
 *
 * <p>The files hold secrets: of simulations only.
 */
public final class WiresharkKeys {
  /** The file of the ESP security associations. */
  public static final String ESP_FILE = "esp_sa";

  /** The file of the IKEv1 encryption keys. */
  public static final String IKEV1_FILE = "ikev1_decryption_table";

  /** ESP encryption algorithms as Wireshark spells them; it knows no ChaCha20-Poly1305. */
  public enum Encryption {
    /** No encryption. */
    NULL("NULL"),
    /** 3DES in CBC mode. */
    TRIPLE_DES_CBC("TripleDES-CBC [RFC2451]"),
    /** AES in CBC mode, keys of any length. */
    AES_CBC("AES-CBC [RFC3602]"),
    /** AES in counter mode; the key ends with the nonce. */
    AES_CTR("AES-CTR [RFC3686]"),
    /** DES in CBC mode. */
    DES_CBC("DES-CBC [RFC2405]"),
    /** AES-GCM with an ICV of 16 bytes; the key ends with the salt. */
    AES_GCM_16("AES-GCM with 16 octet ICV [RFC4106]"),
    /** AES-GCM with an ICV of 12 bytes; the key ends with the salt. */
    AES_GCM_12("AES-GCM with 12 octet ICV [RFC4106]"),
    /** AES-GCM with an ICV of 8 bytes; the key ends with the salt. */
    AES_GCM_8("AES-GCM with 8 octet ICV [RFC4106]");

    private final String spelling;

    Encryption(String spelling) {
      this.spelling = spelling;
    }

    /** The name in Wireshark's file. */
    public String spelling() {
      return spelling;
    }
  }

  /** ESP authentication algorithms as Wireshark spells them. */
  public enum Authentication {
    /** None, or part of the encryption. */
    NULL("NULL"),
    /** HMAC-MD5-96. */
    HMAC_MD5_96("HMAC-MD5-96 [RFC2403]"),
    /** HMAC-SHA1-96. */
    HMAC_SHA1_96("HMAC-SHA-1-96 [RFC2404]"),
    /** HMAC-SHA2-256-128. */
    HMAC_SHA2_256_128("HMAC-SHA-256-128 [RFC4868]"),
    /** HMAC-SHA2-384-192. */
    HMAC_SHA2_384_192("HMAC-SHA-384-192 [RFC4868]"),
    /** HMAC-SHA2-512-256. */
    HMAC_SHA2_512_256("HMAC-SHA-512-256 [RFC4868]");

    private final String spelling;

    Authentication(String spelling) {
      this.spelling = spelling;
    }

    /** The name in Wireshark's file. */
    public String spelling() {
      return spelling;
    }
  }

  private final Set<String> espLines = new LinkedHashSet<>();
  private final Set<String> ikeLines = new LinkedHashSet<>();

  /** No keys yet. */
  public WiresharkKeys() {}

  /**
   * Adds one direction of an ESP security association.
   *
   * @param source the outer source
   * @param destination the outer destination
   * @param spi the security parameters index
   * @param encryption the algorithm
   * @param encryptionKey its key, with the salt or nonce behind it where the algorithm has one
   * @param authentication the algorithm
   * @param authenticationKey its key; empty for {@link Authentication#NULL}
   */
  public void addEsp(
      IpAddress source,
      IpAddress destination,
      int spi,
      Encryption encryption,
      ByteString encryptionKey,
      Authentication authentication,
      ByteString authenticationKey) {
    String family = source.byteLength() == 4 ? "IPv4" : "IPv6";
    espLines.add(
        String.join(
            ",",
            quoted(family),
            quoted(source.toString()),
            quoted(destination.toString()),
            quoted("0x" + ByteString.ofHex(String.format("%08x", spi))),
            quoted(encryption.spelling()),
            quoted(hex(encryptionKey)),
            quoted(authentication.spelling()),
            quoted(hex(authenticationKey))));
  }

  /**
   * Adds the encryption key of an ISAKMP security association.
   *
   * @param initiatorCookie 8 bytes
   * @param key the key of phase 1 as long as the cipher takes it (RFC 2409 appendix B)
   */
  public void addIkev1(ByteString initiatorCookie, ByteString key) {
    ikeLines.add(initiatorCookie + "," + key);
  }

  /** The lines of {@value #ESP_FILE}, in the order in which they were added. */
  public String espFile() {
    return file(espLines);
  }

  /** The lines of {@value #IKEV1_FILE}, in the order in which they were added. */
  public String ikev1File() {
    return file(ikeLines);
  }

  /** Writes both files. */
  public void writeTo(Path folder) throws IOException {
    Files.writeString(folder.resolve(ESP_FILE), espFile(), StandardCharsets.UTF_8);
    Files.writeString(folder.resolve(IKEV1_FILE), ikev1File(), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return espLines.size() + " ESP and " + ikeLines.size() + " IKEv1 keys";
  }

  private static String hex(ByteString key) {
    return key.isEmpty() ? "" : "0x" + key;
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String file(Set<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
