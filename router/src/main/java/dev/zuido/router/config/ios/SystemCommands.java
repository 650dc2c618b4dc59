package dev.zuido.router.config.ios;

/** The router's name, and lines that a configuration copied from a router begins and ends with. */
final class SystemCommands {
  private SystemCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .does("hostname <name:word>", (config, a) -> config.hostname(a.text("name")))
        .does("no hostname [<name:word>]", (config, a) -> config.hostname(null))
        .does("ip domain name <name:word>", (config, a) -> config.domainName(a.text("name")))
        .does("ip domain-name <name:word>", (config, a) -> config.domainName(a.text("name")))
        .does("no ip domain name [<name:word>]", (config, a) -> config.domainName(null))
        .does("no ip domain-name [<name:word>]", (config, a) -> config.domainName(null))
        .does(
            "ip host <name:word> <address:address>",
            (config, a) -> config.host(a.text("name"), a.address("address")))
        .does(
            "no ip host <name:word> [<address:address>]",
            (config, a) ->
                IsakmpCommands.require(config.removeHost(a.text("name")), "there is no such host"))
        .inert("version <release:line>", "the release of IOS means nothing here")
        .inert("boot-start-marker", "nothing is booted here")
        .inert("boot-end-marker", "nothing is booted here")
        .inert("[no] service <what:line>", "the services of IOS do not exist here")
        .inert("ip cef", "packets are always forwarded from the routing table")
        .inert("ip subnet-zero", "subnet zero is always usable")
        .inert("ip classless", "forwarding is always classless")
        .inert("no ip domain lookup", "names are never looked up")
        .inert("no ip domain-lookup", "names are never looked up")
        .inert("no ip http server", "there is no web server")
        .inert("no ip http secure-server", "there is no web server")
        .inert("[no] cdp run", "CDP is not spoken here");
    grammar
        .port
        .inert("[no] cdp enable", "CDP is not spoken here")
        .inert("duplex auto", "the link is not negotiated here")
        .inert("speed auto", "the link is not negotiated here")
        .inert("no mop enabled", "MOP is not spoken here");
  }
}
