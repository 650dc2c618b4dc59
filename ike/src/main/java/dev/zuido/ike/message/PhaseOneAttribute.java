package dev.zuido.ike.message;

/** Attribute classes of a phase 1 transform and their values (RFC 2409 Appendix A). */
public final class PhaseOneAttribute {
  /** Encryption Algorithm. */
  public static final int ENCRYPTION_ALGORITHM = 1;

  /** Hash Algorithm. */
  public static final int HASH_ALGORITHM = 2;

  /** Authentication Method. */
  public static final int AUTHENTICATION_METHOD = 3;

  /** Group Description. */
  public static final int GROUP_DESCRIPTION = 4;

  /** Group Type. */
  public static final int GROUP_TYPE = 5;

  /** Group Prime/Irreducible Polynomial. */
  public static final int GROUP_PRIME = 6;

  /** Group Generator One. */
  public static final int GROUP_GENERATOR_ONE = 7;

  /** Group Generator Two. */
  public static final int GROUP_GENERATOR_TWO = 8;

  /** Group Curve A. */
  public static final int GROUP_CURVE_A = 9;

  /** Group Curve B. */
  public static final int GROUP_CURVE_B = 10;

  /** Life Type. */
  public static final int LIFE_TYPE = 11;

  /** Life Duration. */
  public static final int LIFE_DURATION = 12;

  /** PRF. */
  public static final int PRF = 13;

  /** Key Length, in bits. */
  public static final int KEY_LENGTH = 14;

  /** Field Size. */
  public static final int FIELD_SIZE = 15;

  /** Group Order. */
  public static final int GROUP_ORDER = 16;

  private PhaseOneAttribute() {}

  /** The name of a value as its RFC writes it, or the number if it has none here. */
  public static String nameOf(int value) {
    return switch (value) {
      case ENCRYPTION_ALGORITHM -> "Encryption Algorithm";
      case HASH_ALGORITHM -> "Hash Algorithm";
      case AUTHENTICATION_METHOD -> "Authentication Method";
      case GROUP_DESCRIPTION -> "Group Description";
      case GROUP_TYPE -> "Group Type";
      case GROUP_PRIME -> "Group Prime/Irreducible Polynomial";
      case GROUP_GENERATOR_ONE -> "Group Generator One";
      case GROUP_GENERATOR_TWO -> "Group Generator Two";
      case GROUP_CURVE_A -> "Group Curve A";
      case GROUP_CURVE_B -> "Group Curve B";
      case LIFE_TYPE -> "Life Type";
      case LIFE_DURATION -> "Life Duration";
      case PRF -> "PRF";
      case KEY_LENGTH -> "Key Length";
      case FIELD_SIZE -> "Field Size";
      case GROUP_ORDER -> "Group Order";
      default -> Integer.toString(value);
    };
  }

  /** Values of {@link #ENCRYPTION_ALGORITHM}; AES from RFC 3602. */
  public static final class Encryption {
    /** DES-CBC. */
    public static final int DES_CBC = 1;

    /** IDEA-CBC. */
    public static final int IDEA_CBC = 2;

    /** Blowfish-CBC. */
    public static final int BLOWFISH_CBC = 3;

    /** RC5-R16-B64-CBC. */
    public static final int RC5_CBC = 4;

    /** 3DES-CBC. */
    public static final int TRIPLE_DES_CBC = 5;

    /** CAST-CBC. */
    public static final int CAST_CBC = 6;

    /** AES-CBC; its key length is an attribute of its own. */
    public static final int AES_CBC = 7;

    /** CAMELLIA-CBC. */
    public static final int CAMELLIA_CBC = 8;

    private Encryption() {}

    /** The name of a value as its RFC writes it, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case DES_CBC -> "DES-CBC";
        case IDEA_CBC -> "IDEA-CBC";
        case BLOWFISH_CBC -> "Blowfish-CBC";
        case RC5_CBC -> "RC5-R16-B64-CBC";
        case TRIPLE_DES_CBC -> "3DES-CBC";
        case CAST_CBC -> "CAST-CBC";
        case AES_CBC -> "AES-CBC";
        case CAMELLIA_CBC -> "CAMELLIA-CBC";
        default -> Integer.toString(value);
      };
    }
  }

  /** Values of {@link #HASH_ALGORITHM}; SHA-2 from RFC 4868. */
  public static final class HashAlgorithm {
    /** MD5. */
    public static final int MD5 = 1;

