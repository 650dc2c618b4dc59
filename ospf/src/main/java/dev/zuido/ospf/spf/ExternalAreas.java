package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which areas external routes may come from (RFC 2328 section 3.6, RFC 3101 section 2.5).
 *
 * @param nssas the not-so-stubby areas: they have NSSA-LSAs of their own
 * @param stubs the stub areas
 * @param withoutSummaries those of the NSSAs into which no summaries are imported: their default
 *     NSSA-LSAs are not for border routers
 */
public record ExternalAreas(
    Set<Ipv4Address> nssas, Set<Ipv4Address> stubs, Set<Ipv4Address> withoutSummaries) {
  /** All areas take AS-external-LSAs. */
  public static final ExternalAreas ALL_NORMAL = new ExternalAreas(Set.of(), Set.of(), Set.of());

  /** Copies the sets. */
  public ExternalAreas {
    nssas = copy(nssas);
    stubs = copy(stubs);
    withoutSummaries = copy(withoutSummaries);
  }

  private static Set<Ipv4Address> copy(Collection<Ipv4Address> areaIds) {
    return Collections.unmodifiableSet(new TreeSet<>(areaIds));
  }

  /** Whether AS-external-LSAs are flooded in an area. */
  public boolean takesAsExternals(Ipv4Address areaId) {
    return !nssas.contains(areaId) && !stubs.contains(areaId);
  }
}
