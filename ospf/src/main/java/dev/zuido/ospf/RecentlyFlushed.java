package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The LSAs that were flushed a moment ago, so that an instance that its own flush has overtaken on
 * the way does not come back to life: RFC 2328 section 13 would take it as a new LSA, and it would
 * stay until it is too old, since its originator has forgotten it. Such an instance is dropped
 * without acknowledgment; whoever means it will send it again after RxmtInterval.
 */
final class RecentlyFlushed {
  private static final int MOST = 1024;

  private final Map<Place, Flush> flushes = new LinkedHashMap<>();

  private record Place(Database database, LsaKey key) {}

  private record Flush(LsaHeader header, long nanos) {}

  /**
   * An instance with MaxAge is not in the database any more, or is not going to be. One with
   * MaxSequenceNumber is followed by a new beginning (section 12.1.6) and is not remembered.
   */
  void add(Database database, LsaHeader header, long now) {
    if (header.sequence() == LsaHeader.MAX_SEQUENCE) {
      return;
    }
    Iterator<Flush> eldest = flushes.values().iterator();
    while (eldest.hasNext()) {
      boolean over = now - eldest.next().nanos >= Core.MIN_LS_ARRIVAL;
      if (!over && flushes.size() < MOST) {
        break;
      }
      eldest.remove();
    }
    Place place = new Place(database, header.key());
    flushes.remove(place);
    flushes.put(place, new Flush(header, now));
  }

  /** Whether an instance that is not in the database was flushed within MinLSArrival. */
  boolean covers(Database database, LsaHeader header, long now) {
    if (flushes.isEmpty()) {
      return false;
    }
    Flush flush = flushes.get(new Place(database, header.key()));
    return flush != null
        && now - flush.nanos < Core.MIN_LS_ARRIVAL
        && LsaHeader.compareInstances(header, flush.header) < 0;
  }
}
