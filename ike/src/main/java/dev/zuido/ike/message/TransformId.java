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
        case NULL -> "ESP_NULL";
        case AES_CBC -> "ESP_AES-CBC";
        case AES_CTR -> "ESP_AES-CTR";
        case AES_CCM_8 -> "ESP_AES-CCM_8";
        case AES_CCM_12 -> "ESP_AES-CCM_12";
        case AES_CCM_16 -> "ESP_AES-CCM_16";
        case AES_GCM_8 -> "ESP_AES-GCM_8";
        case AES_GCM_12 -> "ESP_AES-GCM_12";
        case AES_GCM_16 -> "ESP_AES-GCM_16";
        case CAMELLIA -> "ESP_CAMELLIA";
        case NULL_AUTH_AES_GMAC -> "ESP_NULL_AUTH_AES-GMAC";
        default -> Integer.toString(value);
      };
    }
  }

  /** Transforms of {@link ProtocolId#AH} (RFC 2407 section 4.4.3, RFC 4868). */
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
        default -> Integer.toString(value);
      };
    }
  }
}
