package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.IkeOutput.EndReason;
import dev.zuido.ike.IkeOutput.ExchangeName;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3947 section 6: who a peer is, is its identity, and neither its address nor its port. */
class PeerIdentityTest {
  private static final Ipv4Address OUTSIDE = Ipv4Address.of(198, 51, 100, 7);
  private static final Ipv4Address FIRST = Ipv4Address.of(192, 168, 1, 10);
  private static final Ipv4Address SECOND = Ipv4Address.of(192, 168, 1, 11);

  /** A hub that has one fixed peer at the translator's own address. */
  private static Site hub(Net net) {
    PeerConfig peer =
        PeerConfig.siteToSite(
            "peer",
            Site.B,
            OUTSIDE,
            Site.secret("cisco"),
            List.of(Site.CISCO),
            DpdConfig.onDemand(30),
            List.of(TemplatePeersTest.lan("10.1.1.0/24", "10.1.2.0/24")));
    return net.add(Site.B, TemplatePeersTest.config(peer), 1);
  }

  private static PeerConfig spoke(Ipv4Address here) {
    return TemplatePeersTest.spoke(here, TemplatePeersTest.lan("10.1.2.0/24", "10.1.1.0/24"));
  }

  private static long restarts(Site site) {
    return site.outputs(IkeOutput.ChildDeleted.class).stream()
        .filter(each -> each.reason() == EndReason.PEER_RESTARTED)
        .count();
  }

  /** The router and its client know the same key. */
  @Test
  void aClientBehindAPeerDoesNotTakeItsPlace() {
    Net net = new Net(71);
    Site hub = hub(net);
    Site router = net.add(OUTSIDE, TemplatePeersTest.config(spoke(OUTSIDE)), 2);
    Site client =
        net.add(FIRST, new Translator(OUTSIDE), TemplatePeersTest.config(spoke(FIRST)), 3);
    TemplatePeersTest.initiate(router, "lans", net);
    net.run(5 * Net.SECOND);
    assertTrue(Net.usable(router, hub));
    TemplatePeersTest.initiate(client, "lans", net);
    net.run(30 * Net.SECOND);
    assertTrue(Net.usable(router, hub));
    assertEquals(0, restarts(hub));
    assertTrue(client.installed.isEmpty());
    assertTrue(
        hub.lastFailure().contains("says that it is 192.168.1.10")
            && hub.lastFailure().contains("198.51.100.7"),
        hub.lastFailure());
    // When the router has gone, whoever is there may come.
    router.command(new IkeCommand.Terminate("hub", null), net.now);
    net.run(200 * Net.SECOND);
    TemplatePeersTest.initiate(client, "lans", net);
    net.run(20 * Net.SECOND);
    assertTrue(Net.usable(client, hub), hub.lastFailure());
  }

  /** Neither what was said by somebody else is forgotten, nor is it sent to where he is now. */
  @Test
  void initialContactIsAboutWhoSaysIt() {
    Net net = new Net(72);
    Site hub = hub(net);
    Translator translator = new Translator(OUTSIDE);
    Site first = net.add(FIRST, translator, TemplatePeersTest.config(spoke(FIRST)), 2);
    Site second = net.add(SECOND, translator, TemplatePeersTest.config(spoke(SECOND)), 3);
    TemplatePeersTest.initiate(first, "lans", net);
    net.run(5 * Net.SECOND);
    IkeSnapshot.ChildSaView before = hub.pairs().get(0);
    TemplatePeersTest.initiate(second, "lans", net);
    net.run(5 * Net.SECOND);
    assertEquals(0, restarts(hub));
    assertEquals(2, hub.phaseOnes().size());
    assertEquals(2, hub.pairs().size());
    assertEquals(before.remoteEnd(), hub.pairs().get(0).remoteEnd(), "it has not moved");
    // The first one restarts: its own is what it means.
    Site again = net.add(FIRST, translator, TemplatePeersTest.config(spoke(FIRST)), 4);
    TemplatePeersTest.initiate(again, "lans", net);
    net.run(5 * Net.SECOND);
    assertEquals(1, restarts(hub));
    assertEquals(2, hub.pairs().size());
  }

  /** The hub tells its lifetime: this peer leaves the rekeying to it all the same. */
  private static PeerConfig rekeyingLate(PeerConfig peer) {
    return peer.toBuilder().rekey(new RekeyPolicy(1, 0)).build();
  }

  /** Behind the mapping of a template's peer there is another one now, who knows the same key. */
  @Test
  void rekeyingATemplatesPeerTakesNobodyElse() {
    Net net = new Net(73);
    PeerConfig hubPeer =
        LifecycleTest.shortLived(TemplatePeersTest.template(TemplatePeersTest.lans()), 3_600, 120);
    Site hub = net.add(Site.B, TemplatePeersTest.config(hubPeer), 1);
    Translator translator = new Translator(OUTSIDE);
    PeerConfig lasting = rekeyingLate(LifecycleTest.shortLived(spoke(FIRST), 3_600, 86_400));
    Site first = net.add(FIRST, translator, TemplatePeersTest.config(lasting), 2);
    TemplatePeersTest.initiate(first, "lans", net);
    net.run(5 * Net.SECOND);
    assertEquals(1, hub.pairs().size());
    Endpoint mapping = hub.pairs().get(0).remoteEnd();
    net.add(SECOND, translator, TemplatePeersTest.config(spoke(SECOND)), 3);
    translator.restart();
    translator.forwards(mapping.port(), Endpoint.natTraversal(SECOND));
    net.run(110 * Net.SECOND);
    assertTrue(
        hub.outputs(IkeOutput.ExchangeFailed.class).stream()
            .anyMatch(
                each ->
                    each.exchange() == ExchangeName.MAIN_MODE
                        && each.reason().contains("192.168.1.11")),
        () -> hub.lastFailure() + hub.phaseOnes());
    assertTrue(
        hub.outputs(IkeOutput.PhaseOneEstablished.class).stream()
            .noneMatch(each -> each.sa().initiator()));
  }
}
