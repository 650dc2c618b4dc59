package dev.zuido.ospf;

import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.wire.ByteString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the packets of an interface are authenticated (RFC 2328 appendix D, RFC 5709, RFC 7474). */
public sealed interface OspfAuthentication {
  /** No authentication. */
  OspfAuthentication NONE = new Null();

  /** AuType 0: the checksum alone. */
  record Null() implements OspfAuthentication {}

  /**
   * AuType 1: a password in the clear.
   *
   * @param password one to eight bytes
   */
  record Simple(ByteString password) implements OspfAuthentication {
    /** Checks the length. */
    public Simple {
      if (password.isEmpty() || password.length() > 8) {
        throw new IllegalArgumentException("a simple password has 1 to 8 bytes");
      }
    }

    @Override
    public String toString() {
      return "Simple[password hidden]";
    }
  }

  /**
   * AuType 2: a message digest made with a shared secret that is always valid.
   *
   * @param keyId the Key ID, 0 to 255
   * @param algorithm how the digest is made
   * @param secret at least one byte; at most sixteen for MD5
   */
  record Cryptographic(int keyId, CryptographicKey.Algorithm algorithm, ByteString secret)
      implements OspfAuthentication {
    /** Checks the ranges. */
    public Cryptographic {
      if ((keyId & ~0xff) != 0) {
        throw new IllegalArgumentException("a Key ID is 0 to 255, not " + keyId);
      }
      boolean md5 = algorithm == CryptographicKey.Algorithm.MD5;
      if (secret.isEmpty() || (md5 && secret.length() > 16)) {
        throw new IllegalArgumentException("a secret has at least 1 byte, an MD5 key at most 16");
      }
    }

    @Override
    public String toString() {
      return "Cryptographic[keyId=" + keyId + ", algorithm=" + algorithm + ", secret hidden]";
    }
  }

  /**
   * AuType 2 or 3: message digests made with keys that follow each other by the clock (RFC 2328
   * section D.3).
   *
   * <p>A packet is signed with one key: of those whose time to send it is, the one whose time began
   * last, and of several such the last in the list. A packet is accepted with any key whose time to
   * be accepted it is. When the last key has expired it stays in use, and {@link
   * OspfOutput.LastKeyExpired} tells so. Before the first key's time nothing is sent.
   *
   * @param keys 1 to 256 keys with different Key IDs
   * @param extendedSequenceNumbers whether AuType 3 with 64-bit sequence numbers is used (RFC 7474)
   */
  record KeyChain(List<Key> keys, boolean extendedSequenceNumbers) implements OspfAuthentication {
    /** Checks the keys. */
    public KeyChain {
      keys = List.copyOf(keys);
      if (keys.isEmpty() || keys.size() > 256) {
        throw new IllegalArgumentException("a key chain has 1 to 256 keys, not " + keys.size());
      }
      Set<Long> ids = new HashSet<>();
      for (Key key : keys) {
        if (!ids.add(key.keyId())) {
          throw new IllegalArgumentException("Key ID " + key.keyId() + " stands there twice");
        }
        if (!extendedSequenceNumbers && key.keyId() > 0xff) {
          throw new IllegalArgumentException(
              "a Key ID of AuType 2 is 0 to 255, not " + key.keyId());
        }
        if (extendedSequenceNumbers && key.algorithm() == CryptographicKey.Algorithm.MD5) {
          throw new IllegalArgumentException(
              "RFC 7474 defines AuType 3 for HMAC, not for MD5: key " + key.keyId());
        }
      }
    }

    /** A chain for AuType 2. */
    public static KeyChain of(Key... keys) {
      return new KeyChain(List.of(keys), false);
    }

    /** A chain for AuType 3. */
    public static KeyChain extended(Key... keys) {
      return new KeyChain(List.of(keys), true);
    }
  }

  /**
   * A key of a {@link KeyChain}.
   *
   * @param keyId the Key ID: 0 to 255, or 32 bits for AuType 3
   * @param algorithm how the digest is made
   * @param secret at least one byte; at most sixteen for MD5
   * @param send KeyStartGenerate and KeyStopGenerate
   * @param accept KeyStartAccept and KeyStopAccept
   */
  record Key(
      long keyId,
      CryptographicKey.Algorithm algorithm,
      ByteString secret,
      Lifetime send,
      Lifetime accept) {
    /** Checks the ranges. */
    public Key {
      if ((keyId & ~0xffff_ffffL) != 0) {
        throw new IllegalArgumentException("a Key ID has at most 32 bits: " + keyId);
      }
      boolean md5 = algorithm == CryptographicKey.Algorithm.MD5;
      if (secret.isEmpty() || (md5 && secret.length() > 16)) {
        throw new IllegalArgumentException("a secret has at least 1 byte, an MD5 key at most 16");
      }
    }

    /** A key that is always valid. */
    public static Key always(long keyId, CryptographicKey.Algorithm algorithm, ByteString secret) {
      return new Key(keyId, algorithm, secret, Lifetime.ALWAYS, Lifetime.ALWAYS);
    }

    @Override
    public String toString() {
      return "Key[keyId="
          + keyId
          + ", algorithm="
          + algorithm
          + ", secret hidden, send="
          + send
          + ", accept="
          + accept
          + "]";
    }
  }

  /**
   * A time on the wall clock, in seconds since 1970.
   *
   * @param fromSeconds the first second
   * @param untilSeconds the first second after it
   */
  record Lifetime(long fromSeconds, long untilSeconds) {
    /** Without beginning and end. */
    public static final Lifetime ALWAYS = new Lifetime(Long.MIN_VALUE, Long.MAX_VALUE);

    /** Checks the order. */
    public Lifetime {
      if (fromSeconds >= untilSeconds) {
        throw new IllegalArgumentException("a lifetime ends after it begins");
      }
    }

    /** A lifetime without end. */
    public static Lifetime from(long fromSeconds) {
      return new Lifetime(fromSeconds, Long.MAX_VALUE);
    }

    /** Whether a moment belongs to it. */
    public boolean includes(long seconds) {
      return fromSeconds <= seconds && seconds < untilSeconds;
    }
  }
}
