package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aggressive mode with pre-shared keys between two engines, message by message. */
class AggressiveModeTest {
  static PeerConfig mode(PeerConfig peer, AggressiveMode mode) {
    return peer.withOptions(peer.options().withAggressiveMode(mode));
  }

  static Pair pair(long seed, UnaryOperator<PeerConfig> both) {
    return new Pair(
        seed,
        Site.config(true, p -> mode(both.apply(p), AggressiveMode.INITIATE)),
        Site.config(false, p -> mode(both.apply(p), AggressiveMode.ACCEPT)));
  }

  /** A trace without vendor IDs, which other tests are about. */
  static List<String> bare(List<String> trace) {
    return trace.stream()
        .map(line -> line.replaceAll(", VID[^,\\]]*", "").replaceAll(" in \\d+ fragments", ""))
        .toList();
  }

  private static Pair pair(long seed) {
    return pair(seed, UnaryOperator.identity());
  }

  private static long dropped(Site site, DropReason reason) {
    return site.engine.counters().dropped().get(reason);
  }

  /** Runs until a side has sent something in aggressive mode for the nth time, and returns it. */
  static Site.Datagram nth(Pair pair, int number) {
    List<Site.Datagram> seen = new ArrayList<>();
    pair.lose =
        datagram -> {
          if (isAggressive(datagram)) {
            seen.add(datagram);
          }
          return seen.size() >= number;
        };
    pair.a.initiate(pair.now);
    pair.run(Pair.SECOND);
    pair.lose = datagram -> false;
    return seen.get(number - 1);
  }

  static boolean isAggressive(Site.Datagram datagram) {
    int offset = datagram.from().port() == Endpoint.NAT_TRAVERSAL_PORT ? 4 : 0;
    return datagram.bytes().byteAt(offset + 18) == ExchangeType.AGGRESSIVE;
  }

  static Site.Datagram altered(Site.Datagram datagram, int at, int value) {
    byte[] bytes = datagram.bytes().toArray();
    bytes[at < 0 ? bytes.length + at : at] = (byte) value;
    return new Site.Datagram(datagram.from(), datagram.to(), ByteString.of(bytes));
  }

  @Test
  void threeMessagesAndQuickMode() {
    Pair pair = pair(1);
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertEquals(
        List.of(
            "> aggressive mode 1/3 [SA, KE, NONCE, ID 100.1.1.1]",
            "< aggressive mode 2/3 [SA, KE, NONCE, ID 200.1.1.1, NAT-D, NAT-D, HASH]",
            "> aggressive mode 3/3 [NAT-D, NAT-D, HASH, N INITIAL-CONTACT]",
            "> quick mode 1/3 [HASH, SA, NONCE, ID 100.1.1.1 gre, ID 200.1.1.1 gre]",
            "< informational [HASH, N INITIAL-CONTACT]",
            "< quick mode 2/3 [HASH, SA, NONCE, ID 100.1.1.1 gre, ID 200.1.1.1 gre]",
            "> quick mode 3/3 [HASH]"),
        bare(pair.a.trace()));
    assertTrue(pair.usable());
    assertEquals("QM_IDLE", pair.b.phaseOnes().get(0).state());
    pair.run(200 * Pair.SECOND);
    assertEquals(3, traced(pair.a, "aggressive"), "message 3 is repeated no more");
  }

  private static long traced(Site site, String text) {
    return site.trace().stream().filter(line -> line.contains(text)).count();
  }

  /** It costs what the reasons for its being off say, so nobody gets it without asking. */
  @Test
  void itIsOffUnlessAskedFor() {
    Pair pair =
        new Pair(2, Site.config(true, p -> mode(p, AggressiveMode.INITIATE)), Site.config(false));
    pair.a.initiate(0);
    pair.run(200 * Pair.SECOND);
    assertFalse(pair.usable());
    assertTrue(dropped(pair.b, DropReason.AGGRESSIVE_MODE_OFF) > 0, () -> "" + pair.b.outputs);
    assertTrue(pair.b.trace().isEmpty(), "nothing is answered: no hash of the key to guess at");
    assertTrue(pair.b.phaseOnes().isEmpty());
    assertTrue(pair.a.lastFailure().contains("aggressive mode"), pair.a.lastFailure());
    assertEquals(
        ExchangeName.AGGRESSIVE_MODE,
        pair.a.outputs(IkeOutput.ExchangeFailed.class).get(0).exchange());
  }

