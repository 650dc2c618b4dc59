package dev.zuido.ospf.lsdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LinkStateDatabaseTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Ipv4Address AREA = Ipv4Address.of(0, 0, 0, 1);

  private final LinkStateDatabase database = new LinkStateDatabase(4);
  private final LsaStore area = database.addArea(AREA);

  @Test
  void agesByInstallationTimeAndStopsAtMaxAge() {
    area.install(router(1, 1).withAge(100), 5 * SECOND);
    LsaEntry entry = area.routerLsa(id(1));
    assertNotNull(entry);
    assertEquals(100, entry.ageAt(5 * SECOND));
    assertEquals(100, entry.ageAt(6 * SECOND - 1));
    assertEquals(101, entry.ageAt(6 * SECOND));
    assertEquals(3599, entry.headerAt(3505 * SECOND - 1).age());
    assertEquals(3600, entry.ageAt(3505 * SECOND));
    assertEquals(3600, entry.ageAt(100_000 * SECOND));
    assertTrue(entry.isMaxAgeAt(3505 * SECOND));
    assertEquals(1705 * SECOND, entry.reachesAge(LsaHeader.REFRESH_TIME));
    assertEquals(3505 * SECOND, entry.expiresAtNanos());
    assertEquals(205 * SECOND, entry.nextCheckAfter(5 * SECOND));
    assertEquals(505 * SECOND, entry.nextCheckAfter(205 * SECOND));
  }

  @Test
  void tellsWhatAnInstallationChanged() {
    assertEquals(InstallResult.NEW, area.install(router(1, 1), 0));
    assertEquals(InstallResult.REFRESHED, area.install(router(1, 2), SECOND));
    Lsa border =
        Lsa.originate(Options.NONE, id(1), id(1), 3, new RouterLsa(RouterLsa.BORDER, List.of()));
    assertEquals(InstallResult.CHANGED, area.install(border, SECOND));
    assertEquals(InstallResult.CHANGED, area.install(border.withAge(LsaHeader.MAX_AGE), SECOND));
    assertEquals(InstallResult.REFRESHED, area.install(border.withAge(LsaHeader.MAX_AGE), SECOND));
  }

  @Test
  void theLimitCoversAllAreasAndTheAsAndIsCounted() {
    LsaStore other = database.addArea(id(2));
    area.install(router(1, 1), 0);
    other.install(router(1, 1), 0);
    database.asWide().install(external(1), 0);
    area.install(router(2, 1), 0);
    assertEquals(4, database.size());
    assertEquals(InstallResult.REFUSED, area.install(router(3, 1), 0));
    assertEquals(InstallResult.REFUSED, database.asWide().install(external(2), 0));
    assertEquals(2, database.refused());
    assertEquals(InstallResult.REFRESHED, area.install(router(1, 2), 0));
    assertNull(area.routerLsa(id(3)));
    assertNotNull(area.remove(router(2, 1).key()));
    assertEquals(InstallResult.NEW, area.install(router(3, 1), 0));
    database.removeArea(AREA);
    assertEquals(2, database.size());
  }

  @Test
  void expiresInOrderAndEachOnce() {
    area.install(router(2, 1).withAge(3590), 0);
    area.install(router(1, 1).withAge(3580), 0);
    area.install(router(3, 1).withAge(3600), 0);
    assertEquals(10 * SECOND, database.nextExpiryNanos());
    assertNull(area.expireNext(10 * SECOND - 1));
    LsaEntry first = area.expireNext(25 * SECOND);
    assertNotNull(first);
    assertEquals(id(2), first.lsa().header().linkStateId());
    assertEquals(3600, first.lsa().header().age());
    assertSame(first, area.get(first.key()));
    LsaEntry second = area.expireNext(25 * SECOND);
    assertNotNull(second);
    assertEquals(id(1), second.lsa().header().linkStateId());
    assertNull(area.expireNext(25 * SECOND));
    assertEquals(LsaEntry.NO_DEADLINE, database.nextExpiryNanos());
  }

  @Test
  void aNewInstanceMovesTheDeadline() {
    area.install(router(1, 1).withAge(3590), 0);
    area.install(router(1, 2), 5 * SECOND);
    assertEquals(3605 * SECOND, area.nextExpiryNanos());
    area.remove(router(1, 2).key());
    assertEquals(LsaEntry.NO_DEADLINE, area.nextExpiryNanos());
  }

  @Test
  void listsInTheOrderOfKeys() {
    area.install(network(9, 2), 0);
    area.install(network(9, 1), 0);
    area.install(router(200, 1), 0);
    area.install(router(3, 1), 0);
    assertEquals(
        List.of("router-LSA 0.0.0.3 of 0.0.0.3", "router-LSA 0.0.0.200 of 0.0.0.200"),
        area.entriesOfType(LsaType.ROUTER).stream().map(e -> e.key().toString()).toList());
    assertEquals(
        List.of(id(1), id(2)),
        area.entriesWithId(LsaType.NETWORK, id(9)).stream()
            .map(e -> e.key().advertisingRouter())
            .toList());
    assertEquals(4, area.entries().size());
    assertTrue(area.entriesOfType(LsaType.SUMMARY_NETWORK).isEmpty());
  }

  @Test
  void theTypeDecidesTheScope() {
    assertSame(database.asWide(), database.storeFor(LsaType.AS_EXTERNAL, AREA));
    assertSame(database.asWide(), database.storeFor(LsaType.OPAQUE_AS, AREA));
    assertSame(area, database.storeFor(LsaType.ROUTER, AREA));
    assertNull(database.storeFor(LsaType.ROUTER, id(7)));
  }

  @Test
  void aDisguisedRouterLsaIsNotTheRoutersOwn() {
    area.install(Lsa.originate(Options.NONE, id(1), id(2), 1, new RouterLsa(0, List.of())), 0);
    assertNull(area.routerLsa(id(1)));
    assertNull(area.routerLsa(id(2)));
    assertFalse(area.entries().isEmpty());
  }

  private static Lsa router(int id, int sequence) {
    return Lsa.originate(Options.NONE, id(id), id(id), sequence, new RouterLsa(0, List.of()));
  }

  private static Lsa network(int linkStateId, int advertisingRouter) {
    return Lsa.originate(
        Options.NONE,
        id(linkStateId),
        id(advertisingRouter),
        1,
        new NetworkLsa(Ipv4Address.BROADCAST, List.of()));
  }

  private static Lsa external(int id) {
    return Lsa.originate(
        Options.NONE,
        id(id),
        id(1),
        1,
        AsExternalLsa.of(Ipv4Address.BROADCAST, false, 1, Ipv4Address.UNSPECIFIED, 0));
  }

  private static Ipv4Address id(int value) {
    return new Ipv4Address(value);
  }
}
