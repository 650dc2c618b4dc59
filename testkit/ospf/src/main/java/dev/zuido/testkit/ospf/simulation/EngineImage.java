package dev.zuido.testkit.ospf.simulation;

import dev.zuido.ospf.InterfaceSnapshot;
import dev.zuido.ospf.NeighborSnapshot;
import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * Everything of an engine that a hostile packet must not change: its interfaces, neighbors,
 * database, routes and deadlines. The counters of dropped packets, and the explanations why a
 * router that is heard is no neighbor, are left out.
 */
public final class EngineImage {
  private EngineImage() {}

  /** An engine at a moment, as text. */
  public static String of(OspfEngine engine, long now) {
    StringBuilder text = new StringBuilder();
    for (InterfaceSnapshot each : engine.interfaces(now)) {
      text.append(each.config().id())
          .append(' ')
          .append(each.state())
          .append(' ')
          .append(each.designatedRouter())
          .append(' ')
          .append(each.backupDesignatedRouter())
          .append(' ')
          .append(each.helloDueNanos())
          .append(' ')
          .append(each.stateChanges())
          .append('\n');
    }
    for (NeighborSnapshot each : engine.neighbors(now)) {
      text.append(each.interfaceId())
          .append(' ')
          .append(each.routerId())
          .append(' ')
          .append(each.address())
          .append(' ')
          .append(each.priority())
          .append(' ')
          .append(each.state())
          .append(' ')
          .append(each.designatedRouter())
          .append(' ')
          .append(each.backupDesignatedRouter())
          .append(' ')
          .append(each.deadNanos())
          .append(' ')
          .append(each.retransmissions())
          .append(' ')
          .append(each.requests())
          .append(' ')
          .append(each.summaries())
          .append(' ')
          .append(each.stateChanges())
          .append('\n');
    }
    for (Ipv4Address area : engine.database().areaIds()) {
      append(text, engine.database().area(area));
    }
    append(text, engine.database().asWide());
    text.append(engine.routes()).append('\n').append(engine.nextDeadline());
    return text.toString();
  }

  private static void append(StringBuilder text, @Nullable LsaStore store) {
    if (store != null) {
      for (LsaEntry entry : store.entries()) {
        text.append(entry.lsa().header()).append(entry.installedNanos()).append('\n');
      }
    }
  }
}
