package dev.zuido.pppoe.ppp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** LCP's maintenance and end, against a peer whose packets are written (RFC 1661 section 5.5). */
final class LcpMaintenanceTest {
  private static final int LCP = PppProtocol.LCP;

  private final ScriptedPeer peer = new ScriptedPeer(LinkPair.callerConfig());

  @Test
  void anUnknownCodeIsRejectedWithTheMruOfThePeer() {
    peer.openLcp("01040080");
    peer.give(LCP, 12, 77, ByteString.of(new byte[300]));
    ControlPacket reject = peer.last(LCP, 7).packet();
    assertEquals(128, reject.encodedLength());
    assertTrue(reject.data().startsWith(ByteString.ofHex("0c4d0130")));
    peer.give(LCP, 0, 1, "");
    assertNotEquals(reject.identifier(), peer.last(LCP, 7).packet().identifier());
  }

  @Test
  void anUnknownProtocolIsRejectedOnAnOpenLinkOnly() {
    peer.give(0x80fd, 1, 1, "0102");
    assertEquals(1, peer.dropped(PppDropReason.WRONG_PHASE));
    peer.openLcp("01040080");
    peer.give(0x80fd, 1, 1, ByteString.of(new byte[300]));
    ControlPacket reject = peer.last(LCP, 8).packet();
    assertEquals(128, reject.encodedLength());
    assertTrue(reject.data().startsWith(ByteString.ofHex("80fd01010130")));
    assertEquals(1, peer.dropped(PppDropReason.UNKNOWN_PROTOCOL));
    peer.give(LCP, 7, 5, "08010004");
    peer.give(0x80fd, 1, 1, "0102");
    assertEquals(1, peer.count(LCP, 8), "a rejected code is sent no more");
  }

  @Test
  void refusedIpv6IsRejectedAndItsDatagramsToo() {
    peer.openLcp("");
    peer.give(PppProtocol.IPV6CP, 1, 1, "010a0000000000000001");
    assertEquals(1, peer.count(LCP, 8));
    peer.give(PppProtocol.IPV6, 0x60, 0, "00");
    assertEquals(2, peer.count(LCP, 8));
    peer.give(PppProtocol.IPV4, 0x45, 0, "00");
    assertEquals(2, peer.count(LCP, 8), "IPv4 is supported and not open: discarded");
  }

  @Test
  void anEchoIsAnsweredWithOurMagicNumber() {
    peer.give(LCP, 9, 5, "00000042aabb");
    assertEquals(1, peer.dropped(PppDropReason.WRONG_PHASE));
    peer.openLcp("");
    peer.give(LCP, 9, 5, "00000042aabb");
    ByteString magic = new LcpOption.MagicNumber(peer.snapshot().localMagic()).toOption().data();
    assertEquals(
        new ControlPacket(10, 5, ByteString.ofHex(magic + "aabb")), peer.last(LCP, 10).packet());
    peer.give(LCP, 9, 6, "00000043");
    peer.give(LCP, 9, 7, magic);
    peer.give(LCP, 11, 8, "00000042");
    peer.give(LCP, 9, 9, "0000");
    assertEquals(1, peer.count(LCP, 10));
    assertEquals(2, peer.dropped(PppDropReason.BAD_MAGIC_NUMBER));
    assertEquals(1, peer.dropped(PppDropReason.MALFORMED));
    assertEquals(1, peer.snapshot().echoesTaken());
  }

  @Test
  void echoesWithoutAnswersEndTheLink() {
    peer.openLcp("").openIpcp();
    peer.run(10 * ScriptedPeer.SECOND);
    peer.give(LCP, 10, peer.last(LCP, 9).packet().identifier(), "00000042");
    assertEquals(1, peer.snapshot().echoesAnswered());
    peer.give(LCP, 10, peer.last(LCP, 9).packet().identifier(), "00000042");
    assertEquals(1, peer.dropped(PppDropReason.UNEXPECTED_IDENTIFIER));
    peer.run(59 * ScriptedPeer.SECOND);
    assertTrue(peer.link.isIpv4Up());
    peer.run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.PEER_DEAD, peer.ended().reason());
    assertEquals(6, peer.count(LCP, 9));
    assertEquals(1, peer.all(PppOutput.Ipv4Down.class).size());
  }

  @Test
  void aPeerThatKnowsNoEchoIsNotAskedAgain() {
    peer.openLcp("").openIpcp().run(10 * ScriptedPeer.SECOND);
    peer.give(LCP, 7, 5, "09010008").run(600 * ScriptedPeer.SECOND);
    assertEquals(1, peer.count(LCP, 9));
    assertTrue(peer.link.isIpv4Up());
  }

  @Test
  void aRejectOfLcpItselfEndsTheLink() {
    peer.openLcp("");
    peer.give(LCP, 8, 5, "c021").run(10 * ScriptedPeer.SECOND);
    assertEquals(PppEnd.NO_AGREEMENT, peer.ended().reason());
    ScriptedPeer other = new ScriptedPeer(LinkPair.callerConfig());
    other.give(LCP, 7, 5, "01010004");
    assertEquals(PppEnd.NO_AGREEMENT, other.ended().reason());
  }

  @Test
  void aTerminatedLinkWaitsARestartTimeBeforeItEnds() {
    peer.openLcp("").openIpcp();
    peer.give(LCP, 5, 99, ByteString.of("bye\n".getBytes(StandardCharsets.US_ASCII)));
    assertEquals(new ControlPacket(6, 99, ByteString.EMPTY), peer.last(LCP, 6).packet());
    assertEquals(PppPhase.TERMINATE, peer.link.phase());
    peer.run(3 * ScriptedPeer.SECOND - 1);
    assertEquals(0, peer.all(PppOutput.Ended.class).size());
    peer.run(1);
    assertEquals(new PppOutput.Ended(PppEnd.PEER_CLOSED, "bye."), peer.ended());
  }

  @Test
  void aLowerLayerThatGoesDownEndsTheLink() {
    peer.openLcp("").openIpcp();
    peer.link.lowerDown(peer.now);
    peer.drain();
    assertEquals(PppEnd.LOWER_DOWN, peer.ended().reason());
    assertEquals(PppPhase.DEAD, peer.link.phase());
    assertEquals(PppLink.NO_DEADLINE, peer.link.nextDeadline());
  }

  @Test
  void tooLongAndTooShortPacketsAreDropped() {
    peer.giveRaw(new byte[1503]).giveRaw(new byte[1]).giveRaw(new byte[0]);
    assertEquals(1, peer.dropped(PppDropReason.TOO_LONG));
    assertEquals(2, peer.dropped(PppDropReason.MALFORMED));
  }

  @Test
  void aCallerThatDoesNotPollIsNotFilledUp() {
    byte[] packet = new byte[] {(byte) 0xc0, 0x21, 99, 1, 0, 4};
    for (int i = 0; i < 10_000; i++) {
      peer.link.handle(Unpooled.wrappedBuffer(packet), peer.now);
    }
    assertTrue(peer.dropped(PppDropReason.OUTPUT_FULL) > 9_000);
    int before = peer.outputs.size();
    peer.drain();
    assertTrue(peer.outputs.size() - before < 300);
  }
}
