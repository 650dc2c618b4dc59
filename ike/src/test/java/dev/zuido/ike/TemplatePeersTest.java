package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.SaParameters.Direction;
import dev.zuido.ike.SaParameters.OriginalAddresses;
import dev.zuido.ike.message.Identity;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One configured template, and many peers that nobody has listed. */
class TemplatePeersTest {
  private static final Ipv4Address ANY = Ipv4Address.of(0, 0, 0, 0);
  private static final Ipv4Address OUTSIDE = Ipv4Address.of(198, 51, 100, 7);

  static PeerConfig template(ChildConfig... children) {
    return PeerConfig.template(
        "any",
        Site.B,
        new Ipv4Prefix(ANY, 0),
        Site.secret("cisco"),
        List.of(Site.CISCO),
        DpdConfig.onDemand(30),
        List.of(children));
  }

  static ChildConfig lans() {
    return ChildConfig.of(
        "lans",
        TrafficSelector.subnet(Ipv4Prefix.parse("10.0.0.0/8")),
        TrafficSelector.subnet(Ipv4Prefix.parse("0.0.0.0/0")),
        EncapsulationMode.TUNNEL,
        List.of(Site.TRIPLE_DES_MD5));
  }

  static ChildConfig gre() {
    return ChildConfig.of(
        "gre",
        TrafficSelector.host(Site.B, IpProtocol.GRE),
        new TrafficSelector(new Ipv4Prefix(ANY, 0), IpProtocol.GRE, 0),
        EncapsulationMode.TRANSPORT,
        List.of(Site.TRIPLE_DES_MD5));
  }

  static ChildConfig lan(String remote, String local) {
    return ChildConfig.of(
        "lans",
        TrafficSelector.subnet(Ipv4Prefix.parse(local)),
        TrafficSelector.subnet(Ipv4Prefix.parse(remote)),
        EncapsulationMode.TUNNEL,
        List.of(Site.TRIPLE_DES_MD5));
  }

  static PeerConfig spoke(Ipv4Address here, ChildConfig... children) {
    return PeerConfig.siteToSite(
        "hub",
        here,
        Site.B,
        Site.secret("cisco"),
        List.of(Site.CISCO),
        DpdConfig.onDemand(30),
        List.of(children));
  }

  static PeerConfig greSpoke(Ipv4Address here) {
    return spoke(
        here,
        ChildConfig.of(
            "gre",
            TrafficSelector.host(here, IpProtocol.GRE),
            TrafficSelector.host(Site.B, IpProtocol.GRE),
            EncapsulationMode.TRANSPORT,
            List.of(Site.TRIPLE_DES_MD5)));
  }

  static IkeConfig config(PeerConfig peer) {
    return IkeConfig.of(List.of(peer));
  }

  static void initiate(Site site, String child, Net net) {
    site.command(new IkeCommand.Initiate("hub", child), net.now);
  }

