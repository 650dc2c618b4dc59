package dev.zuido.router;

import dev.zuido.router.forwarding.Route;
import dev.zuido.router.forwarding.RouteSource;
import java.util.ArrayList;
import java.util.List;

/** What differs between two states of the routing table, but for the router's own addresses. */
final class RouteChanges {
  private final List<Route> added = new ArrayList<>();
  private final List<Route> removed = new ArrayList<>();

  private RouteChanges() {}

  /**
   * The routes that have come and gone; one that has become another is in both lists.
   *
   * @param before one route of each prefix, in the order of the prefixes
   * @param now the same, later
   */
  static RouterEvent.RoutesChanged between(List<Route> before, List<Route> now) {
    RouteChanges changes = new RouteChanges();
    int i = 0;
    int j = 0;
    while (i < before.size() || j < now.size()) {
      int order =
          i == before.size()
              ? 1
              : j == now.size() ? -1 : before.get(i).prefix().compareTo(now.get(j).prefix());
      if (order != 0 || !before.get(i).equals(now.get(j))) {
        if (order <= 0) {
          note(changes.removed, before.get(i));
        }
        if (order >= 0) {
          note(changes.added, now.get(j));
        }
      }
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return new RouterEvent.RoutesChanged(changes.added, changes.removed);
  }

  private static void note(List<Route> routes, Route route) {
    if (route.source() != RouteSource.LOCAL) {
      routes.add(route);
    }
  }
}
