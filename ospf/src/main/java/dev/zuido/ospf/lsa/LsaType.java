package dev.zuido.ospf.lsa;

/**
 * The LS type field (RFC 2328 A.4.1). The registry is open, so a type is a number from 0 to 255;
 * these are the ones that have a name.
 */
public final class LsaType {
  /** Router-LSA (A.4.2). */
  public static final int ROUTER = 1;

  /** Network-LSA (A.4.3). */
  public static final int NETWORK = 2;

  /** Summary-LSA that describes a network (A.4.4). */
  public static final int SUMMARY_NETWORK = 3;

  /** Summary-LSA that describes an AS boundary router (A.4.4). */
  public static final int SUMMARY_ASBR = 4;

  /** AS-external-LSA (A.4.5). */
  public static final int AS_EXTERNAL = 5;

  /** Group-membership-LSA (RFC 1584). */
  public static final int GROUP_MEMBERSHIP = 6;

  /** NSSA-LSA (RFC 3101). */
  public static final int NSSA = 7;

  /** Opaque LSA of link-local scope (RFC 5250). */
  public static final int OPAQUE_LINK = 9;

  /** Opaque LSA of area scope (RFC 5250). */
  public static final int OPAQUE_AREA = 10;

  /** Opaque LSA of AS scope (RFC 5250). */
  public static final int OPAQUE_AS = 11;

  private LsaType() {}

  /** Whether a type is one of the opaque ones: 9, 10 and 11. */
  public static boolean isOpaque(int type) {
    return type >= OPAQUE_LINK && type <= OPAQUE_AS;
  }

  /**
   * How far LSAs of a type are flooded. A type that is not known is taken for one of area scope;
   * RFC 2328 does not let it be flooded at all.
   */
  public static FloodingScope scopeOf(int type) {
    return switch (type) {
      case OPAQUE_LINK -> FloodingScope.LINK;
      case AS_EXTERNAL, OPAQUE_AS -> FloodingScope.AS;
      default -> FloodingScope.AREA;
    };
  }

  /** Whether LSAs of a type are flooded through the whole AS: 5 and 11. */
  public static boolean isAsWide(int type) {
    return scopeOf(type) == FloodingScope.AS;
  }

  /** The type's name, as the RFC spells it. */
  public static String nameOf(int type) {
    return switch (type) {
      case ROUTER -> "router-LSA";
      case NETWORK -> "network-LSA";
      case SUMMARY_NETWORK -> "summary-LSA (network)";
      case SUMMARY_ASBR -> "summary-LSA (ASBR)";
      case AS_EXTERNAL -> "AS-external-LSA";
      case GROUP_MEMBERSHIP -> "group-membership-LSA";
      case NSSA -> "NSSA-LSA";
      case OPAQUE_LINK -> "opaque LSA (link)";
      case OPAQUE_AREA -> "opaque LSA (area)";
      case OPAQUE_AS -> "opaque LSA (AS)";
      default -> "LSA of type " + type;
    };
  }
}
