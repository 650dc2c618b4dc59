package dev.zuido.router.config.ios;

import dev.zuido.router.config.IsakmpIdentity;
import dev.zuido.router.config.IsakmpKeepalive;
import dev.zuido.router.config.IsakmpOptions;
import dev.zuido.router.config.IsakmpOptions.AggressiveMode;
import dev.zuido.router.config.IsakmpOptions.Fragmentation;
import dev.zuido.router.config.IsakmpOptions.IdentityKind;
import dev.zuido.router.config.IsakmpPeer;
import dev.zuido.router.config.IsakmpProfile;
import dev.zuido.router.config.RouterConfigBuilder;
import java.util.function.UnaryOperator;

/** {@code crypto isakmp}: who we are, who peers are, and by which mode we talk to them. */
final class IsakmpPeerCommands {
  private static final String AGGRESSIVE = "crypto isakmp aggressive-mode disable";
  private static final String FRAGMENTATION = "crypto isakmp fragmentation";
  private static final String RECOVERY = "crypto isakmp invalid-spi-recovery";
  private static final String ENDPOINT = "set aggressive-mode client-endpoint ";
  private static final String PASSWORD = "set aggressive-mode password ";

  private IsakmpPeerCommands() {}

  static void register(IosGrammar grammar) {
    registerIdentity(grammar.global);
    registerOptions(grammar.global);
    registerSections(grammar);
    registerPeer(grammar.isakmpPeer);
    registerProfile(grammar.isakmpProfile);
    registerUnsupported(grammar.isakmpProfile);
  }

  private static void registerIdentity(Mode<RouterConfigBuilder> mode) {
    String line = "crypto isakmp identity ";
    for (IdentityKind kind : IdentityKind.values()) {
      boolean word = kind == IdentityKind.KEY_ID;
      mode.does(
          line + kind.iosName() + (word ? " <id:word>" : ""),
          (config, a) -> {
            String id = word ? a.text("id") : null;
            changeAll(config, options -> options.withIdentity(kind, id));
          });
    }
    mode.does(
            "no " + line + "[<old:line>]",
            (config, a) ->
                changeAll(config, options -> options.withIdentity(IdentityKind.ADDRESS, null)))
        .unsupported(line + "auto", "say which identity is told: address, hostname, dn or key-id");
  }

  private static void registerOptions(Mode<RouterConfigBuilder> mode) {
    mode.does(AGGRESSIVE, (c, a) -> change(c, o -> o.withAggressiveMode(AggressiveMode.DISABLED)))
        .does(
            "no " + AGGRESSIVE,
            (c, a) ->
                change(
                    c,
                    o ->
                        o.withAggressiveMode(
                            a.byDefault()
                                ? AggressiveMode.WHERE_CONFIGURED
                                : AggressiveMode.ACCEPTED)))
        .does(FRAGMENTATION, (c, a) -> change(c, o -> o.withFragmentation(Fragmentation.ON)))
        .does(
            FRAGMENTATION + " force",
            (c, a) -> change(c, o -> o.withFragmentation(Fragmentation.FORCED)))
        .does(
            "no " + FRAGMENTATION + " [force]",
            (c, a) ->
                change(
                    c,
                    o -> o.withFragmentation(a.byDefault() ? Fragmentation.ON : Fragmentation.OFF)))
        .does(RECOVERY, (c, a) -> change(c, o -> o.withInvalidSpiRecovery(true)))
        .does("no " + RECOVERY, (c, a) -> change(c, o -> o.withInvalidSpiRecovery(false)));
  }

  private static void registerSections(IosGrammar grammar) {
    grammar
        .global
        .opens(
            grammar.isakmpPeer,
            "crypto isakmp peer address <peer:address>",
            (config, a) -> config.isakmpPeer(a.address("peer")))
        .does(
            "no crypto isakmp peer address <peer:address>",
            (config, a) ->
                IsakmpCommands.require(
                    config.removeIsakmpPeer(a.address("peer")), "there is no such peer"))
        .unsupported(
            "crypto isakmp peer hostname <name:word>", "names are never looked up; give an address")
        .opens(
            grammar.isakmpProfile,
            "crypto isakmp profile <name:word>",
            (config, a) -> config.isakmpProfile(a.text("name")))
        .does(
            "no crypto isakmp profile <name:word>",
            (config, a) ->
                IsakmpCommands.require(
                    config.removeIsakmpProfile(a.text("name")), "there is no such profile"));
  }

  private static void registerPeer(Mode<IsakmpPeer.Builder> mode) {
    mode.does("description <text:line>", (peer, a) -> peer.description(a.text("text")))
        .does("no description [<old:line>]", (peer, a) -> peer.description(null))
        .does(
            ENDPOINT + "fqdn <name:word>",
            (peer, a) ->
                peer.clientEndpoint(identity(() -> new IsakmpIdentity.Host(a.text("name")))))
        .does(
            ENDPOINT + "user-fqdn <name:word>",
            (peer, a) ->
                peer.clientEndpoint(identity(() -> new IsakmpIdentity.User(a.text("name")))))
        .does(
            ENDPOINT + "ipv4-address <address:address>",
            (peer, a) -> peer.clientEndpoint(new IsakmpIdentity.Address(a.address("address"))))
        .does("no " + ENDPOINT + "[<old:line>]", (peer, a) -> peer.clientEndpoint(null))
        .does(PASSWORD + "[0] <key:secret>", (peer, a) -> peer.password(a.secret("key")))
        .unsupported(PASSWORD + "6 <key:secret>", IsakmpCommands.ENCRYPTED)
        .does("no " + PASSWORD + "[[0] <key:secret>]", (peer, a) -> peer.password(null));
  }

