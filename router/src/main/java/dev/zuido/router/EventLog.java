package dev.zuido.router;

import dev.zuido.esp.AuditEvent;
import dev.zuido.esp.EspVerdict;
import dev.zuido.gre.GreTunnel;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.IkeSnapshot;
import dev.zuido.ike.PreSharedKeyStrength;
import dev.zuido.ike.crypto.Secret;
import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.router.config.IsakmpPeer;
import dev.zuido.router.config.IsakmpPolicy;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.TransformSet;
import dev.zuido.wire.Ipv4Address;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns what the engines and the data path say into events with words. */
final class EventLog {
  private static final long REFUSAL_INTERVAL_NANOS = 60_000_000_000L;

  private final Consumer<RouterEvent> events;
  private final List<RouterInterface> interfaces;
  private final OspfLog ospf;
  private final Map<EspVerdict, Long> lastRefusal = new EnumMap<>(EspVerdict.class);
  private final DropLog drops;

  EventLog(
      Consumer<RouterEvent> events,
      List<RouterInterface> interfaces,
      @Nullable OspfProcess process) {
    this.events = events;
    this.interfaces = interfaces;
    this.ospf = new OspfLog(this, process);
    this.drops = new DropLog(this);
  }

  /**
   * Says something. What would break the line or move a terminal's cursor is replaced: some
   * messages quote what came from outside.
   */
  void log(int severity, String facility, String mnemonic, String message) {
    StringBuilder line = new StringBuilder(message.length());
    message.chars().forEach(c -> line.append(Character.isISOControl(c) ? '?' : (char) c));
    events.accept(new RouterEvent.Log(severity, facility, mnemonic, line.toString()));
  }

  void event(RouterEvent event) {
    events.accept(event);
  }

  /** Names what of the configuration is weak, once: by RFC 8221 and RFC 8247, and keys. */
  void configured(RouterConfig config) {
    for (IsakmpPolicy policy : config.isakmpPolicies()) {
      StringBuilder old = new StringBuilder();
      if (policy.encryption().deprecated()) {
        old.append(' ').append(policy.encryption().iosName());
      }
      if (policy.hash().deprecated()) {
        old.append(' ').append(policy.hash().iosName());
      }
      if (IkeMapping.group(policy.section(), policy.group()).isDeprecated()) {
        old.append(" group ").append(policy.group());
      }
      warn(policy.section(), old, "RFC 8247");
    }
    for (TransformSet set : config.transformSets()) {
      StringBuilder old = new StringBuilder();
      if (set.cipher().deprecated()) {
        old.append(' ').append(set.cipher().iosName());
      }
      if (set.integrity().deprecated()) {
        old.append(' ').append(set.integrity().iosName());
      }
      warn(set.section(), old, "RFC 8221");
    }
    weakKeys(config);
  }

  private void weakKeys(RouterConfig config) {
    config.isakmpKeys().forEach(held -> weakKey(held.key(), "the key for " + held.peers()));
    config.isakmpNameKeys().forEach(held -> weakKey(held.key(), "the key for " + held.hostname()));
    for (IsakmpPeer peer : config.isakmpPeers()) {
      var password = peer.password();
      if (password != null) {
        weakKey(password, "the aggressive-mode password for " + peer.address());
      }
    }
  }

  private void weakKey(dev.zuido.router.config.Secret held, String whose) {
    try (Secret key = Secret.owning(held.bytes().toArray())) {
      PreSharedKeyStrength.warning(key)
          .ifPresent(warning -> log(4, "CRYPTO", "WEAK_KEY", whose + ": " + warning));
    }
  }

  private void warn(String section, StringBuilder old, String rfc) {
    if (!old.isEmpty()) {
      log(4, "CRYPTO", "WEAK_ALGORITHM", section + " uses what " + rfc + " advises against:" + old);
    }
  }

  /**
   * The router has changed an interface's line protocol.
   *
   * @param cause why, if it is not plain to see
   */
  void lineProtocol(RouterInterface changed, String cause) {
    GreTunnel tunnel = changed.tunnel();
    String known =
        tunnel == null
            ? LineCause.of(changed, null)
            : "the destination " + tunnel.config().remote() + " is reached";
    log(
        5,
        "LINEPROTO",
        "UPDOWN",
        "Line protocol on Interface "
            + changed
            + ", changed state to "
            + (changed.isLineUp() ? "up" : "down")
            + ": "
            + (cause.isEmpty() ? known : cause));
  }

