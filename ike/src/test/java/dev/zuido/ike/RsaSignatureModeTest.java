package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RSA signatures between two engines, in main mode and in aggressive mode. */
class RsaSignatureModeTest {
  /** The one side or the other has the certificate that a test is about. */
  private static Pair pair(
      long seed,
      AggressiveMode mode,
      UnaryOperator<PeerConfig> changeA,
      UnaryOperator<PeerConfig> changeB) {
    return new Pair(
        seed,
        Site.config(
            true,
            p -> AggressiveModeTest.mode(changeA.apply(TestCertificates.signed(p, true)), mode)),
        Site.config(
            false,
            p -> AggressiveModeTest.mode(changeB.apply(TestCertificates.signed(p, false)), mode)));
  }

  private static Pair pair(long seed, AggressiveMode mode) {
    return pair(seed, mode, UnaryOperator.identity(), UnaryOperator.identity());
  }

  private static long dropped(Site site, DropReason reason) {
    return site.engine.counters().dropped().get(reason);
  }

  @Test
  void mainMode() {
    Pair pair = pair(1, AggressiveMode.OFF);
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertEquals(
        List.of(
            "> main mode 1/6 [SA]",
            "< main mode 2/6 [SA]",
            "> main mode 3/6 [KE, NONCE, CR, NAT-D, NAT-D]",
            "< main mode 4/6 [KE, NONCE, CR, NAT-D, NAT-D]",
            "> main mode 5/6 [ID 100.1.1.1, CERT, CERT, SIG, N INITIAL-CONTACT]",
            "< main mode 6/6 [ID 200.1.1.1, CERT, SIG, N INITIAL-CONTACT]"),
        AggressiveModeTest.bare(pair.a.trace()).subList(0, 6));
    assertTrue(pair.usable());
    assertTrue(pair.a.phaseOnes().get(0).proposal().contains("RSA_SIGNATURES"));
  }

  @Test
  void aggressiveMode() {
    Pair pair = pair(2, AggressiveMode.INITIATE);
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertEquals(
        List.of(
            "> aggressive mode 1/3 [SA, KE, NONCE, ID 100.1.1.1, CR]",
            "< aggressive mode 2/3 [SA, KE, NONCE, ID 200.1.1.1, CR, NAT-D, NAT-D, CERT, SIG]",
            "> aggressive mode 3/3 [CERT, CERT, NAT-D, NAT-D, SIG, N INITIAL-CONTACT]"),
        AggressiveModeTest.bare(pair.a.trace()).subList(0, 3));
    assertTrue(pair.usable());
  }

  @ParameterizedTest
  @EnumSource(
      value = AggressiveMode.class,
      names = {"OFF", "INITIATE"})
  void anyMessageMayBeLostAndAllMayComeTwice(AggressiveMode mode) {
    for (int lost = 0; lost <= 8; lost++) {
      Pair pair = pair(10 + lost, mode);
      int number = lost;
      int[] count = {0};
      pair.lose = datagram -> ++count[0] == number;
      pair.duplication = lost == 0 ? 1 : 0;
      pair.a.initiate(0);
      pair.run(60 * Pair.SECOND);
      assertTrue(pair.usable(), () -> "lost " + number + ": " + pair.a.trace());
      assertEquals(1, pair.b.phaseOnes().size());
    }
  }

  /** What is wrong with site B's certificate, and in what words. */
  static Stream<Arguments> untrusted() {
    return Stream.of(AggressiveMode.OFF, AggressiveMode.INITIATE)
        .flatMap(
            mode ->
                Stream.of(
                    Arguments.of(mode, "b-expired", "valid from 2001"),
                    Arguments.of(mode, "b-foreign", "no path leads from it"),
                    Arguments.of(mode, "b-unsigning", "not for signatures")));
  }

  @ParameterizedTest
  @MethodSource("untrusted")
  void aCertificateThatIsNotGoodProvesNothing(
      AggressiveMode mode, String certificate, String words) {
    for (boolean fromB : new boolean[] {false, true}) {
      Pair pair =
          pair(
              30,
              mode,
              UnaryOperator.identity(),
              p -> p.withCredentials(TestCertificates.siteB(certificate, "b")));
      (fromB ? pair.b : pair.a).initiate(0);
      pair.run(40 * Pair.SECOND);
      assertFalse(pair.usable());
      assertTrue(dropped(pair.a, DropReason.BAD_CERTIFICATE) > 0, "" + pair.a.outputs);
      assertTrue(
          pair.a.outputs(IkeOutput.Notice.class).stream()
              .anyMatch(notice -> notice.text().contains(words)),
          () -> "" + pair.a.outputs(IkeOutput.Notice.class));
      pair.run(200 * Pair.SECOND);
      assertTrue(pair.a.lastFailure().contains(words), pair.a.lastFailure());
      assertEquals(1, verified(pair.a), "a copy of what proved nothing is not verified again");
      assertTrue(pair.a.phaseOnes().isEmpty(), () -> "" + pair.a.phaseOnes());
    }
  }

  private static long verified(Site site) {
    return site.outputs(IkeOutput.Compute.class).stream()
        .filter(each -> each.task().description().contains("certificates of a peer"))
        .count();
  }

