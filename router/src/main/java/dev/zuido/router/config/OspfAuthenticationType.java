package dev.zuido.router.config;

/** How OSPF packets are authenticated (RFC 2328, appendix D). */
public enum OspfAuthenticationType {
  /** Not at all: AuType 0. */
  NULL("null"),
  /** By a password in the clear: AuType 1. */
  SIMPLE(""),
  /** By a digest made with a shared key: AuType 2. */
  MESSAGE_DIGEST("message-digest"),
  /** By digests made with the keys of a key chain: AuType 2 too. */
  KEY_CHAIN("key-chain");

  private final String iosName;

  OspfAuthenticationType(String iosName) {
    this.iosName = iosName;
  }

  /** The word behind {@code authentication}; simple passwords have none. */
  public String iosName() {
    return iosName;
  }
}
