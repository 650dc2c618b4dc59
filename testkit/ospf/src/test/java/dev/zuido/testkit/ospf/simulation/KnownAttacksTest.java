package dev.zuido.testkit.ospf.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.DropReason;
import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Lan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Link;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Member;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Stub;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Attacks that are known from the literature and from other implementations, on a network without
 * authentication. Each ends in fight-back and recovery.
 *
 * <p>Routers 0, 1, 2 and 3 are in a row; 3, 4 and 5 are on a broadcast network.
 */
final class KnownAttacksTest {
  private static final NetworkPlan PLAN =
      NetworkPlan.ofBackbone(
          6,
          List.of(Link.of(0, 0, 1, 1), Link.of(0, 1, 2, 1), Link.of(0, 2, 3, 1)),
          List.of(
              new Lan(0, List.of(new Member(3, 1, 1), new Member(4, 1, 1), new Member(5, 1, 1)))),
          List.of(
              new Stub(0, 0, 0, 1),
              new Stub(0, 2, 2, 1),
              new Stub(0, 3, 3, 1),
              new Stub(0, 4, 4, 1)));
  private static final Ipv4Address PHANTOM = Ipv4Address.of(99, 99, 99, 99);

  private SimulatedNetwork network;
  private Attacker attacker;

  @BeforeEach
  void start() {
    network = new SimulatedNetwork(PLAN, 1);
    network.start();
    network.runUntilAgreed(120);
    network.run(30);
    attacker = new Attacker(network);
  }

  private int sequenceAt(int holder, int originator) {
    return attacker.routerLsa(holder, originator).header().sequence();
  }

  /** CVE-2017-3224: routers kept the forged instance, since none can be newer. */
  @Test
  void anLsaWithMaxSequenceNumberIsFlushedAndItsOriginatorBeginsAnew() {
    Lsa original = attacker.routerLsa(0, 3);
    Lsa forged = Attacker.forged(original, LsaHeader.MAX_SEQUENCE, Attacker.withoutLinks());
    attacker.updateOverLink(0, false, forged);
    network.runUntilAgreed(120);
    for (int router = 0; router < PLAN.routers(); router++) {
      assertTrue(sequenceAt(router, 3) < LsaHeader.INITIAL_SEQUENCE + 10);
    }
  }

  /** FRR 8728: the mended routers refused the flush and the new beginning. */
  @Test
  void theFlushAndTheNewBeginningAreTakenHoweverOftenTheAttackIsRepeated() {
    Lsa original = attacker.routerLsa(0, 3);
    for (int round = 0; round < 5; round++) {
      attacker.updateOverLink(
          0, false, Attacker.forged(original, LsaHeader.MAX_SEQUENCE, Attacker.withoutLinks()));
      network.run(3 + 2L * round);
    }
    network.runUntilAgreed(120);
    assertTrue(sequenceAt(0, 3) < LsaHeader.INITIAL_SEQUENCE + 10);
  }

  /** The originator is told at once, by its own neighbor's name. */
  @Test
  void anLsaWithMaxSequenceNumberThatComesToItsOriginatorFirstIsFlushed() {
    Lsa original = attacker.routerLsa(0, 2);
    attacker.updateOverLink(
        1, false, Attacker.forged(original, LsaHeader.MAX_SEQUENCE, Attacker.withoutLinks()));
    network.runUntilAgreed(120);
    assertTrue(sequenceAt(0, 2) < LsaHeader.INITIAL_SEQUENCE + 10);
  }

  /** The originator has no such LSA at all: it has to flush it (section 13.4). */
  @Test
  void anLsaThatItsAllegedOriginatorNeverMadeIsFlushed() {
    Ipv4Address network3 = Ipv4Address.of(198, 51, 100, 0);
    Lsa forged =
        Lsa.originate(
            new Options(Options.E),
            network3,
            NetworkPlan.routerId(3),
            LsaHeader.MAX_SEQUENCE,
            SummaryLsa.ofNetwork(Ipv4Address.of(255, 255, 255, 0), 1));
    attacker.updateOverLink(0, false, forged);
    network.run(1);
    network.runUntilAgreed(120);
    for (int router = 0; router < PLAN.routers(); router++) {
      assertEquals(
          0,
          network
              .router(router)
              .engine()
              .database()
              .area(NetworkPlan.areaId(0))
              .entriesOfType(3)
              .size());
    }
  }

