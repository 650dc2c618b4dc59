package dev.zuido.router.config.ios;

import dev.zuido.router.config.CryptoMapEntry;
import dev.zuido.router.config.RouterConfigBuilder;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** {@code crypto map}: what is protected, with whom and how. */
final class CryptoMapCommands {
  private static final String LIFETIME = "set security-association lifetime ";

  private CryptoMapCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .opens(
            grammar.cryptoMap,
            "crypto map <name:word> <sequence:1-65535> [ipsec-isakmp]",
            CryptoMapCommands::open)
        .does(
            "no crypto map <name:word> [<sequence:1-65535> [ipsec-isakmp]]",
            (config, a) ->
                IsakmpCommands.require(
                    a.has("sequence")
                        ? config.removeCryptoMapEntry(a.text("name"), a.integer("sequence"))
                        : config.removeCryptoMap(a.text("name")),
                    "there is no such crypto map"));
    registerEntry(grammar.cryptoMap);
  }

  private static void registerEntry(Mode<CryptoMapEntry.Builder> mode) {
    mode.does("description <text:line>", (entry, a) -> entry.description(a.text("text")))
        .does("no description [<old:line>]", (entry, a) -> entry.description(null))
        .does("set peer <peer:address>", (entry, a) -> entry.addPeer(a.address("peer")))
        .does(
            "no set peer <peer:address>",
            (entry, a) ->
                IsakmpCommands.require(
                    entry.removePeer(a.address("peer")), "this is no peer of the entry"))
        .does(
            "set transform-set <a:word> [<b:word> [<c:word> [<d:word> [<e:word> [<f:word>]]]]]",
            (entry, a) -> entry.transformSets(names(a)))
        .does("no set transform-set [<old:line>]", (entry, a) -> entry.transformSets(List.of()))
        .does(
            pfsGroups("set pfs "),
            (entry, a) ->
                entry.pfsGroup(
                    OptionalInt.of(
                        Integer.parseInt(a.keywords().get(2).substring("group".length())))))
        .does("set pfs", (entry, a) -> entry.pfsGroup(OptionalInt.of(1)))
        .does("no set pfs [<old:line>]", (entry, a) -> entry.pfsGroup(OptionalInt.empty()))
        .does(
            LIFETIME + "seconds " + IpsecCommands.SECONDS,
            (entry, a) -> entry.lifetimeSeconds(a.optionalInteger("seconds")))
        .does(
            "no " + LIFETIME + "seconds [<old:line>]",
            (entry, a) -> entry.lifetimeSeconds(OptionalInt.empty()))
        .does(
            LIFETIME + "kilobytes " + IpsecCommands.KILOBYTES,
            (entry, a) -> entry.lifetimeKilobytes(a.optionalNumber("kilobytes")))
        .does(
            "no " + LIFETIME + "kilobytes [<old:line>]",
            (entry, a) -> entry.lifetimeKilobytes(OptionalLong.empty()))
        .does("match address <list:word>", (entry, a) -> entry.accessList(a.text("list")))
        .does("no match address [<old:line>]", (entry, a) -> entry.accessList(null));
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
    if (!a.has("ipsec-isakmp") && !config.hasCryptoMapEntry(name, sequence)) {
      throw Refusal.line("a new entry of a crypto map ends with ipsec-isakmp");
    }
    return config.cryptoMapEntry(name, sequence);
  }
}