  private static void registerProfile(Mode<IsakmpProfile.Builder> mode) {
    mode.does("description <text:line>", (profile, a) -> profile.description(a.text("text")))
        .does("no description [<old:line>]", (profile, a) -> profile.description(null))
        .does(
            "match identity address <address:address> [<mask:mask>]",
            (profile, a) -> {
              IsakmpCommands.require(
                  !a.has("mask") || a.prefixLength("mask") == 32,
                  "a profile is for one address here; give no mask");
              match(profile, new IsakmpIdentity.Address(a.address("address")));
            })
        .does(
            "match identity host <name:word>",
            (profile, a) -> match(profile, identity(() -> new IsakmpIdentity.Host(a.text("name")))))
        .does(
            "match identity user <name:word>",
            (profile, a) -> match(profile, identity(() -> new IsakmpIdentity.User(a.text("name")))))
        .does(
            "match identity key-id <name:word>",
            (profile, a) ->
                match(profile, identity(() -> new IsakmpIdentity.KeyId(a.text("name")))))
        .does(
            "match identity dn <name:line>",
            (profile, a) ->
                match(
                    profile,
                    identity(() -> IsakmpIdentity.DistinguishedName.parse(a.text("name")))))
        .does("no match identity [<old:line>]", (profile, a) -> profile.match(null))
        .does("self-identity address", (profile, a) -> self(profile, IdentityKind.ADDRESS))
        .does("self-identity fqdn", (profile, a) -> self(profile, IdentityKind.HOSTNAME))
        .does(
            "self-identity user-fqdn <name:word>",
            (profile, a) -> {
              IsakmpIdentity.User user = identity(() -> new IsakmpIdentity.User(a.text("name")));
              profile.selfIdentity(new IsakmpProfile.SelfIdentity(null, user));
            })
        .does("no self-identity [<old:line>]", (profile, a) -> profile.selfIdentity(null))
        .does("ca trust-point <name:word>", (profile, a) -> profile.trustpoint(a.text("name")))
        .does("no ca trust-point [<old:line>]", (profile, a) -> profile.trustpoint(null))
        .does("initiate mode aggressive", (profile, a) -> profile.initiateAggressive(true))
        .does("no initiate mode [aggressive]", (profile, a) -> profile.initiateAggressive(false))
        .does(
            "keepalive <period:10-3600> retry <retry:2-60>",
            (profile, a) ->
                profile.keepalive(
                    new IsakmpKeepalive(a.integer("period"), a.integer("retry"), false)))
        .does("no keepalive [<old:line>]", (profile, a) -> profile.keepalive(null));
  }

  private static void registerUnsupported(Mode<IsakmpProfile.Builder> mode) {
    mode.unsupported(
            "match identity {host|user} domain <domain:word>",
            "a profile is for one peer here; give its whole name")
        .unsupported(
            "match identity group <group:word>", "groups of clients need mode-config, not offered")
        .unsupported(
            "match certificate <map:word>",
            "certificate maps are not read; give match identity with what the peer says it is")
        .unsupported(
            "keyring <name:word>", "keyrings are not read; keys are those of 'crypto isakmp key'")
        .unsupported("vrf <name:word>", "there is one routing table")
        .unsupported(
            "{client|isakmp authorization|virtual-template|accounting} <rest:line>",
            "clients with XAUTH and mode-config are not served");
  }

  private static void match(IsakmpProfile.Builder profile, IsakmpIdentity who) throws Refusal {
    IsakmpIdentity held = profile.match();
    IsakmpCommands.require(
        held == null || held.equals(who), "a profile has one 'match identity' here");
    profile.match(who);
  }

  private static void self(IsakmpProfile.Builder profile, IdentityKind kind) {
    profile.selfIdentity(new IsakmpProfile.SelfIdentity(kind, null));
  }

  private static void change(RouterConfigBuilder config, UnaryOperator<IsakmpOptions> how) {
    config.isakmpOptions(how.apply(config.isakmpOptions()));
  }

  private static void changeAll(RouterConfigBuilder config, UnaryOperator<IsakmpOptions> how)
      throws Refusal {
    config.isakmpOptions(identity(() -> how.apply(config.isakmpOptions())));
  }

  /** How a value is made from the words of a line. */
  private interface Made<T> {
    T make();
  }

  private static <T> T identity(Made<T> made) throws Refusal {
    try {
      return made.make();
    } catch (IllegalArgumentException e) {
      throw Refusal.line(String.valueOf(e.getMessage()));
    }
  }
}
