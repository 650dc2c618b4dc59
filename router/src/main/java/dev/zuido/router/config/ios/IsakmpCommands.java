package dev.zuido.router.config.ios;

import dev.zuido.router.config.DhGroups;
import dev.zuido.router.config.IkeAuthentication;
import dev.zuido.router.config.IkeEncryption;
import dev.zuido.router.config.IkeHash;
import dev.zuido.router.config.IsakmpKeepalive;
import dev.zuido.router.config.IsakmpKey;
import dev.zuido.router.config.IsakmpNameKey;
import dev.zuido.router.config.IsakmpPolicy;
import dev.zuido.router.config.NatTransparency;
import dev.zuido.wire.Ipv4Prefix;
import java.util.stream.Collectors;

/** {@code crypto isakmp}: phase 1. */
final class IsakmpCommands {
  private static final IsakmpPolicy DEFAULTS = new IsakmpPolicy.Builder(1).build();

  /** The groups as the alternatives of a pattern. */
  static final String GROUPS =
      DhGroups.NUMBERS.stream().map(String::valueOf).collect(Collectors.joining("|", "{", "}"));

  /** Why a key of type 6 or 7 is refused. */
  static final String ENCRYPTED = "keys that IOS has encrypted cannot be read; give the key itself";

  /** Why group 24 is refused. */
  static final String GROUP_24 =
      "group 24 is not offered: nobody knows how its prime was made (RFC 8247 section 2.4)";

  private IsakmpCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .opens(
            grammar.isakmpPolicy,
            "crypto isakmp policy <number:1-10000>",
            (config, a) -> config.isakmpPolicy(a.integer("number")))
        .does(
            "no crypto isakmp policy <number:1-10000>",
            (config, a) ->
                require(config.removeIsakmpPolicy(a.integer("number")), "there is no such policy"))
        .does(
            "crypto isakmp key [0] <key:secret> address <peer:address> [<mask:mask>] [no-xauth]",
            (config, a) -> config.isakmpKey(new IsakmpKey(a.secret("key"), peers(a))))
        .unsupported(
            "crypto isakmp key 6 <key:secret> address <peer:address> [<mask:mask>] [no-xauth]",
            ENCRYPTED)
        .does(
            "crypto isakmp key [0] <key:secret> hostname <name:word> [no-xauth]",
            (config, a) -> config.isakmpNameKey(nameKey(a)))
        .unsupported("crypto isakmp key 6 <key:secret> hostname <name:word> [no-xauth]", ENCRYPTED)
        .does(
            "no crypto isakmp key [0] <key:secret> hostname <name:word>",
            (config, a) ->
                require(
                    config.removeIsakmpNameKey(a.text("name")), "there is no key for this name"))
        .does(
            "no crypto isakmp key [0] <key:secret> address <peer:address> [<mask:mask>]",
            (config, a) ->
                require(config.removeIsakmpKey(peers(a)), "there is no key for these peers"))
        .does(
            "crypto isakmp keepalive <period:10-3600> [<retry:2-60>] [on-demand|periodic]",
            (config, a) ->
                config.isakmpKeepalive(
                    new IsakmpKeepalive(
                        a.integer("period"),
                        a.optionalInteger("retry").orElse(IsakmpKeepalive.DEFAULT_RETRY_SECONDS),
                        a.has("periodic"))))
        .does(
            // No rest of the line: 'kee' may be a mistyped 'key', and its secret would be shown.
            "no crypto isakmp keepalive [<period:10-3600> [<retry:2-60>] [on-demand|periodic]]",
            (config, a) -> config.isakmpKeepalive(null))
        .does(
            "crypto isakmp nat keepalive <seconds:"
                + NatTransparency.FIRST_KEEPALIVE_SECONDS
                + "-"
                + NatTransparency.LAST_KEEPALIVE_SECONDS
                + ">",
            (c, a) ->
                c.natTransparency(c.natTransparency().withKeepaliveSeconds(a.integer("seconds"))))
        .does(
            "no crypto isakmp nat keepalive [<old:line>]",
            (c, a) ->
                c.natTransparency(
                    c.natTransparency()
                        .withKeepaliveSeconds(
                            a.byDefault() ? NatTransparency.DEFAULT.keepaliveSeconds() : 0)))
        .inert("crypto isakmp enable", "ISAKMP is on wherever a crypto map is applied");
    registerPolicy(grammar.isakmpPolicy);
  }

  private static void registerPolicy(Mode<IsakmpPolicy.Builder> mode) {
    mode.does("encryption des", (policy, a) -> policy.encryption(IkeEncryption.DES))
        .does("encryption 3des", (policy, a) -> policy.encryption(IkeEncryption.TRIPLE_DES))
        .does("encryption aes [128]", (policy, a) -> policy.encryption(IkeEncryption.AES_128))
        .does("encryption aes 192", (policy, a) -> policy.encryption(IkeEncryption.AES_192))
        .does("encryption aes 256", (policy, a) -> policy.encryption(IkeEncryption.AES_256))
        .does("no encryption [<old:line>]", (policy, a) -> policy.encryption(DEFAULTS.encryption()))
        .does("hash md5", (policy, a) -> policy.hash(IkeHash.MD5))
        .does("hash sha", (policy, a) -> policy.hash(IkeHash.SHA1))
        .does("hash sha256", (policy, a) -> policy.hash(IkeHash.SHA2_256))
        .does("hash sha384", (policy, a) -> policy.hash(IkeHash.SHA2_384))
        .does("hash sha512", (policy, a) -> policy.hash(IkeHash.SHA2_512))
        .does("no hash [<old:line>]", (policy, a) -> policy.hash(DEFAULTS.hash()))
        .does(
            "authentication pre-share",
            (policy, a) -> policy.authentication(IkeAuthentication.PRE_SHARED_KEY))
        .does(
            "authentication rsa-sig",
            (policy, a) -> policy.authentication(IkeAuthentication.RSA_SIGNATURES))
        .unsupported(
            "authentication rsa-encr",
            "authentication by RSA encryption is not offered: it has been broken"
                + " (Bleichenbacher's oracle)")
        .does(
            "no authentication [<old:line>]",
            (policy, a) -> policy.authentication(DEFAULTS.authentication()))
        .does("group " + GROUPS, (policy, a) -> policy.group(Integer.parseInt(a.keywords().get(1))))
        .unsupported("group 24", GROUP_24)
        .does("no group [<old:line>]", (policy, a) -> policy.group(DEFAULTS.group()))
        .does(
            "lifetime <seconds:60-86400>",
            (policy, a) -> policy.lifetimeSeconds(a.integer("seconds")))
        .does(
            "no lifetime [<old:line>]",
            (policy, a) -> policy.lifetimeSeconds(DEFAULTS.lifetimeSeconds()));
  }

  private static Ipv4Prefix peers(Arguments a) throws Refusal {
    // Without a mask 0.0.0.0 is everybody, and any other address a host.
    int alone = a.address("peer").isUnspecified() ? 0 : 32;
    int length = a.has("mask") ? a.prefixLength("mask") : alone;
    return RouteCommands.prefix(a.address("peer"), length);
  }

  private static IsakmpNameKey nameKey(Arguments a) throws Refusal {
    try {
      return new IsakmpNameKey(a.secret("key"), a.text("name"));
    } catch (IllegalArgumentException e) {
      throw Refusal.line(String.valueOf(e.getMessage()));
    }
  }

  /** Refuses a line unless a condition holds. */
  static void require(boolean condition, String reason) throws Refusal {
    if (!condition) {
      throw Refusal.line(reason);
    }
  }
}
