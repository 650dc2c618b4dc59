package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.esp.SecurityAssociationDatabase;
import dev.zuido.ike.AggressiveMode;
import dev.zuido.ike.AuthenticationMethod;
import dev.zuido.ike.Credential;
import dev.zuido.ike.DpdConfig;
import dev.zuido.ike.Fragmentation;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeProposal;
import dev.zuido.ike.PeerConfig;
import dev.zuido.ike.message.Identity;
import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.wire.Ipv4Address;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lines about a peer come to in the key exchange. */
final class PeerMappingTest {
  private static final Ipv4Address LOCAL = Ipv4Address.of(100, 1, 1, 1);
  private static final Ipv4Address PEER = Ipv4Address.of(200, 1, 1, 1);

  private static final String BASE =
      """
      hostname a
      ip domain name zuido.test
      crypto isakmp policy 1
       encryption aes
       authentication pre-share
       group 14
      crypto isakmp key k address 200.1.1.1
      crypto ipsec transform-set T esp-aes esp-sha-hmac
      crypto map M 1 ipsec-isakmp
       set peer 200.1.1.1
       set transform-set T
       match address 150
      access-list 150 permit gre host 100.1.1.1 host 200.1.1.1
      """;

  private static final String SIGNED =
      BASE.replace("authentication pre-share", "authentication rsa-sig")
              .replace("crypto isakmp key k address 200.1.1.1", "!")
          + """
          crypto pki trustpoint CA
           certificate file a.pem
           key file a-key.pem
           ca file root.pem
          """;

  private static final CertificateFiles FILES =
      new CertificateFiles() {
        @Override
        public byte[] read(String path) throws IOException {
          if (path.startsWith("none")) {
            throw new FileNotFoundException("there is no such file");
          }
          return PemFileTest.file(path);
        }

        @Override
        public InstantSource clock() {
          return () -> Instant.parse("2030-01-01T00:00:00Z");
        }
      };

  private static RouterConfig config(String text) {
    ConfigReport report = IosReader.read(text);
    return Objects.requireNonNull(report.config(), report::render);
  }

  private static PeerConfig peer(String text) {
    return new PeerMapping(config(text), FILES).peer(LOCAL, PEER, List.of());
  }

  private static String key(PeerConfig peer) {
    return peer.credentials().stream()
        .filter(Credential.PreSharedKey.class::isInstance)
        .map(
            each ->
                new String(
                    ((Credential.PreSharedKey) each).key().toArray(), StandardCharsets.US_ASCII))
        .findFirst()
        .orElse("none");
  }

