package dev.zuido.ike;

import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Selectors as quick mode's Identification payloads (RFC 2407 section 4.6.2). */
final class SelectorPayloads {
  private SelectorPayloads() {}

  /** The payload of a selector: an address for one host, else a subnet. */
  static Identification encode(TrafficSelector selector) {
    return Identification.of(identity(selector), selector.protocol(), selector.port());
  }

  private static Identity identity(TrafficSelector selector) {
    if (selector.prefix() instanceof Ipv4Prefix v4) {
      return selector.isHost()
          ? new Identity.Ipv4(v4.address())
          : new Identity.Ipv4Subnet(v4.address(), v4.mask());
    }
    Ipv6Prefix v6 = (Ipv6Prefix) selector.prefix();
    return selector.isHost()
        ? new Identity.Ipv6(v6.address())
        : new Identity.Ipv6Subnet(v6.address(), maskOf(v6.length()));
  }

  /** The selector of a payload, or null if it is none: a name, or a mask with holes. */
  static @Nullable TrafficSelector decode(Identification payload) {
    IpPrefix prefix = prefixOf(payload.identity());
    return prefix == null
        ? null
        : new TrafficSelector(prefix, payload.protocolId(), payload.port());
  }

  private static @Nullable IpPrefix prefixOf(Identity identity) {
    if (identity instanceof Identity.Ipv4 host) {
      return Ipv4Prefix.host(host.address());
    }
    if (identity instanceof Identity.Ipv6 host) {
      return TrafficSelector.hostPrefix(host.address());
    }
    if (identity instanceof Identity.Ipv4Subnet subnet) {
      int mask = subnet.mask().value();
      int length = Integer.bitCount(mask);
      boolean valid = Ipv4Prefix.maskOf(length) == mask && (subnet.address().value() & ~mask) == 0;
      return valid ? new Ipv4Prefix(subnet.address(), length) : null;
    }
    if (identity instanceof Identity.Ipv6Subnet subnet) {
      return prefixOf(subnet.address(), subnet.mask());
    }
    return null;
  }

  private static @Nullable IpPrefix prefixOf(Ipv6Address address, Ipv6Address mask) {
    byte[] bits = mask.toBytes();
    int length = 0;
    for (byte octet : bits) {
      length += Integer.bitCount(octet & 0xff);
    }
    if (!Arrays.equals(bits, maskOf(length).toBytes())) {
      return null;
    }
    byte[] network = address.toBytes();
    for (int i = 0; i < network.length; i++) {
      if ((network[i] & ~bits[i]) != 0) {
        return null;
      }
    }
    return new Ipv6Prefix(address, length);
  }

  private static Ipv6Address maskOf(int length) {
    byte[] mask = new byte[Ipv6Address.LENGTH];
    for (int bit = 0; bit < length; bit++) {
      mask[bit / 8] |= (byte) (0x80 >> bit % 8);
    }
    return Ipv6Address.ofBytes(mask);
  }

  /** A payload for a person, whatever it holds. */
  static String describe(Identification payload) {
    TrafficSelector selector = decode(payload);
    return selector != null ? selector.toString() : describe(payload.identity());
  }

  /** The identities of a quick mode for a person. */
  static String describe(List<Identification> ids) {
    return ids.size() < 2
        ? "the two addresses themselves"
        : describe(ids.get(0)) + " to " + describe(ids.get(1));
  }

  /** An identity for a person; bytes of an unknown form appear in hexadecimal. */
  static String describe(Identity identity) {
    if (identity instanceof Identity.Ipv4 v4) {
      return v4.address().toString();
    }
    if (identity instanceof Identity.Ipv6 v6) {
      return v6.address().toString();
    }
    if (identity instanceof Identity.Fqdn fqdn) {
      return fqdn.name();
    }
    if (identity instanceof Identity.UserFqdn user) {
      return user.name();
    }
    if (identity instanceof Identity.Ipv4Range range) {
      return range.first() + "-" + range.last();
    }
    return "ID type " + identity.idType() + " " + identity.data();
  }
}
