package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sequence numbers of own LSAs that are no more. RFC 2328 section 12.1.6 has
 * InitialSequenceNumber for the first instance only, and a number one higher for each that follows.
 * A flush does not change that: a router that still waits for the acknowledgment of the flush holds
 * the last instance at MaxAge, and would send it back instead of taking one that is not newer.
 *
 * <p>Of more than {@value #MOST} LSAs, those that left first are forgotten; section 13.4 mends what
 * comes of it.
 */
final class LastSequences {
  private static final int MOST = 4096;

  private final Core core;
  private final Map<Place, Integer> sequences = new LinkedHashMap<>();

  private record Place(Database database, LsaKey key) {}

  LastSequences(Core core) {
    this.core = core;
  }

  /** An own LSA is neither in the database nor wanted. */
  void remember(Database database, LsaKey key, int sequence) {
    if (sequence == LsaHeader.RESERVED_SEQUENCE || sequence == LsaHeader.MAX_SEQUENCE) {
      return; // Never originated; or flushed in order to begin anew.
    }
    Place place = new Place(database, key);
    sequences.remove(place);
    sequences.put(place, sequence);
    if (sequences.size() > MOST) {
      Iterator<Place> eldest = sequences.keySet().iterator();
      eldest.next();
      eldest.remove();
      core.drop(database.interfaceId(), null, DropReason.SEQUENCE_LIMIT);
    }
  }

  /**
   * An own LSA may be wanted again.
   *
   * @return the sequence number of its last instance, or {@link LsaHeader#RESERVED_SEQUENCE}
   */
  int take(Database database, LsaKey key) {
    Integer last = sequences.remove(new Place(database, key));
    return last == null ? LsaHeader.RESERVED_SEQUENCE : last;
  }

  /** A database is given up. */
  void forget(Database database) {
    sequences.keySet().removeIf(place -> place.database() == database);
  }
}
