package dev.zuido.ospf;

import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 2328 section 12.1.6 where an LSA comes, goes and comes again. */
final class Section12SequenceNumbersTest {
  private static final int FIRST = LsaHeader.INITIAL_SEQUENCE;
  private static final String NETWORK = "172.16.0.0/24";

  private final ScriptedPeer peer = ScriptedPeer.master().toFull();

  @Test
  void section12Dot1Dot6AfterAFlushTheSequenceNumberGoesOn() {
    peer.command(Externals.announce(NETWORK, true, 1));
    peer.settle();
    peer.command(Externals.withdraw(NETWORK));
    peer.settle();
    peer.settle();
    assertEquals(0, externals(), "flushed, acknowledged and removed");
    peer.command(Externals.announce(NETWORK, true, 1));
    assertEquals(FIRST + 1, originated().header().sequence());
  }

  @Test
  void theNextInstanceIsNewerThanTheFlushThatSomebodyStillHolds() {
    peer.command(Externals.announce(NETWORK, true, 1));
    peer.settle();
    peer.command(Externals.withdraw(NETWORK));
    Lsa flush = originated();
    peer.acknowledge(flush.header());
    peer.settle();
    peer.settle();
    peer.command(Externals.announce(NETWORK, true, 1));
    Lsa next = originated();
    assertEquals(1, LsaHeader.compareInstances(next.header(), flush.header()));
    peer.run(2 * SECOND);
    peer.update(flush);
    assertEquals(1, externals(), "a late copy of the flush changes nothing");
  }

  @Test
  void section13Dot4AnOlderSelfThatWasFlushedCountsToo() {
    peer.update(own(0, FIRST + 7));
    peer.settle();
    peer.settle();
    assertEquals(0, externals());
    peer.command(Externals.announce(NETWORK, true, 1));
    assertEquals(FIRST + 8, originated().header().sequence());
  }

  @Test
  void section12Dot1Dot6AfterTheLastNumberItBeginsAnew() {
    peer.update(own(0, LsaHeader.MAX_SEQUENCE));
    peer.settle();
    peer.settle();
    peer.command(Externals.announce(NETWORK, true, 1));
    assertEquals(FIRST, originated().header().sequence());
  }

  @Test
  void howManySequenceNumbersAreKeptIsBoundedAndCounted() {
    for (int number = 0; number < 4097; number++) {
      Lsa older = own(number, FIRST + 7);
      peer.update(older);
      peer.acknowledge(older.withAge(LsaHeader.MAX_AGE).header());
    }
    assertEquals(0, externals());
    assertEquals(1, peer.dropped(DropReason.SEQUENCE_LIMIT));
    peer.forget();
    peer.command(Externals.announce(NETWORK, true, 1));
    assertEquals(FIRST, originated().header().sequence(), "the first is forgotten");
    peer.command(Externals.announce("172.16.1.0/24", true, 1));
    assertEquals(FIRST + 8, originated().header().sequence());
  }

  /** The engine's own LSA about the n-th network, from before a restart. */
  private static Lsa own(int number, int sequence) {
    Ipv4Prefix network = new Ipv4Prefix(new Ipv4Address(0xac10_0000 + (number << 8)), 24);
    return Lsa.originate(
        new Options(Options.E),
        network.address(),
        ScriptedPeer.ENGINE_ID,
        sequence,
        AsExternalLsa.of(network.mask(), true, 1, Ipv4Address.UNSPECIFIED, 0));
  }

  private int externals() {
    return peer.engine.database().asWide().entriesOfType(LsaType.AS_EXTERNAL).size();
  }

  /** The AS-external-LSA that the engine sent last. */
  private Lsa originated() {
    List<Lsa> sent =
        peer.take(LinkStateUpdatePacket.class).stream()
            .flatMap(packet -> packet.lsas().stream())
            .filter(lsa -> lsa.header().type() == LsaType.AS_EXTERNAL)
            .toList();
    return sent.get(sent.size() - 1);
  }
}
