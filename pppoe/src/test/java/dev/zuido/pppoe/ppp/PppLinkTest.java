package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A whole link, both sides. */
final class PppLinkTest {
  @Test
  void aCallerAndAServerComeUpWithChapAndAnAddress() {
    LinkPair pair = LinkPair.usual().start().run(LinkPair.SECOND);
    assertTrue(pair.isAgreed(), () -> pair.caller.outputs + "\n" + pair.server.outputs);
    assertEquals(
        new PppOutput.Ipv4Up(LinkPair.CALLER, LinkPair.SERVER, List.of()),
        pair.caller.last(PppOutput.Ipv4Up.class));
    assertEquals(
        new PppOutput.PeerAuthenticated("cisco@cisco.com"),
        pair.server.last(PppOutput.PeerAuthenticated.class));
    assertEquals(PppPhase.NETWORK, pair.caller.link.phase());
    assertEquals(1492, pair.caller.link.peerMru());

    pair.run(3600 * LinkPair.SECOND);
    assertTrue(pair.isAgreed());
    PppSnapshot snapshot = pair.caller.link.snapshot(pair.now);
    assertEquals(360, snapshot.echoesSent());
    assertEquals(360, snapshot.echoesAnswered());
    pair.caller.link.close(pair.now);
    pair.drain(pair.caller);
    pair.run(10 * LinkPair.SECOND);
    assertEquals(PppEnd.CLOSED, pair.caller.last(PppOutput.Ended.class).reason());
    assertEquals(PppEnd.PEER_CLOSED, pair.server.last(PppOutput.Ended.class).reason());
  }
}