  static Set<String> peers(Site hub) {
    return hub.phaseOnes().stream()
        .map(IkeSnapshot.IsakmpSaView::peer)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aVisiblePeerGetsWhatItAsksForWithinTheTemplate() {
    Net net = new Net(1);
    Site hub = net.add(Site.B, config(template(gre(), lans())), 1);
    Site a = net.add(Site.A, config(greSpoke(Site.A)), 2);
    initiate(a, "gre", net);
    net.run(5 * Net.SECOND);
    assertTrue(Net.usable(a, hub));
    SaParameters sa = hub.sas(Direction.OUTBOUND).get(0);
    assertEquals("any@100.1.1.1", sa.peer());
    assertEquals("any", sa.peerConfig());
    assertEquals("gre", sa.child());
    assertEquals(TrafficSelector.host(Site.A, IpProtocol.GRE), sa.remote());
    assertEquals(TrafficSelector.host(Site.B, IpProtocol.GRE), sa.local());
    assertEquals(Site.A, sa.destination());
    assertEquals("hub", a.sas(Direction.OUTBOUND).get(0).peerConfig());
  }

  @Test
  void aHiddenPeersPrivateAddressIsItsIdentityAndItsName() {
    Net net = new Net(2);
    Ipv4Address inside = Ipv4Address.of(192, 168, 1, 10);
    Site hub = net.add(Site.B, config(template(gre())), 1);
    Site a = net.add(inside, new Translator(OUTSIDE), config(greSpoke(inside)), 2);
    initiate(a, "gre", net);
    net.run(5 * Net.SECOND);
    assertTrue(Net.usable(a, hub), () -> hub.outputs.toString());
    SaParameters in = hub.sas(Direction.INBOUND).get(0);
    assertEquals("any@198.51.100.7:1025", in.peer());
    assertEquals(TrafficSelector.host(OUTSIDE, IpProtocol.GRE), in.remote());
    assertEquals(new OriginalAddresses(inside, Site.B), in.originalAddresses());
  }

  @Test
  void manyPeersBehindOneTranslator() {
    Net net = new Net(3);
    Site hub = net.add(Site.B, config(template(lans())), 1);
    Translator translator = new Translator(OUTSIDE);
    List<Site> spokes = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      Ipv4Address inside = Ipv4Address.of(192, 168, 1, i);
      PeerConfig peer = spoke(inside, lan("10.0.0.0/16", "10.1." + i + ".0/24"));
      Site site = net.add(inside, translator, config(peer), 100 + i);
      spokes.add(site);
      initiate(site, "lans", net);
      net.run(Net.SECOND);
    }
    net.run(5 * Net.SECOND);
    assertEquals(20, peers(hub).size(), () -> peers(hub).toString());
    assertEquals(20, hub.pairs().size());
    for (Site site : spokes) {
      assertTrue(
          hub.keys(Direction.INBOUND).containsAll(site.keys(Direction.OUTBOUND))
              && hub.keys(Direction.OUTBOUND).containsAll(site.keys(Direction.INBOUND)));
    }
    assertEquals(
        20,
        hub.sas(Direction.OUTBOUND).stream().map(SaParameters::udpEncapsulation).distinct().count(),
        "each is at a port of its own");
    // One of them ends, the others stay.
    spokes.get(7).command(new IkeCommand.Terminate("hub", null), net.now);
    net.run(Net.SECOND);
    assertEquals(19, peers(hub).size());
    assertEquals(19, hub.pairs().size());
  }

  @Test
  void twoHiddenPeersMayHaveOnePrivateAddress() {
    Net net = new Net(4);
    Site hub = net.add(Site.B, config(template(lans())), 1);
    Ipv4Address inside = Ipv4Address.of(192, 168, 1, 10);
    Site first =
        new Net(5).add(inside, config(spoke(inside, lan("10.0.0.0/16", "10.1.1.0/24"))), 2);
    Site second =
        net.add(
            inside,
            new Translator(Ipv4Address.of(198, 51, 100, 9)),
            config(spoke(inside, lan("10.0.0.0/16", "10.1.2.0/24"))),
            3);
    // The first one is reached by hand, since a net has one site per address.
    Translator translator = new Translator(OUTSIDE);
    initiate(first, "lans", net);
    for (int i = 0; i < 20; i++) {
      for (Site.Datagram each : List.copyOf(first.sent)) {
        hub.receive(translator.out(each), net.now);
      }
      first.sent.clear();
      for (Site.Datagram each : List.copyOf(hub.sent)) {
        first.receive(translator.in(each), net.now);
      }
      hub.sent.clear();
    }
    initiate(second, "lans", net);
    net.run(5 * Net.SECOND);
    assertEquals(2, peers(hub).size(), () -> peers(hub).toString());
    assertEquals(2, hub.pairs().size());
  }

