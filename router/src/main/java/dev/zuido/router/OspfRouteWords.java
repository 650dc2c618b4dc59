package dev.zuido.router;

import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.spf.OspfRoute;
import org.jspecify.annotations.Nullable;

/** What kind of a route OSPF has found, in the words of displays. */
final class OspfRouteWords {
  private OspfRouteWords() {}

  /** {@code Intra}, {@code Inter}, {@code Ext1}, {@code Ext2}. */
  static String kind(OspfRoute route) {
    return switch (route.pathType()) {
      case INTRA_AREA -> "Intra";
      case INTER_AREA -> "Inter";
      case EXTERNAL_TYPE_1 -> "Ext1";
      case EXTERNAL_TYPE_2 -> "Ext2";
    };
  }

  /** What stands behind the O of {@code show ip route}, with a blank before it. */
  static String code(OspfRoute route) {
    return switch (route.pathType()) {
      case INTRA_AREA -> "";
      case INTER_AREA -> " IA";
      case EXTERNAL_TYPE_1 -> " E1";
      case EXTERNAL_TYPE_2 -> " E2";
    };
  }

  /** The external route tag, or null of a route within the AS. */
  static @Nullable Long tag(OspfRoute route) {
    return null;
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
