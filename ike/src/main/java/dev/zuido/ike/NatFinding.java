package dev.zuido.ike;

import org.jspecify.annotations.Nullable;

/**
 * What a phase 1 has found out about translators between the two sides.
 *
 * @param dialect what both sides speak; null if not both can
 * @param localBehindNat whether our address or port is another for the peer
 * @param remoteBehindNat whether the peer's is another for us, or the peer pretends so
 * @param forced whether we pretend so
 */
record NatFinding(
    @Nullable NatDialect dialect, boolean localBehindNat, boolean remoteBehindNat, boolean forced) {
  /** No translator, or nobody who could cope with one. */
  static final NatFinding NONE = new NatFinding(null, false, false, false);

  /** Whether ISAKMP goes to port 4500, and ESP into UDP. */
  boolean encapsulates() {
    return dialect != null && (localBehindNat || remoteBehindNat || forced);
  }

  /** The value of the Encapsulation Mode attribute that we offer. */
  int attributeValue(EncapsulationMode mode) {
    NatDialect spoken = dialect;
    return spoken == null || !encapsulates() ? mode.attributeValue() : spoken.attributeValue(mode);
  }

  /** Whether a value of the Encapsulation Mode attribute is what this path needs. */
  boolean isRightMode(long attributeValue, EncapsulationMode mode) {
    if (!encapsulates()) {
      return attributeValue == mode.attributeValue();
    }
    return attributeValue == NatDialect.RFC_3947.attributeValue(mode)
        || attributeValue == NatDialect.DRAFT_02.attributeValue(mode);
  }

  /**
   * Whether we follow the peer when it sends from elsewhere. Who is behind a translator himself
   * must not (RFC 3947 section 7): the peer's address or port is then mostly one that does not
   * change, and whoever stands on the path could lead him away from it.
   */
  boolean isPeerMovable() {
    return encapsulates() && remoteBehindNat && !localBehindNat;
  }
}
