package dev.zuido.router.config;

import java.nio.charset.StandardCharsets;

/**
 * A name and the password that proves it: of {@code ppp pap sent-username}, and of a peer in a
 * {@code username} line.
 *
 * @param name the name, 1 to 255 bytes of UTF-8
 * @param password the password, 1 to 255 bytes of UTF-8
 */
public record PppPassword(String name, Secret password) {
  /** The longest name and the longest password, in bytes (RFC 1334 section 2.2.1). */
  public static final int LONGEST = 255;

  /** Checks the lengths. */
  public PppPassword {
    checkName("a user name", name);
    checkPassword(password);
  }

  static void checkName(String what, String name) {
    Checks.name(what, name);
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      throw new IllegalArgumentException(what + " has at most " + LONGEST + " bytes");
    }
  }

  static void checkPassword(Secret password) {
    if (password.bytes().length() > LONGEST) {
      throw new IllegalArgumentException("a PPP password has at most " + LONGEST + " bytes");
    }
  }
}
