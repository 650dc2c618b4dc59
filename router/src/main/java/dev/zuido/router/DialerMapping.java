package dev.zuido.router;

import dev.zuido.pppoe.PppoeClient;
import dev.zuido.pppoe.PppoeClientConfig;
import dev.zuido.pppoe.PppoeTimers;
import dev.zuido.pppoe.ppp.AuthenticationProtocol;
import dev.zuido.pppoe.ppp.Authenticator;
import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.pppoe.ppp.PppTimers;
import dev.zuido.router.config.DialerConfig;
import dev.zuido.router.config.DialerList;
import dev.zuido.router.config.DialerPersistent;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.PppAuthenticationConfig;
import dev.zuido.router.config.PppAuthenticationProtocol;
import dev.zuido.router.config.PppPassword;
import dev.zuido.router.config.PppTimersConfig;
import dev.zuido.router.config.PppoeLineConfig;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.Secret;
import dev.zuido.router.forwarding.AccessFilter;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a configuration says of a Dialer interface, for the PPPoE client. */
final class DialerMapping {
  private static final long NANOS = 1_000_000_000L;
  private static final long LONGEST_RETRY_NANOS = 16 * NANOS;

  private final RouterConfig config;
  private final RouterPorts ports;
  private final RouterEnvironment environment;
  private final Map<String, AccessFilter> filters;
  private final DialerLog log;

  DialerMapping(
      RouterConfig config,
      RouterPorts ports,
      RouterEnvironment environment,
      Map<String, AccessFilter> filters,
      EventLog log) {
    this.config = config;
    this.ports = ports;
    this.environment = environment;
    this.filters = filters;
    this.log = new DialerLog(log);
  }

  /**
   * The line of an interface; null if it is no Dialer, has a port of its own, or nothing to dial
   * over: then it stays down.
   *
   * @throws UnsupportedConfigurationException if it asks for what a line cannot do
   */
  @Nullable DialerLine line(InterfaceConfig port) {
    DialerConfig dialer = port.dialer();
    InterfaceConfig physical = config.pppoeLineOf(port).orElse(null);
    EthernetLine ethernet = physical == null ? null : ports.ethernets().get(physical.name());
    if (dialer == null
        || !dialer.encapsulationPpp()
        || physical == null
        || ethernet == null
        || ports.links().containsKey(port.name())) {
      return null;
    }
    PppoeLineConfig line = physical.pppoe();
    if (line == null) {
      return null;
    }
    int linkMtu = Math.min(physical.pppoeLinkMtu(), ethernet.payloadMtu());
    int largest = linkMtu - PppoeLineConfig.OVERHEAD;
    Ipv4Address address = address(port);
    Credential credential = credential(port, dialer);
    PppConfig ppp = ppp(port, dialer, credential, address, mru(port, largest));
    PppoeClientConfig client =
        PppoeClientConfig.of(ethernet.address(), ppp)
            .withServiceName(line.serviceName() == null ? "" : line.serviceName())
            .withLinkMtu(linkMtu)
            .withTimers(timers(dialer.persistent()));
    DialerPersistent persistent = dialer.persistent();
    DialPlan plan =
        new DialPlan(
            port.name(),
            physical.name(),
            !port.shutdown() && !physical.shutdown(),
            !config.keepsLine(port),
            dialer.idle(),
            interest(port, dialer),
            persistent == null ? 0 : persistent.maxAttempts().orElse(0),
            address,
            credential == null ? "" : credential.name(),
            largest);
    return new DialerLine(
        plan, new PppoeClient(client, environment.secrets(), environment.jitter()), ethernet, log);
  }

  /** Its address, or null if that is negotiated. */
  private @Nullable Ipv4Address address(InterfaceConfig port) {
    if (port.addressNegotiated()) {
      return null;
    }
    return config
        .addressOf(port.name())
        .orElseThrow(
            () ->
                new UnsupportedConfigurationException(
                    port.section(),
                    "it dials, and has no address: 'ip unnumbered' or 'ip address negotiated'"));
  }

  /** What we can take: a {@code mtu} that is less than what a session may carry is announced. */
  private static int mru(InterfaceConfig port, int largest) {
    return Math.min(port.mtu().orElse(largest), largest);
  }