  /** Behind one translator the same identity is the same peer: its main mode replaces its last. */
  @Test
  void aPeerThatComesAgainFromAnotherPortIsTheSame() {
    Net net = new Net(6);
    Ipv4Address inside = Ipv4Address.of(192, 168, 1, 10);
    Site hub = net.add(Site.B, config(template(lans())), 1);
    Translator translator = new Translator(OUTSIDE);
    PeerConfig peer = spoke(inside, lan("10.0.0.0/16", "10.1.1.0/24"));
    Site first = net.add(inside, translator, config(peer), 2);
    initiate(first, "lans", net);
    net.run(5 * Net.SECOND);
    String name = peers(hub).iterator().next();
    translator.restart();
    Site again = net.add(inside, translator, config(peer), 3);
    initiate(again, "lans", net);
    net.run(5 * Net.SECOND);
    assertEquals(Set.of(name), peers(hub));
    assertEquals(1, hub.phaseOnes().size());
    assertEquals(1, hub.pairs().size());
    assertEquals(new Endpoint(OUTSIDE, 2_027), hub.pairs().get(0).remoteEnd());
    assertTrue(Net.usable(again, hub));
    assertEquals(
        EndReason.PEER_RESTARTED, hub.outputs(IkeOutput.ChildDeleted.class).get(0).reason());
  }

  @Test
  void whatLiesOutsideOfTheTemplateIsRefused() {
    List<ChildConfig> outside =
        List.of(
            lan("11.0.0.0/16", "10.1.1.0/24"),
            ChildConfig.of(
                "lans",
                TrafficSelector.host(Site.A, IpProtocol.GRE),
                TrafficSelector.host(Ipv4Address.of(200, 1, 1, 2), IpProtocol.GRE),
                EncapsulationMode.TRANSPORT,
                List.of(Site.TRIPLE_DES_MD5)),
            ChildConfig.of(
                "lans",
                TrafficSelector.host(Site.A, IpProtocol.TCP),
                TrafficSelector.host(Site.B, IpProtocol.TCP),
                EncapsulationMode.TRANSPORT,
                List.of(Site.TRIPLE_DES_MD5)),
            // In transport mode a host speaks for itself alone.
            ChildConfig.of(
                "lans",
                TrafficSelector.host(Ipv4Address.of(100, 1, 1, 9), IpProtocol.GRE),
                TrafficSelector.host(Site.B, IpProtocol.GRE),
                EncapsulationMode.TRANSPORT,
                List.of(Site.TRIPLE_DES_MD5)));
    for (ChildConfig child : outside) {
      Net net = new Net(7);
      Site hub = net.add(Site.B, config(template(gre(), lans())), 1);
      Site a = net.add(Site.A, config(spoke(Site.A, child)), 2);
      initiate(a, "lans", net);
      net.run(5 * Net.SECOND);
      assertTrue(hub.installed.isEmpty(), child.toString());
      assertTrue(
          hub.lastFailure().contains("lies in none of the template's selectors"),
          hub.lastFailure());
      assertTrue(a.lastFailure().contains("INVALID-ID-INFORMATION"), a.lastFailure());
      assertTrue(hub.spis.isEmpty());
    }
  }

  @Test
  void aPeerMayHaveSeveralPairsOfSelectorsUnderOneTemplate() {
    Net net = new Net(8);
    Site hub = net.add(Site.B, config(template(lans())), 1);
    ChildConfig one = lan("10.0.0.0/16", "10.1.1.0/24");
    ChildConfig two = lan("10.2.0.0/16", "10.1.1.0/24");
    ChildConfig renamed =
        ChildConfig.of("other", two.local(), two.remote(), two.mode(), two.proposals());
    Site a = net.add(Site.A, config(spoke(Site.A, one, renamed)), 2);
    initiate(a, "lans", net);
    initiate(a, "other", net);
    net.run(5 * Net.SECOND);
    assertEquals(2, hub.pairs().size());
    assertEquals(2, hub.sas(Direction.OUTBOUND).size(), "neither takes the other's place");
    assertTrue(Net.usable(a, hub));
  }

