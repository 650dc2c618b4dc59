package dev.zuido.router.config.ios;

import dev.zuido.router.config.MessageDigestKey;
import dev.zuido.router.config.OspfArea;
import dev.zuido.router.config.OspfAuthenticationType;
import dev.zuido.router.config.OspfDefaultRoute;
import dev.zuido.router.config.OspfInterfaceConfig;
import dev.zuido.router.config.OspfNssa;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.OspfRange;
import dev.zuido.wire.Ipv4Prefix;
import java.util.OptionalInt;

/** {@code area} of {@code router ospf}. */
final class OspfAreaCommands {
  private static final String AREA = "area <area:area> ";
  private static final String COST = "0-" + OspfArea.LARGEST_COST;
  private static final String LINK = AREA + "virtual-link <router:address>";

  private OspfAreaCommands() {}

  static void register(Mode<OspfProcess.Builder> mode) {
    registerAuthentication(mode);
    registerKinds(mode);
    registerRanges(mode);
    registerVirtualLinks(mode);
    mode.does(
            AREA + "default-cost <cost:" + COST + ">",
            (ospf, a) -> area(ospf, a).defaultCost(a.optionalInteger("cost")))
        .does(
            "no " + AREA + "default-cost [<old:line>]",
            (ospf, a) -> area(ospf, a).defaultCost(OptionalInt.empty()))
        .unsupported(
            AREA + "filter-list <rest:line>",
            "summaries are not filtered by lists; 'area … range … not-advertise' hides networks")
        .does(
            "no area <area:area>",
            (ospf, a) ->
                IsakmpCommands.require(
                    ospf.removeArea(a.address("area")), "nothing is said of this area"));
  }

  private static OspfArea.Builder area(OspfProcess.Builder ospf, Arguments a) {
    return ospf.area(a.address("area"));
  }

  private static void registerAuthentication(Mode<OspfProcess.Builder> mode) {
    mode.does(
            AREA + "authentication",
            (ospf, a) -> area(ospf, a).authentication(OspfAuthenticationType.SIMPLE))
        .does(
            AREA + "authentication message-digest",
            (ospf, a) -> area(ospf, a).authentication(OspfAuthenticationType.MESSAGE_DIGEST))
        .does(
            "no " + AREA + "authentication [message-digest]",
            (ospf, a) -> area(ospf, a).authentication(null));
  }

  private static void registerKinds(Mode<OspfProcess.Builder> mode) {
    mode.does(AREA + "stub [no-summary]", OspfAreaCommands::stub)
        .does(
            "no " + AREA + "stub",
            (ospf, a) -> leave(area(ospf, a), OspfArea.Kind.STUB, "the area is no stub area"))
        .does(
            "no " + AREA + "stub no-summary",
            (ospf, a) -> area(ospf, a).kind(area(ospf, a).kind(), true))
        .does(
            AREA
                + "nssa (no-redistribution|no-summary|translate type7 always"
                + "|default-information-originate (metric <metric:"
                + COST
                + ">|metric-type <type:1-2>))",
            OspfAreaCommands::nssa)
        .unsupported(
            AREA + "nssa {nssa-only|translate type7 suppress-fa}",
            "what border routers make of type 7 LSAs is as RFC 3101 has it")
        .does(
            "no " + AREA + "nssa",
            (ospf, a) -> {
              leave(area(ospf, a), OspfArea.Kind.NSSA, "the area is no NSSA");
              area(ospf, a).nssa(nssa -> OspfNssa.DEFAULT);
            })
        .does(
            "no "
                + AREA
                + "nssa {no-redistribution|no-summary|translate type7 always"
                + "|default-information-originate}",
            OspfAreaCommands::undoNssa);
  }

  private static void enter(OspfProcess.Builder ospf, Arguments a, OspfArea.Kind kind)
      throws Refusal {
    IsakmpCommands.require(!a.address("area").isUnspecified(), "the backbone takes everything in");
    OspfArea.Kind held = area(ospf, a).kind();
    IsakmpCommands.require(
        held == OspfArea.Kind.NORMAL || held == kind,
        "the area is a stub area or an NSSA; take the other back with 'no' first");
  }

  private static void leave(OspfArea.Builder area, OspfArea.Kind kind, String otherwise)
      throws Refusal {
    IsakmpCommands.require(area.kind() == kind, otherwise);
    area.kind(OspfArea.Kind.NORMAL, true);
  }

  private static void stub(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    enter(ospf, a, OspfArea.Kind.STUB);
    area(ospf, a).kind(OspfArea.Kind.STUB, !a.has("no-summary"));
  }

  /** Options add to those that are there, as on IOS. */
  private static void nssa(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    enter(ospf, a, OspfArea.Kind.NSSA);
    OspfArea.Builder area = area(ospf, a);
    boolean before = area.kind() == OspfArea.Kind.NSSA && !area.summaries();
    area.kind(OspfArea.Kind.NSSA, !before && !a.has("no-summary"));
    area.nssa(
        held ->
            new OspfNssa(
                held.redistribution() && !a.has("no-redistribution"),
                a.has("default-information-originate")
                    ? new OspfDefaultRoute(
                        true,
                        a.optionalInteger("metric").orElse(OspfDefaultRoute.DEFAULT_METRIC),
                        a.optionalInteger("type").orElse(2) == 2)
                    : held.defaultRoute(),
                held.translateAlways() || a.has("translate")));
  }

