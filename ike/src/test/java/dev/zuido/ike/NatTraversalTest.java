package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.SaParameters.OriginalAddresses;
import dev.zuido.ike.SaParameters.UdpEncapsulation;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.Identity;
import dev.zuido.ike.message.NatOriginalAddress;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import dev.zuido.wire.Ipv6Address;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NAT traversal between two sites, of which one, the other, or both are hidden. */
class NatTraversalTest {
  static final Ipv4Address OUTSIDE_A = Ipv4Address.of(198, 51, 100, 7);
  static final Ipv4Address OUTSIDE_B = Ipv4Address.of(198, 51, 100, 8);
  static final ByteString MARKER = ByteString.of(new byte[4]);

  /** A peer as the site at an address has it; the addresses are those that it sees itself. */
  static PeerConfig peer(Ipv4Address here, Ipv4Address there, EncapsulationMode mode) {
    boolean transport = mode == EncapsulationMode.TRANSPORT;
    boolean atA = here.equals(Site.A);
    TrafficSelector lanA = TrafficSelector.subnet(Ipv4Prefix.parse("10.1.1.0/24"));
    TrafficSelector lanB = TrafficSelector.subnet(Ipv4Prefix.parse("10.1.2.0/24"));
    ChildConfig child =
        ChildConfig.of(
            "gre",
            transport ? TrafficSelector.host(here, IpProtocol.GRE) : atA ? lanA : lanB,
            transport ? TrafficSelector.host(there, IpProtocol.GRE) : atA ? lanB : lanA,
            mode,
            List.of(Site.TRIPLE_DES_MD5));
    return PeerConfig.siteToSite(
        "peer",
        here,
        there,
        Site.secret("cisco"),
        List.of(Site.CISCO),
        DpdConfig.onDemand(30),
        List.of(child));
  }

  /** Two sites, each hidden or not. */
  static final class Two {
    final Net net;
    final Site a;
    final Site b;
    final Translator atA = new Translator(OUTSIDE_A);
    final Translator atB =
        new Translator(OUTSIDE_B)
            .forwards(500, Endpoint.isakmp(Site.B))
            .forwards(4500, Endpoint.natTraversal(Site.B));

    Two(long seed, boolean hideA, boolean hideB, EncapsulationMode mode) {
      this(seed, hideA, hideB, mode, UnaryOperator.identity(), UnaryOperator.identity());
    }

    Two(
        long seed,
        boolean hideA,
        boolean hideB,
        EncapsulationMode mode,
        UnaryOperator<PeerConfig> changeA,
        UnaryOperator<PeerConfig> changeB) {
      net = new Net(seed);
      PeerConfig seenByA = peer(Site.A, hideB ? OUTSIDE_B : Site.B, mode);
      PeerConfig seenByB = peer(Site.B, hideA ? OUTSIDE_A : Site.A, mode);
      a = net.add(Site.A, hideA ? atA : null, config(changeA.apply(seenByA)), seed * 2 + 1);
      b = net.add(Site.B, hideB ? atB : null, config(changeB.apply(seenByB)), seed * 2 + 2);
    }

    Two established() {
      a.initiate(net.now);
      net.run(5 * Net.SECOND);
      assertTrue(Net.usable(a, b), () -> a.outputs + "\n" + b.outputs);
      return this;
    }
  }

  static IkeConfig config(PeerConfig peer) {
    return IkeConfig.of(List.of(peer));
  }

  private static SaParameters only(Site site, Direction direction) {
    List<SaParameters> sas = site.sas(direction);
    assertEquals(1, sas.size());
    return sas.get(0);
  }

  private static List<String> ports(Site site) {
    return site.outputs(IkeOutput.MessageSent.class).stream()
        .map(sent -> sent.message().local().port() + ">" + sent.message().remote().port())
        .toList();
  }

  @Test
  void withoutATranslatorNothingChanges() {
    Two two = new Two(1, false, false, EncapsulationMode.TRANSPORT).established();
    assertNull(only(two.a, Direction.OUTBOUND).udpEncapsulation());
    assertNull(only(two.a, Direction.INBOUND).originalAddresses());
    assertTrue(two.net.carried.stream().allMatch(each -> each.to().port() == 500));
  }

