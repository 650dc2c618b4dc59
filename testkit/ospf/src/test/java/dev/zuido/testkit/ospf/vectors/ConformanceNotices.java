package dev.zuido.testkit.ospf.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.DropReason;
import dev.zuido.ospf.InterfaceState;
import dev.zuido.ospf.NeighborState;
import dev.zuido.ospf.OspfOutput;
import dev.zuido.testkit.ospf.simulation.SimulatedRouter;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the origin notifies of, and what our engine tells. */
final class ConformanceNotices {
  private ConformanceNotices() {}

  static void check(
      String where,
      Map<String, Object> outputs,
      List<OspfOutput> told,
      TopologyFile file,
      SimulatedRouter router) {
    TreeSet<String> expected = new TreeSet<>();
    Object contents = outputs.get("northbound-notif.jsonl");
    List<?> list =
        contents == null ? List.of() : contents instanceof List<?> l ? l : List.of(contents);
    for (Object each : list) {
      expected.add(expected(Json.object(each)));
    }
    TreeSet<String> found = new TreeSet<>();
    for (OspfOutput each : told) {
      String notice = notice(each, file, router);
      if (notice != null) {
        found.add(notice);
      }
      if (each instanceof OspfOutput.Dropped dropped && dropped.reason() == DropReason.LSA_TYPE) {
        // For us ReservedSequenceNumber is one of the ways in which an LSA contradicts itself.
        expected.remove(dropped.source() + " invalid-seq-num");
      }
    }
    assertEquals(expected, found, where + ": notices");
  }

  private static String expected(Map<String, Object> notice) {
    String kind = notice.keySet().iterator().next();
    Map<String, Object> of = Json.object(notice.get(kind));
    String on =
        of.containsKey("interface") ? Json.text(Json.object(of.get("interface")), "interface") : "";
    return switch (kind) {
      case "ietf-ospf:nbr-state-change" ->
          on + " neighbor " + of.get("neighbor-router-id") + " " + of.get("state");
      case "ietf-ospf:if-state-change" -> on + " " + of.get("state");
      case "ietf-ospf:if-config-error" ->
          on + " " + of.get("packet-source") + " " + of.get("error");
      case "holo-ospf:if-rx-bad-lsa" -> of.get("packet-source") + " " + of.get("error");
      default -> kind;
    };
  }

  private static @Nullable String notice(
      OspfOutput output, TopologyFile file, SimulatedRouter router) {
    if (output instanceof OspfOutput.NeighborChanged change) {
      // The origin tells only of adjacencies that are gone or there.
      boolean adjacency =
          change.isAdjacencyChange() || change.to().compareTo(NeighborState.INIT) < 0;
      String on = file.interfaceName(router.name(), change.interfaceId());
      return adjacency ? on + " neighbor " + change.routerId() + " " + name(change.to()) : null;
    }
    if (output instanceof OspfOutput.InterfaceChanged change) {
      return file.interfaceName(router.name(), change.interfaceId()) + " " + name(change.to());
    }
    if (output instanceof OspfOutput.Dropped dropped) {
      String on = file.interfaceName(router.name(), dropped.interfaceId()) + " " + dropped.source();
      return switch (dropped.reason()) {
        case AREA_MISMATCH -> on + " area-mismatch";
        case HELLO_INTERVAL_MISMATCH -> on + " hello-interval-mismatch";
        case DEAD_INTERVAL_MISMATCH -> on + " dead-interval-mismatch";
        case OPTIONS_MISMATCH -> on + " option-mismatch";
        case MASK_MISMATCH -> on + " net-mask-mismatch";
        case MTU_MISMATCH -> on + " mtu-mismatch";
        case DUPLICATE_ROUTER_ID -> on + " duplicate-router-id";
        case LSA_CHECKSUM -> dropped.source() + " invalid-checksum";
        default -> null;
      };
    }
    return null;
  }

  static String name(NeighborState state) {
    return switch (state) {
      case DOWN -> "down";
      case ATTEMPT -> "attempt";
      case INIT -> "init";
      case TWO_WAY -> "2-way";
      case EX_START -> "exstart";
      case EXCHANGE -> "exchange";
      case LOADING -> "loading";
      case FULL -> "full";
    };
  }

  static String name(InterfaceState state) {
    return switch (state) {
      case DOWN -> "down";
      case LOOPBACK -> "loopback";
      case WAITING -> "waiting";
      case POINT_TO_POINT -> "point-to-point";
      case DR_OTHER -> "dr-other";
      case BACKUP -> "bdr";
      case DR -> "dr";
    };
  }
}
