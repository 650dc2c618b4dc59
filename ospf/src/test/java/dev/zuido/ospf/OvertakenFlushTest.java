package dev.zuido.ospf;

import static dev.zuido.ospf.ScriptedPeer.routerKey;
import static dev.zuido.ospf.ScriptedPeer.routerLsa;
import static dev.zuido.ospf.SimulatedNet.MILLI;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A flush that overtakes, or is overtaken by, the instance that it is about. */
final class OvertakenFlushTest {
  private static final int FIRST = LsaHeader.INITIAL_SEQUENCE;
  private static final Lsa INSTANCE = routerLsa(7, FIRST, 1);
  private static final Lsa FLUSH = INSTANCE.withAge(LsaHeader.MAX_AGE);

  private final ScriptedPeer peer = ScriptedPeer.master().toFull();

  private boolean isHeld() {
    return peer.held(routerKey(Configs.routerId(7))) != null;
  }

  @Test
  void anInstanceThatItsFlushHasOvertakenIsNotTaken() {
    peer.update(FLUSH);
    assertEquals(List.of(FLUSH.header()), Opaques.acknowledged(peer));
    peer.run(200 * MILLI);
    peer.update(INSTANCE);
    peer.run(2 * SECOND);
    assertFalse(isHeld());
    assertEquals(List.of(), Opaques.acknowledged(peer), "whoever means it sends it again");
    assertEquals(1, peer.dropped(DropReason.LSA_OLDER));
    peer.update(INSTANCE);
    assertTrue(isHeld());
  }

  @Test
  void anOldCopyBehindTheFlushIsNotTaken() {
    peer.update(INSTANCE);
    peer.run(2 * SECOND);
    peer.update(FLUSH);
    assertFalse(isHeld());
    peer.update(INSTANCE);
    assertFalse(isHeld());
  }

  @Test
  void aNewerInstanceIsTakenAtOnce() {
    peer.update(FLUSH);
    peer.update(routerLsa(7, FIRST + 1, 1));
    assertTrue(isHeld());
  }

  @Test
  void section12Dot1Dot6ANewBeginningAfterMaxSequenceNumberIsTakenAtOnce() {
    peer.update(routerLsa(7, LsaHeader.MAX_SEQUENCE, 1).withAge(LsaHeader.MAX_AGE));
    peer.update(INSTANCE);
    assertTrue(isHeld());
  }

  @Test
  void howManyFlushesAreRememberedIsBounded() {
    for (int router = 0; router < 3000; router++) {
      peer.update(Externals.lsa(router, FIRST).withAge(LsaHeader.MAX_AGE));
    }
    peer.update(Externals.lsa(2999, FIRST));
    peer.update(Externals.lsa(0, FIRST));
    assertEquals(1, peer.engine.database().asWide().entriesOfType(LsaType.AS_EXTERNAL).size());
  }

  @Test
  void anInstanceIsNotFlushedBeforeNeighborsTakeTheFlush() {
    peer.command(Externals.announce("172.16.0.0/16", true, 1));
    assertNotNull(lastExternal());
    peer.run(SECOND);
    peer.take(LinkStateUpdatePacket.class);
    peer.command(Externals.withdraw("172.16.0.0/16"));
    peer.run(SECOND - MILLI);
    assertNull(lastExternal());
    peer.run(2 * MILLI);
    assertTrue(lastExternal().header().isMaxAge());
  }

  private Lsa lastExternal() {
    return peer.take(LinkStateUpdatePacket.class).stream()
        .flatMap(packet -> packet.lsas().stream())
        .filter(lsa -> lsa.header().type() == LsaType.AS_EXTERNAL)
        .reduce((first, second) -> second)
        .orElse(null);
  }
}
