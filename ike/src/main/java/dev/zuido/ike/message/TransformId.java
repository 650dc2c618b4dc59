package dev.zuido.ike.message;

/**
 * Transform identifiers: what they mean depends on the proposal's protocol (RFC 2407 section 4.4).
 */
public final class TransformId {
  /** KEY_IKE, the only transform of {@link ProtocolId#ISAKMP}. */
  public static final int KEY_IKE = 1;

  private TransformId() {}

  /** The name of a transform of a protocol, or the number if it has none here. */
  public static String nameOf(int protocolId, int value) {
    return switch (protocolId) {
      case ProtocolId.ISAKMP -> value == KEY_IKE ? "KEY_IKE" : Integer.toString(value);
      case ProtocolId.AH -> Ah.nameOf(value);
      case ProtocolId.ESP -> Esp.nameOf(value);
      case ProtocolId.IPCOMP -> IpComp.nameOf(value);
      default -> Integer.toString(value);
    };
  }

  /** Transforms of {@link ProtocolId#ESP} (RFC 2407 section 4.4.4 and later registrations). */
  public static final class Esp {
    /** ESP_DES_IV64. */
    public static final int DES_IV64 = 1;

    /** ESP_DES. */
    public static final int DES = 2;

    /** ESP_3DES. */
    public static final int TRIPLE_DES = 3;

    /** ESP_RC5. */
    public static final int RC5 = 4;

    /** ESP_IDEA. */
    public static final int IDEA = 5;

    /** ESP_CAST. */
    public static final int CAST = 6;

    /** ESP_BLOWFISH. */
    public static final int BLOWFISH = 7;

    /** ESP_3IDEA. */
    public static final int TRIPLE_IDEA = 8;

    /** ESP_DES_IV32. */
    public static final int DES_IV32 = 9;

    /** ESP_RC4. */
    public static final int RC4 = 10;

    /** ESP_NULL. */
    public static final int NULL = 11;

    /** ESP_AES-CBC (RFC 3602). */
    public static final int AES_CBC = 12;

    /** ESP_AES-CTR (RFC 3686). */
    public static final int AES_CTR = 13;

    /** ESP_AES-CCM_8 (RFC 4309). */
    public static final int AES_CCM_8 = 14;

    /** ESP_AES-CCM_12 (RFC 4309). */
    public static final int AES_CCM_12 = 15;

    /** ESP_AES-CCM_16 (RFC 4309). */
    public static final int AES_CCM_16 = 16;

    /** ESP_AES-GCM_8 (RFC 4106). */
    public static final int AES_GCM_8 = 18;

    /** ESP_AES-GCM_12 (RFC 4106). */
    public static final int AES_GCM_12 = 19;

    /** ESP_AES-GCM_16 (RFC 4106). */
    public static final int AES_GCM_16 = 20;

    /** ESP_SEED_CBC (RFC 4196). */
    public static final int SEED_CBC = 21;

    /** ESP_CAMELLIA. */
    public static final int CAMELLIA = 22;

    /** ESP_NULL_AUTH_AES-GMAC (RFC 4543). */
    public static final int NULL_AUTH_AES_GMAC = 23;

    private Esp() {}

    /** The name of a value, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case DES_IV64 -> "ESP_DES_IV64";
        case DES -> "ESP_DES";
        case TRIPLE_DES -> "ESP_3DES";
        case RC5 -> "ESP_RC5";
        case IDEA -> "ESP_IDEA";
        case CAST -> "ESP_CAST";
        case BLOWFISH -> "ESP_BLOWFISH";
        case TRIPLE_IDEA -> "ESP_3IDEA";
        case DES_IV32 -> "ESP_DES_IV32";
        case RC4 -> "ESP_RC4";
        case NULL -> "ESP_NULL";
        case AES_CBC -> "ESP_AES-CBC";
        case AES_CTR -> "ESP_AES-CTR";
        case AES_CCM_8 -> "ESP_AES-CCM_8";
        case AES_CCM_12 -> "ESP_AES-CCM_12";
        case AES_CCM_16 -> "ESP_AES-CCM_16";
        case AES_GCM_8 -> "ESP_AES-GCM_8";
        case AES_GCM_12 -> "ESP_AES-GCM_12";
        case AES_GCM_16 -> "ESP_AES-GCM_16";
        case SEED_CBC -> "ESP_SEED_CBC";
        case CAMELLIA -> "ESP_CAMELLIA";
        case NULL_AUTH_AES_GMAC -> "ESP_NULL_AUTH_AES-GMAC";
        default -> Integer.toString(value);
      };
    }
  }

  /** Transforms of {@link ProtocolId#AH} (RFC 2407 section 4.4.3 and later registrations). */
  public static final class Ah {
    /** AH_MD5. */
    public static final int MD5 = 2;

    /** AH_SHA. */
    public static final int SHA = 3;

    /** AH_DES. */
    public static final int DES = 4;

    /** AH_SHA2-256. */
    public static final int SHA2_256 = 5;

    /** AH_SHA2-384. */
    public static final int SHA2_384 = 6;

    /** AH_SHA2-512. */
    public static final int SHA2_512 = 7;

    /** AH_RIPEMD. */
    public static final int RIPEMD = 8;

    /** AH_AES-XCBC-MAC (RFC 3566). */
    public static final int AES_XCBC_MAC = 9;

    /** AH_RSA (RFC 4359). */
    public static final int RSA = 10;

    /** AH_AES-128-GMAC (RFC 4543). */
    public static final int AES_128_GMAC = 11;

    /** AH_AES-192-GMAC (RFC 4543). */
    public static final int AES_192_GMAC = 12;

    /** AH_AES-256-GMAC (RFC 4543). */
    public static final int AES_256_GMAC = 13;

    private Ah() {}

    /** The name of a value, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case MD5 -> "AH_MD5";
        case SHA -> "AH_SHA";
        case DES -> "AH_DES";
        case SHA2_256 -> "AH_SHA2-256";
        case SHA2_384 -> "AH_SHA2-384";
        case SHA2_512 -> "AH_SHA2-512";
        case RIPEMD -> "AH_RIPEMD";
        case AES_XCBC_MAC -> "AH_AES-XCBC-MAC";
        case RSA -> "AH_RSA";
        case AES_128_GMAC -> "AH_AES-128-GMAC";
        case AES_192_GMAC -> "AH_AES-192-GMAC";
        case AES_256_GMAC -> "AH_AES-256-GMAC";
        default -> Integer.toString(value);
      };
    }
  }

  /** Transforms of {@link ProtocolId#IPCOMP} (RFC 2407 section 4.4.5, RFC 3051). */
  public static final class IpComp {
    /** IPCOMP_OUI. */
    public static final int OUI = 1;

    /** IPCOMP_DEFLATE. */
    public static final int DEFLATE = 2;

    /** IPCOMP_LZS. */
    public static final int LZS = 3;

    /** IPCOMP_LZJH (RFC 3051). */
    public static final int LZJH = 4;

    private IpComp() {}

    /** The name of a value, or the number if it has none here. */
    public static String nameOf(int value) {
      return switch (value) {
        case OUI -> "IPCOMP_OUI";
        case DEFLATE -> "IPCOMP_DEFLATE";
        case LZS -> "IPCOMP_LZS";
        case LZJH -> "IPCOMP_LZJH";
        default -> Integer.toString(value);
      };
    }
  }
}
