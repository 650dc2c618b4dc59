package dev.zuido.router;

import dev.zuido.ospf.OspfEngine;
import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.lsdb.LsaStore;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.PathType;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What LSAs the routes from outside come from, for displays: the kind and the tag of a route. */
final class OspfOrigins {
  /** The LSA that says most of a prefix, by type of its metric. */
  private final Map<Key, Lsa> origins = new HashMap<>();

  private record Key(Ipv4Prefix prefix, boolean type2, int metric) {}

  OspfOrigins(OspfEngine ospf) {
    note(ospf.database().asWide(), LsaType.AS_EXTERNAL);
    for (Ipv4Address area : ospf.database().areaIds()) {
      note(ospf.database().area(area), LsaType.NSSA);
    }
  }

  private void note(@Nullable LsaStore store, int type) {
    if (store == null) {
      return;
    }
    for (LsaEntry entry : store.entries()) {
      Lsa lsa = entry.lsa();
      if (lsa.header().type() == type && lsa.body() instanceof AsExternalLsa body) {
        int length = Integer.bitCount(body.networkMask().value());
        Ipv4Prefix prefix = Ipv4Prefix.containing(lsa.header().linkStateId(), length);
        AsExternalLsa.Route route = body.routes().get(0);
        origins.merge(
            new Key(prefix, route.type2(), route.type2() ? route.metric() : 0),
            lsa,
            OspfOrigins::preferred);
      }
    }
  }

  /** RFC 3101 section 2.5 step (6)(e): type 7 with the P-bit, type 5, other type 7. */
  private static Lsa preferred(Lsa first, Lsa second) {
    return rank(second) < rank(first) ? second : first;
  }

  private static int rank(Lsa lsa) {
    boolean nssa = lsa.header().type() == LsaType.NSSA;
    return !nssa ? 1 : lsa.header().options().has(Options.NP) ? 0 : 2;
  }

  private @Nullable Lsa of(OspfRoute route) {
    return switch (route.pathType()) {
      case INTRA_AREA, INTER_AREA -> null;
      case EXTERNAL_TYPE_1 -> origins.get(new Key(route.prefix(), false, 0));
      case EXTERNAL_TYPE_2 -> origins.get(new Key(route.prefix(), true, route.type2Cost()));
    };
  }

  private boolean isNssa(OspfRoute route) {
    Lsa lsa = of(route);
    return lsa != null && lsa.header().type() == LsaType.NSSA;
  }

  /** {@code Intra}, {@code Inter}, {@code Ext1}, {@code Ext2}, {@code NSSA1}, {@code NSSA2}. */
  String kind(OspfRoute route) {
    return switch (route.pathType()) {
      case INTRA_AREA -> "Intra";
      case INTER_AREA -> "Inter";
      case EXTERNAL_TYPE_1 -> isNssa(route) ? "NSSA1" : "Ext1";
      case EXTERNAL_TYPE_2 -> isNssa(route) ? "NSSA2" : "Ext2";
    };
  }

  /** What stands behind the O of {@code show ip route}, with a blank before it. */
  String code(OspfRoute route) {
    return switch (route.pathType()) {
      case INTRA_AREA -> "";
      case INTER_AREA -> " IA";
      case EXTERNAL_TYPE_1 -> isNssa(route) ? " N1" : " E1";
      case EXTERNAL_TYPE_2 -> isNssa(route) ? " N2" : " E2";
    };
  }

  /** The external route tag, or null of a route within the AS. */
  @Nullable Long tag(OspfRoute route) {
    boolean outside =
        route.pathType() == PathType.EXTERNAL_TYPE_1
            || route.pathType() == PathType.EXTERNAL_TYPE_2;
    if (!outside) {
      return null;
    }
    Lsa lsa = of(route);
    return lsa != null && lsa.body() instanceof AsExternalLsa body
        ? Integer.toUnsignedLong(body.routes().get(0).externalRouteTag())
        : 0L;
  }

  /** A type of LSA in lower camel case. */
  static String lsaName(int type) {
    return switch (type) {
      case LsaType.ROUTER -> "router";
      case LsaType.NETWORK -> "network";
      case LsaType.SUMMARY_NETWORK -> "summaryNetwork";
      case LsaType.SUMMARY_ASBR -> "summaryAsbr";
      case LsaType.AS_EXTERNAL -> "asExternal";
      case LsaType.NSSA -> "nssaExternal";
      case LsaType.OPAQUE_LINK -> "opaqueLink";
      case LsaType.OPAQUE_AREA -> "opaqueArea";
      case LsaType.OPAQUE_AS -> "opaqueAs";
      default -> "type" + type;
    };
  }
}
