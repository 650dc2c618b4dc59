package dev.zuido.router.config.ios;

import dev.zuido.router.config.EncapsulationMode;
import dev.zuido.router.config.EspCipher;
import dev.zuido.router.config.EspIntegrity;
import dev.zuido.router.config.IpsecDefaults;
import dev.zuido.router.config.IpsecHandling;
import dev.zuido.router.config.RouterConfigBuilder;
import dev.zuido.router.config.TransformSet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code crypto ipsec}: transform sets, and what holds for all SAs. */
final class IpsecCommands {
  static final String SECONDS =
      "<seconds:"
          + IpsecDefaults.FIRST_LIFETIME_SECONDS
          + "-"
          + IpsecDefaults.LAST_LIFETIME_SECONDS
          + ">";
  static final String KILOBYTES =
      "<kilobytes:"
          + IpsecDefaults.FIRST_LIFETIME_KILOBYTES
          + "-"
          + IpsecDefaults.LAST_LIFETIME_KILOBYTES
          + ">";
  private static final String TRANSFORM =
      "{esp-null|esp-des|esp-3des|esp-aes [128|192|256]|esp-gcm [128|192|256]"
          + "|esp-gmac [128|192|256]|esp-aes-ctr [128|192|256]|esp-aes-ccm [128|192|256]"
          + "|esp-gcm8 [128|192|256]|esp-gcm12 [128|192|256]"
          + "|esp-aes-ccm8 [128|192|256]|esp-aes-ccm12 [128|192|256]"
          + "|esp-chacha20-poly1305|esp-aes-xcbc-mac|esp-aes-cmac"
          + "|esp-md5-hmac|esp-sha-hmac|esp-sha256-hmac|esp-sha384-hmac|esp-sha512-hmac}";
  private static final String AH =
      "{ah-md5-hmac|ah-sha-hmac|ah-sha256-hmac|ah-sha384-hmac|ah-sha512-hmac}";
  private static final String NO_AH =
      "the router has no AH, only ESP, which authenticates too: take esp-null with the HMAC if"
          + " nothing is to be encrypted";
  private static final String ESN = "crypto ipsec security-association esn";
  private static final String LIFETIME = "crypto ipsec security-association lifetime ";
  private static final String NAT = "crypto ipsec nat-transparency ";
  private static final String WINDOW = "crypto ipsec security-association replay window-size";

