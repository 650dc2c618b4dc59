package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.pppoe.ppp.PppConfig.IpcpConfig;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** IPCP (RFC 1332, RFC 1877) and IPv6CP (RFC 5072) against a peer whose packets are written. */
final class IpcpTest {
  private static final int IPCP = PppProtocol.IPCP;
  private static final int IPV6CP = PppProtocol.IPV6CP;
  private static final Ipv4Address OURS = Ipv4Address.of(100, 1, 1, 1);
  private static final Ipv4Address DNS1 = Ipv4Address.of(8, 8, 8, 8);
  private static final Ipv4Address DNS2 = Ipv4Address.of(8, 8, 4, 4);

  private static IpcpConfig ipcp(
      Ipv4Address local, boolean acceptsOther, @Nullable Ipv4Address peer) {
    return new IpcpConfig(local, acceptsOther, peer, false, List.of());
  }

  private static ScriptedPeer peer(IpcpConfig config) {
    return new ScriptedPeer(LinkPair.callerConfig().withIpcp(config)).openLcp("");
  }

  private static ScriptedPeer asking() {
    return peer(ipcp(Ipv4Address.UNSPECIFIED, false, null));
  }

  private static ByteString request(ScriptedPeer peer, int protocol) {
    return peer.last(protocol, 1).packet().data();
  }

  // ---- our address

  @Test
  void anAddressIsAskedForAndTakenFromTheNak() {
    ScriptedPeer peer = asking();
    assertEquals(ByteString.ofHex("030600000000"), request(peer, IPCP));
    peer.nakRequest(IPCP, "030664010101");
    assertEquals(ByteString.ofHex("030664010101"), request(peer, IPCP));
    peer.ackRequest(IPCP);
    assertFalse(peer.link.isIpv4Up());
    peer.give(IPCP, 1, 1, "0306640101fe");
    assertTrue(peer.link.isIpv4Up());
    assertEquals(
        List.of(new PppOutput.Ipv4Up(OURS, Ipv4Address.of(100, 1, 1, 254), List.of())),
        peer.all(PppOutput.Ipv4Up.class));
  }

