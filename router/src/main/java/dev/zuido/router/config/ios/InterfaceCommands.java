package dev.zuido.router.config.ios;

import dev.zuido.router.config.InterfaceAddress;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.InterfaceKind;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.OptionalInt;

/** {@code interface}: what all kinds have in common, and OSPF on them. */
final class InterfaceCommands {
  private InterfaceCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .opens(
            grammar.port,
            "interface <name:interface>",
            (config, a) -> config.interfaceNamed(a.interfaceName("name")))
        .does(
            "no interface <name:interface>",
            (config, a) ->
                IsakmpCommands.require(
                    !a.interfaceName("name").kind().isEthernet()
                        && config.removeInterface(a.interfaceName("name")),
                    "there is no such logical interface"));
    registerCommon(grammar.port);
    registerAddresses(grammar.port);
    OspfInterfaceCommands.register(grammar.port);
  }

  private static void registerCommon(Mode<InterfaceConfig.Builder> mode) {
    mode.does("description <text:line>", (port, a) -> port.description(a.text("text")))
        .does("no description [<old:line>]", (port, a) -> port.description(null))
        .does("shutdown", (port, a) -> port.shutdown(true))
        .does("no shutdown", (port, a) -> port.shutdown(false))
        .does(
            "bandwidth <kbps:1-10000000>",
            (port, a) -> port.bandwidthKbps(a.optionalInteger("kbps")))
        .does("no bandwidth [<old:line>]", (port, a) -> port.bandwidthKbps(OptionalInt.empty()))
        .does("mtu <bytes:68-65535>", (port, a) -> port.mtu(a.optionalInteger("bytes")))
        .does("no mtu [<old:line>]", (port, a) -> port.mtu(OptionalInt.empty()))
        .does("ip mtu <bytes:68-65535>", (port, a) -> port.ipMtu(a.optionalInteger("bytes")))
        .does("no ip mtu [<old:line>]", (port, a) -> port.ipMtu(OptionalInt.empty()))
        .does(
            "ip tcp adjust-mss <bytes:500-1460>",
            (port, a) -> port.adjustMss(a.optionalInteger("bytes")))
        .does("no ip tcp adjust-mss [<old:line>]", (port, a) -> port.adjustMss(OptionalInt.empty()))
        .does("ip access-group <list:word> in", (port, a) -> port.accessGroupIn(a.text("list")))
        .does("ip access-group <list:word> out", (port, a) -> port.accessGroupOut(a.text("list")))
        .does("no ip access-group [<list:word>] in", (port, a) -> port.accessGroupIn(null))
        .does("no ip access-group [<list:word>] out", (port, a) -> port.accessGroupOut(null))
        .does("crypto map <map:word>", (port, a) -> port.cryptoMap(a.text("map")))
        .does("no crypto map [<map:word>]", (port, a) -> port.cryptoMap(null));
  }

  private static void registerAddresses(Mode<InterfaceConfig.Builder> mode) {
    mode.does("ip address <address:address> <mask:mask> [secondary]", InterfaceCommands::setAddress)
        .does(
            "no ip address <address:address> <mask:mask> [secondary]",
            InterfaceCommands::removeAddress)
        .does(
            "no ip address",
            (port, a) -> port.clearAddresses().dialer(d -> d.withAddressNegotiated(false)))
        .unsupported("ip address dhcp", "addresses are not asked for by DHCP")
        .does(
            "ip unnumbered <lender:interface>",
            (port, a) -> port.unnumbered(a.interfaceName("lender")))
        .does("no ip unnumbered [<old:line>]", (port, a) -> port.unnumbered(null));
  }

  private static void setAddress(InterfaceConfig.Builder port, Arguments a) throws Refusal {
    if (port.name().kind() == InterfaceKind.NULL) {
      throw Refusal.line(port.name() + " has no address");
    }
    InterfaceAddress address = addressOf(a);
    Ipv4Address value = address.address();
    Ipv4Prefix prefix = address.prefix();
    boolean edge = address.prefixLength() < 31;
    if (value.isMulticast() || value.isUnspecified() || value.value() >>> 28 == 0xf) {
      throw Refusal.line(value + " is no unicast address");
    }
    if (value.isLoopback()) {
      throw Refusal.line(value + " is reserved for the loopback network 127.0.0.0/8");
    }
    if (edge && (value.equals(prefix.address()) || value.equals(prefix.last()))) {
      throw Refusal.line(value + " is no host address of " + prefix);
    }
    if (address.secondary() && !port.hasPrimaryAddress()) {
      throw Refusal.line("a secondary address wants a primary one first");
    }
    port.address(address);
  }

  private static void removeAddress(InterfaceConfig.Builder port, Arguments a) throws Refusal {
    IsakmpCommands.require(port.removeAddress(addressOf(a)), "the interface has no such address");
    if (!port.hasPrimaryAddress()) {
      port.clearAddresses();
    }
  }

  private static InterfaceAddress addressOf(Arguments a) throws Refusal {
    int length = a.prefixLength("mask");
    IsakmpCommands.require(length > 0, "0.0.0.0 is no mask of an interface");
    return new InterfaceAddress(a.address("address"), length, a.has("secondary"));
  }
}
