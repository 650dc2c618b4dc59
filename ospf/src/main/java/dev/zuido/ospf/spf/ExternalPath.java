package dev.zuido.ospf.spf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import java.util.Set;

/**
 * The path to an external destination that one LSA describes.
 *
 * @param told the route that the LSA tells
 * @param innerCost X: the cost to the AS boundary router or forwarding address
 * @param intraNonBackbone whether the way there is what section 16.4.1 prefers
 * @param nextHops the way there
 */
record ExternalPath(
    AsExternalLsa.Route told, int innerCost, boolean intraNonBackbone, Set<NextHop> nextHops) {
  PathType pathType() {
    return told.type2() ? PathType.EXTERNAL_TYPE_2 : PathType.EXTERNAL_TYPE_1;
  }

  int cost() {
    return told.type2() ? innerCost : PathArithmetic.sum(innerCost, told.metric());
  }

  int type2Cost() {
    return told.type2() ? told.metric() : 0;
  }

  /**
   * Section 16.4 item 6, b to d: negative if the first path is preferred, 0 if both are to be used.
   */
  static int compare(ExternalPath first, ExternalPath second, boolean rfc1583Compatibility) {
    if (first.told.type2() != second.told.type2()) {
      return first.told.type2() ? 1 : -1;
    }
    if (first.type2Cost() != second.type2Cost()) {
      return Integer.compare(first.type2Cost(), second.type2Cost());
    }
    if (!rfc1583Compatibility && first.intraNonBackbone != second.intraNonBackbone) {
      return first.intraNonBackbone ? -1 : 1;
    }
    return Integer.compare(first.cost(), second.cost());
  }

  /** This path and an equal one together. */
  ExternalPath with(ExternalPath equal, int maximumPaths) {
    Set<NextHop> hops = PathArithmetic.union(nextHops, equal.nextHops, maximumPaths);
    return new ExternalPath(told, innerCost, intraNonBackbone, hops);
  }
}