  /** The name that site B uses is not one that its certificate has. */
  @ParameterizedTest
  @EnumSource(
      value = AggressiveMode.class,
      names = {"OFF", "INITIATE"})
  void aCertificateOfAnotherNameProvesNothing(AggressiveMode mode) {
    Identity other = new Identity.Fqdn("b.example");
    Pair pair =
        pair(31, mode, UnaryOperator.identity(), p -> p.withIdentities(other, p.remoteIdentity()));
    pair.a.initiate(0);
    pair.run(40 * Pair.SECOND);
    assertFalse(pair.usable());
    // The certificate is good for b.example, but that is not the peer that was meant.
    assertTrue(pair.a.lastFailure().contains("b.example"), pair.a.lastFailure());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TestCertificates.signed(Site.peer(false), false)
                .withIdentities(new Identity.Fqdn("a.example"), null));
  }

  @Test
  void everyKindOfNameIsLookedForInTheCertificate() {
    ByteString subject =
        ByteString.of(TestCertificates.certificate("b").getSubjectX500Principal().getEncoded());
    List<Identity> names =
        List.of(
            new Identity.Ipv4(Site.B),
            new Identity.Fqdn("B.example"),
            new Identity.UserFqdn("Admin@B.EXAMPLE"),
            new Identity.DistinguishedName(subject));
    for (Identity name : names) {
      Pair pair =
          pair(
              32,
              AggressiveMode.OFF,
              p -> p.withIdentities(p.localIdentity(), name),
              p -> p.withIdentities(name, p.remoteIdentity()));
      pair.a.initiate(0);
      pair.run(5 * Pair.SECOND);
      assertTrue(pair.usable(), () -> name + pair.a.lastFailure());
    }
    byte[] longer = new byte[subject.length() + 1];
    System.arraycopy(subject.toArray(), 0, longer, 0, subject.length());
    for (Identity wrong :
        List.of(
            new Identity.Ipv4(Ipv4Address.of(200, 1, 1, 2)),
            new Identity.Fqdn("example"),
            new Identity.Fqdn("b.example."),
            new Identity.UserFqdn("admin@b.example"),
            new Identity.UserFqdn("b.example"),
            new Identity.DistinguishedName(ByteString.of(longer)),
            new Identity.DistinguishedName(ByteString.EMPTY),
            new Identity.DistinguishedName(ByteString.ofHex("3000")),
            new Identity.KeyId(ByteString.ofHex("01")))) {
      assertFalse(CertificateIdentity.names(TestCertificates.certificate("b"), wrong), "" + wrong);
    }
    // A common name is no name.
    assertFalse(
        CertificateIdentity.names(
            TestCertificates.certificate("b-nameless"), new Identity.Ipv4(Site.B)));
  }

  @Test
  void revocationListsAreObeyed() {
    for (boolean revoked : new boolean[] {false, true}) {
      Pair pair =
          pair(
              33,
              AggressiveMode.OFF,
              p -> p.withCredentials(withLists(revoked ? "root-crl-b-revoked" : "root-crl")),
              UnaryOperator.identity());
      pair.a.initiate(0);
      pair.run(5 * Pair.SECOND);
      assertEquals(!revoked, pair.usable());
      assertEquals(revoked ? 1 : 0, dropped(pair.a, DropReason.BAD_CERTIFICATE));
    }
  }

  private static Credential withLists(String list) {
    Credential.RsaKey a = TestCertificates.siteA();
    return new Credential.RsaKey(
        a.privateKey(),
        a.chain(),
        a.trust().withRevocationLists(List.of(TestCertificates.revocations(list))));
  }

  /** Without the certificate of the authority between them there is no path. */
  @Test
  void whatIsKnownNeedNotBeSent() {
    Credential.RsaKey a = TestCertificates.siteA();
    Credential alone = new Credential.RsaKey(a.privateKey(), List.of(a.certificate()), a.trust());
    for (boolean known : new boolean[] {false, true}) {
      Credential.RsaKey b = TestCertificates.siteB();
      Credential knowing =
          new Credential.RsaKey(
              b.privateKey(),
              b.chain(),
              b.trust().withKnown(List.of(TestCertificates.certificate("middle"))));
      Pair pair =
          pair(
              34,
              AggressiveMode.OFF,
              p -> p.withCredentials(alone),
              p -> p.withCredentials(known ? knowing : b));
      pair.a.initiate(0);
      pair.run(5 * Pair.SECOND);
      assertEquals(known, pair.usable());
    }
  }

  /** A template with certificates takes whom they name; its peers are told apart by that. */
  @Test
  void aTemplatesPeerIsWhoItsCertificateSays() {
    Identity name = new Identity.Fqdn("a.example");
    PeerConfig hub =
        AggressiveModeTest.mode(
            TestCertificates.signed(
                TemplatePeersTest.template(TemplatePeersTest.gre()), TestCertificates.siteB()),
            AggressiveMode.ACCEPT);
    for (AggressiveMode mode : List.of(AggressiveMode.OFF, AggressiveMode.INITIATE)) {
      Pair pair =
          new Pair(
              35,
              Site.config(
                  true,
                  p ->
                      AggressiveModeTest.mode(
                          TestCertificates.signed(p, true).withIdentities(name, p.remoteIdentity()),
                          mode)),
              IkeConfig.of(List.of(hub)));
      pair.a.initiate(0);
      pair.run(5 * Pair.SECOND);
      assertTrue(pair.usable(), pair.b.lastFailure());
      assertEquals("any@100.1.1.1", pair.b.phaseOnes().get(0).peer());
    }
  }

  /** A certificate is for one peer, in whatever case it writes its name. */
  @Test
  void aPeerDoesNotBecomeSeveralByTheCaseOfItsName() {
    PeerConfig hub =
        TestCertificates.signed(
            TemplatePeersTest.template(TemplatePeersTest.gre()), TestCertificates.siteB());
    UnaryOperator<PeerConfig> spoke = p -> TestCertificates.signed(p, true);
    Pair first =
        new Pair(
            37,
            Site.config(true, p -> named(spoke.apply(p), "a.example")),
            IkeConfig.of(List.of(hub)));
    first.a.initiate(0);
    first.run(5 * Pair.SECOND);
    assertTrue(first.usable(), first.b.lastFailure());
    Pair restarted =
        new Pair(
            38, Site.config(true, p -> named(spoke.apply(p), "A.Example")), Site.config(false));
    Pair again = new Pair(39, first, restarted);
    again.a.initiate(again.now);
    again.run(5 * Pair.SECOND);
    assertTrue(again.usable(), again.b.lastFailure());
    assertEquals(1, again.b.phaseOnes().size());
    assertEquals("any@100.1.1.1", again.b.phaseOnes().get(0).peer());
    assertEquals(1, again.b.pairs().size(), "the restarted peer's old pair is gone");
  }

  private static PeerConfig named(PeerConfig peer, String name) {
    return peer.withIdentities(new Identity.Fqdn(name), peer.remoteIdentity());
  }

  /** In main mode the identity comes late, and still chooses between templates. */
  @Test
  void theIdentityChoosesTheTemplateInMainModeToo() {
    PeerConfig first =
        AggressiveModeTest.spokeAtHub("first", new Identity.Fqdn("c.example"), "cisco");
    PeerConfig second =
        AggressiveModeTest.spokeAtHub("second", new Identity.Fqdn("a.example"), "cisco");
    PeerConfig otherKey =
        AggressiveModeTest.spokeAtHub("other", new Identity.Fqdn("d.example"), "other");
    IkeConfig hub = IkeConfig.of(List.of(first, second, otherKey));
    for (String name : List.of("a.example", "c.example", "d.example")) {
      Pair pair =
          new Pair(
              36, Site.config(true, p -> p.withIdentities(new Identity.Fqdn(name), null)), hub);
      pair.a.initiate(0);
      pair.run(5 * Pair.SECOND);
      if (name.startsWith("d")) {
        assertFalse(pair.usable(), "the main mode began with another key");
        assertTrue(pair.b.lastFailure().contains("d.example"), pair.b.lastFailure());
      } else {
        assertTrue(pair.usable(), pair.b.lastFailure());
        String expected = name.startsWith("a") ? "second" : "first";
        assertTrue(pair.b.phaseOnes().get(0).peer().startsWith(expected));
      }
    }
  }

  /** Both methods may be configured; the initiator's order decides as with all proposals. */
  @Test
  void bothMethodsMayBeOffered() {
    IkeProposal preShared =
        IkeProposal.preShared(IkeCipher.AES_256_CBC, IkeHash.SHA2_256, DhGroup.MODP_1024);
    UnaryOperator<PeerConfig> both =
        p ->
            p.with(
                p.localIdentity(),
                null,
                List.of(p.credentials().get(0), new Credential.PreSharedKey(Site.secret("cisco"))),
                List.of(preShared, TestCertificates.SIGNED));
    Pair pair = pair(37, AggressiveMode.OFF, both, both);
    pair.a.initiate(0);
    pair.run(5 * Pair.SECOND);
    assertTrue(pair.usable());
    assertTrue(pair.a.phaseOnes().get(0).proposal().contains("PRE_SHARED_KEY"));
    Pair other = pair(38, AggressiveMode.OFF, both, UnaryOperator.identity());
    other.a.initiate(0);
    other.run(5 * Pair.SECOND);
    assertTrue(other.usable());
  }

  @Test
  void aProposalNeedsItsCredential() {
    PeerConfig peer = Site.peer(true);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            peer.with(
                peer.localIdentity(), null, peer.credentials(), List.of(TestCertificates.SIGNED)));
    assertThrows(
        IllegalArgumentException.class,
        () -> peer.withCredentials(peer.credentials().get(0), peer.credentials().get(0)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Credential.RsaKey(
                TestCertificates.privateKey("a"),
                List.of(TestCertificates.certificate("b")),
                TestCertificates.trust()));
    assertThrows(
        IllegalStateException.class,
        () -> TestCertificates.signed(Site.peer(true), true).preSharedKey());
  }
}
