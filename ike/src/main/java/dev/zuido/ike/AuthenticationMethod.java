package dev.zuido.ike;

/** How the peers prove themselves in phase 1: the attribute of RFC 2409 Appendix A. */
public enum AuthenticationMethod {
  /** A pre-shared key (RFC 2409 section 5.4). */
  PRE_SHARED_KEY(1);

  private final int attributeValue;

  AuthenticationMethod(int attributeValue) {
    this.attributeValue = attributeValue;
  }

  /** The value of the Authentication Method attribute. */
  public int attributeValue() {
    return attributeValue;
  }
}
