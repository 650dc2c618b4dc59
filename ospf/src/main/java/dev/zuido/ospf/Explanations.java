package dev.zuido.ospf;

import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Why no adjacency forms with the routers that an interface hears; one reason per address. */
final class Explanations {
  private final Core core;
  private final int interfaceId;
  private final SortedMap<Ipv4Address, InterfaceSnapshot.Explanation> bySource = new TreeMap<>();

  Explanations(Core core, int interfaceId) {
    this.core = core;
    this.interfaceId = interfaceId;
  }

  /** Drops a packet for a mismatch and tells it, unless the same was the last one. */
  void drop(Ipv4Address source, Ipv4Address routerId, Mismatch mismatch, DropReason reason) {
    core.drop(interfaceId, source, reason);
    InterfaceSnapshot.Explanation explanation =
        new InterfaceSnapshot.Explanation(source, routerId, mismatch);
    boolean known = bySource.containsKey(source);
    if (!known && bySource.size() >= core.config.limits().explanationsPerInterface()) {
      return;
    }
    if (!explanation.equals(bySource.put(source, explanation))) {
      core.outbox.event(new OspfOutput.Mismatched(interfaceId, source, routerId, mismatch));
    }
  }

  /** A Hello from there matches now; the MTU is known only once the databases are described. */
  void helloMatches(Ipv4Address source) {
    if (!(of(source) instanceof Mismatch.Mtu)) {
      bySource.remove(source);
    }
  }

  /** The MTU from there is no obstacle now. */
  void mtuMatches(Ipv4Address source) {
    if (of(source) instanceof Mismatch.Mtu) {
      bySource.remove(source);
    }
  }

  @Nullable Mismatch of(Ipv4Address source) {
    InterfaceSnapshot.Explanation explanation = bySource.get(source);
    return explanation == null ? null : explanation.mismatch();
  }

  List<InterfaceSnapshot.Explanation> all() {
    return new ArrayList<>(bySource.values());
  }

  void clear() {
    bySource.clear();
  }
}
