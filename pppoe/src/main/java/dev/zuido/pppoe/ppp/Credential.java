package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;
import java.nio.charset.StandardCharsets;

/**
 * What a side proves itself with. Its text has the name and never the secret.
 *
 * @param name the name that is sent in the clear, as UTF-8 of 1 to 255 bytes
 * @param secret the secret: CHAP never sends it, PAP sends it in the clear; 1 to 255 bytes
 */
public record Credential(String name, ByteString secret) {
  /** Checks the lengths. */
  public Credential {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    if (bytes < 1 || bytes > 255) {
      throw new IllegalArgumentException("a name has 1 to 255 bytes, not " + bytes);
    }
    if (secret.isEmpty() || secret.length() > 255) {
      throw new IllegalArgumentException("a secret has 1 to 255 bytes, not " + secret.length());
    }
  }

  /** The name as it is sent. */
  ByteString nameBytes() {
    return ByteString.of(name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Credential[" + name + "]";
  }
}