  private PppConfig ppp(
      InterfaceConfig port,
      DialerConfig dialer,
      @Nullable Credential credential,
      @Nullable Ipv4Address address,
      int mru) {
    PppAuthenticationConfig proofs = dialer.authentication();
    PppConfig.IpcpConfig ipcp =
        new PppConfig.IpcpConfig(
            address == null ? Ipv4Address.UNSPECIFIED : address,
            address == null,
            null,
            dialer.nameServersRequested(),
            List.of());
    PppConfig caller = PppConfig.caller(credential, ipcp);
    List<AuthenticationProtocol> demanded = protocols(proofs.demanded());
    Authenticator users = user -> config.passwordOf(user).map(Secret::bytes).orElse(null);
    return new PppConfig(
        mru,
        Math.max(mru, caller.peerMruLimit()),
        credential,
        protocols(proofs.provable()),
        demanded,
        demanded.isEmpty() ? null : users,
        demanded.isEmpty() ? "" : challengeName(port, dialer),
        0,
        ipcp,
        null,
        timers(dialer.timers()),
        environment.pppDiagnostics().trace());
  }

  private String challengeName(InterfaceConfig port, DialerConfig dialer) {
    return config
        .chapName(dialer)
        .orElseThrow(
            () ->
                new UnsupportedConfigurationException(
                    port.section(),
                    "the concentrator has to prove itself, and there is no name to challenge it"
                        + " with: 'hostname' or 'ppp chap hostname'"));
  }

  private @Nullable Credential credential(InterfaceConfig port, DialerConfig dialer) {
    PppAuthenticationConfig proofs = dialer.authentication();
    List<Credential> all = new ArrayList<>();
    for (PppAuthenticationProtocol protocol : proofs.provable()) {
      Secret chap = proofs.chapPassword();
      PppPassword pap = proofs.pap();
      if (protocol == PppAuthenticationProtocol.CHAP && chap != null) {
        String name =
            config
                .chapName(dialer)
                .orElseThrow(
                    () ->
                        new UnsupportedConfigurationException(
                            port.section(), "CHAP needs a name: 'ppp chap hostname'"));
        all.add(new Credential(name, chap.bytes()));
      } else if (pap != null) {
        all.add(new Credential(pap.name(), pap.password().bytes()));
      }
    }
    if (all.stream().distinct().count() > 1) {
      throw new UnsupportedConfigurationException(
          port.section(),
          "CHAP and PAP have different names or passwords: refuse one, by 'ppp chap refuse' or 'ppp"
              + " pap refuse'");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  private static List<AuthenticationProtocol> protocols(List<PppAuthenticationProtocol> given) {
    return given.stream()
        .map(
            each ->
                switch (each) {
                  case CHAP -> AuthenticationProtocol.CHAP_MD5;
                  case PAP -> AuthenticationProtocol.PAP;
                })
        .toList();
  }

  private static PppTimers timers(PppTimersConfig given) {
    return new PppTimers(
        given.retrySeconds() * NANOS,
        given.maxConfigure(),
        given.maxTerminate(),
        given.maxFailure(),
        given.keepaliveSeconds() * NANOS,
        given.keepaliveRetries(),
        given.authenticationSeconds() * NANOS,
        PppTimers.DEFAULT.networkNanos());
  }

  /**
   * The delay of {@code dialer persistent} is the first wait; those behind it are longer. An
   * attempt asks for offers for half a minute, so that a person hears soon that there are none.
   */
  private static PppoeTimers timers(@Nullable DialerPersistent persistent) {
    PppoeTimers usual = PppoeTimers.DEFAULT;
    long delay = persistent == null ? usual.redialNanos() : persistent.delaySeconds() * NANOS;
    return new PppoeTimers(
        usual.retryNanos(),
        LONGEST_RETRY_NANOS,
        usual.maxRequests(),
        delay,
        Math.max(delay, usual.maxRedialNanos()),
        usual.stableNanos());
  }

  private DialPlan.Interest interest(InterfaceConfig port, DialerConfig dialer) {
    if (dialer.group().isEmpty()) {
      return DialPlan.Interest.NONE;
    }
    int number = dialer.group().getAsInt();
    DialerList list = config.dialerList(number).orElse(null);
    if (list == null) {
      return DialPlan.Interest.NONE;
    }
    String name = list.accessList();
    if (name == null) {
      return new DialPlan.Interest(list.permit(), null);
    }
    AccessFilter filter = filters.get(name);
    if (filter == null) {
      throw new UnsupportedConfigurationException(
          port.section(), "dialer-list " + number + ": there is no access list " + name);
    }
    return new DialPlan.Interest(false, filter);
  }
}
