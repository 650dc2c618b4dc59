package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.router.show.OspfDatabaseReport;
import dev.zuido.router.show.OspfLsaReport;
import dev.zuido.router.show.OspfProcessId;
import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ages that {@code show ip ospf database} tells. */
final class OspfDatabaseShowTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Ipv4Address AREA = Ipv4Address.UNSPECIFIED;
  private static final OspfProcessId PROCESS = new OspfProcessId(1, Ipv4Address.of(1, 1, 1, 1));

  private final OspfEngine engine =
      new OspfEngine(OspfConfig.of(Ipv4Address.of(1, 1, 1, 1)), new Random(1));

  private OspfDatabaseShow installed(int age) {
    Lsa lsa =
        Lsa.originate(
            new Options(Options.E | Options.DC),
            Ipv4Address.of(10, 0, 0, 0),
            Ipv4Address.of(2, 2, 2, 2),
            LsaHeader.INITIAL_SEQUENCE,
            SummaryLsa.ofNetwork(Ipv4Address.of(255, 0, 0, 0), 1));
    engine.database().addArea(AREA).install(lsa.withAge(age), 0);
    return new OspfDatabaseShow(engine, OspfDatabaseQuery.ALL, 7 * SECOND);
  }

  @Test
  void theAgeOfAnLsaGoesOn() {
    OspfDatabaseReport.LsaSummary row = installed(5).summaries().get(0);
    assertEquals(12, row.ageSeconds());
    String line = new OspfDatabaseReport(PROCESS, List.of(row)).text();
    assertTrue(line.contains("10.0.0.0        2.2.2.2         12          0x80000001 "), line);
  }

  @Test
  void rfc1793Section2Dot2TheAgeOfADoNotAgeLsaStandsStillAndIsToldWithoutItsBit() {
    OspfDatabaseShow show = installed(LsaHeader.DO_NOT_AGE | 5);
    OspfDatabaseReport.LsaSummary row = show.summaries().get(0);
    assertEquals(5, row.ageSeconds());
    assertTrue(row.doNotAge());
    String line = new OspfDatabaseReport(PROCESS, List.of(row)).text();
    assertTrue(line.contains("10.0.0.0        2.2.2.2         5     (DNA) 0x80000001 "), line);
    String detail = new OspfLsaReport(PROCESS, show.details()).text();
    assertTrue(detail.contains("  LS age: 5 (DoNotAge)\n"), detail);
  }

  @Test
  void anLsaThatIsFlushedIsTooOldWhateverItsBit() {
    OspfDatabaseReport.LsaSummary row =
        installed(LsaHeader.DO_NOT_AGE | LsaHeader.MAX_AGE).summaries().get(0);
    assertEquals(LsaHeader.MAX_AGE, row.ageSeconds());
    assertFalse(row.doNotAge());
  }
}