  @Test
  void theInitiatorBehindATranslatorChangesToPort4500() {
    Two two = new Two(2, true, false, EncapsulationMode.TUNNEL).established();
    assertEquals(
        List.of("500>500", "500>500", "4500>4500", "4500>4500", "4500>4500"), ports(two.a));
    assertEquals(List.of("500>1024", "500>1024", "4500>1025", "4500>1025"), ports(two.b));
    for (Site.Datagram each : two.net.carried) {
      boolean floated = each.from().port() == 4500 || each.to().port() == 4500;
      assertEquals(floated, each.bytes().startsWith(MARKER));
    }
    IkeSnapshot.IsakmpSaView seen = two.b.phaseOnes().get(0);
    assertTrue(seen.remoteBehindNat() && !seen.localBehindNat());
    assertEquals(new Endpoint(OUTSIDE_A, 1_025), seen.remote());
    assertTrue(two.a.phaseOnes().get(0).localBehindNat());
    assertFalse(two.a.phaseOnes().get(0).remoteBehindNat());
    assertEquals(0, HandshakeTest.dropped(two.a) + HandshakeTest.dropped(two.b));
  }

  @Test
  void tunnelModeHasThePortsAndNoOriginalAddresses() {
    Two two = new Two(3, true, false, EncapsulationMode.TUNNEL).established();
    SaParameters out = only(two.b, Direction.OUTBOUND);
    assertEquals(new UdpEncapsulation(4500, 1_025), out.udpEncapsulation());
    assertEquals(Site.B, out.source());
    assertEquals(OUTSIDE_A, out.destination());
    SaParameters in = only(two.b, Direction.INBOUND);
    assertEquals(new UdpEncapsulation(1_025, 4500), in.udpEncapsulation());
    assertNull(in.originalAddresses());
    assertEquals(
        new UdpEncapsulation(4500, 4500), only(two.a, Direction.OUTBOUND).udpEncapsulation());
    assertFalse(two.a.trace().toString().contains("NAT-OA"));
  }

  @Test
  void transportModeTellsTheOriginalAddresses() {
    Two two = new Two(4, true, false, EncapsulationMode.TRANSPORT).established();
    assertEquals(
        "> quick mode 1/3 [HASH, SA, NONCE, ID 100.1.1.1 gre, ID 200.1.1.1 gre, NAT-OA, NAT-OA]",
        two.a.trace().get(6));
    // RFC 3947 section 5.2, example 1.
    SaParameters atB = only(two.b, Direction.INBOUND);
    assertEquals(new OriginalAddresses(Site.A, Site.B), atB.originalAddresses());
    assertEquals(TrafficSelector.host(OUTSIDE_A, IpProtocol.GRE), atB.remote());
    assertEquals(TrafficSelector.host(Site.B, IpProtocol.GRE), atB.local());
    SaParameters atA = only(two.a, Direction.INBOUND);
    assertEquals(new OriginalAddresses(Site.B, OUTSIDE_A), atA.originalAddresses());
    assertEquals(TrafficSelector.host(Site.A, IpProtocol.GRE), atA.local());
    assertNull(only(two.a, Direction.OUTBOUND).originalAddresses());
  }

  /** A translator between the families is none that we know: its addresses say nothing here. */
  @Test
  void originalAddressesOfTheOtherFamilySayNothing() {
    EngineContext context =
        new EngineContext(
            config(peer(Site.B, OUTSIDE_A, EncapsulationMode.TRANSPORT)),
            new TestRandom(1),
            new SplittableRandom(1),
            new SpiAllocator() {
              @Override
              public int allocate() {
                return 256;
              }

              @Override
              public void release(int spi) {}
            },
            TrafficClock.SILENT,
            IsakmpKeyLog.NONE);
    UdpPath path = UdpPath.isakmp(Site.B, OUTSIDE_A);
    PeerTable table = new PeerTable(context);
    Peer peer = table.calling(table.candidates(path).get(0), path);
    IsakmpSa sa = IsakmpSa.respond(context, peer, false, new Cookie(1), path, 0);
    sa.foundNat(new NatFinding(NatDialect.RFC_3947, false, true, false));
    NatOriginalAddress six = NatOriginalAddress.of(Ipv6Address.parse("2001:db8::1"));
    NatOriginalAddress four = NatOriginalAddress.of(Site.A);
    for (List<NatOriginalAddress> said :
        List.of(List.of(six), List.of(six, six), List.of(six, four), List.of(four, six))) {
      EndNames names = EndNames.of(sa, EncapsulationMode.TRANSPORT, PayloadChain.of(said), true);
      assertNull(names.original(), said.toString());
    }
    EndNames names =
        EndNames.of(sa, EncapsulationMode.TRANSPORT, PayloadChain.of(List.of(four, four)), true);
    assertEquals(new OriginalAddresses(Site.A, Site.A), names.original());
  }