  @Test
  void withoutMoreItIsAnAddressWithAKey() {
    PeerConfig peer = peer(BASE);
    assertEquals(new Identity.Ipv4(LOCAL), peer.localIdentity());
    assertNull(peer.remoteIdentity());
    assertEquals("k", key(peer));
    assertEquals(AggressiveMode.OFF, peer.options().aggressiveMode());
    assertEquals(Fragmentation.ON, peer.options().fragmentation());
    assertEquals(false, peer.options().invalidSpiRecovery());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "crypto isakmp identity hostname ~ Fqdn[name=a.zuido.test]",
        "no ip domain name|crypto isakmp identity hostname ~ Fqdn[name=a]",
        "crypto isakmp identity key-id 12 ~ KeyId[data=3132]",
        "crypto isakmp peer address 200.1.1.1|set aggressive-mode client-endpoint fqdn b.c ~"
            + " Fqdn[name=b.c]",
        "crypto isakmp peer address 200.1.1.1|set aggressive-mode client-endpoint user-fqdn u@c ~"
            + " UserFqdn[name=u@c]",
        "crypto isakmp peer address 200.1.1.1|set aggressive-mode client-endpoint ipv4-address"
            + " 1.1.1.1 ~ Ipv4[address=1.1.1.1]",
        "crypto isakmp peer address 200.1.1.2|set aggressive-mode client-endpoint fqdn b.c ~"
            + " Ipv4[address=100.1.1.1]",
      })
  void whoWeAre(String lines, String identity) {
    assertEquals(identity, peer(BASE + lines.replace('|', '\n')).localIdentity().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "match identity host b.c ~ Fqdn[name=b.c]",
        "match identity user u@c ~ UserFqdn[name=u@c]",
        "match identity address 1.2.3.4 ~ Ipv4[address=1.2.3.4]",
        "match identity key-id 12 ~ KeyId[data=3132]",
        "match identity dn CN=x ~ DistinguishedName[data=300c310a300806035504031301" + "78]",
      })
  void whoThePeerHasToBe(String line, String identity) {
    String text = BASE.replace("set transform-set T", "set transform-set T\n set isakmp-profile P");
    assertEquals(
        identity, String.valueOf(peer(text + "crypto isakmp profile P\n" + line).remoteIdentity()));
  }

  @Test
  void aProfileComesBeforeTheLinesForAll() {
    PeerConfig peer =
        peer(
            BASE.replace("set transform-set T", "set transform-set T\n set isakmp-profile P")
                + """
                crypto isakmp identity hostname
                crypto isakmp keepalive 30 3 periodic
                crypto isakmp profile P
                 match identity host b.c
                 self-identity user-fqdn u@c
                 keepalive 20 retry 4
                 initiate mode aggressive
                """);
    assertEquals(new Identity.UserFqdn("u@c"), peer.localIdentity());
    assertEquals(new DpdConfig(DpdConfig.Mode.ON_DEMAND, 20, 4, 5), peer.dpd());
    assertEquals(AggressiveMode.INITIATE, peer.options().aggressiveMode());
  }

  @ParameterizedTest
  @CsvSource({
    "crypto isakmp aggressive-mode disable, OFF, ON, false",
    "no crypto isakmp aggressive-mode disable, ACCEPT, ON, false",
    "no crypto isakmp fragmentation, OFF, OFF, false",
    "crypto isakmp fragmentation force, OFF, FORCE, false",
    "crypto isakmp invalid-spi-recovery, OFF, ON, true"
  })
  void whatHoldsForAll(
      String line, AggressiveMode mode, Fragmentation fragmentation, boolean recovery) {
    PeerConfig peer = peer(BASE + line);
    assertEquals(mode, peer.options().aggressiveMode());
    assertEquals(fragmentation, peer.options().fragmentation());
    assertEquals(recovery, peer.options().invalidSpiRecovery());
  }

  @Test
  void aPasswordIsTheKeyOfAggressiveMode() {
    String lines = "crypto isakmp peer address 200.1.1.1\n set aggressive-mode password p\n";
    assertEquals("p", key(peer(BASE + lines)));
    assertEquals(AggressiveMode.INITIATE, peer(BASE + lines).options().aggressiveMode());
  }

  @Test
  void aKeyByNameIsForWhoSaysTheName() {
    String text =
        BASE.replace("crypto isakmp key k address 200.1.1.1", "crypto isakmp key n hostname b.c")
            + "ip host b.c 200.1.1.1\n";
    assertEquals("n", key(peer(text)));
    assertEquals(new Identity.Fqdn("b.c"), peer(text).remoteIdentity());
  }

  @Test
  void aCertificateWithItsKey() {
    PeerConfig peer = peer(SIGNED);
    Credential.RsaKey credential = (Credential.RsaKey) peer.credentials().get(0);
    assertEquals(1, peer.credentials().size());
    assertEquals(1, credential.chain().size());
    assertEquals(1, credential.trust().anchors().size());
    assertEquals(FILES.clock().instant(), credential.trust().clock().instant());
    assertEquals(AuthenticationMethod.RSA_SIGNATURES, peer.proposals().get(0).authentication());
    PeerConfig named = peer(SIGNED + "crypto isakmp identity dn\n");
    assertTrue(named.localIdentity() instanceof Identity.DistinguishedName);
  }

  @Test
  void policiesAreOfferedForWhichThereIsAKey() {
    String both =
        SIGNED + "crypto isakmp policy 2\n authentication pre-share\n encryption aes\n group 14\n";
    assertEquals(
        List.of(AuthenticationMethod.RSA_SIGNATURES),
        peer(both).proposals().stream().map(IkeProposal::authentication).toList());
    String key = "crypto isakmp key k address 200.1.1.1\n";
    assertEquals(
        List.of(AuthenticationMethod.RSA_SIGNATURES, AuthenticationMethod.PRE_SHARED_KEY),
        peer(both + key).proposals().stream().map(IkeProposal::authentication).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "certificate file a.pem ~ certificate file none ~ crypto pki trustpoint CA: certificate"
            + " file none: there is no such file",
        "key file a-key.pem ~ key file a-encrypted-key.pem ~ crypto pki trustpoint CA: key file"
            + " a-encrypted-key.pem: the key is encrypted; give it without a pass phrase",
        "key file a-key.pem ~ key file other-key.pem ~ crypto pki trustpoint CA: the first"
            + " certificate is not that of the private key",
        "ca file root.pem ~ ca file a-key.pem ~ crypto pki trustpoint CA: ca file a-key.pem: it has"
            + " no 'BEGIN CERTIFICATE'",
        "hostname a ~ crypto isakmp identity key-id b ~ crypto map: peer 200.1.1.1: our certificate"
            + " does not name our identity ID type 11 62",
      })
  void whatDoesNotFitIsRefused(String before, String after, String reason) {
    String text = SIGNED.replace(before.strip(), after.strip());
    assertEquals(
        reason,
        assertThrows(UnsupportedConfigurationException.class, () -> peer(text)).getMessage());
  }

  @Test
  void callersAreByAddressBySignatureAndByName() {
    String text =
        SIGNED
            + """
            crypto isakmp policy 2
             authentication pre-share
             encryption aes
             group 14
            crypto isakmp key any address 0.0.0.0
            crypto isakmp key one hostname one.c
            crypto isakmp key two hostname u@two.c
            no crypto isakmp aggressive-mode disable
            crypto dynamic-map D 1
             set transform-set T
             match address 150
            crypto map M 9 ipsec-isakmp dynamic D
            """;
    RouterConfig config = config(text);
    CryptoMapping mapping =
        new CryptoMapping(
            config,
            new SecurityAssociationDatabase(16, 1),
            address -> true,
            new PeerMapping(config, FILES));
    List<PeerConfig> callers =
        mapping.callers(config.cryptoMap("M").orElseThrow(), LOCAL, Set.of(PEER));
    assertEquals(
        List.of("null any", "Fqdn[name=one.c] one", "UserFqdn[name=u@two.c] two"),
        callers.stream().map(each -> each.remoteIdentity() + " " + key(each)).toList());
    assertTrue(callers.stream().allMatch(each -> each.remote().length() == 0));
    assertEquals(3, IkeConfig.of(callers).peers().size());
  }
}
