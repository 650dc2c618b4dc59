package dev.zuido.ospf;

import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.ospf.spf.RouteDifference;
import dev.zuido.ospf.spf.RouterRoute;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Whether this router translates the NSSA-LSAs of one area (RFC 3101 section 3.1). */
final class NssaTranslator {
  /** Of more routes it is not asked which LSAs depend on them. */
  private static final int MOST_DIFFERENCES = 100;

  private final Core core;
  private final Area area;
  private final Timer stabilityTimer;
  private NssaTranslatorState state = NssaTranslatorState.DISABLED;

  /** Whether the router was elected, is no more, and leaves its translations standing (3.3). */
  private boolean deposed;

  /** The networks that were translated one by one last. */
  private Set<Ipv4Prefix> translated = Set.of();

  /** The networks of all LSAs that are to be translated, installed or not. */
  private final Set<Ipv4Prefix> networks = new HashSet<>();

  /** The forwarding addresses of these LSAs. */
  private final Set<Ipv4Address> forwardingAddresses = new HashSet<>();

  /** What this area's NSSA-LSAs come to. */
  NavigableMap<Ipv4Prefix, ToldExternal> translations = new TreeMap<>();

  /** Whether an NSSA-LSA, or what is configured, differs since they were looked at. */
  boolean differs = true;

  NssaTranslator(Core core, Area area, Runnable stateChanged) {
    this.core = core;
    this.area = area;
    this.stabilityTimer =
        new Timer(
            now -> {
              state = NssaTranslatorState.DISABLED;
              deposed = true;
              differs = true;
              stateChanged.run();
            });
  }

  Area area() {
    return area;
  }

  NssaTranslatorState state() {
    return state;
  }

  /** Whether NSSA-LSAs of the area are to be looked at. */
  boolean isTranslating() {
    return state != NssaTranslatorState.DISABLED || deposed;
  }

  /** Whether a network may be told by itself: a deposed translator begins with no further one. */
  boolean mayTranslate(Ipv4Prefix network) {
    return !deposed || translated.contains(network);
  }

  /** Whether ranges are told: "flushed" by a deposed translator. */
  boolean mayAggregate() {
    return !deposed;
  }

  /** Forgets what the LSAs came to, as they are looked at again. */
  void beginTranslation() {
    differs = false;
    networks.clear();
    forwardingAddresses.clear();
    translations = new TreeMap<>();
  }

  /** An LSA is to be translated as long as it is installed. */
  void watch(Ipv4Prefix network, Ipv4Address forwardingAddress) {
    networks.add(network);
    forwardingAddresses.add(forwardingAddress);
  }

  void remember(Set<Ipv4Prefix> direct) {
    translated = direct;
  }

  /** Whether other routes may let other LSAs be installed, or change the cost of a range. */
  boolean dependsOn(List<RouteDifference> routes) {
    if (routes.size() > MOST_DIFFERENCES) {
      return true;
    }
    for (RouteDifference each : routes) {
      if (networks.contains(each.prefix())) {
        return true;
      }
      for (Ipv4Address address : forwardingAddresses) {
        if (each.prefix().contains(address)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the router is a border router of the area, and the area is an NSSA. */
  boolean isBorder() {
    return area.isNssa() && core.isAreaBorder() && core.isActive(area);
  }

  /** Finds the state anew. */
  void elect() {
    NssaTranslatorState stateBefore = state;
    boolean deposedBefore = deposed;
    findState();
    differs |= state != stateBefore || deposed != deposedBefore;
  }

  private void findState() {
    NssaConfig.TranslatorRole role = area.config().nssa().translatorRole();
    if (!isBorder() || role == NssaConfig.TranslatorRole.NEVER) {
      enter(NssaTranslatorState.DISABLED);
    } else if (role == NssaConfig.TranslatorRole.ALWAYS) {
      enter(NssaTranslatorState.ENABLED);
    } else if (!isSupplanted()) {
      enter(NssaTranslatorState.ELECTED);
    } else if (state == NssaTranslatorState.ELECTED) {
      // "it continues to perform its translation duties for the additional time interval"
      long interval = area.config().nssa().stabilitySeconds() * Core.SECOND;
      core.heap.scheduleIfIdle(stabilityTimer, core.now + interval);
    } else if (!deposed) {
      enter(NssaTranslatorState.DISABLED);
    }
  }

  private void enter(NssaTranslatorState next) {
    core.heap.cancel(stabilityTimer);
    state = next;
    deposed = false;
  }

  /**
   * Whether there is a border router of the area, "reachable both over the NSSA and as ASBRs over
   * the AS's transit topology", that translates unconditionally or has a higher Router ID.
   */
  private boolean isSupplanted() {
    RoutingTable table = core.routes.table();
    for (RouterRoute route : table.routerRoutes()) {
      boolean isBorderHere =
          route.areaId().equals(area.id())
              && route.areaBorder()
              && route.pathType() == PathType.INTRA_AREA;
      if (isBorderHere
          && isBoundaryOutside(table, route.routerId())
          && (isUnconditional(route.routerId()) || route.routerId().compareTo(core.routerId) > 0)) {
        return true;
      }
    }
    return false;
  }

  private boolean isBoundaryOutside(RoutingTable table, Ipv4Address router) {
    for (RouterRoute route : table.routerRoutes(router)) {
      Area through = core.attachedArea(route.areaId());
      if (route.asBoundary() && through != null && !through.isStub()) {
        return true;
      }
    }
    return false;
  }

  private boolean isUnconditional(Ipv4Address router) {
    HeldLsa held = area.database.find(new LsaKey(LsaType.ROUTER, router, router));
    return held != null
        && held.lsa().body() instanceof RouterLsa body
        && (body.flags() & RouterLsa.NSSA_TRANSLATOR) != 0;
  }
}