  /** Both sides rekey both phases; the template's side asks for what was narrowed. */
  @Test
  void rekeyingKeepsTheNarrowedSelectors() {
    Net net = new Net(9);
    Ipv4Address inside = Ipv4Address.of(192, 168, 1, 10);
    PeerConfig hubPeer = withLifetimes(template(lans()), 120, 200);
    PeerConfig spokePeer =
        withLifetimes(spoke(inside, lan("10.0.0.0/16", "10.1.1.0/24")), 3_600, 86_400);
    Site hub = net.add(Site.B, config(hubPeer), 1);
    Site a = net.add(inside, new Translator(OUTSIDE), config(spokePeer), 2);
    initiate(a, "lans", net);
    net.run(5 * Net.SECOND);
    for (int i = 0; i < 1_000; i++) {
      net.run(Net.SECOND);
      assertTrue(Net.usable(a, hub), () -> "no usable pair at " + net.now);
    }
    assertTrue(
        hub.outputs(IkeOutput.ChildEstablished.class).stream().anyMatch(e -> e.pair().initiator()));
    assertTrue(
        hub.sas(Direction.OUTBOUND).stream()
            .allMatch(sa -> sa.remote().toString().equals("10.1.1.0/24")));
    assertEquals(1, peers(hub).size());
  }

  private static PeerConfig withLifetimes(PeerConfig peer, long childSeconds, long seconds) {
    return LifecycleTest.shortLived(peer, childSeconds, seconds);
  }

  @Test
  void whenTheTranslatorsAddressChangesTunnelsFollow() {
    Net net = new Net(16);
    Ipv4Address inside = Ipv4Address.of(192, 168, 1, 10);
    PeerConfig probing = spoke(inside, lan("10.0.0.0/16", "10.1.1.0/24"));
    Site hub = net.add(Site.B, config(template(lans())), 1);
    Site a = net.add(inside, new Translator(OUTSIDE), config(periodic(probing)), 2);
    initiate(a, "lans", net);
    net.run(5 * Net.SECOND);
    String name = peers(hub).iterator().next();
    Ipv4Address moved = Ipv4Address.of(203, 0, 113, 5);
    net.hide(inside, new Translator(moved));
    net.run(20 * Net.SECOND);
    assertEquals(moved, hub.phaseOnes().get(0).remote().address());
    assertEquals(moved, hub.sas(Direction.OUTBOUND).get(0).destination());
    assertEquals(moved, hub.sas(Direction.INBOUND).get(0).source());
    assertEquals(Set.of(name), peers(hub), "its name stays");
    assertTrue(Net.usable(a, hub));
    // It is still the same peer when it begins again from there.
    Site again = net.add(inside, new Translator(moved), config(probing), 3);
    initiate(again, "lans", net);
    net.run(5 * Net.SECOND);
    assertEquals(Set.of(name), peers(hub));
    assertEquals(1, hub.pairs().size());
  }

  /** The packets of transport mode have the translator's address: another one is another host. */
  @Test
  void whenTheTranslatorsAddressChangesTransportModeEnds() {
    Net net = new Net(17);
    Ipv4Address inside = Ipv4Address.of(192, 168, 1, 10);
    Site hub = net.add(Site.B, config(template(gre())), 1);
    Site a = net.add(inside, new Translator(OUTSIDE), config(periodic(greSpoke(inside))), 2);
    initiate(a, "gre", net);
    net.run(5 * Net.SECOND);
    Ipv4Address moved = Ipv4Address.of(203, 0, 113, 5);
    net.hide(inside, new Translator(moved));
    net.run(20 * Net.SECOND);
    assertEquals(EndReason.PEER_MOVED, hub.outputs(IkeOutput.ChildDeleted.class).get(0).reason());
    assertTrue(a.installed.isEmpty(), "and the peer is told");
    initiate(a, "gre", net);
    net.run(5 * Net.SECOND);
    assertEquals(
        TrafficSelector.host(moved, IpProtocol.GRE), hub.sas(Direction.OUTBOUND).get(0).remote());
  }

