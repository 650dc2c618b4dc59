package dev.zuido.router.config.ios;

import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.MessageDigestKey;
import dev.zuido.router.config.OspfAuthenticationType;
import dev.zuido.router.config.OspfInterfaceConfig;
import dev.zuido.router.config.OspfNetworkType;
import dev.zuido.router.config.Secret;
import java.util.OptionalInt;

/** {@code ip ospf}: OSPF on an interface. */
final class OspfInterfaceCommands {
  private OspfInterfaceCommands() {}

  static void register(Mode<InterfaceConfig.Builder> mode) {
    mode.does(
            "ip ospf network broadcast",
            (port, a) -> port.ospf().networkType(OspfNetworkType.BROADCAST))
        .does(
            "ip ospf network point-to-point",
            (port, a) -> port.ospf().networkType(OspfNetworkType.POINT_TO_POINT))
        .unsupported("ip ospf network non-broadcast", "NBMA networks are not supported")
        .unsupported(
            "ip ospf network point-to-multipoint [non-broadcast]",
            "point-to-multipoint networks are not supported")
        .does("no ip ospf network [<old:line>]", (port, a) -> port.ospf().networkType(null));
    ospfNumber(mode, "cost", "1-65535", (port, value) -> port.ospf().cost(value));
    ospfNumber(mode, "hello-interval", "1-65535", (port, value) -> port.ospf().helloSeconds(value));
    ospfNumber(mode, "dead-interval", "1-65535", (port, value) -> port.ospf().deadSeconds(value));
    ospfNumber(mode, "priority", "0-255", (port, value) -> port.ospf().priority(value));
    ospfNumber(
        mode,
        "retransmit-interval",
        "1-65535",
        (port, value) -> port.ospf().retransmitSeconds(value));
    ospfNumber(
        mode,
        "transmit-delay",
        "1-65535",
        (port, value) -> port.ospf().transmitDelaySeconds(value));
    mode.does("ip ospf mtu-ignore", (port, a) -> port.ospf().mtuIgnore(true))
        .does("no ip ospf mtu-ignore", (port, a) -> port.ospf().mtuIgnore(false));
    registerAuthentication(mode);
    registerKeys(mode);
  }

  private static void registerAuthentication(Mode<InterfaceConfig.Builder> mode) {
    mode.does(
            "ip ospf authentication",
            (port, a) -> port.ospf().authentication(OspfAuthenticationType.SIMPLE))
        .does(
            "ip ospf authentication message-digest",
            (port, a) -> port.ospf().authentication(OspfAuthenticationType.MESSAGE_DIGEST))
        .does(
            "ip ospf authentication null",
            (port, a) -> port.ospf().authentication(OspfAuthenticationType.NULL))
        .unsupported(
            "ip ospf authentication key-chain <chain:word>",
            "key chains are not read; give ip ospf message-digest-key")
        .does(
            "no ip ospf authentication [<old:line>]",
            (port, a) -> port.ospf().authentication(null));
  }

  private static void registerKeys(Mode<InterfaceConfig.Builder> mode) {
    String simple = "ip ospf authentication-key ";
    String digest = "ip ospf message-digest-key <id:1-255> ";
    mode.does(simple + "[0] <key:secret>", OspfInterfaceCommands::setPassword)
        .unsupported(simple + "{6|7} <key:secret>", IsakmpCommands.ENCRYPTED)
        .does(
            "no ip ospf authentication-key [[0|6|7] <key:secret>]",
            (port, a) -> port.ospf().authenticationKey(null))
        .does(digest + "md5 [0] <key:secret>", OspfInterfaceCommands::setDigestKey)
        .unsupported(digest + "md5 {6|7} <key:secret>", IsakmpCommands.ENCRYPTED)
        .does(
            "no " + digest + "[md5 [[0|6|7] <key:secret>]]",
            (port, a) -> {
              MessageDigestKey held = port.ospf().messageDigestKey();
              IsakmpCommands.require(
                  held != null && held.id() == a.integer("id"), "there is no key of this number");
              port.ospf().messageDigestKey(null);
            });
  }

  private static void setPassword(InterfaceConfig.Builder port, Arguments a) throws Refusal {
    Secret key = a.secret("key");
    IsakmpCommands.require(
        key.bytes().length() <= OspfInterfaceConfig.MAX_AUTHENTICATION_KEY,
        "a simple password has at most "
            + OspfInterfaceConfig.MAX_AUTHENTICATION_KEY
            + " characters");
    port.ospf().authenticationKey(key);
  }

  private static void setDigestKey(InterfaceConfig.Builder port, Arguments a) throws Refusal {
    Secret key = a.secret("key");
    int id = a.integer("id");
    IsakmpCommands.require(
        key.bytes().length() <= MessageDigestKey.MAX_LENGTH,
        "an MD5 key has at most " + MessageDigestKey.MAX_LENGTH + " characters");
    MessageDigestKey held = port.ospf().messageDigestKey();
    IsakmpCommands.require(
        held == null || held.id() == id,
        "an interface has one key here; take the other back with 'no' first");
    port.ospf().messageDigestKey(new MessageDigestKey(id, key));
  }

  /** A number of {@code ip ospf}, and its {@code no} form. */
  private static void ospfNumber(
      Mode<InterfaceConfig.Builder> mode,
      String keyword,
      String range,
      java.util.function.BiConsumer<InterfaceConfig.Builder, OptionalInt> setter) {
    mode.does(
            "ip ospf " + keyword + " <value:" + range + ">",
            (port, a) -> setter.accept(port, a.optionalInteger("value")))
        .does(
            "no ip ospf " + keyword + " [<old:line>]",
            (port, a) -> setter.accept(port, OptionalInt.empty()));
  }
}
