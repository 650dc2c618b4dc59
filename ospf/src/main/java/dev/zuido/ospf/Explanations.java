package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Why no adjacency forms with the routers that an interface hears, or why one is of no use. Of each
 * address one reason is kept for each thing that can be mended independently of the others.
 */
final class Explanations {
  /** What is looked at, in the order in which an adjacency needs it. */
  enum Subject {
    /** The header and the Hello. */
    HELLO,
    /** Whether the router's Hellos are heard. */
    DIRECTION,
    /** The Database Description packets. */
    DESCRIPTION,
    /** The acknowledgment of LSAs. */
    FLOODING,
    /** What the neighbor's LSAs say of the link. */
    LINK,
    /** Whose LSAs have the router's own Router ID. */
    IDENTITY;

    static Subject of(Mismatch mismatch) {
      if (mismatch instanceof Mismatch.OneWay) {
        return DIRECTION;
      } else if (mismatch instanceof Mismatch.Mtu) {
        return DESCRIPTION;
      } else if (mismatch instanceof Mismatch.NoProgress stalled) {
        return stalled.state() == NeighborState.FULL ? FLOODING : DESCRIPTION;
      } else if (mismatch instanceof Mismatch.NetworkType) {
        return LINK;
      } else if (mismatch instanceof Mismatch.DuplicateRouterIdInArea) {
        return IDENTITY;
      }
      return HELLO;
    }
  }

  /** How often something is repeated until it is told. */
  private static final int STALLED = 4;

  /** How long a router that forms no adjacency is remembered after its last packet. */
  private static final long MEMORY = 600 * Core.SECOND;

  private final Core core;
  private final int interfaceId;
  private final SortedMap<Ipv4Address, Map<Subject, InterfaceSnapshot.Explanation>> bySource =
      new TreeMap<>();
  private final SortedMap<Ipv4Address, Long> lastHeard = new TreeMap<>();
  private final Timer timer = new Timer(now -> forgetSilent());

  Explanations(Core core, int interfaceId) {
    this.core = core;
    this.interfaceId = interfaceId;
  }

  /** Drops a packet for a mismatch and tells it, unless the same was the last one. */
  void drop(Ipv4Address source, Ipv4Address routerId, Mismatch mismatch, DropReason reason) {
    core.drop(interfaceId, source, reason);
    explain(source, routerId, mismatch);
  }

  /** Tells a mismatch, unless the same was the last one. */
  void explain(Ipv4Address source, Ipv4Address routerId, Mismatch mismatch) {
    InterfaceSnapshot.Explanation explanation =
        new InterfaceSnapshot.Explanation(source, routerId, mismatch);
    boolean known = bySource.containsKey(source);
    if (!known && bySource.size() >= core.config.limits().explanationsPerInterface()) {
      return;
    }
    Map<Subject, InterfaceSnapshot.Explanation> bySubject =
        bySource.computeIfAbsent(source, absent -> new EnumMap<>(Subject.class));
    if (Subject.of(mismatch) == Subject.HELLO) {
      lastHeard.put(source, core.now);
      core.heap.scheduleIfIdle(timer, core.now + MEMORY);
    }
    if (!explanation.equals(bySubject.put(Subject.of(mismatch), explanation))) {
      core.outbox.event(new OspfOutput.Mismatched(interfaceId, source, routerId, mismatch));
    }
  }

  /** Nobody says any more what kept an adjacency from forming. */
  private void forgetSilent() {
    for (Map.Entry<Ipv4Address, Long> each : List.copyOf(lastHeard.entrySet())) {
      if (core.now - each.getValue() >= MEMORY) {
        mended(each.getKey(), Subject.HELLO);
      }
    }
    if (!lastHeard.isEmpty()) {
      core.heap.schedule(timer, Collections.min(lastHeard.values()) + MEMORY);
    }
  }

  /** Something from there matches now. */
  void mended(Ipv4Address source, Subject subject) {
    Map<Subject, InterfaceSnapshot.Explanation> bySubject = bySource.get(source);
    if (bySubject != null) {
      if (subject == Subject.HELLO) {
        lastHeard.remove(source);
      }
      bySubject.remove(subject);
      if (bySubject.isEmpty()) {
        bySource.remove(source);
      }
    }
  }

  /** A Hello from there matches now; what only later packets show stays. */
  void helloMatches(Ipv4Address source) {
    mended(source, Subject.HELLO);
  }

  /** The MTU from there is no obstacle to this router now; this router's may be one there. */
  void mtuMatches(Ipv4Address source) {
    Map<Subject, InterfaceSnapshot.Explanation> bySubject = bySource.get(source);
    InterfaceSnapshot.Explanation present =
        bySubject == null ? null : bySubject.get(Subject.DESCRIPTION);
    if (present != null
        && present.mismatch() instanceof Mismatch.Mtu mtu
        && mtu.theirs() > mtu.ours()) {
      mended(source, Subject.DESCRIPTION);
    }
  }

  /** What was sent to a neighbor is repeated once more without an answer. */
  void noProgress(Neighbor neighbor, int repetitions) {
    if (repetitions >= STALLED) {
      int mtu = neighbor.attachedTo().config().mtu();
      explain(
          neighbor.address(), neighbor.routerId(), new Mismatch.NoProgress(neighbor.state(), mtu));
    }
  }

  /** The conversation has ended: what was found in it is not known any more. */
  void conversationEnded(Ipv4Address source) {
    mended(source, Subject.DIRECTION);
    mended(source, Subject.DESCRIPTION);
    mended(source, Subject.FLOODING);
    mended(source, Subject.LINK);
  }

  /** The first obstacle to an adjacency, in the order in which it needs things; null if none. */
  @Nullable Mismatch of(Ipv4Address source) {
    Map<Subject, InterfaceSnapshot.Explanation> bySubject = bySource.get(source);
    return bySubject == null ? null : bySubject.values().iterator().next().mismatch();
  }

  List<InterfaceSnapshot.Explanation> all() {
    List<InterfaceSnapshot.Explanation> all = new ArrayList<>();
    bySource.values().forEach(bySubject -> all.addAll(bySubject.values()));
    return all;
  }

  void clear() {
    bySource.clear();
    lastHeard.clear();
    core.heap.cancel(timer);
  }
}
