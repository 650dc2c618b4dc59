package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import javax.security.auth.x500.X500Principal;

/** Who one side of an ISAKMP SA says it is (RFC 2407 section 4.6.2). */
public sealed interface IsakmpIdentity {
  /** An IPv4 address. */
  record Address(Ipv4Address address) implements IsakmpIdentity {}

  /** A host's name, {@code gw.example.com}. */
  record Host(String name) implements IsakmpIdentity {
    /** Checks the characters. */
    public Host {
      checkName("a host's name", name);
    }
  }

  /** A user's name, {@code gw@example.com}. */
  record User(String name) implements IsakmpIdentity {
    /** Checks the characters. */
    public User {
      checkName("a user's name", name);
    }
  }

  /** A word that only the two sides know. */
  record KeyId(String id) implements IsakmpIdentity {
    /** Checks the characters. */
    public KeyId {
      checkName("a key ID", id);
    }
  }

  /** The subject of a certificate, {@code CN=gw, O=Example}. */
  record DistinguishedName(X500Principal name) implements IsakmpIdentity {
    /**
     * Reads a name as RFC 2253 writes it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static DistinguishedName parse(String text) {
      try {
        return new DistinguishedName(new X500Principal(text));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "'" + text + "' is no distinguished name such as CN=gw, O=Example", e);
      }
    }
  }

  private static void checkName(String what, String name) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(what + " is of visible ASCII, not '" + name + "'");
    }
  }
}