  @Test
  void zeroIsNoAddressInTheEnd() {
    ScriptedPeer acked = asking().ackRequest(IPCP).run(10 * ScriptedPeer.SECOND);
    assertEquals(
        new PppOutput.Ended(PppEnd.NO_AGREEMENT, "IPCP: the peer gives us no address"),
        acked.ended());
    ScriptedPeer rejected =
        asking().rejectRequest(IPCP, "030600000000").run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.NO_AGREEMENT, rejected.ended().reason());
  }

  @Test
  void anAddressThatNoHostHasIsNotTaken() {
    for (String none : List.of("e0000001", "7f000001", "ffffffff", "00000000")) {
      ScriptedPeer peer = asking();
      for (int i = 0; i < 20; i++) {
        if (peer.link.phase() == PppPhase.NETWORK) {
          peer.nakRequest(IPCP, "0306" + none);
        }
      }
      assertEquals(6, peer.count(IPCP, 1));
      peer.run(10 * ScriptedPeer.SECOND);
      assertEquals(PppEnd.NO_AGREEMENT, peer.ended().reason());
    }
  }

  @Test
  void aConfiguredAddressIsInsistedOn() {
    ScriptedPeer peer = peer(ipcp(OURS, false, null));
    assertEquals(ByteString.ofHex("030664010101"), request(peer, IPCP));
    peer.nakRequest(IPCP, "03060a000001");
    assertEquals(ByteString.ofHex("030664010101"), request(peer, IPCP));
    peer.rejectRequest(IPCP, "030664010101").run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.NO_AGREEMENT, peer.ended().reason());
    assertTrue(peer.ended().detail().contains("100.1.1.1"));
    assertTrue(peer.ended().detail().contains("10.0.0.1"));
  }

  @Test
  void insistingHasAnEnd() {
    ScriptedPeer peer = peer(ipcp(OURS, false, null));
    for (int i = 0; i < 6; i++) {
      peer.nakRequest(IPCP, "03060a000001");
    }
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(6, peer.count(IPCP, 1));
    assertTrue(peer.ended().detail().contains("10.0.0.1"));
  }

  @Test
  void aConfiguredAddressGivesWayIfItMay() {
    ScriptedPeer peer = peer(ipcp(OURS, true, null));
    peer.nakRequest(IPCP, "03060a000001").ackRequest(IPCP).give(IPCP, 1, 1, "");
    assertEquals(Ipv4Address.of(10, 0, 0, 1), peer.snapshot().localAddress());
    assertEquals(Ipv4Address.UNSPECIFIED, peer.snapshot().peerAddress());
  }

  @Test
  void aPeerThatNegotiatesNoAddressesLeavesUsTheConfiguredOne() {
    ScriptedPeer peer = peer(ipcp(OURS, false, null));
    peer.rejectRequest(IPCP, "030664010101");
    assertEquals(ByteString.EMPTY, request(peer, IPCP));
    peer.ackRequest(IPCP).give(IPCP, 1, 1, "");
    assertEquals(OURS, peer.snapshot().localAddress());
  }

  // ---- the peer's address

  @Test
  void thePeerIsGivenItsAddress() {
    ScriptedPeer peer = peer(ipcp(OURS, false, DNS1));
    peer.give(IPCP, 1, 1, "030600000000");
    assertEquals(ByteString.ofHex("030608080808"), peer.last(IPCP, 3).packet().data());
    peer.give(IPCP, 1, 2, "");
    assertEquals(ByteString.ofHex("030608080808"), peer.last(IPCP, 3).packet().data());
    peer.give(IPCP, 1, 3, "0305080808");
    assertEquals(ByteString.ofHex("030608080808"), peer.last(IPCP, 3).packet().data());
    peer.give(IPCP, 1, 4, "030608080808");
    assertEquals(4, peer.last(IPCP, 2).packet().identifier());
  }

  @Test
  void anAddressMayBeAssignedOnceThePeerIsKnown() {
    ScriptedPeer peer = peer(ipcp(OURS, false, null));
    peer.link.assignPeerAddress(DNS1, peer.now);
    peer.give(IPCP, 1, 1, "030600000000");
    assertEquals(ByteString.ofHex("030608080808"), peer.last(IPCP, 3).packet().data());
  }

  @Test
  void withoutAnAddressIpv4IsRefusedUntilThereIsOne() {
    ScriptedPeer peer = dual();
    peer.link.assignPeerAddress(null, peer.now);
    peer.drain().give(IPCP, 1, 1, "030600000000");
    assertEquals(1, peer.count(PppProtocol.LCP, 8));
    assertEquals(PppPhase.NETWORK, peer.link.phase());
    peer.link.assignPeerAddress(DNS1, peer.now);
    peer.drain().give(IPCP, 1, 1, "030600000000");
    assertEquals(ByteString.ofHex("030608080808"), peer.last(IPCP, 3).packet().data());
    ScriptedPeer alone = peer(ipcp(OURS, false, null));
    alone.link.assignPeerAddress(null, alone.now);
    alone.drain().run(10 * ScriptedPeer.SECOND);
    assertEquals(
        new PppOutput.Ended(PppEnd.NO_NETWORK_PROTOCOL, "there is no address for the peer"),
        alone.ended());
  }

  @Test
  void anAddressThatIsRefusedBeforeTheLinkComesUpEndsItAtOnce() {
    PppConfig config = LinkPair.callerConfig().withIpcp(ipcp(OURS, false, null));
    ScriptedPeer peer = new ScriptedPeer(config);
    peer.link.assignPeerAddress(null, peer.now);
    peer.openLcp("").run(10 * ScriptedPeer.SECOND);
    assertEquals(0, peer.count(IPCP, 1));
    assertEquals(PppEnd.NO_NETWORK_PROTOCOL, peer.ended().reason());
  }

  @Test
  void aPeerThatDoesNotTakeItsAddressGetsNoLink() {
    ScriptedPeer peer = peer(ipcp(OURS, false, DNS1));
    for (int i = 0; i < 6; i++) {
      peer.give(IPCP, 1, i, "03060a000001");
    }
    assertEquals(5, peer.count(IPCP, 3));
    assertEquals(ByteString.ofHex("03060a000001"), peer.last(IPCP, 4).packet().data());
    peer.give(IPCP, 1, 7, "").run(10 * ScriptedPeer.SECOND);
    assertEquals(
        new PppOutput.Ended(
            PppEnd.NO_AGREEMENT, "IPCP: the peer does not take the address 8.8.8.8"),
        peer.ended());
  }

  @Test
  void withoutOneToGiveZeroIsRejected() {
    ScriptedPeer peer = peer(ipcp(OURS, false, null));
    peer.give(IPCP, 1, 1, "030600000000");
    assertEquals(ByteString.ofHex("030600000000"), peer.last(IPCP, 4).packet().data());
    peer.give(IPCP, 1, 2, "0306e0000001");
    assertEquals(ByteString.ofHex("0306e0000001"), peer.last(IPCP, 4).packet().data());
  }

  @Test
  void whatIsNotNegotiatedIsRejected() {
    ScriptedPeer peer = peer(ipcp(OURS, false, null));
    String refused =
        "010a0a0000010a000002" + "0206002d0f00" + "810600000000" + "820600000000" + "840600000000";
    peer.give(IPCP, 1, 1, "03060a000001" + refused + "ff02");
    assertEquals(ByteString.ofHex(refused + "ff02"), peer.last(IPCP, 4).packet().data());
  }

  // ---- name servers (RFC 1877)

  @Test
  void nameServersAreAskedFor() {
    ScriptedPeer peer = peer(new IpcpConfig(Ipv4Address.UNSPECIFIED, false, null, true, List.of()));
    assertEquals(
        ByteString.ofHex("030600000000" + "810600000000" + "830600000000"), request(peer, IPCP));
    peer.nakRequest(IPCP, "030664010101" + "810608080808" + "830608080404");
    assertEquals(
        ByteString.ofHex("030664010101" + "810608080808" + "830608080404"), request(peer, IPCP));
    peer.ackRequest(IPCP).give(IPCP, 1, 1, "0306640101fe");
    assertEquals(List.of(DNS1, DNS2), peer.snapshot().nameServers());
  }

  @Test
  void aPeerWithoutNameServersIsNoObstacle() {
    ScriptedPeer peer = peer(new IpcpConfig(OURS, false, null, true, List.of()));
    peer.rejectRequest(IPCP, "810600000000");
    assertEquals(ByteString.ofHex("030664010101" + "830600000000"), request(peer, IPCP));
    peer.ackRequest(IPCP).give(IPCP, 1, 1, "0306640101fe");
    assertTrue(peer.link.isIpv4Up());
    assertEquals(List.of(), peer.snapshot().nameServers());
  }

  @Test
  void nameServersAreGiven() {
    ScriptedPeer peer = peer(new IpcpConfig(OURS, false, null, false, List.of(DNS1)));
    peer.give(IPCP, 1, 1, "810600000000");
    assertEquals(ByteString.ofHex("810608080808"), peer.last(IPCP, 3).packet().data());
    peer.give(IPCP, 1, 2, "810608080808830600000000");
    assertEquals(ByteString.ofHex("830600000000"), peer.last(IPCP, 4).packet().data());
  }

  // ---- the protocol's life

  @Test
  void anEchoIsNoIpcpPacket() {
    ScriptedPeer peer = asking().give(IPCP, 9, 1, "00000000").give(IPCP, 8, 1, "8021");
    assertEquals(2, peer.count(IPCP, 7));
  }

  @Test
  void aTerminatedIpcpMayComeAgainAndHasLimitedTimeTo() {
    ScriptedPeer peer = asking().openIpcp();
    peer.give(IPCP, 5, 1, "");
    assertEquals(1, peer.all(PppOutput.Ipv4Down.class).size());
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(AutomatonState.STOPPED, peer.snapshot().ipcp());
    assertEquals(PppPhase.NETWORK, peer.link.phase());
    peer.openIpcp();
    peer.give(IPCP, 5, 2, "").run(49 * ScriptedPeer.SECOND);
    assertEquals(0, peer.all(PppOutput.Ended.class).size());
  }

  @Test
  void aLinkWithoutANetworkProtocolEnds() {
    PppConfig quiet =
        LinkPair.callerConfig()
            .withIpcp(ipcp(OURS, false, null))
            .withTimers(PppTimers.DEFAULT.withEcho(0, 5));
    ScriptedPeer peer = new ScriptedPeer(quiet).openLcp("").run(59 * ScriptedPeer.SECOND);
    assertEquals(10, peer.count(IPCP, 1));
    assertEquals(PppPhase.NETWORK, peer.link.phase());
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.NO_NETWORK_PROTOCOL, peer.ended().reason());
  }

  @Test
  void aRejectedIpcpEndsTheLinkIfNothingElseIsThere() {
    ScriptedPeer peer = asking().give(PppProtocol.LCP, 8, 1, "80210101").run(10_000_000_000L);
    assertEquals(
        new PppOutput.Ended(PppEnd.NO_NETWORK_PROTOCOL, "the peer rejects IPCP"), peer.ended());
  }

  @Test
  void ipv6StaysWhereIpv4IsRejected() {
    ScriptedPeer peer = dual();
    peer.give(PppProtocol.LCP, 8, 1, "80210101");
    openIpv6(peer);
    peer.give(PppProtocol.LCP, 8, 1, "80fd0101");
    assertTrue(peer.link.isIpv6Up());
    assertEquals(0, peer.all(PppOutput.Ended.class).size());
  }

  @Test
  void aStoppedProtocolIsTriedAgainWhereAnotherKeepsTheLink() {
    PppConfig quiet =
        LinkPair.callerConfig()
            .withIpv6InterfaceId(0x11L)
            .withTimers(PppTimers.DEFAULT.withEcho(0, 5));
    ScriptedPeer peer = new ScriptedPeer(quiet).openLcp("").openIpcp();
    openIpv6(peer);
    peer.give(IPCP, 5, 1, "").run(62 * ScriptedPeer.SECOND);
    assertEquals(AutomatonState.STOPPED, peer.snapshot().ipcp());
    peer.run(2 * ScriptedPeer.SECOND);
    assertEquals(AutomatonState.REQ_SENT, peer.snapshot().ipcp());
    peer.openIpcp();
    assertTrue(peer.link.isIpv6Up());
    assertEquals(PppLink.NO_DEADLINE, peer.link.nextDeadline());
  }

  // ---- IPv6CP

  private static ScriptedPeer dual() {
    return new ScriptedPeer(LinkPair.callerConfig().withIpv6InterfaceId(0x11L)).openLcp("");
  }

  private static void openIpv6(ScriptedPeer peer) {
    peer.give(IPV6CP, 1, 1, "010a0000000000000022").ackRequest(IPV6CP);
    assertTrue(peer.link.isIpv6Up());
  }

  @Test
  void interfaceIdentifiersAreExchanged() {
    ScriptedPeer peer = dual();
    assertEquals(ByteString.ofHex("010a0000000000000011"), request(peer, IPV6CP));
    openIpv6(peer);
    assertEquals(List.of(new PppOutput.Ipv6Up(0x11, 0x22)), peer.all(PppOutput.Ipv6Up.class));
    peer.link.lowerDown(peer.now);
    peer.drain();
    assertEquals(1, peer.all(PppOutput.Ipv6Down.class).size());
    assertNull(peer.snapshot().localAddress());
  }

  @Test
  void zeroAndOurOwnIdentifierAreNakedWithAnother() {
    ScriptedPeer peer = dual();
    ByteString zero = ByteString.ofHex("010a0000000000000000");
    ByteString ours = ByteString.ofHex("010a0000000000000011");
    for (ByteString bad : List.of(zero, ours)) {
      peer.give(IPV6CP, 1, 1, bad);
      ByteString nak = peer.last(IPV6CP, 3).packet().data();
      assertNotEquals(zero, nak);
      assertNotEquals(ours, nak);
      assertEquals(0, nak.byteAt(2) & 2, "a random identifier is not universal");
    }
    peer.give(IPV6CP, 1, 1, "0104aabb0204004f");
    assertEquals(ByteString.ofHex("0204004f"), peer.last(IPV6CP, 4).packet().data());
  }

  @Test
  void aProposedIdentifierIsTakenUnlessItIsTheOneWeHaveProposed() {
    ScriptedPeer peer = dual();
    peer.nakRequest(IPV6CP, "010a0000000000000033");
    assertEquals(ByteString.ofHex("010a0000000000000033"), request(peer, IPV6CP));
    peer.give(IPV6CP, 1, 1, "010a0000000000000033");
    ByteString proposed = peer.last(IPV6CP, 3).packet().data();
    peer.nakRequest(IPV6CP, proposed.toString());
    assertNotEquals(proposed, request(peer, IPV6CP));
    assertNotEquals(ByteString.ofHex("010a0000000000000033"), request(peer, IPV6CP));
  }

  @Test
  void aMissingIdentifierIsAskedForOnce() {
    ScriptedPeer peer = dual();
    peer.give(IPV6CP, 1, 1, "").give(IPV6CP, 1, 2, "");
    assertEquals(1, peer.count(IPV6CP, 3));
    assertEquals(1, peer.count(IPV6CP, 2));
  }
}
