package dev.zuido.pppoe.ppp;

import dev.zuido.wire.ByteString;

/**
 * What a side proves itself with. Its text has the name and never the secret.
 *
 * @param name the name that is sent in the clear, as UTF-8 of 1 to 255 bytes
 * @param secret the secret: CHAP never sends it, PAP sends it in the clear; 1 to 255 bytes
 */
public record Credential(String name, ByteString secret) {
  @Override
  public String toString() {
    return "Credential[" + name + "]";
  }
}
