package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.ike.message.ExchangeType;
import dev.zuido.ike.message.Fragment;
import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KnownVendor;
import dev.zuido.ike.message.Payload;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.ike.message.PayloadType;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages in fragments between two engines, as Cisco cuts them. */
class FragmentationTest {
  static final int PACKET = 576;
  private static final int NEXT_PAYLOAD = 16;
  private static final int IP_AND_UDP = 28;
  private static final int MARKER = 4;

  static final FragmentLimits LIMITS = new FragmentLimits(PACKET, 16, 4_096, 30, 4, 8, 16_384);

  /** Sixteen suites and a group for PFS: the first message of quick mode has three fragments. */
  private static PeerConfig manySuites(PeerConfig peer) {
    List<EspProposal> suites = new ArrayList<>();
    for (int bits : new int[] {128, 192, 256}) {
      for (EspIntegrity integrity : EspIntegrity.values()) {
        if (integrity != EspIntegrity.NONE && suites.size() < ChildConfig.MAX_PROPOSALS) {
          suites.add(new EspProposal(EspEncryption.AES_CBC, bits, integrity));
        }
      }
    }
    ChildConfig child = peer.children().get(0);
    IkeProposal fast =
        IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA2_256, DhGroup.CURVE_25519);
    return HandshakeTest.withProposals(
        HandshakeTest.withChild(
            peer,
            new ChildConfig(
                child.name(),
                child.local(),
                child.remote(),
                child.mode(),
                suites,
                DhGroup.MODP_2048,
                ChildConfig.DEFAULT_LIFETIME_SECONDS,
                ChildConfig.DEFAULT_LIFETIME_KILOBYTES)),
        List.of(fast),
        DpdConfig.OFF);
  }

  static IkeConfig config(boolean atA, UnaryOperator<PeerConfig> change) {
    return new IkeConfig(
        List.of(change.apply(manySuites(Site.peer(atA)))),
        RetransmissionPolicy.DEFAULT,
        IkeLimits.DEFAULT.withFragments(LIMITS));
  }

  private static UnaryOperator<PeerConfig> with(Fragmentation fragmentation) {
    return peer -> peer.withOptions(peer.options().withFragmentation(fragmentation));
  }

  static Pair pair(long seed) {
    return new Pair(
        seed, config(true, UnaryOperator.identity()), config(false, UnaryOperator.identity()));
  }

  static Pair established(long seed) {
    Pair pair = pair(seed);
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    return pair;
  }

  static boolean isFragment(Site.Datagram datagram) {
    return datagram.bytes().toArray()[NEXT_PAYLOAD] == (byte) PayloadType.CISCO_FRAGMENT;
  }

  static long dropped(Site site, DropReason reason) {
    return site.engine.counters().dropped().get(reason);
  }

  /** The fragments of a quick mode that A begins, which nobody has carried yet. */
  static List<Site.Datagram> quickModeInFragments(Pair pair) {
    long id = pair.a.pairs().get(0).inboundSaId();
    pair.a.command(new IkeCommand.LifetimeExceeded(id, false), pair.now);
    List<Site.Datagram> fragments = List.copyOf(pair.a.sent);
    pair.a.sent.clear();
    assertEquals(3, fragments.size());
    assertTrue(fragments.stream().allMatch(FragmentationTest::isFragment));
    return fragments;
  }

  /** A fragment like another one, with other contents. */
  static Site.Datagram forged(Site.Datagram like, Payload... payloads) {
    ByteBuf in = Unpooled.wrappedBuffer(like.bytes().toArray());
    try {
      IsakmpMessage message = IsakmpMessage.decode(in);
      ByteBuf out = Unpooled.buffer();
      IsakmpMessage.of(
              message.header().initiatorCookie(),
              message.header().responderCookie(),
              message.header().exchangeType(),
              0,
              message.header().messageId(),
              PayloadChain.of(payloads))
          .encode(out);
      return new Site.Datagram(like.from(), like.to(), ByteString.read(out, out.readableBytes()));
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  static Fragment fragmentOf(Site.Datagram datagram) {
    try {
      return IsakmpMessage.decode(Unpooled.wrappedBuffer(datagram.bytes().toArray()))
          .payload(Fragment.class)
          .orElseThrow();
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  static ByteString bytes(int length) {
    return ByteString.of(new byte[length]);
  }

  /** Nothing is kept of any message. */
  static void assertNothingKept(Site site) {
    assertEquals(0, site.engine.context().fragments.size());
    assertEquals(0, site.engine.context().fragments.bytes());
  }

  @Test
  void longMessagesAreCutAndPutTogether() {
    Pair pair = pair(1);
    List<Site.Datagram> carried = new ArrayList<>();
    pair.lose =
        datagram -> {
          carried.add(datagram);
          return false;
        };
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(3, carried.stream().filter(FragmentationTest::isFragment).count());
    assertTrue(carried.stream().allMatch(each -> each.bytes().length() <= PACKET - IP_AND_UDP));
    assertTrue(
        pair.a.trace().stream()
            .anyMatch(line -> line.matches("> quick mode 1/3 .* in 3 fragments")),
        () -> "" + pair.a.trace());
    assertTrue(
        pair.b.trace().stream()
            .anyMatch(line -> line.matches("< quick mode 1/3 .* in 3 fragments")),
        () -> "" + pair.b.trace());
    assertEquals(1, pair.b.trace().stream().filter(line -> line.contains("fragments")).count());
    assertEquals(3, pair.b.engine.counters().fragments());
    assertEquals(1, pair.b.engine.counters().reassembled());
    assertNothingKept(pair.b);
    // The other direction.
    long id = pair.b.pairs().get(0).inboundSaId();
    pair.b.command(new IkeCommand.LifetimeExceeded(id, false), pair.now);
    pair.run(5 * Pair.SECOND);
    assertEquals(2, pair.a.pairs().size());
    assertEquals(1, pair.a.engine.counters().reassembled());
  }

  /** What strongSwan takes: the header of phase 1, not encrypted; what libreswan takes: 16. */
  @Test
  void aFragmentHasThePlainHeaderOfPhaseOne() throws Exception {
    Pair pair = established(2);
    List<Site.Datagram> fragments = quickModeInFragments(pair);
    IkeSnapshot.IsakmpSaView sa = pair.a.phaseOnes().get(0);
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < fragments.size(); i++) {
      byte[] bytes = fragments.get(i).bytes().toArray();
      IsakmpMessage message = IsakmpMessage.decode(Unpooled.wrappedBuffer(bytes));
      assertEquals(sa.initiatorCookie(), message.header().initiatorCookie());
      assertEquals(sa.responderCookie(), message.header().responderCookie());
      assertEquals(ExchangeType.IDENTITY_PROTECTION, message.header().exchangeType());
      assertEquals(0, message.header().flags());
      assertEquals(0, message.header().messageId());
      assertEquals(1, message.payloads().size());
      Fragment fragment = message.payload(Fragment.class).orElseThrow();
      ids.add(fragment.id());
      assertEquals(i + 1, fragment.number());
      assertEquals(i == 2, fragment.isLast());
      assertEquals(i == 2 ? Fragment.FLAG_LAST : 0, fragment.flags());
    }
    assertEquals(1, ids.size(), "one message");
  }

  @Test
  void whoHasItOffNeitherAnnouncesNorCutsNorTakes() {
    Pair pair =
        new Pair(3, config(true, with(Fragmentation.OFF)), config(false, with(Fragmentation.ON)));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    assertFalse(pair.a.trace().get(0).contains("FRAGMENTATION"), pair.a.trace().get(0));
    assertTrue(pair.b.trace().get(1).contains("FRAGMENTATION"), pair.b.trace().get(1));
    assertEquals(0, pair.b.engine.counters().fragments());
    long id = pair.b.pairs().get(0).inboundSaId();
    pair.b.command(new IkeCommand.LifetimeExceeded(id, false), pair.now);
    pair.run(5 * Pair.SECOND);
    assertEquals(2, pair.b.pairs().size(), "B knows that A takes no fragments");
    assertEquals(0, pair.a.engine.counters().fragments());
  }

  @Test
  void whoForcesItCutsWhateverThePeerAnnounces() {
    Pair pair =
        new Pair(
            4, config(true, with(Fragmentation.FORCE)), config(false, with(Fragmentation.OFF)));
    pair.a.initiate(0);
    pair.run(60 * Pair.SECOND);
    assertFalse(pair.usable());
    assertTrue(pair.b.engine.counters().fragments() >= 6);
    assertEquals(pair.b.engine.counters().fragments(), dropped(pair.b, DropReason.BAD_FRAGMENT));
    assertNothingKept(pair.b);
  }

  /** Its packets would have 1 100 bytes. */
  @Test
  void aMessageThatFitsGoesWhole() {
    UnaryOperator<IkeConfig> wide =
        config -> new IkeConfig(config.peers(), config.retransmission(), IkeLimits.DEFAULT);
    Pair pair =
        new Pair(
            5,
            wide.apply(config(true, with(Fragmentation.FORCE))),
            wide.apply(config(false, with(Fragmentation.ON))));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(0, pair.b.engine.counters().fragments());
  }

  /** Of each message the first copy of the second fragment is lost, then others of the answers. */
  @Test
  void aMessageThatIsSentAgainIsCutAlike() {
    Pair pair = established(6);
    List<Site.Datagram> first = quickModeInFragments(pair);
    pair.b.receive(first.get(0), pair.now);
    pair.b.receive(first.get(2), pair.now);
    assertEquals(1, pair.b.engine.context().fragments.size());
    pair.lose = datagram -> first.indexOf(datagram) != 1 && isFragment(datagram);
    pair.run(10 * Pair.SECOND);
    assertEquals(2, pair.b.pairs().size(), "fragments of both times fit together");
    assertTrue(pair.usable());
    assertNothingKept(pair.b);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void lossReorderingAndDuplicationDoNotMatter(long seed) {
    Pair pair = pair(100 + seed);
    pair.loss = 0.2;
    pair.duplication = 0.3;
    pair.reordering = 0.3;
    pair.a.initiate(0);
    pair.run(1_000 * Pair.SECOND);
    pair.a.initiate(pair.now);
    pair.b.initiate(pair.now);
    pair.run(400 * Pair.SECOND);
    assertTrue(pair.usable(), () -> pair.a.outputs + "\n" + pair.b.outputs);
    pair.loss = 0;
    pair.run(100 * Pair.SECOND);
    assertNothingKept(pair.a);
    assertNothingKept(pair.b);
  }

  @Test
  void behindAMarkerThePacketsAreNoLonger() {
    UnaryOperator<PeerConfig> forced =
        peer -> peer.withNatTraversal(new NatTraversal(true, true, 0));
    Pair pair = new Pair(7, config(true, forced), config(false, forced));
    List<Site.Datagram> fragments = new ArrayList<>();
    pair.lose =
        datagram -> {
          byte[] bytes = datagram.bytes().toArray();
          if (bytes.length > MARKER + NEXT_PAYLOAD
              && bytes[MARKER + NEXT_PAYLOAD] == (byte) PayloadType.CISCO_FRAGMENT) {
            fragments.add(datagram);
          }
          return false;
        };
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    assertTrue(pair.usable());
    assertEquals(3, fragments.size());
    for (Site.Datagram each : fragments) {
      assertEquals(4500, each.to().port());
      assertEquals(bytes(MARKER), each.bytes().slice(0, MARKER));
      assertTrue(each.bytes().length() <= PACKET - IP_AND_UDP);
    }
    assertEquals(PACKET - IP_AND_UDP, fragments.get(0).bytes().length(), "the packet is used up");
    assertEquals(1, pair.b.engine.counters().reassembled());
  }

  @Test
  void theHeadersOfEachFamilyAreCounted() {
    Ipv4Address v4 = Site.A;
    Ipv6Address v6 = Ipv6Address.parse("2001:db8::1");
    assertEquals(128, FragmentSupport.packetBytes(UdpPath.isakmp(v4, v4), 100));
    assertEquals(132, FragmentSupport.packetBytes(UdpPath.isakmp(v4, v4).floated(), 100));
    assertEquals(148, FragmentSupport.packetBytes(UdpPath.isakmp(v6, v6), 100));
    assertEquals(152, FragmentSupport.packetBytes(UdpPath.isakmp(v6, v6).floated(), 100));
  }

  @Test
  void theAnnouncementsOfOthersAreRead() {
    String md5 = KnownVendor.FRAGMENTATION.id().toString();
    assertTrue(FragmentSupport.isAnnouncedBy(ByteString.ofHex(md5)), "Windows");
    assertTrue(FragmentSupport.isAnnouncedBy(ByteString.ofHex(md5 + "80000000")), "strongSwan");
    assertTrue(FragmentSupport.isAnnouncedBy(ByteString.ofHex(md5 + "c0000000")), "IOS");
    assertFalse(FragmentSupport.isAnnouncedBy(ByteString.ofHex(md5 + "40000000")));
    assertFalse(FragmentSupport.isAnnouncedBy(ByteString.ofHex(md5 + "80")));
    assertFalse(FragmentSupport.isAnnouncedBy(KnownVendor.XAUTH.id()));
  }

  /** Anybody can send a first message: whoever kept its fragments could be filled by anybody. */
  @Test
  void aFirstMessageDoesNotComeInFragments() {
    Pair pair = pair(8);
    pair.a.initiate(0);
    Site.Datagram first = pair.a.sent.get(0);
    pair.a.sent.clear();
    pair.b.receive(forged(first, new Fragment(1, 1, 0, first.bytes().slice(0, 40))), pair.now);
    assertEquals(1, dropped(pair.b, DropReason.UNKNOWN_COOKIES));
    pair.b.receive(first, pair.now);
    pair.b.receive(forged(first, new Fragment(1, 1, 0, first.bytes().slice(0, 40))), pair.now);
    assertEquals(1, dropped(pair.b, DropReason.BAD_FRAGMENT));
    assertNothingKept(pair.b);
    assertEquals(1, pair.b.sent.size());
  }

  @ParameterizedTest
  @EnumSource(Fragmentation.class)
  void theFirstMessageIsNeverCut(Fragmentation fragmentation) {
    List<IkeProposal> many = new ArrayList<>();
    for (IkeCipher cipher : List.of(IkeCipher.AES_128_CBC, IkeCipher.AES_256_CBC)) {
      for (IkeHash hash : IkeHash.values()) {
        many.add(IkeProposal.preShared(cipher, hash, DhGroup.CURVE_25519));
      }
    }
    Site site =
        new Site(
            "a",
            config(
                true,
                peer ->
                    with(fragmentation)
                        .apply(HandshakeTest.withProposals(peer, many, DpdConfig.OFF))),
            9);
    site.initiate(0);
    assertEquals(1, site.sent.size());
    assertFalse(isFragment(site.sent.get(0)));
  }
}
