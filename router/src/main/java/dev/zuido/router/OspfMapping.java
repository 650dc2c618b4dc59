package dev.zuido.router;

import dev.zuido.ospf.NetworkType;
import dev.zuido.ospf.OspfAuthentication;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfInterfaceTimers;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.MessageDigestKey;
import dev.zuido.router.config.OspfAuthenticationType;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.Secret;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a configuration's OSPF sections mean to the OSPF engine. */
final class OspfMapping {
  private static final ByteString ZEROS = ByteString.of(new byte[1]);

  private OspfMapping() {}

  /**
   * The OSPF process on those interfaces that its network lines match, or null without a process.
   */
  static @Nullable OspfConfig process(RouterConfig config, List<RouterInterface> interfaces) {
    OspfProcess process = config.ospf();
    if (process == null) {
      return null;
    }
    Ipv4Address routerId =
        config
            .ospfRouterId()
            .orElseThrow(
                () ->
                    new UnsupportedConfigurationException(
                        process.section(), "there is no address to take the router ID from"));
    List<OspfInterfaceConfig> members = new ArrayList<>();
    for (RouterInterface each : interfaces) {
      Optional<InterfaceAddress> primary = each.config().primaryAddress();
      if (primary.isPresent()) {
        process
            .areaOf(primary.get().address())
            .ifPresent(area -> members.add(member(process, each, primary.get(), area)));
      }
    }
    return OspfConfig.builder(routerId).interfaces(members).build();
  }

  private static OspfInterfaceConfig member(
      OspfProcess process, RouterInterface each, InterfaceAddress address, Ipv4Address area) {
    var ospf = each.config().ospf();
    NetworkType type = NetworkType.LOOPBACK;
    if (!each.isLoopback()) {
      type =
          switch (each.config().effectiveOspfNetworkType()) {
            case BROADCAST -> NetworkType.BROADCAST;
            case POINT_TO_POINT -> NetworkType.POINT_TO_POINT;
          };
    }
    return OspfInterfaceConfig.builder(each.number(), each.name())
        .address(address.address(), address.prefixLength())
        .areaId(area)
        .type(type)
        .cost(process.costOf(each.config()))
        .priority(ospf.effectivePriority())
        .mtu(each.mtu())
        .mtuIgnore(ospf.mtuIgnore())
        .passive(process.isPassive(each.config().name()))
        .timers(
            new OspfInterfaceTimers(
                ospf.effectiveHelloSeconds(),
                ospf.effectiveDeadSeconds(),
                ospf.effectiveRetransmitSeconds(),
                ospf.effectiveTransmitDelaySeconds()))
        .authentication(authentication(process.authenticationOf(each.config(), area), ospf))
        .build();
  }

  /**
   * Without a key the empty one holds, and as Key ID 0: the fields of the packets are filled with
   * zeros, as IOS does it.
   */
  private static OspfAuthentication authentication(
      OspfAuthenticationType type, dev.zuido.router.config.OspfInterfaceConfig port) {
    return switch (type) {
      case NULL -> OspfAuthentication.NONE;
      case SIMPLE -> {
        Secret password = port.authenticationKey();
        yield new OspfAuthentication.Simple(password == null ? ZEROS : password.bytes());
      }
      case MESSAGE_DIGEST -> {
        MessageDigestKey key = port.messageDigestKey();
        yield new OspfAuthentication.Cryptographic(
            key == null ? 0 : key.id(),
            CryptographicKey.Algorithm.MD5,
            key == null ? ZEROS : key.key().bytes());
      }
    };
  }
}