  /** Who accepts it begins with main mode himself. */
  @Test
  void whoOnlyAcceptsItBeginsWithMainMode() {
    Pair pair = pair(3);
    pair.b.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(6, traced(pair.b, "main mode"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void anyMessageMayBeLost(int lost) {
    for (boolean everyFirst : new boolean[] {false, lost < 6}) {
      Pair pair = pair(4 + lost);
      int[] count = {0};
      pair.lose = datagram -> everyFirst ? count[0]++ < lost : ++count[0] == lost;
      pair.a.initiate(0);
      pair.run(90 * Pair.SECOND);
      assertTrue(pair.usable(), () -> "lost " + lost + ": " + pair.a.trace());
      assertEquals(1, pair.b.phaseOnes().size());
    }
  }

  @Test
  void messagesMayComeTwice() {
    Pair pair = pair(20);
    pair.duplication = 1;
    pair.a.initiate(0);
    pair.run(5 * Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(1, pair.b.pairs().size());
    assertEquals(1, pair.b.phaseOnes().size());
  }

  /**
   * RFC 2409 section 5: the last message may go in the clear, where nothing covers the notification
   * that anybody may have added.
   */
  @Test
  void theLastMessageIsTakenInTheClearToo() throws Exception {
    for (boolean encrypted : new boolean[] {false, true}) {
      Pair pair = pair(21);
      pair.a.initiate(0);
      pair.run(5 * Pair.SECOND);
      assertEquals(1, pair.b.pairs().size());
      long before = pair.b.outputs(IkeOutput.ChildDeleted.class).size();
      HandInitiator hand = new HandInitiator(Site.secret("cisco"));
      pair.b.sent.clear();
      pair.b.receive(hand.offer(), pair.now);
      Site.Datagram answer = pair.b.sent.get(0);
      assertTrue(hand.answerIsProved(answer));
      pair.b.receive(hand.proof(encrypted, true), pair.now + Pair.SECOND);
      long restarted = pair.b.outputs(IkeOutput.ChildDeleted.class).size() - before;
      assertEquals(encrypted ? 1 : 0, restarted, "INITIAL-CONTACT counts only if encrypted");
      List<IkeSnapshot.IsakmpSaView> left = pair.b.phaseOnes();
      assertEquals(encrypted ? 1 : 2, left.size());
      assertEquals("QM_IDLE", left.get(left.size() - 1).state());
    }
  }

  /** A third message with a wrong HASH, or with none, leaves everything as it is. */
  @Test
  void aForgedProofDoesNotDisturbTheTrueOne() throws Exception {
    Pair pair = pair(29);
    HandInitiator hand = new HandInitiator(Site.secret("cisco"));
    pair.b.receive(hand.offer(), 0);
    assertTrue(hand.answerIsProved(pair.b.sent.get(0)));
    pair.b.receive(altered(hand.proof(false, false), -1, 0x17), 0);
    assertEquals(1, dropped(pair.b, DropReason.BAD_HASH));
    pair.b.receive(altered(hand.proof(false, false), 16, 9), 0);
    pair.b.receive(altered(hand.proof(true, false), -1, 0x17), 0);
    assertEquals("AG_INIT_EXCH", pair.b.phaseOnes().get(0).state());
    pair.b.receive(hand.proof(true, false), 0);
    assertEquals("QM_IDLE", pair.b.phaseOnes().get(0).state());
  }

  @Test
  void anotherKeyIsSeenByTheInitiatorAndNothingIsEstablished() {
    Pair pair =
        new Pair(
            22,
            Site.config(
                true,
                p ->
                    mode(p, AggressiveMode.INITIATE)
                        .withCredentials(new Credential.PreSharedKey(Site.secret("other")))),
            Site.config(false, p -> mode(p, AggressiveMode.ACCEPT)));
    pair.a.initiate(0);
    pair.run(90 * Pair.SECOND);
    assertFalse(pair.usable());
    assertTrue(pair.a.lastFailure().contains(PhaseOne.KEY_DIFFERS), pair.a.lastFailure());
    assertTrue(pair.b.lastFailure().contains("reported"), pair.b.lastFailure());
    assertTrue(dropped(pair.a, DropReason.BAD_HASH) > 0);
    assertTrue(pair.a.phaseOnes().isEmpty() && pair.b.phaseOnes().isEmpty());
    assertEquals(1, traced(pair.a, "> aggressive mode 1/3 [SA"), "one attempt");
    assertEquals(0, traced(pair.a, "3/3"));
  }

  /** Somebody on the path is faster than the peer, once with every byte of his choice. */
  @Test
  void aForgedAnswerDoesNotDisturbTheTrueOne() {
    Pair pair = pair(23);
    Site.Datagram second = nth(pair, 2);
    for (int at : new int[] {8, 15, 100, 140, -1, -20}) {
      pair.a.receive(altered(second, at, second.bytes().byteAt(at < 0 ? 60 : at) ^ 0x55), pair.now);
    }
    assertEquals(0, traced(pair.a, "2/3"));
    pair.a.receive(second, pair.now);
    assertEquals(1, traced(pair.a, "< aggressive mode 2/3"));
    pair.run(20 * Pair.SECOND);
    assertTrue(pair.usable());
  }

  /** CVE-2023-30570: what was refused is forgotten, and an answer opens nothing. */
  @Test
  void cookiesOfARefusedSaAreUnknownAgain() {
    Pair pair =
        new Pair(
            24,
            Site.config(true, p -> mode(p, AggressiveMode.INITIATE)),
            Site.config(
                false,
                p ->
                    mode(
                        HandshakeTest.withProposals(
                            p,
                            List.of(
                                IkeProposal.preShared(
                                    IkeCipher.AES_128_CBC, IkeHash.SHA1, DhGroup.MODP_1024)),
                            p.dpd()),
                        AggressiveMode.ACCEPT)));
    Site.Datagram first = nth(pair, 1);
    pair.b.receive(first, pair.now);
    assertTrue(pair.b.lastFailure().contains("no phase 1 proposal matches"));
    assertTrue(pair.b.phaseOnes().isEmpty());
    long unknown = dropped(pair.b, DropReason.UNKNOWN_COOKIES);
    // A first message with the cookie that was refused, and one with any other.
    ByteString refusal = pair.b.sent.get(0).bytes();
    pair.b.sent.clear();
    byte[] again = first.bytes().toArray();
    System.arraycopy(refusal.toArray(), 8, again, 8, 8);
    pair.b.receive(new Site.Datagram(first.from(), first.to(), ByteString.of(again)), pair.now);
    pair.b.receive(altered(first, 8, 1), pair.now);
    assertEquals(unknown + 2, dropped(pair.b, DropReason.UNKNOWN_COOKIES));
    assertTrue(pair.b.sent.isEmpty() && pair.b.phaseOnes().isEmpty());
  }

  /** RFC 2409 section 5: exchange types are not switched in the middle. */
  @Test
  void aMessageOfMainModeDoesNotContinueIt() {
    Pair pair = pair(25);
    Site.Datagram second = nth(pair, 2);
    pair.a.receive(altered(second, 18, ExchangeType.IDENTITY_PROTECTION), pair.now);
    assertEquals(1, dropped(pair.a, DropReason.UNEXPECTED_MESSAGE));
    assertEquals("AG_NO_STATE", pair.a.phaseOnes().get(0).state());
  }

  /** Its first message fixes the group, so proposals with another one are not offered. */
  @Test
  void onlyProposalsOfOneGroupAreOffered() {
    List<IkeProposal> mixed =
        List.of(
            IkeProposal.preShared(IkeCipher.AES_256_CBC, IkeHash.SHA2_256, DhGroup.ECP_256),
            Site.CISCO,
            IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA1, DhGroup.ECP_256));
    Pair pair = pair(26, p -> HandshakeTest.withProposals(p, mixed, p.dpd()));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    assertTrue(pair.a.trace().get(0).contains("SA of 2 transforms"), pair.a.trace().get(0));
    // A responder that has only the other group says what it wants.
    Pair refused =
        new Pair(
            27,
            Site.config(
                true,
                p -> mode(HandshakeTest.withProposals(p, mixed, p.dpd()), AggressiveMode.INITIATE)),
            Site.config(false, p -> mode(p, AggressiveMode.ACCEPT)));
    refused.a.initiate(0);
    refused.run(Pair.SECOND);
    assertTrue(refused.b.lastFailure().contains("64 bytes"), refused.b.lastFailure());
    assertTrue(refused.b.phaseOnes().isEmpty());
  }

  /** Every first message makes us compute: only so many at a time. */
  @Test
  void fewAnswersAreComputedAtATime() {
    Pair pair = pair(28);
    Site.Datagram first = nth(pair, 1);
    pair.b.holdComputing = true;
    for (int i = 1; i <= 40; i++) {
      pair.b.receive(altered(first, 0, i), pair.now);
    }
    assertEquals(AggressiveModeResponder.MAX_COMPUTING, pair.b.held.size());
    assertEquals(24, dropped(pair.b, DropReason.LIMIT));
    assertEquals(AggressiveModeResponder.MAX_COMPUTING, pair.b.phaseOnes().size());
    // An exchange that has ended keeps its place until its computation is back.
    pair.b.timeout(pair.now + 31 * Pair.SECOND);
    assertTrue(pair.b.phaseOnes().isEmpty());
    pair.b.receive(altered(first, 0, 41), pair.now + 31 * Pair.SECOND);
    assertEquals(25, dropped(pair.b, DropReason.LIMIT));
    pair.b.holdComputing = false;
    for (ComputeTask task : List.copyOf(pair.b.held)) {
      pair.b.engine.handle(task.run(), pair.now + 31 * Pair.SECOND);
    }
    pair.b.receive(altered(first, 0, 42), pair.now + 31 * Pair.SECOND);
    assertEquals(25, dropped(pair.b, DropReason.LIMIT));
    assertEquals(1, pair.b.phaseOnes().size());
  }

  /** A key may be chosen by every kind of name. */
  @Test
  void theIdentityNamesTheKey() {
    List<Identity> names =
        List.of(
            new Identity.Fqdn("branch.example"),
            new Identity.UserFqdn("branch@example.com"),
            new Identity.KeyId(ByteString.ofHex("00ff17")),
            new Identity.Ipv4(Site.A));
    List<PeerConfig> templates = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      templates.add(spokeAtHub("t" + i, names.get(i), "key " + i));
    }
    for (int i = 0; i < names.size(); i++) {
      Identity name = names.get(i);
      String key = "key " + i;
      Pair pair =
          new Pair(
              30 + i,
              Site.config(
                  true,
                  p ->
                      mode(p, AggressiveMode.INITIATE)
                          .withIdentities(name, null)
                          .withCredentials(new Credential.PreSharedKey(Site.secret(key)))),
              IkeConfig.of(templates));
      pair.a.initiate(0);
      pair.run(5 * Pair.SECOND);
      assertTrue(pair.usable(), () -> name + ": " + pair.a.lastFailure() + pair.b.lastFailure());
      assertTrue(pair.b.phaseOnes().get(0).peer().startsWith("t" + i), "" + name);
    }
    // A name that nobody has, and one with the key of another.
    Pair nobody =
        new Pair(
            40,
            Site.config(
                true,
                p ->
                    mode(p, AggressiveMode.INITIATE)
                        .withIdentities(new Identity.Fqdn("nobody.example"), null)),
            IkeConfig.of(templates));
    nobody.a.initiate(0);
    nobody.run(60 * Pair.SECOND);
    assertTrue(dropped(nobody.b, DropReason.WRONG_IDENTITY) > 0);
    assertTrue(nobody.b.trace().isEmpty());
    Pair stolen =
        new Pair(
            41,
            Site.config(
                true,
                p ->
                    mode(p, AggressiveMode.INITIATE)
                        .withIdentities(names.get(0), null)
                        .withCredentials(new Credential.PreSharedKey(Site.secret("key 1")))),
            IkeConfig.of(templates));
    stolen.a.initiate(0);
    stolen.run(60 * Pair.SECOND);
    assertFalse(stolen.usable());
    assertTrue(stolen.a.lastFailure().contains(PhaseOne.KEY_DIFFERS));
  }

  /** A template for a peer at any address, which its identity tells from others. */
  static PeerConfig spokeAtHub(String name, Identity identity, String key) {
    PeerConfig any =
        PeerConfig.template(
            name,
            Site.B,
            Ipv4Prefix.parse("0.0.0.0/0"),
            Site.secret("none"),
            List.of(Site.CISCO),
            DpdConfig.onDemand(30),
            List.of(TemplatePeersTest.gre()));
    return mode(any, AggressiveMode.ACCEPT)
        .withIdentities(any.localIdentity(), identity)
        .withCredentials(new Credential.PreSharedKey(Site.secret(key)));
  }
}
