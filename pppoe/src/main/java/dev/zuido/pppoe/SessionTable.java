package dev.zuido.pppoe;

import dev.zuido.pppoe.ppp.PppLink;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MacAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of a concentrator by their number, their station, the caller's address and the time
 * of what is due next. Looking up allocates nothing.
 */
final class SessionTable {
  /** A session, and what the concentrator knows of its station. */
  static final class Served {
    private final PppoeSession session;
    private final PppoePacket confirmation;
    private boolean heard;
    private @Nullable Ipv4Address caller;
    private long deadline = PppLink.NO_DEADLINE;

    Served(PppoeSession session, PppoePacket confirmation) {
      this.session = session;
      this.confirmation = confirmation;
    }

    PppoeSession session() {
      return session;
    }

    /** The PADS, to be sent again if its PADR comes again. */
    PppoePacket confirmation() {
      return confirmation;
    }

    /** Whether the station has sent a frame on the session. */
    boolean isHeard() {
      return heard;
    }

    void setHeard() {
      heard = true;
    }
  }

  /** 0xffff is reserved (RFC 2516 section 4). */
  static final int MAX_SESSIONS = 0xfffe;

  private final @Nullable Served[] byId;
  private final Map<MacAddress, List<Served>> byStation = new HashMap<>();
  private final TreeSet<Served> byDeadline =
      new TreeSet<>(
          Comparator.<Served>comparingLong(s -> s.deadline).thenComparingInt(s -> s.session.id()));

  /** The addresses of callers in ascending order, and whose they are. */
  private int[] addresses = new int[8];

  private @Nullable Served[] owners = new Served[8];
  private int addressCount;
  private int nextId;
  private int size;

  /**
   * An empty table.
   *
   * @param maxSessions the most sessions
   * @param firstId where the numbers begin
   */
  SessionTable(int maxSessions, int firstId) {
    // More numbers than sessions: that of a session that has ended is not used again at once.
    int ids = Math.min(MAX_SESSIONS, Math.max(255, 2 * maxSessions));
    byId = new Served[ids + 1];
    nextId = 1 + Math.floorMod(firstId, ids);
  }

  int size() {
    return size;
  }

  /** A number that no session has; there are more numbers than sessions, or as many. */
  int freeId() {
    int id = nextId;
    while (byId[id] != null) {
      id = following(id);
    }
    nextId = following(id);
    return id;
  }

  private int following(int id) {
    return id + 1 == byId.length ? 1 : id + 1;
  }

  void add(Served served) {
    byId[served.session.id()] = served;
    byStation.computeIfAbsent(served.session.peer(), s -> new ArrayList<>()).add(served);
    byDeadline.add(served);
    size++;
  }

  void remove(Served served) {
    byId[served.session.id()] = null;
    List<Served> ofStation = of(served.session.peer());
    ofStation.remove(served);
    if (ofStation.isEmpty()) {
      byStation.remove(served.session.peer());
    }
    byDeadline.remove(served);
    releaseAddress(served);
    size--;
  }

  void clear() {
    Arrays.fill(byId, null);
    Arrays.fill(owners, null);
    byStation.clear();
    byDeadline.clear();
    addressCount = 0;
    size = 0;
  }

  @Nullable Served get(int id) {
    return id < byId.length ? byId[id] : null;
  }

  /** The sessions of a station. */
  List<Served> of(MacAddress station) {
    return byStation.getOrDefault(station, List.of());
  }

  /** The session that a PADR with this Host-Uniq has made and that nobody has used yet. */
  @Nullable Served unheard(MacAddress station, @Nullable ByteString hostUniq) {
    for (Served served : of(station)) {
      ByteString theirs =
          served
              .confirmation
              .first(PppoeTag.HostUniq.class)
              .map(PppoeTag.HostUniq::value)
              .orElse(null);
      boolean same = Objects.equals(theirs, hostUniq);
      if (!served.heard && same) {
        return served;
      }
    }
    return null;
  }

  /** Notes when something is due on a session. */
  void setDeadline(Served served, long deadline) {
    if (served.deadline != deadline) {
      byDeadline.remove(served);
      served.deadline = deadline;
      byDeadline.add(served);
    }
  }

  long nextDeadline() {
    return byDeadline.isEmpty() ? PppLink.NO_DEADLINE : byDeadline.first().deadline;
  }

  /** The sessions on which something is due. */
  List<Served> due(long now) {
    List<Served> due = new ArrayList<>();
    for (Served served : byDeadline) {
      if (served.deadline > now) {
        break;
      }
      due.add(served);
    }
    return due;
  }

  /** What is for the address goes to the session; an earlier session with the address loses it. */
  void assignAddress(Served served, Ipv4Address address) {
    releaseAddress(served);
    served.caller = address;
    int at = find(address.value());
    if (at < 0) {
      at = -at - 1;
      if (addressCount == addresses.length) {
        addresses = Arrays.copyOf(addresses, 2 * addressCount);
        owners = Arrays.copyOf(owners, 2 * addressCount);
      }
      System.arraycopy(addresses, at, addresses, at + 1, addressCount - at);
      System.arraycopy(owners, at, owners, at + 1, addressCount - at);
      addressCount++;
      addresses[at] = address.value();
    }
    owners[at] = served;
  }

  void releaseAddress(Served served) {
    Ipv4Address address = served.caller;
    served.caller = null;
    int at = address == null ? -1 : find(address.value());
    if (at >= 0 && owners[at] == served) {
      addressCount--;
      System.arraycopy(addresses, at + 1, addresses, at, addressCount - at);
      System.arraycopy(owners, at + 1, owners, at, addressCount - at);
      owners[addressCount] = null;
    }
  }

  /** The session whose caller has an address. */
  @Nullable Served callerWith(int address) {
    int at = find(address);
    return at < 0 ? null : owners[at];
  }

  private int find(int address) {
    return Arrays.binarySearch(addresses, 0, addressCount, address);
  }
}