  private IpsecCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .opens(
            grammar.transformSet,
            "crypto ipsec transform-set <name:word> " + TRANSFORM + " [" + TRANSFORM + "]",
            IpsecCommands::openTransformSet)
        .unsupported("crypto ipsec transform-set <name:word> " + AH + " [<rest:line>]", NO_AH)
        .unsupported(
            "crypto ipsec transform-set <name:word> " + TRANSFORM + " " + AH + " [<rest:line>]",
            NO_AH)
        .unsupported(
            "crypto ipsec transform-set <name:word> "
                + TRANSFORM
                + " "
                + TRANSFORM
                + " "
                + AH
                + " [<rest:line>]",
            NO_AH)
        .unsupported(
            "crypto ipsec transform-set <name:word> " + TRANSFORM + " [" + TRANSFORM + "] comp-lzs",
            "packets are not compressed")
        .does(
            "no crypto ipsec transform-set <name:word> [<old:line>]",
            (config, a) ->
                IsakmpCommands.require(
                    config.removeTransformSet(a.text("name")), "there is no such transform set"))
        .does(
            LIFETIME + "seconds " + SECONDS,
            (c, a) -> c.ipsecDefaults(c.ipsecDefaults().withLifetimeSeconds(a.integer("seconds"))))
        .does(
            LIFETIME + "kilobytes " + KILOBYTES,
            (c, a) ->
                c.ipsecDefaults(c.ipsecDefaults().withLifetimeKilobytes(a.number("kilobytes"))))
        .does(
            "no " + LIFETIME + "seconds [<old:line>]",
            (c, a) ->
                c.ipsecDefaults(
                    c.ipsecDefaults().withLifetimeSeconds(IpsecDefaults.IOS.lifetimeSeconds())))
        .does(
            "no " + LIFETIME + "kilobytes [<old:line>]",
            (c, a) ->
                c.ipsecDefaults(
                    c.ipsecDefaults().withLifetimeKilobytes(IpsecDefaults.IOS.lifetimeKilobytes())))
        .does(
            WINDOW + " {64|128|256|512|1024}",
            (c, a) -> c.ipsecDefaults(c.ipsecDefaults().withReplayWindow(lastNumber(a))))
        .does(
            "no " + WINDOW + " [<old:line>]",
            (c, a) ->
                c.ipsecDefaults(
                    c.ipsecDefaults().withReplayWindow(IpsecDefaults.IOS.replayWindow())))
        .does(ESN, (c, a) -> c.ipsecDefaults(c.ipsecDefaults().withExtendedSequenceNumbers(true)))
        .does(
            "no " + ESN,
            (c, a) -> c.ipsecDefaults(c.ipsecDefaults().withExtendedSequenceNumbers(false)));
    registerNat(grammar.global);
    registerHandling(grammar);
    grammar
        .transformSet
        .does("mode transport", (set, a) -> set.mode(EncapsulationMode.TRANSPORT))
        .does("mode tunnel", (set, a) -> set.mode(EncapsulationMode.TUNNEL))
        .does("no mode [<old:line>]", (set, a) -> set.mode(EncapsulationMode.TUNNEL));
  }

  /** NAT traversal; {@code force} is not a line of IOS. */
  private static void registerNat(Mode<RouterConfigBuilder> mode) {
    mode.does(
            NAT + "udp-encapsulation",
            (c, a) -> c.natTransparency(c.natTransparency().withUdpEncapsulation(true)))
        .does(
            "no " + NAT + "udp-encapsulation",
            (c, a) -> c.natTransparency(c.natTransparency().withUdpEncapsulation(a.byDefault())))
        .does(NAT + "force", (c, a) -> c.natTransparency(c.natTransparency().withForced(true)))
        .does(
            "no " + NAT + "force",
            (c, a) -> c.natTransparency(c.natTransparency().withForced(false)))
        .unsupported(
            NAT + "spi-matching", "SPIs are drawn at random, and no translator is helped by that");
  }

  /** The DF bit and fragmentation, for all interfaces and for one. */
  private static void registerHandling(IosGrammar grammar) {
    String dfBit = "crypto ipsec df-bit {copy|set|clear}";
    String fragmentation = "crypto ipsec fragmentation {before-encryption|after-encryption}";
    grammar
        .global
        .does(dfBit, (c, a) -> c.ipsecHandling(c.ipsecHandling().withDfBit(dfBit(a))))
        .does(
            "no crypto ipsec df-bit [<old:line>]",
            (c, a) -> c.ipsecHandling(c.ipsecHandling().withDfBit(IpsecHandling.IOS.dfBit())))
        .does(
            fragmentation,
            (c, a) -> c.ipsecHandling(c.ipsecHandling().withFragmentation(fragmentation(a))))
        .does(
            "no crypto ipsec fragmentation [<old:line>]",
            (c, a) ->
                c.ipsecHandling(
                    c.ipsecHandling().withFragmentation(IpsecHandling.IOS.fragmentation())));
    grammar
        .port
        .does(dfBit, (port, a) -> port.dfBit(dfBit(a)))
        .does("no crypto ipsec df-bit [<old:line>]", (port, a) -> port.dfBit(null))
        .does(fragmentation, (port, a) -> port.fragmentation(fragmentation(a)))
        .does("no crypto ipsec fragmentation [<old:line>]", (port, a) -> port.fragmentation(null));
  }

  private static IpsecHandling.DfBit dfBit(Arguments a) {
    String word = a.keywords().get(a.keywords().size() - 1);
    return IpsecHandling.DfBit.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static IpsecHandling.Fragmentation fragmentation(Arguments a) {
    return a.keywords().contains("after-encryption")
        ? IpsecHandling.Fragmentation.AFTER_ENCRYPTION
        : IpsecHandling.Fragmentation.BEFORE_ENCRYPTION;
  }

  private static int lastNumber(Arguments a) {
    return Integer.parseInt(a.keywords().get(a.keywords().size() - 1));
  }

  private static TransformSet.Builder openTransformSet(RouterConfigBuilder config, Arguments a)
      throws Refusal {
    String transforms =
        a.keywords().stream().skip(3).collect(Collectors.joining(" ")).replace(" 128", "");
    List<EspCipher> ciphers =
        Arrays.stream(EspCipher.values()).filter(c -> names(transforms, c.iosName())).toList();
    List<EspIntegrity> integrities =
        Arrays.stream(EspIntegrity.values())
            .filter(i -> i != EspIntegrity.NONE && names(transforms, i.iosName()))
            .toList();
    long given = a.keywords().stream().filter(keyword -> keyword.startsWith("esp-")).count();
    if (given != ciphers.size() + integrities.size()
        || ciphers.size() > 1
        || integrities.size() > 1) {
      throw Refusal.line("a transform set has one cipher and one HMAC");
    }
    EspCipher cipher = ciphers.isEmpty() ? EspCipher.NULL : ciphers.get(0);
    Optional<EspIntegrity> integrity = integrities.stream().findFirst();
    if (cipher.authenticates() && integrity.isPresent()) {
      throw Refusal.line(cipher.iosName() + " authenticates by itself and takes no HMAC");
    }
    if (!cipher.authenticates() && integrity.isEmpty()) {
      throw Refusal.line(
          "without an HMAC packets are not authenticated (RFC 8221, section 4); add one such as"
              + " esp-sha-hmac");
    }
    return config.transformSet(a.text("name"), cipher, integrity.orElse(EspIntegrity.NONE));
  }

  /** Whether transforms are the words of one, alone or with others, and not of a longer key. */
  private static boolean names(String transforms, String words) {
    return (transforms + " ").startsWith(words + " esp-")
        || transforms.endsWith(" " + words)
        || transforms.equals(words);
  }
}
