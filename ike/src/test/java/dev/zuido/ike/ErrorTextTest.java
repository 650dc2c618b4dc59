package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each way in which two engines fail to agree, and the words by which either side's person finds
 * the cause: what differs, what both sides have, and what to check.
 */
class ErrorTextTest {
  /**
   * One row.
   *
   * @param name what is wrong
   * @param a how A's configuration differs from the usual one
   * @param b how B's differs
   * @param lost the datagrams that are lost
   * @param atA words that A has to say
   * @param atB words that B has to say
   */
  private record Row(
      String name,
      UnaryOperator<PeerConfig> a,
      UnaryOperator<PeerConfig> b,
      Lost lost,
      List<String> atA,
      List<String> atB) {}

  /** Whether a datagram is lost. */
  private interface Lost {
    boolean is(Site.Datagram datagram, int number);
  }

  private static final Lost NOTHING = (datagram, number) -> false;
  private static final UnaryOperator<PeerConfig> USUAL = p -> p;

  private static Row row(
      String name,
      UnaryOperator<PeerConfig> a,
      UnaryOperator<PeerConfig> b,
      List<String> atA,
      List<String> atB) {
    return new Row(name, a, b, NOTHING, atA, atB);
  }

  private static UnaryOperator<PeerConfig> phaseOne(IkeCipher cipher, IkeHash hash, DhGroup group) {
    return p ->
        HandshakeTest.withProposals(
            p, List.of(IkeProposal.preShared(cipher, hash, group)), p.dpd());
  }

  private static final List<String> OFFERED_AT_A =
      List.of(
          "the peer reported NO-PROPOSAL-CHOSEN (nothing authenticates this)",
          "configured here is [TRIPLE_DES_CBC/MD5/PRE_SHARED_KEY/MODP_1024/86400 s]");

  private static List<String> differ(String attribute, String configured) {
    return List.of(
        "the peer offered [3DES-CBC MD5 group 2 pre-shared key seconds lifetime 86400]",
        configured,
        "differ in " + attribute + ": make it the same on both sides");
  }

  private static Stream<Row> phaseOneProposals() {
    return Stream.of(
        row(
            "another cipher",
            USUAL,
            phaseOne(IkeCipher.DES_CBC, IkeHash.MD5, DhGroup.MODP_1024),
            OFFERED_AT_A,
            differ("Encryption Algorithm", "DES_CBC/MD5/PRE_SHARED_KEY/MODP_1024/86400 s")),
        row(
            "another hash",
            USUAL,
            phaseOne(IkeCipher.TRIPLE_DES_CBC, IkeHash.SHA1, DhGroup.MODP_1024),
            OFFERED_AT_A,
            differ("Hash Algorithm", "TRIPLE_DES_CBC/SHA1/PRE_SHARED_KEY/MODP_1024")),
        row(
            "another group",
            USUAL,
            phaseOne(IkeCipher.TRIPLE_DES_CBC, IkeHash.MD5, DhGroup.MODP_2048),
            OFFERED_AT_A,
            differ("Group Description", "TRIPLE_DES_CBC/MD5/PRE_SHARED_KEY/MODP_2048")),
        row(
            "another key length",
            phaseOne(IkeCipher.AES_128_CBC, IkeHash.SHA1, DhGroup.MODP_1024),
            phaseOne(IkeCipher.AES_256_CBC, IkeHash.SHA1, DhGroup.MODP_1024),
            List.of("NO-PROPOSAL-CHOSEN", "AES_128_CBC/SHA1"),
            List.of("128 bits", "AES_256_CBC/SHA1", "differ in Key Length")),
        row(
            "another authentication",
            USUAL,
            p -> TestCertificates.signed(p, false),
            List.of("NO-PROPOSAL-CHOSEN", "PRE_SHARED_KEY"),
            List.of(
                "pre-shared key", "RSA_SIGNATURES", "Authentication Method: make it the same")));
  }

