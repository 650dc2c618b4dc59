package dev.zuido.ike.message;

/** Attribute classes of an IPsec transform and their values (RFC 2407 section 4.5). */
public final class IpsecAttribute {
  /** SA Life Type. */
  public static final int SA_LIFE_TYPE = 1;

  /** SA Life Duration. */
  public static final int SA_LIFE_DURATION = 2;

  /** Group Description. */
  public static final int GROUP_DESCRIPTION = 3;

  /** Encapsulation Mode. */
  public static final int ENCAPSULATION_MODE = 4;

  /** Authentication Algorithm. */
  public static final int AUTHENTICATION_ALGORITHM = 5;

  /** Key Length, in bits. */
  public static final int KEY_LENGTH = 6;

  /** Key Rounds. */
  public static final int KEY_ROUNDS = 7;

  /** Compress Dictionary Size. */
  public static final int COMPRESS_DICTIONARY_SIZE = 8;

  /** Compress Private Algorithm. */
  public static final int COMPRESS_PRIVATE_ALGORITHM = 9;

  /** ECN Tunnel. */
  public static final int ECN_TUNNEL = 10;

  /** Extended Sequence Number (RFC 4304). */
  public static final int EXTENDED_SEQUENCE_NUMBER = 11;

  private IpsecAttribute() {}

  /** The name of a value as its RFC writes it, or the number if it has none here. */
  public static String nameOf(int value) {
    return switch (value) {
      case SA_LIFE_TYPE -> "SA Life Type";
      case SA_LIFE_DURATION -> "SA Life Duration";
      case GROUP_DESCRIPTION -> "Group Description";
      case ENCAPSULATION_MODE -> "Encapsulation Mode";
      case AUTHENTICATION_ALGORITHM -> "Authentication Algorithm";
      case KEY_LENGTH -> "Key Length";
      case KEY_ROUNDS -> "Key Rounds";
      case COMPRESS_DICTIONARY_SIZE -> "Compress Dictionary Size";
      case COMPRESS_PRIVATE_ALGORITHM -> "Compress Private Algorithm";
      case ECN_TUNNEL -> "ECN Tunnel";
      case EXTENDED_SEQUENCE_NUMBER -> "Extended (64-bit) Sequence Number";
      default -> Integer.toString(value);
    };
  }

  /** Values of {@link #SA_LIFE_TYPE}. */
  public static final class LifeType {
    /** seconds. */
    public static final int SECONDS = 1;

    /** kilobytes. */
    public static final int KILOBYTES = 2;

    private LifeType() {}

    /** The name of a value as its RFC writes it, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case SECONDS -> "seconds";
        case KILOBYTES -> "kilobytes";
        default -> Integer.toString(value);
      };
    }
  }

  /** Values of {@link #ENCAPSULATION_MODE}; in UDP from RFC 3947 section 5.1. */
  public static final class EncapsulationMode {
    /** Tunnel. */
    public static final int TUNNEL = 1;

    /** Transport. */
    public static final int TRANSPORT = 2;

    /** UDP-Encapsulated-Tunnel. */
    public static final int UDP_TUNNEL = 3;

    /** UDP-Encapsulated-Transport. */
    public static final int UDP_TRANSPORT = 4;

    /** UDP-Encapsulated-Tunnel of draft-ietf-ipsec-nat-t-ike-00 to 03. */
    public static final int UDP_TUNNEL_DRAFT = 61443;

    /** UDP-Encapsulated-Transport of draft-ietf-ipsec-nat-t-ike-00 to 03. */
    public static final int UDP_TRANSPORT_DRAFT = 61444;

    private EncapsulationMode() {}

    /** The name of a value as its RFC writes it, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case TUNNEL -> "Tunnel";
        case TRANSPORT -> "Transport";
        case UDP_TUNNEL -> "UDP-Encapsulated-Tunnel";
        case UDP_TRANSPORT -> "UDP-Encapsulated-Transport";
        case UDP_TUNNEL_DRAFT -> "UDP-Encapsulated-Tunnel-draft";
        case UDP_TRANSPORT_DRAFT -> "UDP-Encapsulated-Transport-draft";
        default -> Integer.toString(value);
      };
    }
  }

  /** Values of {@link #EXTENDED_SEQUENCE_NUMBER} (RFC 4304 section 2). */
  public static final class SequenceNumber {
    /** 64-bit Sequence Number; there is no other value. */
    public static final int BITS_64 = 1;

    private SequenceNumber() {}

    /** The name of a value as its RFC writes it, or the number if it has none here. */
    public static String nameOf(int value) {
      return value == BITS_64 ? "64-bit Sequence Number" : Integer.toString(value);
    }
  }

  /** Values of {@link #AUTHENTICATION_ALGORITHM}; SHA-2 from RFC 4868, GMAC from RFC 4543. */
  public static final class Authentication {
    /** HMAC-MD5. */
    public static final int HMAC_MD5 = 1;

    /** HMAC-SHA. */
    public static final int HMAC_SHA = 2;

    /** DES-MAC. */
    public static final int DES_MAC = 3;

    /** KPDK. */
    public static final int KPDK = 4;

    /** HMAC-SHA2-256. */
    public static final int HMAC_SHA2_256 = 5;

    /** HMAC-SHA2-384. */
    public static final int HMAC_SHA2_384 = 6;

    /** HMAC-SHA2-512. */
    public static final int HMAC_SHA2_512 = 7;

    /** HMAC-RIPEMD. */
    public static final int HMAC_RIPEMD = 8;

    /** AES-XCBC-MAC. */
    public static final int AES_XCBC_MAC = 9;

    /** SIG-RSA (RFC 4359). */
    public static final int SIG_RSA = 10;

    /** AES-128-GMAC. */
    public static final int AES_128_GMAC = 11;

    /** AES-192-GMAC. */
    public static final int AES_192_GMAC = 12;

    /** AES-256-GMAC. */
    public static final int AES_256_GMAC = 13;

    private Authentication() {}

    /** The name of a value as its RFC writes it, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case HMAC_MD5 -> "HMAC-MD5";
        case HMAC_SHA -> "HMAC-SHA";
        case DES_MAC -> "DES-MAC";
        case KPDK -> "KPDK";
        case HMAC_SHA2_256 -> "HMAC-SHA2-256";
        case HMAC_SHA2_384 -> "HMAC-SHA2-384";
        case HMAC_SHA2_512 -> "HMAC-SHA2-512";
        case HMAC_RIPEMD -> "HMAC-RIPEMD";
        case AES_XCBC_MAC -> "AES-XCBC-MAC";
        case SIG_RSA -> "SIG-RSA";
        case AES_128_GMAC -> "AES-128-GMAC";
        case AES_192_GMAC -> "AES-192-GMAC";
        case AES_256_GMAC -> "AES-256-GMAC";
        default -> Integer.toString(value);
      };
    }
  }
}