  @Test
  void aPeerOfATemplateHasANameForCommands() {
    Net net = new Net(19);
    Site hub = net.add(Site.B, config(template(gre())), 1);
    Site a = net.add(Site.A, config(greSpoke(Site.A)), 2);
    initiate(a, "gre", net);
    net.run(5 * Net.SECOND);
    int lost = hub.pairs().get(0).inboundSpi();
    hub.command(new IkeCommand.InvalidSpi(Site.B, Site.A, lost), net.now);
    net.run(5 * Net.SECOND);
    assertEquals(EndReason.INVALID_SPI, a.outputs(IkeOutput.ChildDeleted.class).get(0).reason());
    hub.command(new IkeCommand.Terminate("any@100.1.1.1", "gre"), net.now);
    net.run(Net.SECOND);
    assertTrue(a.installed.isEmpty() && hub.installed.isEmpty());
    assertEquals(1, hub.phaseOnes().size());
    // While there is an ISAKMP SA the template's side may ask for what the peer had asked for.
    hub.command(new IkeCommand.Initiate("any@100.1.1.1", "gre"), net.now);
    net.run(5 * Net.SECOND);
    assertTrue(Net.usable(a, hub));
    hub.command(new IkeCommand.Terminate("any@100.1.1.1", null), net.now);
    net.run(Net.SECOND);
    assertTrue(a.phaseOnes().isEmpty() && hub.phaseOnes().isEmpty());
  }

  private static PeerConfig periodic(PeerConfig peer) {
    return HandshakeTest.withProposals(peer, peer.proposals(), DpdConfig.periodic(5));
  }

  /** An unknown SPI is told to the one peer that it came from. */
  @Test
  void anUnknownSpiIsToldToThePeerAtItsPort() {
    Net net = new Net(18);
    Site hub = net.add(Site.B, config(template(lans())), 1);
    Translator translator = new Translator(OUTSIDE);
    List<Site> spokes = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      Ipv4Address inside = Ipv4Address.of(192, 168, 1, i);
      PeerConfig peer = spoke(inside, lan("10.0.0.0/16", "10.1." + i + ".0/24"));
      Site site = net.add(inside, translator, config(peer), 100 + i);
      spokes.add(site);
      initiate(site, "lans", net);
      net.run(5 * Net.SECOND);
    }
    int port = hub.pairs().get(1).remoteEnd().port();
    int spi = hub.pairs().get(1).inboundSpi();
    hub.command(new IkeCommand.InvalidSpi(Site.B, OUTSIDE, spi), net.now);
    assertTrue(hub.sent.isEmpty());
    hub.command(new IkeCommand.InvalidSpi(Site.B, OUTSIDE, port, spi), net.now);
    assertEquals(1, hub.sent.size());
    net.run(5 * Net.SECOND);
    assertEquals(
        EndReason.INVALID_SPI, spokes.get(1).outputs(IkeOutput.ChildDeleted.class).get(0).reason());
    assertTrue(spokes.get(0).outputs(IkeOutput.ChildDeleted.class).isEmpty());
  }

  /** An identity that is a name is one peer, wherever it is. */
  @Test
  void aNamedPeerMayComeFromElsewhere() {
    Net net = new Net(13);
    Identity name = new Identity.Fqdn("spoke.example");
    Site hub = net.add(Site.B, config(NatTraversalTest.withIdentity(template(gre()), name)), 1);
    Ipv4Address elsewhere = Ipv4Address.of(100, 1, 2, 2);
    for (Ipv4Address here : List.of(Site.A, elsewhere)) {
      PeerConfig named = greSpoke(here).withIdentities(name, null);
      Site site = net.add(here, config(named), here.value());
      initiate(site, "gre", net);
      net.run(5 * Net.SECOND);
      assertTrue(Net.usable(site, hub));
    }
    assertEquals(1, hub.phaseOnes().size());
    assertEquals(elsewhere, hub.sas(Direction.OUTBOUND).get(0).destination());
    assertNotEquals(Site.A, hub.phaseOnes().get(0).remote().address());
  }

  @Test
  void aTemplateDoesNotInitiateTheFirstContact() {
    Net net = new Net(14);
    Site hub = net.add(Site.B, config(template(gre())), 1);
    hub.command(new IkeCommand.Initiate("any", "gre"), 0);
    assertTrue(hub.sent.isEmpty());
    assertEquals(1, hub.engine.counters().dropped().get(DropReason.UNKNOWN_TARGET));
  }
}
