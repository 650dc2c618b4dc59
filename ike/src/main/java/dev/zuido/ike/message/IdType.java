package dev.zuido.ike.message;

/** ID types of the IPsec DOI (RFC 2407 section 4.6.2.1). */
public final class IdType {
  /** An IPv4 address. */
  public static final int IPV4_ADDR = 1;

  /** A host name. */
  public static final int FQDN = 2;

  /** A user at a host. */
  public static final int USER_FQDN = 3;

  /** An IPv4 address and a mask. */
  public static final int IPV4_ADDR_SUBNET = 4;

  /** An IPv6 address. */
  public static final int IPV6_ADDR = 5;

  /** An IPv6 address and a mask. */
  public static final int IPV6_ADDR_SUBNET = 6;

  /** The first and the last of IPv4 addresses. */
  public static final int IPV4_ADDR_RANGE = 7;

  /** The first and the last of IPv6 addresses. */
  public static final int IPV6_ADDR_RANGE = 8;

  /** A distinguished name in DER. */
  public static final int DER_ASN1_DN = 9;

  /** A general name in DER. */
  public static final int DER_ASN1_GN = 10;

  /** Opaque bytes. */
  public static final int KEY_ID = 11;

  private IdType() {}

  /** The ID type's name as its RFC writes it, or its number if it has none here. */
  public static String nameOf(int value) {
    return switch (value) {
      case IPV4_ADDR -> "ID_IPV4_ADDR";
      case FQDN -> "ID_FQDN";
      case USER_FQDN -> "ID_USER_FQDN";
      case IPV4_ADDR_SUBNET -> "ID_IPV4_ADDR_SUBNET";
      case IPV6_ADDR -> "ID_IPV6_ADDR";
      case IPV6_ADDR_SUBNET -> "ID_IPV6_ADDR_SUBNET";
      case IPV4_ADDR_RANGE -> "ID_IPV4_ADDR_RANGE";
      case IPV6_ADDR_RANGE -> "ID_IPV6_ADDR_RANGE";
      case DER_ASN1_DN -> "ID_DER_ASN1_DN";
      case DER_ASN1_GN -> "ID_DER_ASN1_GN";
      case KEY_ID -> "ID_KEY_ID";
      default -> Integer.toString(value);
    };
  }
}
