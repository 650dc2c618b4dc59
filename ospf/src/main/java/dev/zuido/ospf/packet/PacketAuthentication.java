package dev.zuido.ospf.packet;

import dev.zuido.wire.ByteString;
import io.netty.buffer.ByteBuf;

/** The AuType and Authentication fields of the OSPF header (RFC 2328 appendix D, RFC 7474). */
public sealed interface PacketAuthentication
    permits PacketAuthentication.Null,
        PacketAuthentication.SimplePassword,
        PacketAuthentication.Cryptographic,
        PacketAuthentication.ExtendedCryptographic,
        PacketAuthentication.Unknown {
  /** AuType of {@link Null}. */
  int NULL = 0;

  /** AuType of {@link SimplePassword}. */
  int SIMPLE_PASSWORD = 1;

  /** AuType of {@link Cryptographic}. */
  int CRYPTOGRAPHIC = 2;

  /** AuType of {@link ExtendedCryptographic}. */
  int EXTENDED_CRYPTOGRAPHIC = 3;

  /** The AuType field, 0 to 65 535. */
  int type();

  /** The 64-bit authentication field, which the packet checksum does not cover. */
  long field();

  /** Whether a message digest takes the place of the packet checksum. */
  default boolean isCryptographic() {
    return false;
  }

  /** Bytes after the OSPF packet that its length does not count: the message digest. */
  default int trailerLength() {
    return 0;
  }

  /** Writes the bytes after the OSPF packet. */
  default void encodeTrailer(ByteBuf out) {}

  /**
   * Null authentication (D.1): the checksum alone.
   *
   * @param field not examined
   */
  record Null(long field) implements PacketAuthentication {
    /** Null authentication with a field of zeros. */
    public static final Null NONE = new Null(0);

    @Override
    public int type() {
      return NULL;
    }
  }

  /**
   * A password in the clear (D.2).
   *
   * @param password eight bytes, filled up with zeros
   */
  record SimplePassword(ByteString password) implements PacketAuthentication {
    /** Fills up with zeros. */
    public SimplePassword {
      if (password.length() > 8) {
        throw new IllegalArgumentException("a password has up to 8 bytes");
      }
      if (password.length() < 8) {
        byte[] filled = new byte[8];
        System.arraycopy(password.toArray(), 0, filled, 0, password.length());
        password = ByteString.of(filled);
      }
    }

    @Override
    public int type() {
      return SIMPLE_PASSWORD;
    }

    @Override
    public long field() {
      long field = 0;
      for (int i = 0; i < 8; i++) {
        field = field << 8 | (password.byteAt(i) & 0xff);
      }
      return field;
    }

    /**
     * Whether the password is the other one, in a time that does not depend on where they differ.
     */
    public boolean matches(SimplePassword other) {
      return (field() ^ other.field()) == 0;
    }

    @Override
    public String toString() {
      return "SimplePassword[hidden]";
    }
  }

  /**
   * Cryptographic authentication (D.3): a message digest after the packet.
   *
   * @param keyId the key and algorithm in use, 0 to 255
   * @param sequence the cryptographic sequence number, 0 to 2^32 - 1, which never falls
   * @param digest the message digest, up to 255 bytes; zeros until {@link CryptographicKey#sign}
   *     has written it
   */
  record Cryptographic(int keyId, long sequence, ByteString digest)
      implements PacketAuthentication {
    /** Checks the ranges. */
    public Cryptographic {
      if ((keyId & ~0xff) != 0 || (sequence & ~0xffff_ffffL) != 0 || digest.length() > 0xff) {
        throw new IllegalArgumentException("key ID, sequence or digest length out of range");
      }
    }

    @Override
    public int type() {
      return CRYPTOGRAPHIC;
    }

    @Override
    public boolean isCryptographic() {
      return true;
    }

    /** Two octets of zero, Key ID, Auth Data Len, and the sequence number. */
    @Override
    public long field() {
      return (long) keyId << 40 | (long) digest.length() << 32 | sequence;
    }

    @Override
    public int trailerLength() {
      return digest.length();
    }

    @Override
    public void encodeTrailer(ByteBuf out) {
      digest.write(out);
    }
  }

  /**
   * Cryptographic authentication with extended sequence numbers (RFC 7474 section 3).
   *
   * <pre>
   * |                       0                       | Auth Data Len |  (in the header)
   * |                            Key ID                             |
   * |                  Sequence Number (boot count)                 |  (after the packet)
   * |                Sequence Number (packet counter)               |
   * |                     Authentication Data ...                   |
   * </pre>
   *
   * @param keyId the key and algorithm in use, 0 to 2^32 - 1
   * @param sequence the sequence number, an unsigned number that always grows
   * @param digest the message digest, up to 247 bytes; zeros until {@link CryptographicKey#sign}
   *     has written it
   */
  record ExtendedCryptographic(long keyId, long sequence, ByteString digest)
      implements PacketAuthentication {
    /** Bytes of the sequence number, which Auth Data Len counts. */
    public static final int SEQUENCE_LENGTH = 8;

    /** Checks the ranges. */
    public ExtendedCryptographic {
      if ((keyId & ~0xffff_ffffL) != 0 || digest.length() > 0xff - SEQUENCE_LENGTH) {
        throw new IllegalArgumentException("key ID or digest length out of range");
      }
    }

    @Override
    public int type() {
      return EXTENDED_CRYPTOGRAPHIC;
    }

    @Override
    public boolean isCryptographic() {
      return true;
    }

    /** Three octets of zero, Auth Data Len, and the Key ID. */
    @Override
    public long field() {
      return (long) trailerLength() << 32 | keyId;
    }

    @Override
    public int trailerLength() {
      return SEQUENCE_LENGTH + digest.length();
    }

    @Override
    public void encodeTrailer(ByteBuf out) {
      out.writeLong(sequence);
      digest.write(out);
    }
  }

  /**
   * An AuType that neither RFC 2328 nor RFC 7474 defines.
   *
   * @param type the AuType, 4 to 65 535
   * @param field the 64 bits
   */
  record Unknown(int type, long field) implements PacketAuthentication {
    /** Checks the range. */
    public Unknown {
      if (type <= EXTENDED_CRYPTOGRAPHIC || type > 0xffff) {
        throw new IllegalArgumentException("not an unknown AuType: " + type);
      }
    }
  }
}
