package dev.zuido.examples;

import dev.zuido.pppoe.AccessConcentratorConfig;
import dev.zuido.pppoe.ppp.AuthenticationProtocol;
import dev.zuido.pppoe.ppp.Credential;
import dev.zuido.pppoe.ppp.PppConfig;
import dev.zuido.router.config.DialerConfig;
import dev.zuido.router.config.InterfaceConfig;
import dev.zuido.router.config.PppAuthenticationConfig;
import dev.zuido.router.config.PppPassword;
import dev.zuido.router.config.PppoeLineConfig;
import dev.zuido.router.config.Secret;
import dev.zuido.testkit.VirtualNetwork;
import dev.zuido.testkit.VirtualPort;
import dev.zuido.testkit.pppoe.ConcentratorNode;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.EthernetFields;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The provider into which a site dials: it knows the name and the password that the site's
 * configuration has, gives the address that the configuration has, and takes packets as long as the
 * site's own MTU.
 */
final class AccessProvider {
  private static final int MAX_SESSIONS = 16;

  /** IEEE's bit for addresses that nobody has assigned. */
  private static final long LOCALLY_ADMINISTERED = 0x0200_0000_0000L;

  private final Site site;
  private final InterfaceConfig physical;
  private final DialerConfig dialer;

  private AccessProvider(Site site, InterfaceConfig physical, DialerConfig dialer) {
    this.site = site;
    this.physical = physical;
    this.dialer = dialer;
  }

  /** The provider of a site; null if the site does not dial. */
  static @Nullable AccessProvider of(Site site) {
    DialerConfig dialer = site.wan().dialer();
    InterfaceConfig physical = site.config().pppoeLineOf(site.wan()).orElse(null);
    return dialer == null || physical == null || !dialer.encapsulationPpp()
        ? null
        : new AccessProvider(site, physical, dialer);
  }

  /** The interface of the site's Ethernet. */
  InterfaceConfig physical() {
    return physical;
  }

  /** The largest frame of the Ethernet, in bytes. */
  int largestFrame() {
    return physical.pppoeLinkMtu() + EthernetFields.HEADER_LENGTH;
  }

  /** The site's Ethernet address. */
  static MacAddress stationAddress(int number) {
    return new MacAddress(LOCALLY_ADMINISTERED | number << 8 | 1);
  }

  /**
   * Puts the concentrator between the site's Ethernet and the Internet.
   *
   * @param number tells this provider from others
   * @param own its address
   */
  ConcentratorNode connect(
      VirtualNetwork network, int number, Ipv4Address own, VirtualPort line, VirtualPort uplink) {
    String name = "isp-" + site.name();
    int mru = Math.min(site.wan().effectiveIpMtu(), physical.pppoeLinkMtu() - 8);
    PppAuthenticationConfig proofs = dialer.authentication();
    List<AuthenticationProtocol> demanded =
        proofs.provable().stream()
            .map(
                each ->
                    switch (each) {
                      case CHAP -> AuthenticationProtocol.CHAP_MD5;
                      case PAP -> AuthenticationProtocol.PAP;
                    })
            .toList();
    PppConfig.IpcpConfig ipcp = new PppConfig.IpcpConfig(own, false, null, false, List.of());
    PppConfig asked = PppConfig.server(name, this::secretOf, ipcp);
    PppConfig ppp =
        new PppConfig(
            mru,
            asked.peerMruLimit(),
            credential(),
            List.of(AuthenticationProtocol.CHAP_MD5, AuthenticationProtocol.PAP),
            demanded,
            asked.authenticator(),
            name,
            0,
            ipcp,
            null,
            asked.timers(),
            false);
    String service = physicalLine().serviceName();
    AccessConcentratorConfig config =
        new AccessConcentratorConfig(
            new MacAddress(LOCALLY_ADMINISTERED | number << 8 | 2),
            name,
            service == null ? List.of() : List.of(service),
            physical.pppoeLinkMtu(),
            MAX_SESSIONS,
            1,
            ppp,
            user -> site.wanAddress());
    return new ConcentratorNode(network, name, config, line, uplink);
  }

  private PppoeLineConfig physicalLine() {
    PppoeLineConfig line = physical.pppoe();
    return line == null ? PppoeLineConfig.NONE : line;
  }

  /** Where the site wants a proof of the provider: the first user that it knows. */
  private @Nullable Credential credential() {
    List<PppPassword> users = site.config().users();
    return users.isEmpty()
        ? null
        : new Credential(users.get(0).name(), users.get(0).password().bytes());
  }

  private @Nullable ByteString secretOf(String user) {
    PppAuthenticationConfig proofs = dialer.authentication();
    Secret chap = proofs.chapPassword();
    PppPassword pap = proofs.pap();
    if (chap != null && user.equals(site.config().chapName(dialer).orElse(null))) {
      return chap.bytes();
    }
    return pap != null && user.equals(pap.name()) ? pap.password().bytes() : null;
  }
}