  /** Neither follows the other then: see {@link PeerMovesTest#whoIsHiddenItselfDoesNotFollow}. */
  @Test
  void bothBehindTranslators() {
    Two two = new Two(5, true, true, EncapsulationMode.TRANSPORT).established();
    // RFC 3947 section 5.2, example 2.
    assertEquals(
        new OriginalAddresses(Site.A, OUTSIDE_B),
        only(two.b, Direction.INBOUND).originalAddresses());
    assertEquals(
        new OriginalAddresses(Site.B, OUTSIDE_A),
        only(two.a, Direction.INBOUND).originalAddresses());
    assertEquals(
        TrafficSelector.host(Site.B, IpProtocol.GRE), only(two.b, Direction.INBOUND).local());
    IkeSnapshot.IsakmpSaView sa = two.b.phaseOnes().get(0);
    assertTrue(sa.localBehindNat() && sa.remoteBehindNat());
  }

  @ParameterizedTest
  @EnumSource(EncapsulationMode.class)
  void theResponderBehindATranslator(EncapsulationMode mode) {
    Two two = new Two(6, false, true, mode).established();
    assertTrue(two.a.phaseOnes().get(0).remoteBehindNat());
    assertTrue(two.b.phaseOnes().get(0).localBehindNat());
    assertEquals(
        new UdpEncapsulation(4500, 4500), only(two.a, Direction.OUTBOUND).udpEncapsulation());
  }

  /** The responder has the hidden peer's own address in its configuration. */
  @Test
  void theSelectorMayBeThePrivateAddress() {
    ChildConfig child =
        ChildConfig.of(
            "gre",
            TrafficSelector.host(Site.B, IpProtocol.GRE),
            TrafficSelector.host(Site.A, IpProtocol.GRE),
            EncapsulationMode.TRANSPORT,
            List.of(Site.TRIPLE_DES_MD5));
    Two two =
        new Two(
            7,
            true,
            false,
            EncapsulationMode.TRANSPORT,
            UnaryOperator.identity(),
            p -> HandshakeTest.withChild(p, child));
    two.established();
    assertEquals(
        TrafficSelector.host(OUTSIDE_A, IpProtocol.GRE), only(two.b, Direction.INBOUND).remote());
  }

  /** The peer's identity is a name: only its NAT-OA says what its address is to itself. */
  @Test
  void thePrivateAddressIsKnownFromNatOa() {
    Identity name = new Identity.Fqdn("site-a.example");
    Two two =
        new Two(
            13,
            true,
            false,
            EncapsulationMode.TRANSPORT,
            p -> p.withIdentities(name, null),
            p -> withIdentity(p, name));
    two.established();
    assertEquals(
        TrafficSelector.host(OUTSIDE_A, IpProtocol.GRE), only(two.b, Direction.INBOUND).remote());
  }

