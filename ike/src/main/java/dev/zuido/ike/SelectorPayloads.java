package dev.zuido.ike;

import dev.zuido.ike.message.Identification;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpPrefix;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import java.util.Arrays;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Selectors as quick mode's Identification payloads (RFC 2407 section 4.6.2). */
final class SelectorPayloads {
  /** Characters of an identity that are shown. */
  private static final int MAX_SHOWN = 255;

  private SelectorPayloads() {}

  /** The payload of a selector: an address for one host, else a subnet, else a range. */
  static Identification encode(TrafficSelector selector) {
    return Identification.of(identity(selector), selector.protocol(), selector.port());
  }

  private static Identity identity(TrafficSelector selector) {
    @Nullable IpPrefix prefix = selector.prefix();
    if (selector.first() instanceof Ipv4Address first) {
      return selector.isHost()
          ? new Identity.Ipv4(first)
          : prefix instanceof Ipv4Prefix v4
              ? new Identity.Ipv4Subnet(first, v4.mask())
              : new Identity.Ipv4Range(first, (Ipv4Address) selector.last());
    }
    Ipv6Address first = (Ipv6Address) selector.first();
    return selector.isHost()
        ? new Identity.Ipv6(first)
        : prefix != null
            ? new Identity.Ipv6Subnet(first, maskOf(prefix.length()))
            : new Identity.Ipv6Range(first, (Ipv6Address) selector.last());
  }

  /**
   * The selector of a payload, or null if it is none: a name, a mask with holes, a subnet whose
   * address has bits behind the mask, a range that ends before it begins.
   */
  static @Nullable TrafficSelector decode(Identification payload) {
    Identity identity = payload.identity();
    int protocol = payload.protocolId();
    int port = payload.port();
    if (identity instanceof Identity.Ipv4 host) {
      return new TrafficSelector(host.address(), host.address(), protocol, port);
    }
    if (identity instanceof Identity.Ipv6 host) {
      return new TrafficSelector(host.address(), host.address(), protocol, port);
    }
    if (identity instanceof Identity.Ipv4Range range) {
      return rangeOf(range.first(), range.last(), protocol, port);
    }
    if (identity instanceof Identity.Ipv6Range range) {
      return rangeOf(range.first(), range.last(), protocol, port);
    }
    @Nullable IpPrefix prefix = prefixOf(identity);
    return prefix == null ? null : new TrafficSelector(prefix, protocol, port);
  }

  private static @Nullable TrafficSelector rangeOf(
      IpAddress first, IpAddress last, int protocol, int port) {
    return TrafficSelector.isAtMost(first, last)
        ? new TrafficSelector(first, last, protocol, port)
        : null;
  }

  private static @Nullable IpPrefix prefixOf(Identity identity) {
    if (identity instanceof Identity.Ipv4Subnet subnet) {
      int mask = subnet.mask().value();
      int length = Integer.bitCount(mask);
      boolean valid = Ipv4Prefix.maskOf(length) == mask && (subnet.address().value() & ~mask) == 0;
      return valid ? new Ipv4Prefix(subnet.address(), length) : null;
    }
    return identity instanceof Identity.Ipv6Subnet subnet
        ? prefixOf(subnet.address(), subnet.mask())
        : null;
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
      return shortened(fqdn.name());
    }
    if (identity instanceof Identity.UserFqdn user) {
      return shortened(user.name());
    }
    if (identity instanceof Identity.Ipv4Range range) {
      return range.first() + "-" + range.last();
    }
    if (identity instanceof Identity.Ipv6Range range) {
      return range.first() + "-" + range.last();
    }
    if (identity instanceof Identity.Ipv4Subnet subnet) {
      return subnet.address() + " mask " + subnet.mask();
    }
    if (identity instanceof Identity.Ipv6Subnet subnet) {
      return subnet.address() + " mask " + subnet.mask();
    }
    if (identity instanceof Identity.DistinguishedName dn) {
      X500Principal name = CertificateIdentity.nameOf(dn);
      if (name != null) {
        return shortened(name.getName().replaceAll("[^ -~]", "?"));
      }
    }
    return "ID type " + identity.idType() + " " + shortened(identity.data().toString());
  }

  /** What a peer has sent may be long, and nobody has to read all of it. */
  private static String shortened(String text) {
    return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
  }
}