  private static Stream<Row> authentication() {
    UnaryOperator<PeerConfig> otherKey =
        p -> p.withCredentials(new Credential.PreSharedKey(Site.secret("kisco")));
    return Stream.of(
        row(
            "another pre-shared key",
            USUAL,
            otherKey,
            List.of(
                "the peer reported AUTHENTICATION-FAILED (nothing authenticates this)",
                "the pre-shared key probably differs from the peer's"),
            List.of(
                "the fifth message of main mode cannot be read",
                "the pre-shared key probably differs from the peer's")),
        row(
            "another pre-shared key in aggressive mode",
            p -> AggressiveModeTest.mode(p, AggressiveMode.INITIATE),
            p -> AggressiveModeTest.mode(otherKey.apply(p), AggressiveMode.ACCEPT),
            List.of("wrong HASH", "the pre-shared key probably differs from the peer's"),
            List.of(
                "the peer reported AUTHENTICATION-FAILED",
                "the pre-shared key probably differs from the peer's")),
        row(
            "aggressive mode off at the peer",
            p -> AggressiveModeTest.mode(p, AggressiveMode.INITIATE),
            USUAL,
            List.of("the peer does not answer aggressive mode", "aggressive mode"),
            List.of("weak pre-shared key")),
        row(
            "an identity that the responder does not expect",
            p -> p.withIdentities(new Identity.Fqdn("a.example"), null),
            USUAL,
            List.of("INVALID-ID-INFORMATION", "it expects another identity than ours, a.example"),
            List.of(
                "the peer says that it is a.example, expected is 100.1.1.1",
                "correct the configured identity of the peer or the peer's own")),
        row(
            "an identity that the initiator does not expect",
            p -> p.withIdentities(p.localIdentity(), new Identity.Fqdn("b.example")),
            USUAL,
            List.of(
                "the peer says that it is 200.1.1.1, expected is b.example",
                "correct the configured identity of the peer or the peer's own"),
            List.of("INVALID-ID-INFORMATION", "another identity than ours, 200.1.1.1")));
  }

  private static Row certificate(String what, String certificate, String words) {
    return row(
        what,
        p -> TestCertificates.signed(p, true),
        p ->
            TestCertificates.signed(p, false)
                .withCredentials(TestCertificates.siteB(certificate, "b")),
        List.of(words),
        List.of());
  }

  private static Stream<Row> certificates() {
    return Stream.of(
        certificate("a certificate that is too old", "b-expired", "it is valid from 2001"),
        certificate("a certificate of another authority", "b-foreign", "is not good: "),
        certificate("a certificate not for signatures", "b-unsigning", "is not for signatures"),
        row(
            "a certificate that does not name the expected peer",
            p ->
                TestCertificates.signed(p, true)
                    .withIdentities(p.localIdentity(), new Identity.Fqdn("c.example")),
            p -> TestCertificates.signed(p, false),
            List.of("the peer says that it is 200.1.1.1, expected is c.example"),
            List.of()));
  }

  private static UnaryOperator<PeerConfig> child(UnaryOperator<ChildConfig> change) {
    return p -> HandshakeTest.withChild(p, change.apply(p.children().get(0)));
  }

  private static UnaryOperator<PeerConfig> suite(EspProposal suite) {
    return child(c -> ChildConfig.of(c.name(), c.local(), c.remote(), c.mode(), List.of(suite)));
  }

