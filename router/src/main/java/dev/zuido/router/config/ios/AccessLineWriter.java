package dev.zuido.router.config.ios;

import dev.zuido.router.config.DialerConfig;
import dev.zuido.router.config.DialerIdle;
import dev.zuido.router.config.DialerPersistent;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.PppAuthenticationConfig;
import dev.zuido.router.config.PppAuthenticationProtocol;
import dev.zuido.router.config.PppPassword;
import dev.zuido.router.config.PppTimersConfig;
import dev.zuido.router.config.PppoeLineConfig;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the lines of the access line. */
final class AccessLineWriter {
  private final IosWriter out;

  AccessLineWriter(IosWriter out) {
    this.out = out;
  }

  void user(PppPassword user) {
    out.line("username " + user.name() + " password 0 " + out.shown(user.password()));
  }

  void port(InterfaceConfig port) {
    PppoeLineConfig pppoe = port.pppoe();
    if (pppoe != null) {
      pppoe(pppoe);
    }
    DialerConfig dialer = port.dialer();
    if (dialer != null) {
      dialer(dialer);
    }
  }

  private void pppoe(PppoeLineConfig line) {
    out.subGiven("pppoe enable group", line.group());
    String service = line.serviceName() == null ? "" : " service-name " + line.serviceName();
    if (line.dialPool().isPresent()) {
      out.sub(
          "pppoe-client dial-pool-number "
              + line.dialPool().getAsInt()
              + (line.dialOnDemand() ? " dial-on-demand" : "")
              + service);
    } else if (!service.isEmpty()) {
      out.sub("pppoe-client" + service);
    }
    out.subGiven("pppoe-client ppp-max-payload", line.maxPayload());
    if (line.group() == null && line.dialPool().isPresent()) {
      // The pool has turned PPPoE on.
      out.sub("no pppoe enable");
    }
  }

  private void dialer(DialerConfig dialer) {
    if (dialer.encapsulationPpp()) {
      out.sub("encapsulation ppp");
    }
    if (dialer.addressNegotiated()) {
      out.sub("ip address negotiated");
    }
    out.subGiven("dialer pool", dialer.pool());
    if (!dialer.idle().equals(DialerIdle.IOS)) {
      out.sub("dialer idle-timeout " + dialer.idle());
    }
    persistent(dialer.persistent());
    out.subGiven("dialer-group", dialer.group());
    timers(dialer.timers());
    proofs(dialer.authentication());
    if (dialer.nameServersRequested()) {
      out.sub("ppp ipcp dns request");
    }
  }

  private void persistent(@Nullable DialerPersistent persistent) {
    if (persistent != null) {
      int delay = persistent.delaySeconds();
      StringBuilder line = new StringBuilder("dialer persistent");
      if (delay != DialerPersistent.DEFAULT_DELAY_SECONDS) {
        line.append(" delay ").append(delay);
      }
      persistent.maxAttempts().ifPresent(most -> line.append(" max-attempts ").append(most));
      out.sub(line.toString());
    }
  }

  private void timers(PppTimersConfig timers) {
    PppTimersConfig ios = PppTimersConfig.IOS;
    if (timers.keepaliveSeconds() == 0) {
      out.sub("no keepalive");
    } else if (timers.keepaliveSeconds() != ios.keepaliveSeconds()
        || timers.keepaliveRetries() != ios.keepaliveRetries()) {
      out.sub("keepalive " + timers.keepaliveSeconds() + " " + timers.keepaliveRetries());
    }
    timer("timeout retry", timers.retrySeconds(), ios.retrySeconds());
    timer("timeout authentication", timers.authenticationSeconds(), ios.authenticationSeconds());
    timer("max-configure", timers.maxConfigure(), ios.maxConfigure());
    timer("max-failure", timers.maxFailure(), ios.maxFailure());
    timer("max-terminate", timers.maxTerminate(), ios.maxTerminate());
  }

  private void timer(String what, int value, int preset) {
    if (value != preset) {
      out.sub("ppp " + what + " " + value);
    }
  }

  private void proofs(PppAuthenticationConfig proofs) {
    if (!proofs.protocols().isEmpty()) {
      String protocols =
          proofs.protocols().stream()
              .map(PppAuthenticationProtocol::iosName)
              .collect(Collectors.joining(" "));
      out.sub("ppp authentication " + protocols + (proofs.callin() ? " callin" : ""));
    }
    out.subGiven("ppp chap hostname", proofs.chapHostname());
    if (proofs.chapPassword() != null) {
      out.sub("ppp chap password 0 " + out.shown(proofs.chapPassword()));
    }
    if (proofs.chapRefused()) {
      out.sub("ppp chap refuse");
    }
    PppPassword pap = proofs.pap();
    if (pap != null) {
      out.sub("ppp pap sent-username " + pap.name() + " password 0 " + out.shown(pap.password()));
    }
    if (proofs.papRefused()) {
      out.sub("ppp pap refuse");
    }
  }
}
