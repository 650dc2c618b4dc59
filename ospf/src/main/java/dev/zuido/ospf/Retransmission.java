package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The retransmission of LSAs until they are acknowledged (RFC 2328 section 13.6). */
final class Retransmission {
  /** Rmax of RFC 4222 recommendation 3. */
  private static final long LONGEST_INTERVAL = 40 * Core.SECOND;

  private final Core core;

  Retransmission(Core core) {
    this.core = core;
  }

  /** A neighbor's Link state retransmission list; what was sent longest ago stands first. */
  static final class UnacknowledgedLsas {
    private final Core core;
    private final Timer timer;
    private final Neighbor neighbor;
    private final Map<LsaKey, Sent> list = new LinkedHashMap<>();
    private long retransmitted;

    /** How often in a row LSAs were sent again and none was acknowledged. */
    private int unanswered;

    private record Sent(HeldLsa lsa, long time) {}

    UnacknowledgedLsas(Core core, Neighbor neighbor) {
      this.core = core;
      this.neighbor = neighbor;
      this.timer = new Timer(now -> core.retransmission.due(neighbor));
    }

    int size() {
      return list.size();
    }

    /** How many LSAs were sent again, ever. */
    long retransmitted() {
      return retransmitted;
    }

    /** Whether a change is on the list that is more than a periodic refresh. */
    boolean hasChange() {
      for (Sent sent : list.values()) {
        if (sent.lsa().changed && HelperMode.isTopology(sent.lsa().key.type())) {
          return true;
        }
      }
      return false;
    }

    @Nullable HeldLsa find(LsaKey key) {
      Sent sent = list.get(key);
      return sent == null ? null : sent.lsa();
    }

    /** Puts an LSA on the list that is sent now, or moves it to the end. */
    void add(HeldLsa lsa) {
      if (list.remove(lsa.key) == null) {
        lsa.retransmissions++;
      }
      list.put(lsa.key, new Sent(lsa, core.now));
      core.heap.scheduleIfIdle(timer, core.now + interval(neighbor));
    }

    /** Takes an LSA off the list; false if it was not there. */
    boolean remove(LsaKey key) {
      Sent sent = list.remove(key);
      if (sent == null) {
        return false;
      }
      if (unanswered > 0) {
        unanswered = 0;
        neighbor
            .attachedTo()
            .explanations
            .mended(neighbor.address(), Explanations.Subject.FLOODING);
      }
      sent.lsa().retransmissions--;
      core.aging.retransmissionEnded(sent.lsa());
      if (list.isEmpty()) {
        core.heap.cancel(timer);
      }
      return true;
    }

    void clear() {
      for (LsaKey key : List.copyOf(list.keySet())) {
        remove(key);
      }
    }

    /** What was sent an interval ago or earlier, as much as one packet holds. */
    private List<HeldLsa> overdue(long interval, int room) {
      List<HeldLsa> overdue = new ArrayList<>();
      int used = 0;
      for (Sent sent : list.values()) {
        int length = sent.lsa().lsa().encodedLength();
        if (core.now - sent.time() < interval || (used > 0 && used + length > room)) {
          break;
        }
        used += length;
        overdue.add(sent.lsa());
      }
      return overdue;
    }

    private long firstSent() {
      return list.values().iterator().next().time();
    }
  }

  /**
   * RxmtInterval, in nanoseconds. It doubles as long as a neighbor acknowledges nothing of what is
   * sent to it again, up to 40 seconds (RFC 4222 recommendation 3).
   */
  private static long interval(Neighbor neighbor) {
    long first = neighbor.attachedTo().config().timers().retransmitSeconds() * Core.SECOND;
    long longest = Math.max(first, LONGEST_INTERVAL);
    return Math.min(longest, first << Math.min(neighbor.retransmissionList.unanswered, 6));
  }

  /**
   * Sends one packet of retransmissions; what does not fit has to wait for acknowledgments or for
   * the timer.
   */
  private void due(Neighbor neighbor) {
    boolean sent = sendOverdue(neighbor);
    UnacknowledgedLsas unacknowledged = neighbor.retransmissionList;
    if (sent) {
      neighbor.attachedTo().explanations.noProgress(neighbor, ++unacknowledged.unanswered);
    }
    if (unacknowledged.size() > 0) {
      long next = unacknowledged.firstSent() + interval(neighbor);
      if (sent) {
        next = Math.max(next, core.now + interval(neighbor) / 2);
      }
      core.heap.schedule(unacknowledged.timer, next);
    }
  }

  /** After acknowledgments: "another packet of retransmissions can be sent". */
  void acknowledged(Neighbor neighbor) {
    sendOverdue(neighbor);
  }

  private boolean sendOverdue(Neighbor neighbor) {
    OspfInterface on = neighbor.attachedTo();
    List<HeldLsa> overdue =
        neighbor.retransmissionList.overdue(interval(neighbor), core.flooding.room(on));
    neighbor.retransmissionList.retransmitted += overdue.size();
    for (HeldLsa lsa : overdue) {
      neighbor.retransmissionList.add(lsa);
    }
    if (!overdue.isEmpty()) {
      core.flooding.send(on, neighbor.unicastDestination(), overdue);
    }
    return !overdue.isEmpty();
  }
}
