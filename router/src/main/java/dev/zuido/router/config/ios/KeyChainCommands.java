package dev.zuido.router.config.ios;

import dev.zuido.router.config.KeyAlgorithm;
import dev.zuido.router.config.KeyChain;
import dev.zuido.router.config.KeyLifetime;
import java.time.Instant;

/** {@code key chain}. */
final class KeyChainCommands {
  private static final String KEY = "key <id:0-2147483647>";

  private KeyChainCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .opens(
            grammar.keyChain,
            "key chain <name:word>",
            (config, a) -> config.keyChain(a.text("name")))
        .does(
            "no key chain <name:word>",
            (config, a) ->
                IsakmpCommands.require(
                    config.removeKeyChain(a.text("name")), "there is no such key chain"));
    grammar
        .keyChain
        .opens(grammar.chainKey, KEY, (chain, a) -> chain.key(a.integer("id")))
        .does("no " + KEY, (chain, a) -> removeKey(chain, a));
    // A key is left for the chain that it is of, and the next key may follow at once.
    grammar
        .chainKey
        .opens(grammar.keyChain, "exit", (key, a) -> key.chain())
        .opens(grammar.chainKey, KEY, (key, a) -> key.chain().key(a.integer("id")))
        .does("no " + KEY, (key, a) -> removeKey(key.chain(), a));
    registerKeys(grammar.chainKey);
  }

  private static void removeKey(KeyChain.Builder chain, Arguments a) throws Refusal {
    IsakmpCommands.require(chain.removeKey(a.integer("id")), "there is no key of this number");
  }

  private static void registerKeys(Mode<KeyChain.KeyBuilder> mode) {
    mode.does("key-string [0] <key:secret>", (key, a) -> key.secret(a.secret("key")))
        .unsupported("key-string {6|7} <key:secret>", IsakmpCommands.ENCRYPTED)
        .does("no key-string [[0|6|7] <key:secret>]", (key, a) -> key.secret(null));
    for (KeyAlgorithm each : KeyAlgorithm.values()) {
      mode.does("cryptographic-algorithm " + each.iosName(), (key, a) -> key.algorithm(each));
    }
    mode.does(
        "no cryptographic-algorithm [<old:line>]", (key, a) -> key.algorithm(KeyAlgorithm.MD5));
    String span = " <from:moment> {infinite|duration <seconds:1-2147483646>|<to:moment>}";
    String zone = "times are in UTC here; give them without 'local'";
    mode.does("send-lifetime" + span, (key, a) -> key.send(lifetime(a)))
        .does("accept-lifetime" + span, (key, a) -> key.accept(lifetime(a)))
        .unsupported("send-lifetime local <rest:line>", zone)
        .unsupported("accept-lifetime local <rest:line>", zone)
        .does("no send-lifetime [<old:line>]", (key, a) -> key.send(null))
        .does("no accept-lifetime [<old:line>]", (key, a) -> key.accept(null));
  }

  private static KeyLifetime lifetime(Arguments a) throws Refusal {
    Instant start = a.moment("from");
    Instant end = null;
    if (a.has("duration")) {
      end = start.plusSeconds(a.number("seconds"));
    } else if (!a.has("infinite")) {
      end = a.moment("to");
    }
    try {
      return new KeyLifetime(start, end);
    } catch (IllegalArgumentException e) {
      throw Refusal.line(String.valueOf(e.getMessage()));
    }
  }
}
