package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.ike.crypto.IkeCipher;
import dev.zuido.ike.crypto.IkeHash;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A gateway whose driver computes in groups of 8192 bits so slowly that a person could wait for it:
 * nobody else does.
 */
final class SlowGroupTest {
  private static final long SECOND = EngineContext.SECOND;
  private static final Ipv4Address HUB = Site.A;
  private static final Ipv4Address SLOW = Site.B;
  private static final Ipv4Address FAST = Ipv4Address.of(200, 1, 1, 2);
  private static final Ipv4Address ALSO_FAST = Ipv4Address.of(200, 1, 1, 3);

  private final Net net = new Net(1);
  private final Site hub =
      net.add(
          HUB,
          IkeConfig.of(
              List.of(
                  peer(HUB, SLOW, DhGroup.MODP_8192),
                  peer(HUB, FAST, DhGroup.MODP_1024),
                  peer(HUB, ALSO_FAST, DhGroup.CURVE_25519))),
          1);
  private final Site slow = spoke(SLOW, DhGroup.MODP_8192, 2);
  private final Site fast = spoke(FAST, DhGroup.MODP_1024, 3);
  private final Site alsoFast = spoke(ALSO_FAST, DhGroup.CURVE_25519, 4);

  SlowGroupTest() {
    hub.hold = task -> task.description().contains(DhGroup.MODP_8192.toString());
  }

  private Site spoke(Ipv4Address address, DhGroup group, long seed) {
    return net.add(address, IkeConfig.of(List.of(peer(address, HUB, group))), seed);
  }

  private static PeerConfig peer(Ipv4Address local, Ipv4Address remote, DhGroup group) {
    return PeerConfig.siteToSite(
        remote.toString(),
        local,
        remote,
        Site.secret("key"),
        List.of(IkeProposal.preShared(IkeCipher.AES_128_CBC, IkeHash.SHA2_256, group)),
        DpdConfig.periodic(2),
        List.of(
            ChildConfig.of(
                "gre",
                TrafficSelector.host(local, IpProtocol.GRE),
                TrafficSelector.host(remote, IpProtocol.GRE),
                EncapsulationMode.TRANSPORT,
                List.of(Site.TRIPLE_DES_MD5))));
  }

  private void initiate(Site site, Ipv4Address peer) {
    site.command(new IkeCommand.Initiate(peer.toString(), "gre"), net.now);
  }

  private boolean usable(Site spoke, Ipv4Address address) {
    return !spoke.pairs().isEmpty()
        && hub.pairs().stream().anyMatch(pair -> pair.peer().equals(address.toString()));
  }

  /** Does what the slow computer has done at last. */
  private void compute() {
    List<ComputeTask> tasks = new ArrayList<>(hub.held);
    hub.held.clear();
    for (ComputeTask task : tasks) {
      hub.engine.handle(task.run(), net.now);
    }
    hub.timeout(net.now);
  }

  @Test
  void handshakesWithOthersCompleteWhileTheResponderComputes() {
    initiate(slow, HUB);
    net.run(SECOND);
    assertEquals(1, hub.held.size());
    initiate(fast, HUB);
    initiate(hub, ALSO_FAST);
    net.run(SECOND);
    assertTrue(usable(fast, FAST), "the first of the others");
    assertTrue(usable(alsoFast, ALSO_FAST), "the second of the others");
    assertEquals(List.of(), slow.pairs());
    assertEquals(1, hub.held.size(), "what is repeated meanwhile is not computed again");
    compute();
    net.run(SECOND);
    assertTrue(usable(slow, SLOW), "the slow one in the end");
  }

  @Test
  void handshakesWithOthersCompleteWhileTheInitiatorComputes() {
    initiate(hub, SLOW);
    net.run(SECOND);
    assertEquals(1, hub.held.size(), "the key pair");
    initiate(fast, HUB);
    net.run(SECOND);
    assertTrue(usable(fast, FAST), "while the key pair is made");
    compute();
    net.run(SECOND);
    assertEquals(1, hub.held.size(), "the shared secret");
    initiate(alsoFast, HUB);
    net.run(SECOND);
    assertTrue(usable(alsoFast, ALSO_FAST), "while the secret is made");
    compute();
    net.run(SECOND);
    assertTrue(usable(slow, SLOW), "the slow one in the end");
  }

  /** The other peers' probes are answered, and their SAs replaced when their time has come. */
  @Test
  void whatIsEstablishedLivesOnMeanwhile() {
    initiate(fast, HUB);
    net.run(SECOND);
    initiate(slow, HUB);
    net.run(20 * SECOND);
    assertEquals(1, hub.held.size());
    long answered =
        fast.trace().stream().filter(line -> line.startsWith("<") && line.contains("ACK")).count();
    assertTrue(answered >= 5, "answers to probes: " + answered);
    hub.command(new IkeCommand.Terminate(FAST.toString(), null), net.now);
    net.run(SECOND);
    initiate(fast, HUB);
    net.run(SECOND);
    assertTrue(usable(fast, FAST), "a new beginning");
  }

  /** Who gives up while it is computed for leaves nothing behind, and the result is wiped. */
  @Test
  void resultsThatComeTooLateAreDropped() {
    initiate(slow, HUB);
    net.run(40 * SECOND);
    assertEquals(1, hub.held.size());
    assertEquals(List.of(), hub.phaseOnes());
    compute();
    assertEquals(List.of(), hub.phaseOnes());
    assertEquals(1, hub.engine.counters().dropped().get(DropReason.UNKNOWN_TARGET));
  }
}
