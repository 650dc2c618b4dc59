package dev.zuido.router;

import dev.zuido.ospf.NetworkType;
import dev.zuido.ospf.OspfAuthentication;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfInterfaceTimers;
import dev.zuido.ospf.StaticNeighbor;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.KeyAlgorithm;
import dev.zuido.router.config.KeyChain;
import dev.zuido.router.config.KeyLifetime;
import dev.zuido.router.config.MessageDigestKey;
import dev.zuido.router.config.OspfAuthenticationType;
import dev.zuido.router.config.OspfNeighbor;
import dev.zuido.router.config.OspfNetworkType;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.Secret;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an interface's OSPF lines mean to the OSPF engine. */
final class OspfInterfaceMapping {
  private static final ByteString ZEROS = ByteString.of(new byte[1]);

  private final RouterConfig config;
  private final OspfProcess process;

  OspfInterfaceMapping(RouterConfig config, OspfProcess process) {
    this.config = config;
    this.process = process;
  }

  /**
   * An interface that OSPF runs on.
   *
   * @param address its primary address, or the borrowed one
   * @param area its area
   */
  OspfInterfaceConfig member(RouterInterface each, Ipv4Address address, Ipv4Address area) {
    var ospf = each.config().ospf();
    OspfNetworkType network = each.config().effectiveOspfNetworkType();
    NetworkType type = each.isLoopback() ? NetworkType.LOOPBACK : type(network);
    OspfInterfaceConfig.Builder builder =
        OspfInterfaceConfig.builder(each.number(), each.name())
            .areaId(area)
            .type(type)
            .cost(process.costOf(each.config()))
            .priority(ospf.effectivePriority())
            .mtu(each.mtu())
            .mtuIgnore(ospf.mtuIgnore())
            .passive(process.isPassive(each.config().name()))
            .timers(timers(ospf, network))
            .authentication(authentication(process.authenticationOf(each.config(), area), ospf))
            .prefixSuppression(process.suppressesPrefix(each.config()))
            .ttlSecurityHops(process.ttlSecurityHops(each.config()));
    Optional<InterfaceAddress> own = each.config().primaryAddress();
    if (own.isPresent()) {
      builder
          .address(address, own.get().prefixLength())
          .staticNeighbors(neighbors(network, own.get().prefix()));
    } else {
      builder.borrowedAddress(address);
    }
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new UnsupportedConfigurationException(
          each.config().section(), String.valueOf(e.getMessage()));
    }
  }

  private static NetworkType type(OspfNetworkType type) {
    return switch (type) {
      case BROADCAST -> NetworkType.BROADCAST;
      case NON_BROADCAST -> NetworkType.NBMA;
      case POINT_TO_POINT -> NetworkType.POINT_TO_POINT;
      case POINT_TO_MULTIPOINT -> NetworkType.POINT_TO_MULTIPOINT;
      case POINT_TO_MULTIPOINT_NON_BROADCAST -> NetworkType.POINT_TO_MULTIPOINT_NON_BROADCAST;
    };
  }

  private List<StaticNeighbor> neighbors(OspfNetworkType type, Ipv4Prefix network) {
    if (!type.needsNeighbors() && type != OspfNetworkType.POINT_TO_MULTIPOINT) {
      return List.of();
    }
    return process.neighbors().stream()
        .filter(each -> network.contains(each.address()))
        .map(each -> neighbor(type, each))
        .toList();
  }

  private static StaticNeighbor neighbor(OspfNetworkType type, OspfNeighbor each) {
    boolean hasCost = type != OspfNetworkType.NON_BROADCAST;
    return new StaticNeighbor(
        each.address(),
        each.priority().orElse(0),
        each.pollSeconds().orElse(StaticNeighbor.DEFAULT_POLL_SECONDS),
        hasCost ? each.cost().orElse(0) : 0);
  }

  /** The intervals on a network of a type. */
  static OspfInterfaceTimers timers(
      dev.zuido.router.config.OspfInterfaceConfig ospf, OspfNetworkType network) {
    return new OspfInterfaceTimers(
        ospf.effectiveHelloSeconds(network),
        ospf.effectiveDeadSeconds(network),
        ospf.effectiveRetransmitSeconds(),
        ospf.effectiveTransmitDelaySeconds());
  }

  /**
   * Without a key the empty one holds, and as Key ID 0: the fields of the packets are filled with
   * zeros, as IOS does it.
   */
  OspfAuthentication authentication(
      OspfAuthenticationType type, dev.zuido.router.config.OspfInterfaceConfig port) {
    return switch (type) {
      case NULL -> OspfAuthentication.NONE;
      case SIMPLE -> {
        Secret password = port.authenticationKey();
        yield new OspfAuthentication.Simple(password == null ? ZEROS : password.bytes());
      }
      case MESSAGE_DIGEST -> digests(port.messageDigestKeys());
      case KEY_CHAIN -> chain(port.keyChain());
    };
  }

  /** Of several keys each is accepted, and the one of the highest number is sent with. */
  private static OspfAuthentication digests(List<MessageDigestKey> keys) {
    CryptographicKey.Algorithm md5 = CryptographicKey.Algorithm.MD5;
    if (keys.size() > 1) {
      return new OspfAuthentication.KeyChain(
          keys.stream()
              .map(key -> OspfAuthentication.Key.always(key.id(), md5, key.key().bytes()))
              .toList(),
          false);
    }
    return keys.isEmpty()
        ? new OspfAuthentication.Cryptographic(0, md5, ZEROS)
        : new OspfAuthentication.Cryptographic(keys.get(0).id(), md5, keys.get(0).key().bytes());
  }

  private OspfAuthentication chain(@Nullable String name) {
    List<OspfAuthentication.Key> keys = new ArrayList<>();
    for (KeyChain.Key key :
        config.keyChain(String.valueOf(name)).map(KeyChain::keys).orElse(List.of())) {
      Secret secret = key.secret();
      if (secret != null) {
        keys.add(
            new OspfAuthentication.Key(
                key.id(),
                algorithm(key.algorithm()),
                secret.bytes(),
                lifetime(key.send()),
                lifetime(key.accept())));
      }
    }
    if (keys.isEmpty()) {
      throw new UnsupportedConfigurationException("key chain " + name, "it has no key");
    }
    return new OspfAuthentication.KeyChain(keys, false);
  }

  private static CryptographicKey.Algorithm algorithm(KeyAlgorithm algorithm) {
    return switch (algorithm) {
      case MD5 -> CryptographicKey.Algorithm.MD5;
      case HMAC_SHA_1 -> CryptographicKey.Algorithm.HMAC_SHA_1;
      case HMAC_SHA_256 -> CryptographicKey.Algorithm.HMAC_SHA_256;
      case HMAC_SHA_384 -> CryptographicKey.Algorithm.HMAC_SHA_384;
      case HMAC_SHA_512 -> CryptographicKey.Algorithm.HMAC_SHA_512;
    };
  }

  private static OspfAuthentication.Lifetime lifetime(@Nullable KeyLifetime given) {
    if (given == null) {
      return OspfAuthentication.Lifetime.ALWAYS;
    }
    Instant end = given.end();
    return new OspfAuthentication.Lifetime(
        given.start().getEpochSecond(), end == null ? Long.MAX_VALUE : end.getEpochSecond());
  }
}
