package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.wire.Ipv4Address;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The indication-LSAs of RFC 1793 section 2.5.1: an area border router tells the other areas that
 * there is a router somewhere that does not understand LSAs that do not age.
 */
final class IndicationLsas {
  private final Core core;
  private final LsaKey key;

  IndicationLsas(Core core) {
    this.core = core;
    this.key = new LsaKey(LsaType.SUMMARY_ASBR, core.routerId, core.routerId);
  }

  /** What the LSAs of one flooding scope say about their originators. */
  static final class Census {
    private int withoutDemandCircuits;
    private final NavigableSet<Ipv4Address> indicating = new TreeSet<>();

    /** Whether an LSA has its DC-bit clear. */
    boolean hasAny() {
      return withoutDemandCircuits > 0;
    }

    /** Whether an LSA has its DC-bit clear that is no indication-LSA. */
    private boolean hasOther() {
      return withoutDemandCircuits > indicating.size();
    }

    /** An LSA is counted in another way than before. */
    void count(LsaKey of, boolean was, boolean is, boolean wasIndication, boolean isIndication) {
      withoutDemandCircuits += (is ? 1 : 0) - (was ? 1 : 0);
      if (isIndication) {
        indicating.add(of.advertisingRouter());
      } else if (wasIndication) {
        indicating.remove(of.advertisingRouter());
      }
    }
  }

  /**
   * Whether an LSA is an indication: a summary of the border router itself, "with the LSA's cost
   * set to LSInfinity and the DC-bit clear".
   */
  static boolean isIndication(Lsa lsa) {
    LsaHeader header = lsa.header();
    return header.type() == LsaType.SUMMARY_ASBR
        && header.linkStateId().equals(header.advertisingRouter())
        && !header.options().has(Options.DC)
        && lsa.body() instanceof SummaryLsa summary
        && summary.metric() == SummaryLsa.INFINITY;
  }

  /** Originates and flushes what has to be. */
  void examine() {
    for (Area area : core.areas()) {
      if (area.database.ownLsas.containsKey(key) || wantedIn(area) != null) {
        core.origination.mayDiffer(
            area.database, key, () -> area.lsaOptions().without(Options.DC), () -> wantedIn(area));
      }
    }
  }

  private @Nullable LsaBody wantedIn(Area area) {
    boolean tell =
        core.isAreaBorder()
            && core.isActive(area)
            && !area.isStub()
            && !core.external.census.hasOther()
            && !area.database.census.hasOther()
            && area.database.census.indicating.tailSet(core.routerId, false).isEmpty()
            && isIndicatedElsewhere(area);
    return tell ? SummaryLsa.ofAsBoundaryRouter(SummaryLsa.INFINITY) : null;
  }

  /** Whether another attached regular area gives the reason to tell this one (cases 1 and 2). */
  private boolean isIndicatedElsewhere(Area area) {
    for (Area other : core.areas()) {
      if (other != area && !other.isStub() && core.isActive(other)) {
        Census census = other.database.census;
        boolean byOthers =
            census.indicating.stream().anyMatch(router -> !router.equals(core.routerId));
        if (census.hasOther() || (other.id().equals(OspfAreaConfig.BACKBONE) && byOthers)) {
          return true;
        }
      }
    }
    return false;
  }
}
