package dev.zuido.ospf;

import dev.zuido.ospf.lsa.FloodingScope;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.spf.RouterRoute;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opaque LSAs (RFC 5250): those that this router's applications announce, and what the applications
 * are told of those that other routers do.
 */
final class OpaqueLsas {
  /** Bytes of an HMAC-SHA-512 digest behind the packet. */
  private static final int LARGEST_DIGEST = 64;

  /** An LSA that is alone in a Link State Update fits into an IPv4 datagram with its digest. */
  static final int LARGEST_BODY =
      0xffff
          - 20
          - OspfHeader.LENGTH
          - LinkStateUpdatePacket.FIXED_LENGTH
          - LsaHeader.LENGTH
          - LARGEST_DIGEST;

  private final Core core;

  /** Those of other routers whose last told state is not {@link OpaqueState#WITHDRAWN}. */
  private final Set<HeldLsa> told = new LinkedHashSet<>();

  private int announcements;
  private int asWideAnnouncements;

  OpaqueLsas(Core core) {
    this.core = core;
  }

  /** Announces an opaque LSA, or changes what it says. */
  void announce(OpaqueScope scope, int opaqueType, int opaqueId, ByteString body) {
    if (!core.config.opaqueCapable()) {
      throw new IllegalStateException("the process is configured without opaque LSAs");
    }
    if (body.length() > LARGEST_BODY) {
      throw new IllegalArgumentException(
          "an opaque LSA's body has at most " + LARGEST_BODY + " bytes, not " + body.length());
    }
    Database database = database(scope);
    LsaKey key = key(scope, opaqueType, opaqueId);
    if (!database.announced.containsKey(key)) {
      if (announcements >= core.config.limits().announcements()) {
        core.drop(database.interfaceId(), null, DropReason.ANNOUNCEMENT_LIMIT);
        return;
      }
      count(database, 1);
    }
    database.announced.put(key, new OpaqueLsa(scope.lsType(), body));
    mayDiffer(database, key);
  }

  /** Withdraws what was announced; nothing happens if it was not. */
  void withdraw(OpaqueScope scope, int opaqueType, int opaqueId) {
    Database database = database(scope);
    LsaKey key = key(scope, opaqueType, opaqueId);
    if (database.announced.remove(key) != null) {
      count(database, -1);
      mayDiffer(database, key);
    }
  }

  private void count(Database database, int difference) {
    announcements += difference;
    if (database.scope() == FloodingScope.AS) {
      asWideAnnouncements += difference;
      core.origination.routerLsasMayDiffer();
    }
  }

  /** Section 5: the originator of type 11 LSAs advertises itself as an AS boundary router. */
  boolean announcesAsWide() {
    return asWideAnnouncements > 0;
  }

  private LsaKey key(OpaqueScope scope, int opaqueType, int opaqueId) {
    return new LsaKey(scope.lsType(), OpaqueLsa.linkStateId(opaqueType, opaqueId), core.routerId);
  }

  private Database database(OpaqueScope scope) {
    if (scope instanceof OpaqueScope.Link link) {
      OspfInterface on = core.interfaces.get(link.interfaceId());
      if (on == null) {
        throw new IllegalArgumentException("no interface " + link.interfaceId());
      }
      return on.linkLocal;
    }
    if (scope instanceof OpaqueScope.InArea inArea) {
      Area area = core.attachedArea(inArea.areaId());
      if (area == null) {
        throw new IllegalArgumentException("no area " + inArea.areaId());
      }
      return area.database;
    }
    return core.external;
  }

  private void mayDiffer(Database database, LsaKey key) {
    core.origination.mayDiffer(database, key, () -> wanted(database, key));
  }

  private static @Nullable LsaBody wanted(Database database, LsaKey key) {
    return database.isUp() ? database.announced.get(key) : null;
  }

  /** An opaque LSA has a new instance, whose contents are not those of the one before. */
  void changed(HeldLsa lsa) {
    if (lsa.key.advertisingRouter().equals(core.routerId)) {
      return;
    }
    if (lsa.isMaxAge()) {
      forgotten(lsa);
    } else {
      told.add(lsa);
      tell(lsa, stateOf(lsa));
    }
  }

  /** An LSA, opaque or not, is no longer in the database or about to leave it. */
  void forgotten(HeldLsa lsa) {
    if (told.remove(lsa)) {
      tell(lsa, OpaqueState.WITHDRAWN);
    }
  }

  /** What can be reached may have changed. */
  void reachabilityMayDiffer() {
    for (HeldLsa lsa : told) {
      OpaqueState state = stateOf(lsa);
      if (state != lsa.toldState) {
        tell(lsa, state);
      }
    }
  }

  private void tell(HeldLsa lsa, OpaqueState state) {
    if (lsa.lsa().body() instanceof OpaqueLsa opaque) {
      lsa.toldState = state;
      core.outbox.event(
          new OspfOutput.OpaqueChanged(
              scopeOf(lsa.database), lsa.header(core.now), opaque.information(), state));
    }
  }

  private static OpaqueScope scopeOf(Database database) {
    return switch (database.scope()) {
      case LINK -> new OpaqueScope.Link(database.interfaceId());
      case AREA -> new OpaqueScope.InArea(database.areaId());
      case AS -> new OpaqueScope.As();
    };
  }

  /** Section 5: whether the originator is reachable within the LSA's scope. */
  private OpaqueState stateOf(HeldLsa lsa) {
    Ipv4Address originator = lsa.key.advertisingRouter();
    boolean reachable =
        switch (lsa.database.scope()) {
          case LINK -> isAdjacent(lsa.database, originator);
          case AREA -> core.routes.isReachable(lsa.database.areaId(), originator);
          case AS -> isBoundaryRouter(originator);
        };
    return reachable ? OpaqueState.USABLE : OpaqueState.UNREACHABLE;
  }

  /** "the originating router must be an OSPF neighbor in Exchange state or greater". */
  private static boolean isAdjacent(Database database, Ipv4Address originator) {
    OspfInterface on = database.on();
    if (on != null) {
      for (Neighbor neighbor : on.neighbors()) {
        if (neighbor.routerId().equals(originator)
            && neighbor.state().atLeast(NeighborState.EXCHANGE)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isBoundaryRouter(Ipv4Address originator) {
    for (RouterRoute route : core.routes.table().routerRoutes(originator)) {
      if (route.asBoundary()) {
        return true;
      }
    }
    return false;
  }

  /** An interface went down: what is on its network is not known any more. */
  void interfaceDown(OspfInterface on) {
    for (HeldLsa lsa : List.copyOf(on.linkLocal.all())) {
      core.forget(lsa);
    }
  }

  /** An interface is up: what is announced on it is originated. */
  void interfaceUp(OspfInterface on) {
    for (LsaKey key : on.linkLocal.announced.keySet()) {
      mayDiffer(on.linkLocal, key);
    }
  }

  /** An interface that is down does not exist any more. */
  void interfaceRemoved(OspfInterface on) {
    announcements -= on.linkLocal.announced.size();
    on.linkLocal.announced.clear();
    core.origination.forget(on.linkLocal);
    core.lsdb.removeLink(on.id());
  }
}
