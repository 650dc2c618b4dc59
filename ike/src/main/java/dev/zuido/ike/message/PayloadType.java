package dev.zuido.ike.message;

/** Types of payloads (RFC 2408 section 3.1, RFC 3947 section 3.2 and later registrations). */
public final class PayloadType {
  /** No payload: the chain ends. */
  public static final int NONE = 0;

  /** Security Association, {@link dev.zuido.ike.message.SecurityAssociation}. */
  public static final int SECURITY_ASSOCIATION = 1;

  /** Proposal; only inside of an SA payload. */
  public static final int PROPOSAL = 2;

  /** Transform; only inside of a proposal. */
  public static final int TRANSFORM = 3;

  /** Key Exchange. */
  public static final int KEY_EXCHANGE = 4;

  /** Identification. */
  public static final int IDENTIFICATION = 5;

  /** Certificate. */
  public static final int CERTIFICATE = 6;

  /** Certificate Request. */
  public static final int CERTIFICATE_REQUEST = 7;

  /** Hash. */
  public static final int HASH = 8;

  /** Signature. */
  public static final int SIGNATURE = 9;

  /** Nonce. */
  public static final int NONCE = 10;

  /** Notification. */
  public static final int NOTIFICATION = 11;

  /** Delete. */
  public static final int DELETE = 12;

  /** Vendor ID. */
  public static final int VENDOR_ID = 13;

  /**
   * Attributes of the configuration method (draft-ietf-ipsec-isakmp-mode-cfg); carried as unknown.
   */
  public static final int ATTRIBUTES = 14;

  /** NAT-D (RFC 3947 section 3.2). */
  public static final int NAT_DETECTION = 20;

  /** NAT-OA (RFC 3947 section 5.2). */
  public static final int NAT_ORIGINAL_ADDRESS = 21;

  /** NAT-D of draft-ietf-ipsec-nat-t-ike-00 to 03. */
  public static final int NAT_DETECTION_DRAFT = 130;

  /** NAT-OA of draft-ietf-ipsec-nat-t-ike-00 to 03. */
  public static final int NAT_ORIGINAL_ADDRESS_DRAFT = 131;

  /** A fragment of a message, as Cisco does it, {@link dev.zuido.ike.message.Fragment}. */
  public static final int CISCO_FRAGMENT = 132;

  private PayloadType() {}

  /** The type's name, or its number if it has none here. */
  public static String nameOf(int type) {
    return switch (type) {
      case NONE -> "NONE";
      case SECURITY_ASSOCIATION -> "SA";
      case PROPOSAL -> "P";
      case TRANSFORM -> "T";
      case KEY_EXCHANGE -> "KE";
      case IDENTIFICATION -> "ID";
      case CERTIFICATE -> "CERT";
      case CERTIFICATE_REQUEST -> "CR";
      case HASH -> "HASH";
      case SIGNATURE -> "SIG";
      case NONCE -> "NONCE";
      case NOTIFICATION -> "N";
      case DELETE -> "D";
      case VENDOR_ID -> "VID";
      case ATTRIBUTES -> "ATTR";
      case NAT_DETECTION, NAT_DETECTION_DRAFT -> "NAT-D";
      case NAT_ORIGINAL_ADDRESS, NAT_ORIGINAL_ADDRESS_DRAFT -> "NAT-OA";
      case CISCO_FRAGMENT -> "FRAGMENT";
      default -> Integer.toString(type);
    };
  }

  /** Whether a payload of this type can stand in a message's chain. */
  static boolean isTopLevel(int type) {
    return type > NONE && type <= 0xff && type != PROPOSAL && type != TRANSFORM;
  }
}
