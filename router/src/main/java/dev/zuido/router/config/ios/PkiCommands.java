package dev.zuido.router.config.ios;

import dev.zuido.router.config.Trustpoint;

/**
 * {@code crypto pki}: certificates. IOS enrolls them and keeps them in its own memory; here they
 * are files, which three lines of ours name.
 */
final class PkiCommands {
  private static final String FILES =
      "certificates come from files: 'certificate file', 'key file' and 'ca file' of a trustpoint";
  private static final String NOTHING_ENROLLED = "nothing is enrolled here: " + FILES;

  private PkiCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .opens(
            grammar.trustpoint,
            "crypto pki trustpoint <name:word>",
            (config, a) -> config.trustpoint(a.text("name")))
        .does(
            "no crypto pki trustpoint <name:word>",
            (config, a) ->
                IsakmpCommands.require(
                    config.removeTrustpoint(a.text("name")), "there is no such trustpoint"))
        .unsupported("crypto pki certificate chain <name:word>", FILES)
        .unsupported(
            "crypto pki certificate map <rest:line>",
            "certificate maps are not read; give match identity in a 'crypto isakmp profile'")
        .unsupported("crypto pki {authenticate|enroll|import|server} <rest:line>", FILES)
        .unsupported("crypto key generate <rest:line>", "keys are made elsewhere: " + FILES);
    registerTrustpoint(grammar.trustpoint);
  }

  private static void registerTrustpoint(Mode<Trustpoint.Builder> mode) {
    mode.does("certificate file <path:line>", (point, a) -> point.certificateFile(a.text("path")))
        .does("no certificate file [<old:line>]", (point, a) -> point.certificateFile(null))
        .does("key file <path:line>", (point, a) -> point.keyFile(a.text("path")))
        .does("no key file [<old:line>]", (point, a) -> point.keyFile(null))
        .does("ca file <path:line>", (point, a) -> point.caFile(a.text("path")))
        .does("no ca file [<old:line>]", (point, a) -> point.caFile(null))
        .inert("enrollment terminal [pem]", NOTHING_ENROLLED)
        .unsupported("enrollment {url|selfsigned|profile|mode} [<rest:line>]", NOTHING_ENROLLED)
        .inert(
            "[no] {subject-name|fqdn|ip-address|serial-number|usage|hash} [<rest:line>]",
            NOTHING_ENROLLED)
        .inert("rsakeypair <name:line>", "the key is that of 'key file'")
        .inert("revocation-check none", "revocation lists are not asked for")
        .unsupported(
            "revocation-check {crl|ocsp} [<rest:line>]",
            "revocation lists are not asked for; say 'revocation-check none'");
  }
}
