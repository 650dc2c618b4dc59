package dev.zuido.router.config.ios;

import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.Keying;
import dev.zuido.router.config.RouterConfigBuilder;
import dev.zuido.router.config.Secret;
import dev.zuido.router.config.SessionKey;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code crypto map} and {@code crypto dynamic-map}: what is protected, with whom and how. */
final class CryptoMapCommands {
  private static final String LIFETIME = "set security-association lifetime ";
  private static final String KINDS =
      "[ipsec-isakmp [dynamic <template:word> [discover]]|ipsec-manual]";
  private static final String SPI =
      "<spi:" + SessionKey.FIRST_SPI + "-" + SessionKey.LAST_SPI + ">";
  private static final String SESSION_KEY = "set session-key {inbound|outbound} ";
  private static final String CIPHER = " cipher <cipherKey:hexadecimal-secret>";
  private static final String AUTHENTICATOR = " authenticator <hmacKey:hexadecimal-secret>";

  private CryptoMapCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .opens(
            grammar.cryptoMap,
            "crypto map <name:word> <sequence:1-65535> " + KINDS,
            CryptoMapCommands::open)
        .does(
            "no crypto map <name:word> [<sequence:1-65535> " + KINDS + "]",
            (config, a) ->
                IsakmpCommands.require(
                    a.has("sequence")
                        ? config.removeCryptoMapEntry(a.text("name"), a.integer("sequence"))
                        : config.removeCryptoMap(a.text("name")),
                    "there is no such crypto map"))
        .opens(
            grammar.cryptoMap,
            "crypto dynamic-map <name:word> <sequence:1-65535>",
            (config, a) -> config.dynamicMapEntry(a.text("name"), a.integer("sequence")))
        .does(
            "no crypto dynamic-map <name:word> [<sequence:1-65535>]",
            (config, a) ->
                IsakmpCommands.require(
                    a.has("sequence")
                        ? config.removeDynamicMapEntry(a.text("name"), a.integer("sequence"))
                        : config.removeDynamicMap(a.text("name")),
                    "there is no such dynamic map"));
    registerCommon(grammar.cryptoMap);
    registerNegotiated(grammar.cryptoMap);
    registerManual(grammar.cryptoMap);
    registerUnsupported(grammar.cryptoMap);
  }

  /** What every entry has that does not stand for a dynamic map. */
  private static void registerCommon(Mode<CryptoMapEntry.Builder> mode) {
    own(mode, "description <text:line>", (entry, a) -> entry.description(a.text("text")));
    own(mode, "no description [<old:line>]", (entry, a) -> entry.description(null));
    own(mode, "set peer <peer:address>", (entry, a) -> entry.addPeer(a.address("peer")));
    own(
        mode,
        "no set peer <peer:address>",
        (entry, a) ->
            IsakmpCommands.require(
                entry.removePeer(a.address("peer")), "this is no peer of the entry"));
    own(
        mode,
        "set transform-set <a:word> [<b:word> [<c:word> [<d:word> [<e:word> [<f:word>]]]]]",
        (entry, a) -> entry.transformSets(names(a)));
    own(mode, "no set transform-set [<old:line>]", (entry, a) -> entry.transformSets(List.of()));
    own(mode, "match address <list:word>", (entry, a) -> entry.accessList(a.text("list")));
    own(mode, "no match address [<old:line>]", (entry, a) -> entry.accessList(null));
  }

  /** What IKE negotiates. */
  private static void registerNegotiated(Mode<CryptoMapEntry.Builder> mode) {
    negotiated(
        mode,
        pfsGroups("set pfs "),
        (entry, a) ->
            entry.pfsGroup(
                OptionalInt.of(Integer.parseInt(a.keywords().get(2).substring("group".length())))));
    negotiated(
        mode,
        "set isakmp-profile <profile:word>",
        (entry, a) -> entry.isakmpProfile(a.text("profile")));
    negotiated(mode, "no set isakmp-profile [<old:line>]", (entry, a) -> entry.isakmpProfile(null));
    negotiated(mode, "set pfs", (entry, a) -> entry.pfsGroup(OptionalInt.of(1)));
    negotiated(mode, "no set pfs [<old:line>]", (entry, a) -> entry.pfsGroup(OptionalInt.empty()));
    negotiated(
        mode,
        LIFETIME + "seconds " + IpsecCommands.SECONDS,
        (entry, a) -> entry.lifetimeSeconds(a.optionalInteger("seconds")));
    negotiated(
        mode,
        "no " + LIFETIME + "seconds [<old:line>]",
        (entry, a) -> entry.lifetimeSeconds(OptionalInt.empty()));
    negotiated(
        mode,
        LIFETIME + "kilobytes " + IpsecCommands.KILOBYTES,
        (entry, a) -> entry.lifetimeKilobytes(a.optionalNumber("kilobytes")));
    negotiated(
        mode,
        "no " + LIFETIME + "kilobytes [<old:line>]",
        (entry, a) -> entry.lifetimeKilobytes(OptionalLong.empty()));
  }

  /** Static keys. */
  private static void registerManual(Mode<CryptoMapEntry.Builder> mode) {
    manual(mode, SESSION_KEY + "esp " + SPI + CIPHER + " [" + AUTHENTICATOR + "]", true);
    manual(mode, SESSION_KEY + "esp " + SPI + AUTHENTICATOR, true);
    manual(
        mode,
        "no " + SESSION_KEY + "esp [" + SPI + " [" + CIPHER + "] [" + AUTHENTICATOR + "]]",
        false);
    mode.unsupported(
        SESSION_KEY + "ah " + SPI + " <key:hexadecimal-secret>", "there is no AH, only ESP");
  }

  private static void registerUnsupported(Mode<CryptoMapEntry.Builder> mode) {
    mode.unsupported(
            "reverse-route [<rest:line>]",
            "routes to what a peer protects are not made; give a static route")
        .unsupported(
            "set security-association level per-host", "a rule of the access list has one SA pair")
        .unsupported(
            "set security-association idle-time <rest:line>",
            "SAs are not deleted because they are idle")
        .unsupported("set pfs group24", IsakmpCommands.GROUP_24);
  }

  /** A setting of an entry's own. */
  private static void own(
      Mode<CryptoMapEntry.Builder> mode,
      String pattern,
      Row.Effect<CryptoMapEntry.Builder> effect) {
    mode.does(
        pattern,
        (entry, a) -> {
          if (entry.keying() instanceof Keying.Dynamic dynamic) {
            throw Refusal.line(
                "the entry stands for the dynamic map "
                    + dynamic.map()
                    + " and has no settings of its own");
          }
          effect.apply(entry, a);
        });
  }

  /** A setting of what IKE negotiates. */
  private static void negotiated(
      Mode<CryptoMapEntry.Builder> mode,
      String pattern,
      Row.Effect<CryptoMapEntry.Builder> effect) {
    own(
        mode,
        pattern,
        (entry, a) -> {
          IsakmpCommands.require(
              !(entry.keying() instanceof Keying.Manual),
              "nothing is negotiated for an entry that ends with ipsec-manual");
          effect.apply(entry, a);
        });
  }

  /** A line of static keys, which gives or takes those of one direction. */
  private static void manual(Mode<CryptoMapEntry.Builder> mode, String pattern, boolean gives) {
    own(
        mode,
        pattern,
        (entry, a) -> {
          if (!(entry.keying() instanceof Keying.Manual keys)) {
            throw Refusal.line("session keys belong to an entry that ends with ipsec-manual");
          }
          SessionKey key = gives ? sessionKey(a) : null;
          entry.keying(a.has("inbound") ? keys.withInbound(key) : keys.withOutbound(key));
        });
  }

  private static SessionKey sessionKey(Arguments a) {
    return new SessionKey(
        a.number("spi"),
        a.optional("cipherKey", Secret.class).orElse(null),
        a.optional("hmacKey", Secret.class).orElse(null));
  }

  /** {@code set pfs {group1|group2|…}}: here a group's number is glued to the word. */
  private static String pfsGroups(String head) {
    return head + IsakmpCommands.GROUPS.replace("{", "{group").replace("|", "|group");
  }

  private static List<String> names(Arguments a) {
    return Stream.of("a", "b", "c", "d", "e", "f").filter(a::has).map(a::text).distinct().toList();
  }

  private static CryptoMapEntry.Builder open(RouterConfigBuilder config, Arguments a)
      throws Refusal {
    String name = a.text("name");
    int sequence = a.integer("sequence");
    boolean held = config.hasCryptoMapEntry(name, sequence);
    if (a.has("discover")) {
      throw Refusal.line("the peers of a dynamic map are not looked for: they have to call");
    }
    boolean manual = a.has("ipsec-manual");
    if (!manual && !a.has("ipsec-isakmp")) {
      IsakmpCommands.require(
          held, "a new entry of a crypto map ends with ipsec-isakmp or ipsec-manual");
      return config.cryptoMapEntry(name, sequence);
    }
    Keying keying =
        a.has("template")
            ? new Keying.Dynamic(a.text("template"))
            : manual ? Keying.Manual.EMPTY : new Keying.Isakmp();
    CryptoMapEntry.Builder entry = config.cryptoMapEntry(name, sequence, keying);
    IsakmpCommands.require(
        entry.keying().equals(keying) || (manual && entry.keying() instanceof Keying.Manual),
        "entry " + sequence + " of " + name + " is of another kind; take it back with 'no' first");
    return entry;
  }
}
