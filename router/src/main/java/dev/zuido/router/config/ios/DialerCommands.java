package dev.zuido.router.config.ios;

import dev.zuido.router.config.DialerConfig;
import dev.zuido.router.config.DialerIdle;
import dev.zuido.router.config.DialerPersistent;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.InterfaceKind;
import java.util.OptionalInt;

/** {@code dialer} and the address of a Dialer interface. */
final class DialerCommands {
  /** A change of a Dialer, or a refusal. */
  @FunctionalInterface
  interface Change {
    DialerConfig apply(DialerConfig dialer, Arguments a) throws Refusal;
  }

  private static final String TELEPHONE = "there is no telephone line: a Dialer dials by PPPoE";

  private DialerCommands() {}

  static void register(IosGrammar grammar) {
    Mode<InterfaceConfig.Builder> mode = grammar.port;
    dialer(mode, "encapsulation ppp", (d, a) -> d.withEncapsulationPpp(true));
    dialer(mode, "no encapsulation [ppp]", (d, a) -> d.withEncapsulationPpp(false));
    dialer(mode, "dialer pool <pool:1-255>", (d, a) -> d.withPool(a.optionalInteger("pool")));
    dialer(mode, "no dialer pool [<pool:1-255>]", (d, a) -> d.withPool(OptionalInt.empty()));
    dialer(mode, "dialer-group <group:1-128>", (d, a) -> d.withGroup(a.optionalInteger("group")));
    dialer(mode, "no dialer-group [<group:1-128>]", (d, a) -> d.withGroup(OptionalInt.empty()));
    registerIdle(mode);
    registerPersistent(mode);
    dialer(mode, "ip address negotiated", (d, a) -> d.withAddressNegotiated(true));
    dialer(mode, "no ip address negotiated", (d, a) -> d.withAddressNegotiated(false));
    mode.unsupported(
            "dialer hold-queue <packets:0-100> [timeout <seconds:0-300>]",
            "packets are not held while the line is dialled: they are dropped, and who sent them"
                + " sends them again")
        .unsupported("dialer {string|map|remote-name|pool-member} <rest:line>", TELEPHONE)
        .unsupported(
            "dialer {enable-timeout|fast-idle|wait-for-carrier-time} <rest:line>", TELEPHONE)
        .unsupported("dialer load-threshold <rest:line>", "a Dialer has one line")
        .unsupported("dialer in-band", TELEPHONE);
  }

  private static void registerIdle(Mode<InterfaceConfig.Builder> mode) {
    dialer(
        mode,
        "dialer idle-timeout <seconds:0-" + DialerIdle.LAST + "> [inbound|either]",
        (d, a) -> d.withIdle(new DialerIdle(a.integer("seconds"), direction(a))));
    dialer(mode, "no dialer idle-timeout [<old:line>]", (d, a) -> d.withIdle(DialerIdle.IOS));
  }

  private static DialerIdle.Direction direction(Arguments a) {
    if (a.has("inbound")) {
      return DialerIdle.Direction.INBOUND;
    }
    return a.has("either") ? DialerIdle.Direction.EITHER : DialerIdle.Direction.OUTBOUND;
  }

  private static void registerPersistent(Mode<InterfaceConfig.Builder> mode) {
    String number = ":1-" + DialerPersistent.LAST + ">";
    dialer(
        mode,
        "dialer persistent (delay <seconds" + number + "|max-attempts <attempts" + number + ")",
        (d, a) ->
            d.withPersistent(
                new DialerPersistent(
                    a.optionalInteger("seconds").orElse(DialerPersistent.DEFAULT_DELAY_SECONDS),
                    a.optionalInteger("attempts"))));
    dialer(mode, "no dialer persistent [<old:line>]", (d, a) -> d.withPersistent(null));
    mode.unsupported(
        "dialer persistent delay initial <rest:line>", "the first attempt is made at once");
  }

  /** Adds a line that changes a Dialer, and is refused on all other interfaces. */
  static void dialer(Mode<InterfaceConfig.Builder> mode, String pattern, Change change) {
    mode.does(
        pattern,
        (port, a) -> {
          IsakmpCommands.require(
              port.name().kind() == InterfaceKind.DIALER, port.name() + " is no Dialer interface");
          DialerConfig changed = change.apply(port.dialer(), a);
          port.dialer(dialer -> changed);
        });
  }
}