    /** SHA. */
    public static final int SHA = 2;

    /** Tiger. */
    public static final int TIGER = 3;

    /** SHA2-256. */
    public static final int SHA2_256 = 4;

    /** SHA2-384. */
    public static final int SHA2_384 = 5;

    /** SHA2-512. */
    public static final int SHA2_512 = 6;

    private HashAlgorithm() {}

    /** The name of a value as its RFC writes it, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case MD5 -> "MD5";
        case SHA -> "SHA";
        case TIGER -> "Tiger";
        case SHA2_256 -> "SHA2-256";
        case SHA2_384 -> "SHA2-384";
        case SHA2_512 -> "SHA2-512";
        default -> Integer.toString(value);
      };
    }
  }

  /** Values of {@link #AUTHENTICATION_METHOD}. */
  public static final class Authentication {
    /** pre-shared key. */
    public static final int PRE_SHARED_KEY = 1;

    /** DSS signatures. */
    public static final int DSS_SIGNATURES = 2;

    /** RSA signatures. */
    public static final int RSA_SIGNATURES = 3;

    /** Encryption with RSA. */
    public static final int RSA_ENCRYPTION = 4;

    /** Revised encryption with RSA. */
    public static final int RSA_REVISED_ENCRYPTION = 5;

    /** ECDSA with SHA-256 on the P-256 curve. */
    public static final int ECDSA_256 = 9;

    /** ECDSA with SHA-384 on the P-384 curve. */
    public static final int ECDSA_384 = 10;

    /** ECDSA with SHA-512 on the P-521 curve. */
    public static final int ECDSA_521 = 11;

    /** HybridInitRSA. */
    public static final int HYBRID_INIT_RSA = 64221;

    /** HybridRespRSA. */
    public static final int HYBRID_RESP_RSA = 64222;

    /** XAUTHInitPreShared. */
    public static final int XAUTH_INIT_PRE_SHARED = 65001;

    /** XAUTHRespPreShared. */
    public static final int XAUTH_RESP_PRE_SHARED = 65002;

    /** XAUTHInitRSA. */
    public static final int XAUTH_INIT_RSA = 65005;

    /** XAUTHRespRSA. */
    public static final int XAUTH_RESP_RSA = 65006;

    private Authentication() {}

    /** The name of a value as its RFC writes it, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case PRE_SHARED_KEY -> "pre-shared key";
        case DSS_SIGNATURES -> "DSS signatures";
        case RSA_SIGNATURES -> "RSA signatures";
        case RSA_ENCRYPTION -> "Encryption with RSA";
        case RSA_REVISED_ENCRYPTION -> "Revised encryption with RSA";
        case ECDSA_256 -> "ECDSA with SHA-256 on the P-256 curve";
        case ECDSA_384 -> "ECDSA with SHA-384 on the P-384 curve";
        case ECDSA_521 -> "ECDSA with SHA-512 on the P-521 curve";
        case HYBRID_INIT_RSA -> "HybridInitRSA";
        case HYBRID_RESP_RSA -> "HybridRespRSA";
        case XAUTH_INIT_PRE_SHARED -> "XAUTHInitPreShared";
        case XAUTH_RESP_PRE_SHARED -> "XAUTHRespPreShared";
        case XAUTH_INIT_RSA -> "XAUTHInitRSA";
        case XAUTH_RESP_RSA -> "XAUTHRespRSA";
        default -> Integer.toString(value);
      };
    }
  }

  /** Values of {@link #GROUP_TYPE}. */
  public static final class GroupType {
    /** MODP. */
    public static final int MODP = 1;

    /** ECP. */
    public static final int ECP = 2;

    /** EC2N. */
    public static final int EC2N = 3;

    private GroupType() {}

    /** The name of a value as its RFC writes it, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case MODP -> "MODP";
        case ECP -> "ECP";
        case EC2N -> "EC2N";
        default -> Integer.toString(value);
      };
    }
  }

  /** Values of {@link #LIFE_TYPE}. */
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
}
