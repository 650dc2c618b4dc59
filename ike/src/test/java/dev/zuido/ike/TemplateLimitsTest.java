package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.PhaseOneExchange;
import dev.zuido.ike.crypto.PhaseOneKeys;
import dev.zuido.ike.message.Cookie;
import dev.zuido.ike.message.IsakmpHeader;
import dev.zuido.ike.message.PayloadChain;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a template's peers can take up, and that it is given back. */
class TemplateLimitsTest {
  private static final SpiAllocator NO_SPIS =
      new SpiAllocator() {
        @Override
        public int allocate() {
          return 0;
        }

        @Override
        public void release(int spi) {}
      };

  @Test
  void nothingIsLeftOfAPeerThatIsGone() {
    Net net = new Net(10);
    Site hub =
        net.add(
            Site.B,
            TemplatePeersTest.config(TemplatePeersTest.template(TemplatePeersTest.gre())),
            1);
    Site a = net.add(Site.A, TemplatePeersTest.config(TemplatePeersTest.greSpoke(Site.A)), 2);
    for (int i = 0; i < 5; i++) {
      TemplatePeersTest.initiate(a, "gre", net);
      net.run(5 * Net.SECOND);
      assertTrue(Net.usable(a, hub));
      a.command(new IkeCommand.Terminate("hub", null), net.now);
      net.run(Net.SECOND);
      assertTrue(hub.phaseOnes().isEmpty() && hub.installed.isEmpty() && hub.spis.isEmpty());
      assertEquals(IkeEngine.NO_DEADLINE, hub.engine.nextDeadline());
      hub.command(new IkeCommand.Terminate("any@100.1.1.1", null), net.now);
      assertEquals(i + 1, hub.engine.counters().dropped().get(DropReason.UNKNOWN_TARGET));
    }
  }

  @Test
  void theNumberOfPeersIsLimited() {
    Net net = new Net(11);
    IkeLimits few = new IkeLimits(1_000, 32, 30, 4, 32, 6, 3);
    Site hub =
        net.add(
            Site.B,
            new IkeConfig(
                List.of(TemplatePeersTest.template(TemplatePeersTest.gre())),
                RetransmissionPolicy.DEFAULT,
                few),
            1);
    for (int i = 1; i <= 5; i++) {
      Ipv4Address here = Ipv4Address.of(100, 1, 2, i);
      Site site = net.add(here, TemplatePeersTest.config(TemplatePeersTest.greSpoke(here)), 10 + i);
      TemplatePeersTest.initiate(site, "gre", net);
      net.run(Net.SECOND);
    }
    assertEquals(3, TemplatePeersTest.peers(hub).size());
    assertEquals(2, hub.engine.counters().dropped().get(DropReason.LIMIT));
    assertTrue(hub.lastFailure().contains("as many peers"), hub.lastFailure());
  }

  @Test
  void theNumberOfSelectorsOfAPeerIsLimited() {
    Net net = new Net(12);
    Site hub =
        net.add(
            Site.B,
            TemplatePeersTest.config(TemplatePeersTest.template(TemplatePeersTest.lans())),
            1);
    List<ChildConfig> children = new ArrayList<>();
    for (int i = 0; i < PeerConfig.MAX_CHILDREN; i++) {
      ChildConfig child = TemplatePeersTest.lan("10.0.0.0/16", "10.1." + i + ".0/24");
      children.add(
          ChildConfig.of("c" + i, child.local(), child.remote(), child.mode(), child.proposals()));
    }
    Site a =
        net.add(
            Site.A,
            TemplatePeersTest.config(
                TemplatePeersTest.spoke(Site.A, children.toArray(new ChildConfig[0]))),
            2);
    for (ChildConfig child : children) {
      TemplatePeersTest.initiate(a, child.name(), net);
      net.run(Net.SECOND);
    }
    assertEquals(Children.MAX_NARROWED, hub.pairs().size());
    // One more: its first contact ends what was there, and what is idle gives way.
    Site again =
        net.add(
            Site.A,
            TemplatePeersTest.config(
                TemplatePeersTest.spoke(
                    Site.A, TemplatePeersTest.lan("10.0.0.0/16", "10.9.0.0/24"))),
            3);
    TemplatePeersTest.initiate(again, "lans", net);
    net.run(5 * Net.SECOND);
    assertEquals(1, hub.pairs().size());
    assertTrue(Net.usable(again, hub));
  }

  /** A narrowed child that nothing is left of gives way to a new one, and only such a one. */
  @Test
  void theSelectorsInUseAreLimited() {
    IkeConfig config =
        TemplatePeersTest.config(TemplatePeersTest.template(TemplatePeersTest.lans()));
    EngineContext context =
        new EngineContext(
            config,
            new TestRandom(1),
            new SplittableRandom(1),
            NO_SPIS,
            TrafficClock.SILENT,
            IsakmpKeyLog.NONE);
    UdpPath path = UdpPath.isakmp(Site.B, Site.A);
    Peer peer =
        new Peer(
            context,
            new SaRegistry(context),
            TemplatePeersTest.template(TemplatePeersTest.lans()),
            path,
            "peer");
    IsakmpSa sa = IsakmpSa.respond(context, peer, false, new Cookie(1), path, 0);
    sa.exchanges().protect(keys());
    List<Child> inUse = new ArrayList<>();
    List<QuickModeResponder> quickModes = new ArrayList<>();
    for (int i = 0; i < Children.MAX_NARROWED; i++) {
      Children.Match match = find(peer, sa, path, i);
      QuickModeResponder quickMode = new QuickModeResponder(context, sa, i + 1, 0);
      match.child().responding(quickMode, ByteString.EMPTY, 0);
      quickModes.add(quickMode);
      inUse.add(match.child());
    }
    assertNull(find(peer, sa, path, Children.MAX_NARROWED));
    assertEquals(1, context.counters.snapshot().dropped().get(DropReason.LIMIT));
    assertSame(inUse.get(3), find(peer, sa, path, 3).child());
    inUse.get(3).failed(quickModes.get(3), "it ends here", 0);
    assertEquals("10.1.64.0/24", find(peer, sa, path, Children.MAX_NARROWED).remote().toString());
    assertEquals(Children.MAX_NARROWED, peer.children().all().size());
  }

  private static PhaseOneKeys keys() {
    ByteString some = ByteString.of(new byte[16]);
    return PhaseOneKeys.ofPresharedKey(
        Site.CISCO.hash(),
        Site.CISCO.cipher(),
        new PhaseOneExchange(new Cookie(1), new Cookie(2), some, some, some, some, some),
        Site.secret("cisco"),
        Site.secret("shared"));
  }

  private static Children.Match find(Peer peer, IsakmpSa sa, UdpPath path, int number) {
    return peer.children()
        .find(
            sa,
            TrafficSelector.subnet(Ipv4Prefix.parse("10.0.0.0/16")),
            TrafficSelector.subnet(Ipv4Prefix.parse("10.1." + number + ".0/24")),
            new ExchangeHandler.Received(
                new IsakmpHeader(new Cookie(1), new Cookie(2), 1, 32, 1, 1, 28),
                PayloadChain.of(List.of()),
                ByteString.EMPTY,
                ByteString.EMPTY,
                path));
  }
}