  /** In transport mode a name of the peer is one thing, another host's address is another. */
  @Test
  void aSelectorOfAnotherHostIsRefusedThroughATranslatorToo() {
    ChildConfig child =
        ChildConfig.of(
            "gre",
            TrafficSelector.host(Ipv4Address.of(9, 9, 9, 9), IpProtocol.GRE),
            TrafficSelector.host(Site.B, IpProtocol.GRE),
            EncapsulationMode.TRANSPORT,
            List.of(Site.TRIPLE_DES_MD5));
    Two two =
        new Two(
            8,
            true,
            false,
            EncapsulationMode.TRANSPORT,
            p -> HandshakeTest.withChild(p, child),
            UnaryOperator.identity());
    two.a.initiate(0);
    two.net.run(5 * Net.SECOND);
    assertTrue(two.b.lastFailure().contains("9.9.9.9 gre to 200.1.1.1 gre"), two.b.lastFailure());
    assertTrue(two.b.installed.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void encapsulationIsForcedByEitherSide(boolean byInitiator) {
    NatTraversal forced = new NatTraversal(true, true, 20);
    Two two =
        new Two(
            9,
            false,
            false,
            EncapsulationMode.TRANSPORT,
            p -> byInitiator ? p.withNatTraversal(forced) : p,
            p -> byInitiator ? p : p.withNatTraversal(forced));
    two.established();
    assertEquals(
        new UdpEncapsulation(4500, 4500), only(two.b, Direction.OUTBOUND).udpEncapsulation());
    Site forcing = byInitiator ? two.a : two.b;
    Site other = byInitiator ? two.b : two.a;
    assertFalse(forcing.phaseOnes().get(0).localBehindNat());
    assertTrue(other.phaseOnes().get(0).remoteBehindNat());
    two.net.run(100 * Net.SECOND);
    assertEquals(0, two.a.engine.counters().natKeepalives(), "nobody is behind a translator");
    assertEquals(0, two.b.engine.counters().natKeepalives());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoHasItOffDoesNotOfferIt(boolean atInitiator) {
    Two two =
        new Two(
            10,
            true,
            false,
            EncapsulationMode.TUNNEL,
            p -> atInitiator ? p.withNatTraversal(NatTraversal.OFF) : p,
            p ->
                withIdentity(
                    atInitiator ? p : p.withNatTraversal(NatTraversal.OFF),
                    PeerConfig.identityOf(Site.A)));
    two.established();
    assertNull(only(two.b, Direction.OUTBOUND).udpEncapsulation());
    assertTrue(two.net.carried.stream().noneMatch(each -> each.to().port() == 4500));
  }

  /** Who has it off is not to be spoken to on its port, not even with a first message. */
  @Test
  void aMainModeThatBeginsOnPort4500NeedsNatTraversal() {
    for (NatTraversal traversal : List.of(NatTraversal.OFF, NatTraversal.DEFAULT)) {
      Site b = new Site("b", Site.config(false, p -> p.withNatTraversal(traversal)), 1);
      Site a = new Site("a", Site.config(true), 2);
      a.initiate(0);
      ByteString first = a.sent.get(0).bytes();
      byte[] marked = new byte[4 + first.length()];
      System.arraycopy(first.toArray(), 0, marked, 4, first.length());
      b.receive(
          new Site.Datagram(
              Endpoint.natTraversal(Site.A), Endpoint.natTraversal(Site.B), ByteString.of(marked)),
          0);
      assertEquals(traversal.enabled() ? 1 : 0, b.sent.size());
      assertEquals(
          traversal.enabled() ? 0 : 1, b.engine.counters().dropped().get(DropReason.WRONG_PATH));
    }
  }

  static PeerConfig withIdentity(PeerConfig peer, Identity identity) {
    return peer.withIdentities(peer.localIdentity(), identity);
  }

  /** Without a translator the address is the identity, and no other will do. */
  @Test
  void aHiddenPeerIsWhoeverItSaysAndAVisibleOneItsAddress() {
    Two hidden = new Two(11, true, false, EncapsulationMode.TUNNEL).established();
    assertEquals(1, hidden.b.phaseOnes().size());
    Two visible =
        new Two(
            12,
            false,
            false,
            EncapsulationMode.TUNNEL,
            p -> p.withIdentities(PeerConfig.identityOf(Ipv4Address.of(192, 168, 1, 1)), null),
            UnaryOperator.identity());
    visible.a.initiate(0);
    visible.net.run(5 * Net.SECOND);
    assertTrue(
        visible.b.lastFailure().contains("says that it is 192.168.1.1"), visible.b.lastFailure());
  }
}
