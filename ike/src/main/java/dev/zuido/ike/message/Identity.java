package dev.zuido.ike.message;

import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import java.nio.charset.StandardCharsets;

/** What an Identification payload names (RFC 2407 section 4.6.2). */
public sealed interface Identity {
  /** The ID type, see {@link IdType}. */
  int idType();

  /** The identification data. */
  ByteString data();

  private static ByteString bytes(IpAddress first) {
    return ByteString.of(first.toBytes());
  }

  private static ByteString bytes(IpAddress first, IpAddress second) {
    byte[] bytes = new byte[first.byteLength() + second.byteLength()];
    System.arraycopy(first.toBytes(), 0, bytes, 0, first.byteLength());
    System.arraycopy(second.toBytes(), 0, bytes, first.byteLength(), second.byteLength());
    return ByteString.of(bytes);
  }

  private static ByteString ascii(String name) {
    return ByteString.of(name.getBytes(StandardCharsets.US_ASCII));
  }

  private static void checkName(String name) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("an identity's name is of visible ASCII: '" + name + "'");
    }
  }

  /** ID_IPV4_ADDR. */
  record Ipv4(Ipv4Address address) implements Identity {
    @Override
    public int idType() {
      return IdType.IPV4_ADDR;
    }

    @Override
    public ByteString data() {
      return bytes(address);
    }
  }

  /** ID_IPV4_ADDR_SUBNET; the mask may be anything that the peer sent. */
  record Ipv4Subnet(Ipv4Address address, Ipv4Address mask) implements Identity {
    @Override
    public int idType() {
      return IdType.IPV4_ADDR_SUBNET;
    }

    @Override
    public ByteString data() {
      return bytes(address, mask);
    }
  }

  /** ID_IPV4_ADDR_RANGE, both ends included. */
  record Ipv4Range(Ipv4Address first, Ipv4Address last) implements Identity {
    @Override
    public int idType() {
      return IdType.IPV4_ADDR_RANGE;
    }

    @Override
    public ByteString data() {
      return bytes(first, last);
    }
  }

  /** ID_IPV6_ADDR. */
  record Ipv6(Ipv6Address address) implements Identity {
    @Override
    public int idType() {
      return IdType.IPV6_ADDR;
    }

    @Override
    public ByteString data() {
      return bytes(address);
    }
  }

  /** ID_IPV6_ADDR_SUBNET; the mask may be anything that the peer sent. */
  record Ipv6Subnet(Ipv6Address address, Ipv6Address mask) implements Identity {
    @Override
    public int idType() {
      return IdType.IPV6_ADDR_SUBNET;
    }

    @Override
    public ByteString data() {
      return bytes(address, mask);
    }
  }

  /** ID_IPV6_ADDR_RANGE, both ends included. */
  record Ipv6Range(Ipv6Address first, Ipv6Address last) implements Identity {
    @Override
    public int idType() {
      return IdType.IPV6_ADDR_RANGE;
    }

    @Override
    public ByteString data() {
      return bytes(first, last);
    }
  }

  /** ID_FQDN: a host's name, {@code foo.bar.com}; visible ASCII. */
  record Fqdn(String name) implements Identity {
    /** Checks the characters. */
    public Fqdn {
      checkName(name);
    }

    @Override
    public int idType() {
      return IdType.FQDN;
    }

    @Override
    public ByteString data() {
      return ascii(name);
    }
  }

  /** ID_USER_FQDN: a user's name, {@code piper@foo.bar.com}; visible ASCII. */
  record UserFqdn(String name) implements Identity {
    /** Checks the characters. */
    public UserFqdn {
      checkName(name);
    }

    @Override
    public int idType() {
      return IdType.USER_FQDN;
    }

    @Override
    public ByteString data() {
      return ascii(name);
    }
  }

  /** ID_DER_ASN1_DN: an X.500 distinguished name in DER. */
  record DistinguishedName(ByteString data) implements Identity {
    @Override
    public int idType() {
      return IdType.DER_ASN1_DN;
    }
  }

  /** ID_DER_ASN1_GN: an X.500 general name in DER. */
  record GeneralName(ByteString data) implements Identity {
    @Override
    public int idType() {
      return IdType.DER_ASN1_GN;
    }
  }

  /** ID_KEY_ID: bytes whose meaning only the two sides know. */
  record KeyId(ByteString data) implements Identity {
    @Override
    public int idType() {
      return IdType.KEY_ID;
    }
  }

  /** Data of a type that is not known, or in a form that their type does not allow. */
  record Opaque(int idType, ByteString data) implements Identity {}
}
