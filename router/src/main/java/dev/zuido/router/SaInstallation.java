package dev.zuido.router;

import dev.zuido.esp.EspCrypto;
import dev.zuido.esp.EspKeys;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SaEvent;
import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.esp.SecurityPolicy;
import dev.zuido.ike.Endpoint;
import dev.zuido.ike.EspProposal;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.SaParameters;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts what IKE negotiates into ESP's database, takes it out again, and tells IKE what becomes of
 * it there.
 */
final class SaInstallation {
  private final List<RouterInterface> interfaces;
  private final SecurityAssociationDatabase associations;
  private final InstalledSas installed;
  private final RouterEnvironment environment;
  private final int replayWindow;
  private final EventLog log;
  private final IpsecAudit audit;

  SaInstallation(
      List<RouterInterface> interfaces,
      SecurityAssociationDatabase associations,
      InstalledSas installed,
      RouterEnvironment environment,
      int replayWindow,
      EventLog log,
      IpsecAudit audit) {
    this.interfaces = interfaces;
    this.associations = associations;
    this.installed = installed;
    this.environment = environment;
    this.replayWindow = replayWindow;
    this.log = log;
    this.audit = audit;
  }

  SecurityAssociationDatabase associations() {
    return associations;
  }

  /** What the SAs have noted. */
  IpsecAudit audit() {
    return audit;
  }

  /** Installs an SA that IKE has negotiated, and says how that went. */
  IkeCommand install(SaParameters sa, long nowNanos) {
    for (RouterInterface each : interfaces) {
      CryptoPolicy crypto = each.crypto();
      SecurityPolicy policy = crypto == null ? null : crypto.policyFor(sa);
      if (crypto != null && policy != null) {
        String refusal = install(sa, crypto, policy, nowNanos);
        if (refusal == null) {
          return new IkeCommand.SaInstalled(sa.id());
        }
        crypto.released(sa.id());
        return new IkeCommand.SaRefused(sa.id(), refusal);
      }
    }
    return new IkeCommand.SaRefused(sa.id(), "no policy asks for it");
  }

  /** Null if it is done, else why not. */
  private @Nullable String install(
      SaParameters sa, CryptoPolicy crypto, SecurityPolicy policy, long nowNanos) {
    if (environment.keys() != null && sa.suite() instanceof EspProposal) {
      environment.keys().espKeys(sa);
    }
    try (EspKeys keys = InstalledSas.keys(sa)) {
      var parameters =
          InstalledSas.parameters(sa, policy.selector(), replayWindow)
              .withTunnelHeader(crypto.tunnelHeader());
      boolean done;
      if (sa.direction() == SaParameters.Direction.INBOUND) {
        InboundSa inbound = new InboundSa(parameters, keys, EspCrypto.platform(), nowNanos);
        inbound.auditTo(audit.log());
        done = associations.install(policy, inbound);
        if (done) {
          installed.add(sa.id(), inbound);
        }
      } else {
        OutboundSa outbound =
            new OutboundSa(parameters, keys, EspCrypto.platform(), environment.secrets(), nowNanos);
        outbound.auditTo(audit.log());
        done = associations.install(policy, outbound);
        if (done) {
          installed.add(sa.id(), outbound);
        }
      }
      return done ? null : "the security association database is full";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Takes an SA out. */
  void remove(IkeOutput.RemoveSa remove) {
    InstalledSas.Watch watch = installed.remove(remove.saId());
    if (watch != null) {
      var parameters = watch.association().parameters();
      if (remove.direction() == SaParameters.Direction.INBOUND) {
        associations.removeInbound(parameters.spi());
      } else {
        associations.removeOutbound(parameters.spi(), parameters.remote());
      }
    }
    for (RouterInterface each : interfaces) {
      CryptoPolicy crypto = each.crypto();
      if (crypto != null) {
        crypto.released(remove.saId());
      }
    }
  }

  /** Lets an SA follow a peer whose translator has changed its mapping. */
  void move(IkeOutput.MoveSa move) {
    InstalledSas.Watch watch = installed.find(move.saId());
    if (watch == null) {
      return;
    }
    if (move.direction() == SaParameters.Direction.INBOUND) {
      if (move.source() instanceof Ipv4Address source) {
        watch.movedTo(source, move.udpEncapsulation().sourcePort());
      }
      return;
    }
    if (!(watch.association() instanceof OutboundSa outbound)) {
      return;
    }
    Ipv4Address destination = (Ipv4Address) move.destination();
    if (outbound.redirect(destination, move.udpEncapsulation().destinationPort())) {
      log.log(
          6,
          "CRYPTO",
          "PEER_MOVED",
          "outbound SA %s goes to %s:%d now, where the peer's translator has its mapping"
              .formatted(
                  outbound.parameters().spiText(),
                  destination,
                  move.udpEncapsulation().destinationPort()));
    } else {
      log.log(
          4,
          "CRYPTO",
          "PEER_MOVED",
          "outbound SA %s cannot follow the peer to %s: in transport mode a new one is needed"
              .formatted(outbound.parameters().spiText(), destination));
    }
  }

  /** Tells IKE which SAs have been used, from where, have carried enough, or are over. */
  void observe(long nowNanos, Consumer<IkeCommand> ike) {
    installed.observe(nowNanos, watch -> ike.accept(new IkeCommand.SaUsed(watch.id())));
    installed.observeSources(
        (watch, address, port) ->
            ike.accept(new IkeCommand.PeerSeenAt(watch.id(), new Endpoint(address, port))));
    audit.drain();
    associations.expire(nowNanos);
    SaEvent event;
    while ((event = associations.poll()) != null) {
      long id = installed.idOf(event.association());
      if (id >= 0) {
        boolean hard = event.kind() == SaEvent.Kind.HARD_EXPIRED;
        ike.accept(new IkeCommand.LifetimeExceeded(id, hard));
      }
    }
  }
}
