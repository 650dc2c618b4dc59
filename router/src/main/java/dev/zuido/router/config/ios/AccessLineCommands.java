package dev.zuido.router.config.ios;

import dev.zuido.router.config.DialerList;

/** PPPoE, PPP, CHAP and the dialler: the access line, in whose stead a plain link stands. */
final class AccessLineCommands {
  private static final String PPPOE =
      "not in effect: PPPoE is not spoken; the access line is a plain link";
  private static final String PPP =
      "not in effect: PPP is not spoken; the access line is a plain link";
  private static final String CHAP =
      "not in effect: nobody asks for CHAP or PAP; the access line is a plain link";
  private static final String DIALER =
      "not in effect: nothing is dialled; the access line is always up";

  private AccessLineCommands() {}

  static void register(IosGrammar grammar) {
    grammar.global.inert(
        "dialer-list <number:1-128> protocol ip {permit|deny}",
        DIALER,
        (config, a) -> config.dialerList(new DialerList(a.integer("number"), a.has("permit"), null)));
    grammar
        .port
        .inert("pppoe enable [group <group:word>]", PPPOE)
        .inert("pppoe-client dial-pool-number <pool:1-255>", PPPOE)
        .inert("encapsulation ppp", PPP)
        .inert("ppp authentication {chap|pap} [callin]", CHAP)
        .inert("ppp chap hostname <name:word>", CHAP)
        .inert("ppp chap password [0|7] <password:secret>", CHAP)
        .inert("ppp pap sent-username <name:word> password [0|7] <password:secret>", CHAP)
        .inert("dialer pool <pool:1-255>", DIALER)
        .inert("dialer-group <group:1-128>", DIALER)
        .inert("dialer idle-timeout <seconds:0-2147483>", DIALER)
        .inert("dialer persistent", DIALER);
  }
}