  private static List<String> refusedAtA(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "the peer refused with NO-PROPOSAL-CHOSEN",
                "we offered [TRIPLE_DES_CBC/HMAC_MD5_96] in TRANSPORT mode with"));
    words.addAll(List.of(more));
    return words;
  }

  private static Stream<Row> phaseTwo() {
    EspProposal sha1 = new EspProposal(EspEncryption.TRIPLE_DES_CBC, 0, EspIntegrity.HMAC_SHA1_96);
    EspProposal aes = new EspProposal(EspEncryption.AES_CBC, 256, EspIntegrity.HMAC_MD5_96);
    EspProposal aes128 = new EspProposal(EspEncryption.AES_CBC, 128, EspIntegrity.HMAC_MD5_96);
    return Stream.of(
        row(
            "another cipher of ESP",
            USUAL,
            suite(aes),
            refusedAtA(),
            List.of("ESP_3DES", "AES_CBC-256/HMAC_MD5_96", "no cipher is common")),
        row(
            "another integrity of ESP",
            USUAL,
            suite(sha1),
            refusedAtA(),
            List.of("HMAC-MD5", "HMAC_SHA1_96", "the difference is in Authentication Algorithm")),
        row(
            "another key length of ESP",
            suite(aes128),
            suite(aes),
            List.of("NO-PROPOSAL-CHOSEN", "AES_CBC-128"),
            List.of("the difference is in Key Length", "128 bits", "256 bits")),
        row(
            "PFS at the peer alone",
            USUAL,
            p -> HandshakeTest.withPfs(p, DhGroup.MODP_1024, Site.TRIPLE_DES_MD5),
            refusedAtA("no PFS"),
            List.of("PFS MODP_1024", "the difference is in Group Description")),
        row(
            "another mode",
            USUAL,
            child(
                c ->
                    ChildConfig.of(
                        c.name(), c.local(), c.remote(), EncapsulationMode.TUNNEL, c.proposals())),
            refusedAtA(),
            List.of("Transport", "TUNNEL mode", "the difference is in Encapsulation Mode")),
        row(
            "a lifetime that has to be the same",
            USUAL,
            p ->
                child(
                        c ->
                            new ChildConfig(
                                c.name(),
                                c.local(),
                                c.remote(),
                                c.mode(),
                                c.proposals(),
                                null,
                                1_800,
                                c.lifetimeKilobytes()))
                    .apply(p)
                    .withOptions(p.options().withLifetimes(LifetimePolicy.EXACT)),
            refusedAtA(),
            List.of("SA Life Duration", "3600", "1800")),
        row(
            "access lists that are no mirror images",
            USUAL,
            child(
                c ->
                    ChildConfig.of(
                        c.name(),
                        c.local(),
                        TrafficSelector.host(Ipv4Address.of(9, 9, 9, 9), IpProtocol.GRE),
                        c.mode(),
                        c.proposals())),
            List.of(
                "INVALID-ID-INFORMATION",
                "we asked for 100.1.1.1 gre to 200.1.1.1 gre",
                "the mirror image"),
            List.of(
                "the peer wants to protect 100.1.1.1 gre to 200.1.1.1 gre",
                "mirrors none of the configured selectors: 200.1.1.1 gre to 9.9.9.9 gre")));
  }

  /** Datagrams of one side from the nth on, the first being 1. */
  private static Lost from(boolean a, int first) {
    int[] seen = new int[1];
    return (datagram, number) ->
        datagram.from().address().equals(a ? Site.A : Site.B) && ++seen[0] >= first;
  }

  private static Stream<Row> silence() {
    return Stream.of(
        new Row(
            "a peer that is not there",
            USUAL,
            USUAL,
            (datagram, number) -> true,
            List.of(
                "the peer does not answer: is it reachable",
                "UDP port 500",
                "configured for our address 100.1.1.1"),
            List.of()),
        new Row(
            "nothing after the proposal",
            USUAL,
            USUAL,
            from(true, 2),
            List.of("stopped answering after the proposal", "longer", "Its log"),
            List.of(
                "the peer at 100.1.1.1:500 has begun main mode and not gone on within 30 s",
                "do our answers reach it?")),
        new Row(
            "nothing after the keys",
            USUAL,
            USUAL,
            from(true, 3),
            List.of("stopped answering after the keys", "the pre-shared key probably differs"),
            List.of("has begun main mode and not gone on")),
        new Row(
            "port 4500 closed behind a translator",
            p -> p.withNatTraversal(new NatTraversal(true, true, 20)),
            USUAL,
            (datagram, number) -> datagram.to().port() == 4500,
            List.of("UDP port 4500 does not pass"),
            List.of("UDP port 4500, has not come: does that port pass?")),
        new Row(
            "no answer to quick mode",
            USUAL,
            USUAL,
            from(false, 4),
            List.of("the peer does not answer quick mode", "100.1.1.1 gre to 200.1.1.1 gre"),
            List.of("the peer did not confirm the quick mode: does our answer reach it")));
  }

  @TestFactory
  Stream<DynamicTest> bothSidesSayWhatToDo() {
    return Stream.of(phaseOneProposals(), authentication(), certificates(), phaseTwo(), silence())
        .flatMap(rows -> rows)
        .map(row -> DynamicTest.dynamicTest(row.name, () -> check(row)));
  }

  private static void check(Row row) {
    Pair pair = new Pair(7, Site.config(true, row.a), Site.config(false, row.b));
    int[] number = new int[1];
    pair.lose = datagram -> row.lost.is(datagram, ++number[0]);
    pair.a.initiate(0);
    pair.run(400 * Pair.SECOND);
    assertSays(pair.a, row.atA);
    assertSays(pair.b, row.atB);
  }

  private static void assertSays(Site site, List<String> words) {
    List<String> said = new ArrayList<>();
    for (IkeOutput output : site.outputs) {
      if (output instanceof IkeOutput.ExchangeFailed failed) {
        said.add(failed.reason());
      } else if (output instanceof IkeOutput.Notice notice) {
        said.add(notice.text());
      } else if (output instanceof IkeOutput.Dropped dropped) {
        said.add(dropped.reason().text() + ": " + dropped.detail());
      }
    }
    for (String word : words) {
      assertTrue(
          said.stream().anyMatch(text -> text.contains(word)),
          () -> "'" + word + "' is not in:\n" + String.join("\n", said));
    }
    for (String text : said) {
      assertTrue(text.length() < 2_000 && text.chars().allMatch(c -> c >= ' ' && c < 0x7f), text);
    }
  }
}