  private static void undoNssa(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    OspfArea.Builder area = area(ospf, a);
    IsakmpCommands.require(area.kind() == OspfArea.Kind.NSSA, "the area is no NSSA");
    if (a.has("no-summary")) {
      area.kind(OspfArea.Kind.NSSA, true);
    }
    area.nssa(
        held ->
            new OspfNssa(
                held.redistribution() || a.has("no-redistribution"),
                a.has("default-information-originate") ? null : held.defaultRoute(),
                held.translateAlways() && !a.has("translate")));
  }

  private static void registerRanges(Mode<OspfProcess.Builder> mode) {
    String range = AREA + "range <network:address> <mask:mask>";
    mode.does(
            range + " [advertise|not-advertise] [cost <cost:" + COST + ">]",
            (ospf, a) ->
                area(ospf, a)
                    .range(
                        new OspfRange(
                            prefix(a), !a.has("not-advertise"), a.optionalInteger("cost"))))
        .does(
            "no " + range + " [<old:line>]",
            (ospf, a) ->
                IsakmpCommands.require(
                    area(ospf, a).removeRange(prefix(a)), "there is no such range"));
  }

  private static Ipv4Prefix prefix(Arguments a) throws Refusal {
    return RouteCommands.prefix(a.address("network"), a.prefixLength("mask"));
  }

  private static void registerVirtualLinks(Mode<OspfProcess.Builder> mode) {
    mode.does(
            LINK
                + " [authentication [message-digest|null|key-chain <chain:word>]]"
                + " (hello-interval <hello:1-65535>|retransmit-interval <retransmit:1-65535>"
                + "|transmit-delay <delay:1-65535>|dead-interval <dead:1-65535>)"
                + " [authentication-key [0] <key:secret>"
                + "|message-digest-key <id:1-255> md5 [0] <key:secret>]",
            OspfAreaCommands::virtualLink)
        .unsupported(LINK + " authentication-key {6|7} <key:secret>", IsakmpCommands.ENCRYPTED)
        .unsupported(
            LINK + " message-digest-key <id:1-255> md5 {6|7} <key:secret>",
            IsakmpCommands.ENCRYPTED)
        .unsupported(
            LINK + " ttl-security hops <hops:1-254>",
            "the hops of a virtual link's packets are not checked")
        .does(
            "no " + LINK,
            (ospf, a) ->
                IsakmpCommands.require(
                    area(ospf, a).removeVirtualLink(a.address("router")),
                    "there is no such virtual link"))
        .does(
            "no "
                + LINK
                + " {authentication [message-digest|null|key-chain <chain:word>]"
                + "|hello-interval [<old:1-65535>]|retransmit-interval [<old:1-65535>]"
                + "|transmit-delay [<old:1-65535>]|dead-interval [<old:1-65535>]"
                + "|authentication-key [[0|6|7] <key:secret>]"
                + "|message-digest-key <id:1-255> [md5 [[0|6|7] <key:secret>]]}",
            OspfAreaCommands::undoVirtualLink);
  }

  private static void virtualLink(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    IsakmpCommands.require(
        !a.address("area").isUnspecified(), "a virtual link runs through another area than 0");
    IsakmpCommands.require(!a.address("router").isUnspecified(), "0.0.0.0 is no router ID");
    // What is refused below leaves all as it was.
    if (a.has("authentication-key")) {
      OspfInterfaceCommands.requirePassword(a.secret("key"));
    }
    if (a.has("message-digest-key")) {
      OspfInterfaceCommands.requireDigestKey(a.secret("key"));
    }
    OspfInterfaceConfig.Builder link = area(ospf, a).virtualLink(a.address("router"));
    if (a.has("authentication")) {
      link.authentication(OspfInterfaceCommands.authenticationType(a))
          .keyChain(a.optional("chain", String.class).orElse(null));
    }
    if (a.has("hello")) {
      link.helloSeconds(a.optionalInteger("hello"));
    }
    if (a.has("retransmit")) {
      link.retransmitSeconds(a.optionalInteger("retransmit"));
    }
    if (a.has("delay")) {
      link.transmitDelaySeconds(a.optionalInteger("delay"));
    }
    if (a.has("dead")) {
      link.deadSeconds(a.optionalInteger("dead"));
    }
    if (a.has("authentication-key")) {
      link.authenticationKey(a.secret("key"));
    }
    if (a.has("message-digest-key")) {
      link.messageDigestKey(new MessageDigestKey(a.integer("id"), a.secret("key")));
    }
  }

  private static void undoVirtualLink(OspfProcess.Builder ospf, Arguments a) throws Refusal {
    IsakmpCommands.require(
        area(ospf, a).hasVirtualLink(a.address("router")), "there is no such virtual link");
    OspfInterfaceConfig.Builder link = area(ospf, a).virtualLink(a.address("router"));
    if (a.has("authentication")) {
      link.authentication(null).keyChain(null);
    } else if (a.has("hello-interval")) {
      link.helloSeconds(OptionalInt.empty());
    } else if (a.has("retransmit-interval")) {
      link.retransmitSeconds(OptionalInt.empty());
    } else if (a.has("transmit-delay")) {
      link.transmitDelaySeconds(OptionalInt.empty());
    } else if (a.has("dead-interval")) {
      link.deadSeconds(OptionalInt.empty());
    } else if (a.has("authentication-key")) {
      link.authenticationKey(null);
    } else {
      IsakmpCommands.require(
          link.removeMessageDigestKey(a.integer("id")), "there is no key of this number");
    }
  }
}
