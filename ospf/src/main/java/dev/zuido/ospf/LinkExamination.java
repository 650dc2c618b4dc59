package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * What the LSAs of neighbors tell of mistakes that no packet shows: the two ends of a link take it
 * for networks of different types, or another router has this router's Router ID.
 */
final class LinkExamination {
  /** After a change both ends make their LSAs anew, which takes at most MinLSInterval. */
  private static final long PATIENCE = 2 * Core.MIN_LS_INTERVAL;

  /** How often an own LSA has to be overridden by someone in a minute before it is no remnant. */
  private static final int OVERRIDDEN = 3;

  private static final long MINUTE = 60 * Core.SECOND;

  private final Core core;
  private final Timer timer = new Timer(now -> examineAll());

  LinkExamination(Core core) {
    this.core = core;
  }

  /** Another router's instances of this router's router-LSA in one area. */
  static final class Impostor {
    private final Timer timer;
    private int overridden;
    private long firstNanos;

    Impostor(Core core, Area area) {
      this.timer = new Timer(now -> core.links.impostorGone(area));
    }
  }

  /** LSAs changed: the links are looked at when all have had time to say what is so. */
  void databaseChanged() {
    core.heap.scheduleIfIdle(timer, core.now + PATIENCE);
  }

  private void examineAll() {
    for (OspfInterface each : core.interfaces.values()) {
      for (Neighbor neighbor : each.neighbors()) {
        if (neighbor.state() == NeighborState.FULL) {
          examine(each, neighbor);
        }
      }
    }
  }

  private void examine(OspfInterface on, Neighbor neighbor) {
    Mismatch.NetworkType mismatch = null;
    RouterLsa described = routerLsa(neighbor);
    if (described != null) {
      boolean elects = on.config().type().electsDesignatedRouter();
      int contradicting = elects ? RouterLink.POINT_TO_POINT : RouterLink.TRANSIT;
      for (RouterLink link : described.links()) {
        boolean here =
            link.type() == contradicting
                && link.linkData().equals(neighbor.address())
                && (!elects || link.linkId().equals(core.routerId));
        if (here) {
          mismatch = new Mismatch.NetworkType(elects, !elects);
        }
      }
    }
    if (mismatch == null) {
      on.explanations.mended(neighbor.address(), Explanations.Subject.LINK);
    } else {
      on.explanations.explain(neighbor.address(), neighbor.routerId(), mismatch);
    }
  }

  private static @Nullable RouterLsa routerLsa(Neighbor neighbor) {
    Ipv4Address id = neighbor.routerId();
    HeldLsa held = neighbor.area().database.find(new LsaKey(LsaType.ROUTER, id, id));
    return held != null && !held.isMaxAge() && held.lsa().body() instanceof RouterLsa body
        ? body
        : null;
  }

  /** A newer instance of an LSA came in that this router had originated itself. */
  void overridden(Neighbor from, LsaHeader header) {
    if (header.type() != LsaType.ROUTER || header.isMaxAge()) {
      return;
    }
    Area area = from.area();
    Impostor impostor = area.impostor;
    if (impostor == null) {
      impostor = new Impostor(core, area);
      area.impostor = impostor;
    }
    if (impostor.overridden == 0 || core.now - impostor.firstNanos > MINUTE) {
      impostor.overridden = 0;
      impostor.firstNanos = core.now;
    }
    if (++impostor.overridden >= OVERRIDDEN) {
      from.attachedTo()
          .explanations
          .explain(
              from.address(),
              core.routerId,
              new Mismatch.DuplicateRouterIdInArea(core.routerId, area.id()));
      core.heap.schedule(impostor.timer, core.now + MINUTE);
    }
  }

  /** Nobody has overridden the router-LSA of an area for a minute. */
  private void impostorGone(Area area) {
    for (OspfInterface each : core.interfaces.values()) {
      if (each.area() == area) {
        for (InterfaceSnapshot.Explanation explanation : each.explanations.all()) {
          if (explanation.mismatch() instanceof Mismatch.DuplicateRouterIdInArea) {
            each.explanations.mended(explanation.source(), Explanations.Subject.IDENTITY);
          }
        }
      }
    }
    area.impostor = null;
  }
}
