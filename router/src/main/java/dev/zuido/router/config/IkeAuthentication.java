package dev.zuido.router.config;

/** How the peers of an ISAKMP policy prove who they are. */
public enum IkeAuthentication {
  /** A key that both have been given. */
  PRE_SHARED_KEY("pre-share"),
  /** RSA signatures: what a policy means that says nothing, and what is not offered here. */
  RSA_SIGNATURES("rsa-sig");

  private final String iosName;

  IkeAuthentication(String iosName) {
    this.iosName = iosName;
  }

  /** The word of {@code authentication}. */
  public String iosName() {
    return iosName;
  }
}