  void ike(IkeOutput output) {
    if (output instanceof IkeOutput.MessageSent sent) {
      event(new RouterEvent.IkeMessage(true, sent.message()));
    } else if (output instanceof IkeOutput.MessageReceived received) {
      event(new RouterEvent.IkeMessage(false, received.message()));
    } else if (output instanceof IkeOutput.PhaseOneEstablished up) {
      log(
          5,
          "CRYPTO",
          "IKE_SA_UP",
          "ISAKMP SA with " + up.sa().remote() + " is up: " + describe(up.sa()));
    } else if (output instanceof IkeOutput.PhaseOneDeleted down) {
      log(
          5,
          "CRYPTO",
          "IKE_SA_DOWN",
          "ISAKMP SA with " + down.sa().remote() + " is down: " + down.reason().text());
    } else if (output instanceof IkeOutput.ChildEstablished up) {
      log(
          5,
          "CRYPTO",
          up.rekeyed() ? "IPSEC_SA_REKEYED" : "IPSEC_SA_UP",
          "IPsec SAs for " + describe(up.pair()));
    } else if (output instanceof IkeOutput.ChildDeleted down) {
      log(
          5,
          "CRYPTO",
          "IPSEC_SA_DOWN",
          "IPsec SAs for " + describe(down.pair()) + ": " + down.reason().text());
    } else if (output instanceof IkeOutput.ExchangeFailed failed) {
      log(
          4,
          "CRYPTO",
          "IKE_FAILED",
          failed.exchange()
              + (failed.child() == null ? "" : " for " + failed.child())
              + " with "
              + failed.peer()
              + " failed: "
              + failed.reason());
    } else if (output instanceof IkeOutput.Notice notice) {
      log(5, "CRYPTO", "IKE_NOTICE", "peer " + notice.peer() + ": " + notice.text());
    } else if (output instanceof IkeOutput.Dropped dropped) {
      drops.ike(dropped);
    }
  }

  private static String describe(IkeSnapshot.IsakmpSaView sa) {
    String behind =
        sa.localBehindNat() && sa.remoteBehindNat()
            ? ", NAT before both"
            : sa.localBehindNat()
                ? ", NAT before us"
                : sa.remoteBehindNat() ? ", NAT before the peer" : "";
    return sa.proposal() + ", " + (sa.initiator() ? "initiator" : "responder") + behind;
  }

  private static String describe(IkeSnapshot.ChildSaView pair) {
    return String.format(
        Locale.ROOT,
        "%s with %s: %s, %s mode, in 0x%08x, out 0x%08x",
        pair.child(),
        pair.peer(),
        pair.suite(),
        pair.mode().name().toLowerCase(Locale.ROOT),
        pair.inboundSpi(),
        pair.outboundSpi());
  }

  void ospf(OspfOutput output) {
    if (output instanceof OspfOutput.Dropped dropped) {
      drops.ospf(dropped);
    } else {
      ospf.log(output);
    }
  }

  /** An interface of OSPF's: the router's, or a virtual link, whose numbers are negative. */
  String port(int interfaceId) {
    return interfaceId >= 0
        ? interfaces.get(interfaceId).toString()
        : "virtual link " + -interfaceId;
  }

  /** A neighbour's state in IOS's spelling. */
  static String iosState(NeighborState state) {
    return switch (state) {
      case TWO_WAY -> "2WAY";
      case EX_START -> "EXSTART";
      case DOWN, ATTEMPT, INIT, EXCHANGE, LOADING, FULL -> state.name();
    };
  }

  /** The way of an SA or a tunnel turned out to be narrower than its first link. */
  void pathMtu(String what, int mtu) {
    log(6, "IP", "PMTU", "the path of " + what + " takes packets of " + mtu + " bytes");
  }

  /** RFC 4303 section 4 and RFC 4301 section 5.2: refusals are audited, at a limited rate each. */
  void ipsecRefused(
      RouterInterface in,
      Ipv4Address source,
      Ipv4Address destination,
      EspVerdict refusal,
      long nowNanos) {
    Long last = lastRefusal.get(refusal);
    if (refusal == EspVerdict.DUMMY || (last != null && nowNanos - last < REFUSAL_INTERVAL_NANOS)) {
      return;
    }
    lastRefusal.put(refusal, nowNanos);
    String mnemonic =
        switch (refusal) {
          case CLEARTEXT -> "RECVD_PKT_NOT_IPSEC";
          case UNKNOWN_SPI -> "RECVD_PKT_INV_SPI";
          case BAD_ICV -> "RECVD_PKT_MAC_ERR";
          case REPLAYED, TOO_OLD -> "PKT_REPLAY_ERR";
          case SELECTOR_MISMATCH -> "RECVD_PKT_INV_IDENTITY";
          default -> "RECVD_PKT_REFUSED";
        };
    log(
        4,
        "CRYPTO",
        mnemonic,
        "packet from "
            + source
            + " to "
            + destination
            + " on "
            + in
            + " refused: "
            + DropLog.words(refusal));
  }

  /** An SA has refused a packet; the SA sees to it that these lines do not come too fast. */
  void ipsecAudit(AuditEvent event) {
    log(
        4,
        "CRYPTO",
        "IPSEC_AUDIT",
        "packet from %s to %s, SPI 0x%08x, sequence %s, refused: %s%s"
            .formatted(
                event.source(),
                event.destination(),
                event.spi(),
                Long.toUnsignedString(event.sequence()),
                DropLog.words(event.reason()),
                event.suppressed() == 0 ? "" : "; " + event.suppressed() + " more before"));
  }

  /** Drops that got no line because their reason had had its lines, {@link DropLog}. */
  long unloggedDrops() {
    return drops.unlogged();
  }
}
