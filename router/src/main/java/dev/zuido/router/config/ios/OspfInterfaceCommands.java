package dev.zuido.router.config.ios;

import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.MessageDigestKey;
import dev.zuido.router.config.OspfAttachment;
import dev.zuido.router.config.OspfAuthenticationType;
import dev.zuido.router.config.OspfInterfaceConfig;
import dev.zuido.router.config.OspfNetworkType;
import dev.zuido.router.config.OspfOptions;
import dev.zuido.router.config.Secret;
import java.util.Optional;
import java.util.OptionalInt;

/** {@code ip ospf}: OSPF on an interface. */
final class OspfInterfaceCommands {
  private OspfInterfaceCommands() {}

  static void register(Mode<InterfaceConfig.Builder> mode) {
    for (OspfNetworkType type : OspfNetworkType.values()) {
      mode.does("ip ospf network " + type.iosName(), (port, a) -> port.ospf().networkType(type));
    }
    mode.does("no ip ospf network [<old:line>]", (port, a) -> port.ospf().networkType(null));
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
    mode.unsupported(
        "ip ospf dead-interval minimal <rest:line>", "hello intervals are of whole seconds");
    registerAuthentication(mode);
    registerKeys(mode);
    registerOptions(mode);
  }

  private static void registerOptions(Mode<InterfaceConfig.Builder> mode) {
    mode.does(
            "ip ospf <process:1-65535> area <area:area> [secondaries none]",
            (port, a) ->
                port.ospf().attachment(new OspfAttachment(a.integer("process"), a.address("area"))))
        .does(
            "no ip ospf <process:1-65535> area [<old:line>]",
            (port, a) -> {
              OspfAttachment held = port.ospf().attachment();
              IsakmpCommands.require(
                  held != null && held.processId() == a.integer("process"),
                  "the interface is not put into this process");
              port.ospf().attachment(null);
            })
        .does(
            "ip ospf prefix-suppression [disable]",
            (port, a) -> port.ospf().prefixSuppression(Optional.of(!a.has("disable"))))
        .does(
            "no ip ospf prefix-suppression [disable]",
            (port, a) -> port.ospf().prefixSuppression(Optional.empty()))
        .does(
            "ip ospf ttl-security [hops <hops:1-254>]",
            (port, a) ->
                port.ospf()
                    .ttlSecurityHops(
                        OptionalInt.of(a.optionalInteger("hops").orElse(OspfOptions.DEFAULT_HOPS))))
        .does(
            "ip ospf ttl-security disable",
            (port, a) -> port.ospf().ttlSecurityHops(OptionalInt.of(0)))
        .does(
            "no ip ospf ttl-security [<old:line>]",
            (port, a) -> port.ospf().ttlSecurityHops(OptionalInt.empty()))
        .unsupported(
            "ip ospf demand-circuit [ignore]",
            "demand circuits of other routers are understood, but none can be operated (RFC 1793)")
        .unsupported("ip ospf database-filter all out", "every LSA goes to everybody")
        .unsupported("ip ospf flood-reduction", "LSAs are refreshed on all interfaces")
        .unsupported(
            "ip ospf bfd [<rest:line>]", "there is no BFD that would watch the neighbours");
  }

  private static void registerAuthentication(Mode<InterfaceConfig.Builder> mode) {
    mode.does(
            "ip ospf authentication",
            (port, a) -> port.ospf().authentication(OspfAuthenticationType.SIMPLE).keyChain(null))
        .does(
            "ip ospf authentication message-digest",
            (port, a) ->
                port.ospf().authentication(OspfAuthenticationType.MESSAGE_DIGEST).keyChain(null))
        .does(
            "ip ospf authentication null",
            (port, a) -> port.ospf().authentication(OspfAuthenticationType.NULL).keyChain(null))
        .does(
            "ip ospf authentication key-chain <chain:word>",
            (port, a) ->
                port.ospf()
                    .authentication(OspfAuthenticationType.KEY_CHAIN)
                    .keyChain(a.text("chain")))
        .does(
            "no ip ospf authentication [<old:line>]",
            (port, a) -> port.ospf().authentication(null).keyChain(null));
  }

  /** The way that a line with {@code authentication} names. */
  static OspfAuthenticationType authenticationType(Arguments a) {
    if (a.has("message-digest")) {
      return OspfAuthenticationType.MESSAGE_DIGEST;
    }
    if (a.has("key-chain")) {
      return OspfAuthenticationType.KEY_CHAIN;
    }
    return a.has("null") ? OspfAuthenticationType.NULL : OspfAuthenticationType.SIMPLE;
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
            (port, a) ->
                IsakmpCommands.require(
                    port.ospf().removeMessageDigestKey(a.integer("id")),
                    "there is no key of this number"));
  }

  private static void setPassword(InterfaceConfig.Builder port, Arguments a) throws Refusal {
    requirePassword(a.secret("key"));
    port.ospf().authenticationKey(a.secret("key"));
  }

  private static void setDigestKey(InterfaceConfig.Builder port, Arguments a) throws Refusal {
    int id = a.integer("id");
    requireDigestKey(a.secret("key"));
    IsakmpCommands.require(
        port.ospf().otherDigestKeys(id) < OspfInterfaceConfig.MAX_DIGEST_KEYS,
        "an interface has at most " + OspfInterfaceConfig.MAX_DIGEST_KEYS + " keys");
    port.ospf().messageDigestKey(new MessageDigestKey(id, a.secret("key")));
  }

  static void requirePassword(Secret key) throws Refusal {
    IsakmpCommands.require(
        key.bytes().length() <= OspfInterfaceConfig.MAX_AUTHENTICATION_KEY,
        "a simple password has at most "
            + OspfInterfaceConfig.MAX_AUTHENTICATION_KEY
            + " characters");
  }

  static void requireDigestKey(Secret key) throws Refusal {
    IsakmpCommands.require(
        key.bytes().length() <= MessageDigestKey.MAX_LENGTH,
        "an MD5 key has at most " + MessageDigestKey.MAX_LENGTH + " characters");
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
