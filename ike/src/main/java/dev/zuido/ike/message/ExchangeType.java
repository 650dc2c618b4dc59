package dev.zuido.ike.message;

/** Exchange types (RFC 2408 section 3.1, RFC 2409 Appendix A). */
public final class ExchangeType {
  /** Base. */
  public static final int BASE = 1;

  /** Identity Protection: main mode in IKE. */
  public static final int IDENTITY_PROTECTION = 2;

  /** Authentication Only. */
  public static final int AUTHENTICATION_ONLY = 3;

  /** Aggressive mode. */
  public static final int AGGRESSIVE = 4;

  /** Informational. */
  public static final int INFORMATIONAL = 5;

  /** Transaction (draft-ietf-ipsec-isakmp-mode-cfg). */
  public static final int TRANSACTION = 6;

  /** Quick mode. */
  public static final int QUICK_MODE = 32;

  /** New group mode. */
  public static final int NEW_GROUP_MODE = 33;

  private ExchangeType() {}

  /** The exchange type's name as its RFC writes it, or its number if it has none here. */
  public static String nameOf(int value) {
    return switch (value) {
      case BASE -> "Base";
      case IDENTITY_PROTECTION -> "Identity Protection";
      case AUTHENTICATION_ONLY -> "Authentication Only";
      case AGGRESSIVE -> "Aggressive";
      case INFORMATIONAL -> "Informational";
      case TRANSACTION -> "Transaction";
      case QUICK_MODE -> "Quick Mode";
      case NEW_GROUP_MODE -> "New Group Mode";
      default -> Integer.toString(value);
    };
  }
}
