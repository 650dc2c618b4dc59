package dev.zuido.router.config.ios;

import dev.zuido.router.config.DialerList;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.PppoeLineConfig;
import dev.zuido.router.config.RouterConfigBuilder;
import java.util.OptionalInt;

/** The access line: PPPoE on an Ethernet interface, dialer lists, and who proves itself to us. */
final class AccessLineCommands {
  /** Why the lines of an access concentrator are refused. */
  static final String SERVER = "the concentrator's side of PPPoE is not offered: Zuido dials";

  private static final String VPDN =
      "there is no VPDN here: 'pppoe enable' and 'pppoe-client' of an interface are enough";
  private static final String LOGIN =
      "nobody logs in here: 'username NAME password PASSWORD' alone says how the other side of a"
          + " PPP link proves itself";
  private static final String HASHED =
      "a password that IOS hashes proves nothing to CHAP; say 'username NAME password PASSWORD'";

  @FunctionalInterface
  private interface Change {
    PppoeLineConfig apply(PppoeLineConfig line, Arguments a) throws Refusal;
  }

  private AccessLineCommands() {}

  static void register(IosGrammar grammar) {
    registerPppoe(grammar.port);
    registerDialerLists(grammar.global);
    registerUsers(grammar.global);
    registerVpdn(grammar);
  }

  private static void registerPppoe(Mode<InterfaceConfig.Builder> mode) {
    line(
        mode,
        "pppoe enable [group <group:word>]",
        (line, a) ->
            line.withGroup(a.optional("group", String.class).orElse(PppoeLineConfig.GLOBAL)));
    line(mode, "no pppoe enable [group <group:word>]", (line, a) -> line.withGroup(null));
    line(
        mode,
        "pppoe-client dial-pool-number <pool:1-255> (dial-on-demand|service-name <name:word>)",
        AccessLineCommands::setDialPool);
    line(
        mode,
        "no pppoe-client dial-pool-number [<pool:1-255> [<old:line>]]",
        (line, a) -> line.withDialPool(OptionalInt.empty(), false).withServiceName(null));
    line(
        mode,
        "pppoe-client service-name <name:word>",
        (line, a) -> line.withServiceName(a.text("name")));
    line(
        mode,
        "no pppoe-client service-name [<name:word>]",
        (line, a) -> line.withServiceName(null));
    line(
        mode,
        "pppoe-client ppp-max-payload <bytes:1492-1500>",
        (line, a) -> line.withMaxPayload(a.optionalInteger("bytes")));
    line(
        mode,
        "no pppoe-client ppp-max-payload [<old:line>]",
        (line, a) -> line.withMaxPayload(OptionalInt.empty()));
    mode.unsupported("pppoe limit <rest:line>", SERVER)
        .unsupported("pppoe max-sessions <rest:line>", SERVER);
  }

  private static void line(Mode<InterfaceConfig.Builder> mode, String pattern, Change change) {
    mode.does(
        pattern,
        (port, a) -> {
          IsakmpCommands.require(
              port.name().kind().isEthernet(), port.name() + " is no Ethernet interface");
          PppoeLineConfig changed = change.apply(port.pppoe(), a);
          port.pppoe(line -> changed);
        });
  }

  /** A pool turns PPPoE on, as on IOS, where it writes the line {@code pppoe enable} itself. */
  private static PppoeLineConfig setDialPool(PppoeLineConfig line, Arguments a) throws Refusal {
    OptionalInt pool = a.optionalInteger("pool");
    IsakmpCommands.require(
        line.dialPool().isEmpty() || line.dialPool().equals(pool),
        "the interface serves pool "
            + line.dialPool().orElse(0)
            + " already, and has one PPPoE client; take that back first");
    PppoeLineConfig dialled = line.withDialPool(pool, a.has("dial-on-demand"));
    PppoeLineConfig enabled =
        dialled.group() == null ? dialled.withGroup(PppoeLineConfig.GLOBAL) : dialled;
    return a.has("name") ? enabled.withServiceName(a.text("name")) : enabled;
  }

  private static void registerDialerLists(Mode<RouterConfigBuilder> global) {
    String head = "dialer-list <number:1-128> ";
    global
        .does(
            head + "protocol ip {permit|deny}",
            (config, a) ->
                config.dialerList(new DialerList(a.integer("number"), a.has("permit"), null)))
        .does(
            head + "protocol ip list <list:word>",
            (config, a) ->
                config.dialerList(new DialerList(a.integer("number"), true, a.text("list"))))
        .does(
            head + "list <list:word>",
            (config, a) ->
                config.dialerList(new DialerList(a.integer("number"), true, a.text("list"))))
        .unsupported(head + "protocol ipv6 <rest:line>", "the router forwards IPv4 only")
        .does(
            "no " + head + "[<old:line>]",
            (config, a) ->
                IsakmpCommands.require(
                    config.removeDialerList(a.integer("number")), "there is no such dialer list"));
  }

  private static void registerUsers(Mode<RouterConfigBuilder> global) {
    String head = "username <name:word> ";
    global
        .does(
            head + "password [0] <password:secret>",
            (config, a) -> config.user(PppCommands.password(a)))
        .unsupported(head + "password 7 <password:secret>", IsakmpCommands.ENCRYPTED)
        .unsupported(head + "secret [0|5|8|9] <password:secret>", HASHED)
        .unsupported(
            head + "privilege <level:0-15> {password|secret} [0|5|7|8|9] <password:secret>", LOGIN)
        .unsupported(head + "privilege <level:0-15>", LOGIN)
        .does(
            // No rest of the line: it would show the password.
            "no " + head + "[password [[0|7] <password:secret>]]",
            (config, a) ->
                IsakmpCommands.require(config.removeUser(a.text("name")), "there is no such user"));
  }

  private static void registerVpdn(IosGrammar grammar) {
    grammar
        .global
        .inert("[no] vpdn enable", VPDN)
        .opens(grammar.vpdnGroup, "vpdn-group <name:word>", (config, a) -> config)
        .opens(
            grammar.bbaGroup,
            "bba-group pppoe <name:word>",
            (config, a) -> {
              throw Refusal.line(SERVER);
            });
    grammar
        .vpdnGroup
        .inert("request-dialin", VPDN)
        .inert("protocol pppoe", VPDN)
        .unsupported("protocol {l2tp|l2f|pptp|any}", "tunnels of PPP are not offered")
        .unsupported("accept-dialin", SERVER);
    grammar
        .bbaGroup
        .unsupported("virtual-template <number:1-4095>", SERVER)
        .unsupported("sessions <rest:line>", SERVER)
        .unsupported("ac name <name:word>", SERVER);
  }
}
