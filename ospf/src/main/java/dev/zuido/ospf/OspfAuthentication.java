package dev.zuido.ospf;

import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.wire.ByteString;

/** How the packets of an interface are authenticated (RFC 2328 appendix D). */
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
   * AuType 2: a message digest made with a shared secret.
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
}