  /**
   * Disguised LSA (Nakibly et al. 2012): an instance with the sequence number and checksum of the
   * fight-back that it provokes. RFC 2328 cannot tell them apart, so that it lives until the next
   * refresh.
   */
  @Test
  void aDisguisedLsaDoesNotOutliveTheNextRefresh() {
    Lsa original = attacker.routerLsa(0, 3);
    int sequence = original.header().sequence();
    Lsa provocation = Attacker.forged(original, sequence + 1, Attacker.withoutLinks());
    Lsa fightBack = Attacker.forged(original, sequence + 2, original.body());
    Lsa disguised = disguised(fightBack);
    attacker.updateOverLink(0, false, provocation);
    network.simulation().run(1_100_000_000);
    attacker.updateOverLink(0, false, disguised);
    network.run(30);
    assertEquals(disguised.header().checksum(), fightBack.header().checksum());
    network.runUntilAgreed(LsaHeader.REFRESH_TIME + 60);
    assertTrue(sequenceAt(0, 3) > sequence + 1);
  }

  /** Another body with the same checksum: the metrics of two links make up for the difference. */
  private static Lsa disguised(Lsa original) {
    int wanted = original.header().checksum();
    int sequence = original.header().sequence();
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 0x1_0000; second++) {
        RouterLsa body =
            new RouterLsa(0, List.of(Attacker.stub(first, 1), Attacker.stub(7, second)));
        Lsa candidate = Attacker.forged(original, sequence, body);
        if (candidate.header().checksum() == wanted) {
          return candidate;
        }
      }
    }
    throw new AssertionError("no body has the checksum " + wanted);
  }

  /** CVE-2013-0149: a router-LSA whose Link State ID is not its originator hides the true one. */
  @Test
  void aRouterLsaWithAForeignLinkStateIdIsNotTaken() {
    Lsa forged =
        Lsa.originate(
            new Options(Options.E),
            NetworkPlan.routerId(3),
            PHANTOM,
            LsaHeader.MAX_SEQUENCE - 1,
            new RouterLsa(0, List.of(Attacker.stub(1, 1))));
    long before = network.router(1).engine().database().size();
    attacker.updateOverLink(0, false, forged);
    network.run(10);
    assertEquals(before, network.router(1).engine().database().size());
    assertEquals(1L, network.router(1).engine().dropped().get(DropReason.LSA_TYPE));
    network.runUntilAgreed(60);
  }

  /** MaxAge storm: premature aging of everybody's LSAs, again and again. */
  @Test
  void aMaxAgeStormEndsWithEverybodysLsasBack() {
    long quietBefore = network.simulation().packets();
    for (int second = 0; second < 60; second++) {
      List<Lsa> aged = new ArrayList<>();
      for (int router = 0; router < PLAN.routers(); router++) {
        LsaEntry entry = attacker.entry(1, NetworkPlan.routerId(router));
        if (entry != null) {
          int sequence = entry.lsa().header().sequence() + 1;
          aged.add(
              Attacker.forged(entry.lsa(), sequence, entry.lsa().body())
                  .withAge(LsaHeader.MAX_AGE));
        }
      }
      attacker.updateBothEnds(0, aged.toArray(Lsa[]::new));
      network.run(1);
    }
    long packets = network.simulation().packets() - quietBefore;
    assertTrue(packets < 20_000, "a storm of " + packets + " packets");
    network.runUntilAgreed(120);
  }

  /** Periodic injection: the forged LSA is newer each time, every five seconds. */
  @Test
  void periodicInjectionIsFoughtBackEveryMinLsInterval() {
    for (int round = 0; round < 12; round++) {
      Lsa current = attacker.routerLsa(1, 3);
      int sequence = current.header().sequence() + 1;
      attacker.updateOverLink(
          0, false, Attacker.forged(current, sequence, Attacker.withoutLinks()));
      network.run(5);
    }
    network.runUntilAgreed(60);
    assertTrue(sequenceAt(0, 3) >= LsaHeader.INITIAL_SEQUENCE + 12);
  }

  /** Partition: the router in the middle seems to have lost all its links. */
  @Test
  void aPartitionByAForgedRouterLsaHeals() {
    Lsa original = attacker.routerLsa(0, 2);
    int sequence = original.header().sequence() + 1;
    attacker.updateOverLink(0, false, Attacker.forged(original, sequence, Attacker.withoutLinks()));
    network.run(1);
    network.runUntilAgreed(60);
    assertTrue(sequenceAt(0, 2) > sequence);
  }

  /**
   * Remote false adjacency (Nakibly et al. 2012): the attacker, who hears no answer, plays a router
   * on the broadcast network as master, up to Full, and tells LSAs as that router.
   */
  @Test
  void aPhantomOnTheBroadcastNetworkIsForgottenWhenItFallsSilent() {
    int victim = 5;
    Ipv4Address source = Ipv4Address.of(10, 128, 0, 77);
    Ipv4Address victimAddress = PLAN.lanAddress(0, victim);
    int on = NetworkPlan.lanInterface(0);
    OspfHeader header = new OspfHeader(PHANTOM, NetworkPlan.areaId(0));
    Options options = new Options(Options.E);
    List<Ipv4Address> heard = List.of(NetworkPlan.routerId(victim));
    HelloPacket hello =
        new HelloPacket(
            header,
            Ipv4Address.of(255, 255, 255, 0),
            10,
            options,
            0,
            40,
            victimAddress,
            Ipv4Address.UNSPECIFIED,
            heard);
    attacker.send(victim, on, source, Attacker.ALL_SPF_ROUTERS, hello);
    int flags = 7;
    for (int i = 0; i < 4; i++) {
      var description =
          new DatabaseDescriptionPacket(header, 1500, options, flags, 1000 + i, List.of());
      attacker.send(victim, on, source, victimAddress, description);
      network.run(1);
      flags = i < 2 ? 3 : 1;
    }
    RouterLink back = new RouterLink(RouterLink.TRANSIT, victimAddress, source, 1);
    Lsa phantom = Attacker.phantom(PHANTOM, back, Attacker.stub(9, 1));
    attacker.send(
        victim, on, source, victimAddress, new LinkStateUpdatePacket(header, List.of(phantom)));
    network.run(1);
    assertNotNull(attacker.entry(victim, PHANTOM), "the attack did not get that far");
    network.run(60);
    assertEquals(NeighborState.DOWN, network.router(victim).stateOf(PHANTOM));
    network.runUntilAgreed(60);
    assertNull(network.router(0).routes().route(Ipv4Prefix.parse("192.0.9.0/24")));
  }

  /** A Hello in a neighbor's name that does not list us ends the adjacency; it comes again. */
  @Test
  void aForgedHelloEndsAnAdjacencyOnlyForAWhile() {
    HelloPacket hello =
        new HelloPacket(
            Attacker.header(0),
            Ipv4Address.of(255, 255, 255, 252),
            10,
            new Options(Options.E),
            1,
            40,
            Ipv4Address.UNSPECIFIED,
            Ipv4Address.UNSPECIFIED,
            List.of());
    attacker.sendOverLink(0, false, hello);
    assertEquals(NeighborState.INIT, network.router(1).stateOf(NetworkPlan.routerId(0)));
    network.runUntilAgreed(60);
  }

  /** Section 13.4: a network-LSA with one of our addresses as ID is ours, whoever made it. */
  @Test
  void aForeignNetworkLsaWithOurAddressIsFlushed() {
    Ipv4Address ours = PLAN.lanAddress(0, 3);
    Lsa forged =
        Lsa.originate(
            new Options(Options.E),
            ours,
            PHANTOM,
            LsaHeader.INITIAL_SEQUENCE,
            new NetworkLsa(
                Ipv4Address.of(255, 255, 255, 0),
                List.of(NetworkPlan.routerId(3), NetworkPlan.routerId(0))));
    attacker.updateOverLink(0, false, forged);
    network.run(1);
    network.runUntilAgreed(60);
    assertFalse(
        network.router(0).engine().database().area(NetworkPlan.areaId(0)).entriesOfType(2).stream()
            .anyMatch(entry -> entry.key().advertisingRouter().equals(PHANTOM)));
  }

  /** LSAs of routers that nobody is connected to lead nowhere, and are gone after MaxAge. */
  @Test
  void lsasOfPhantomsLeadNowhereAndAgeOut() {
    RouterLink back =
        new RouterLink(
            RouterLink.POINT_TO_POINT, NetworkPlan.routerId(0), Ipv4Address.of(0, 0, 0, 1), 1);
    Lsa external =
        Lsa.originate(
            new Options(Options.E),
            Ipv4Address.UNSPECIFIED,
            PHANTOM,
            LsaHeader.INITIAL_SEQUENCE,
            AsExternalLsa.of(Ipv4Address.UNSPECIFIED, false, 1, Ipv4Address.UNSPECIFIED, 0));
    Lsa summary =
        Lsa.originate(
            new Options(Options.E),
            Ipv4Address.of(172, 16, 4, 0),
            PHANTOM,
            LsaHeader.INITIAL_SEQUENCE,
            SummaryLsa.ofNetwork(Ipv4Address.of(255, 255, 255, 0), 0));
    attacker.updateBothEnds(
        0, Attacker.phantom(PHANTOM, back, Attacker.stub(9, 1)), external, summary);
    network.runUntilAgreed(60);
    assertNotNull(attacker.entry(5, PHANTOM));
    network.run(LsaHeader.MAX_AGE + 10);
    network.runUntilAgreed(60);
    assertNull(attacker.entry(5, PHANTOM));
  }
}
