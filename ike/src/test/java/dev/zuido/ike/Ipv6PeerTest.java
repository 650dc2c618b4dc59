package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.Identity;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Peers with IPv6 addresses: both modes, both methods, a template. */
class Ipv6PeerTest {
  private static final Ipv6Address A = Ipv6Address.parse("2001:db8::1");
  private static final Ipv6Address B = Ipv6Address.parse("2001:db8::2");

  private static final Ipv6Prefix NET = new Ipv6Prefix(Ipv6Address.parse("2001:db8::"), 32);

  private static PeerConfig peer(boolean atA) {
    Ipv6Address local = atA ? A : B;
    Ipv6Address remote = atA ? B : A;
    return PeerConfig.siteToSite(
        "peer",
        local,
        remote,
        Site.secret("cisco"),
        List.of(Site.CISCO),
        DpdConfig.onDemand(30),
        List.of(
            ChildConfig.of(
                "gre",
                TrafficSelector.host(local, IpProtocol.GRE),
                TrafficSelector.host(remote, IpProtocol.GRE),
                EncapsulationMode.TRANSPORT,
                List.of(Site.TRIPLE_DES_MD5))));
  }

  private static Site site(PeerConfig config, long seed) {
    return new Site("" + config.localAddress(), IkeConfig.of(List.of(config)), seed);
  }

  /** Carries datagrams to and fro until none moves; every address is an IPv6 one. */
  private static void carry(Site a, Site b) {
    for (int turn = 0; turn < 20; turn++) {
      for (Site from : List.of(a, b)) {
        List<Site.Datagram> sent = new ArrayList<>(from.sent);
        from.sent.clear();
        for (Site.Datagram each : sent) {
          assertTrue(each.to().address() instanceof Ipv6Address);
          (each.to().address().equals(A) ? a : b).receive(each, 0);
        }
      }
    }
  }

  private static void established(
      Site a, Site b, AggressiveMode mode, AuthenticationMethod method) {
    a.initiate(0);
    carry(a, b);
    assertTrue(Net.usable(a, b), () -> mode + " " + method + a.outputs + b.outputs);
    assertEquals(A, b.phaseOnes().get(0).remote().address());
    assertFalse(a.phaseOnes().get(0).localBehindNat() || a.phaseOnes().get(0).remoteBehindNat());
    assertEquals(B, a.sas(SaParameters.Direction.OUTBOUND).get(0).destination());
  }

  @ParameterizedTest
  @EnumSource(
      value = AggressiveMode.class,
      names = {"OFF", "INITIATE"})
  void bothModesAndBothMethods(AggressiveMode mode) {
    for (AuthenticationMethod method : AuthenticationMethod.values()) {
      UnaryOperator<PeerConfig> change =
          p ->
              AggressiveModeTest.mode(
                  method == AuthenticationMethod.PRE_SHARED_KEY
                      ? p
                      : TestCertificates.signed(p, p.localAddress().equals(A)),
                  mode);
      Site a = site(change.apply(peer(true)), 1);
      Site b = site(change.apply(peer(false)), 2);
      established(a, b, mode, method);
      assertTrue(
          a.trace().stream().anyMatch(line -> line.contains("ID 2001:db8::2")), "" + a.trace());
    }
  }

  @Test
  void aTemplateOfAPrefix() {
    PeerConfig template =
        AggressiveModeTest.mode(
            PeerConfig.template(
                    "any",
                    B,
                    NET,
                    Site.secret("cisco"),
                    List.of(Site.CISCO),
                    DpdConfig.OFF,
                    List.of(
                        ChildConfig.of(
                            "gre",
                            TrafficSelector.host(B, IpProtocol.GRE),
                            new TrafficSelector(NET, IpProtocol.GRE, 0),
                            EncapsulationMode.TRANSPORT,
                            List.of(Site.TRIPLE_DES_MD5))))
                .withIdentities(PeerConfig.identityOf(B), new Identity.Fqdn("a.example")),
            AggressiveMode.ACCEPT);
    for (AggressiveMode mode : List.of(AggressiveMode.OFF, AggressiveMode.INITIATE)) {
      Site a =
          site(
              AggressiveModeTest.mode(
                  peer(true).withIdentities(new Identity.Fqdn("a.example"), null), mode),
              3);
      Site b = site(template, 4);
      established(a, b, mode, AuthenticationMethod.PRE_SHARED_KEY);
    }
  }

  /** An IPv4 identity is not the IPv6 address that the peer has. */
  @Test
  void theOtherFamilysIdentityIsNotThePeers() {
    Site a = site(peer(true).withIdentities(new Identity.Ipv4(Site.A), null), 5);
    Site b = site(peer(false), 6);
    a.initiate(0);
    carry(a, b);
    assertTrue(b.lastFailure().contains("100.1.1.1"), b.lastFailure());
    assertTrue(b.installed.isEmpty());
  }
}
