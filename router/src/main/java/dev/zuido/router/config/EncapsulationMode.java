package dev.zuido.router.config;

/** The two modes of ESP (RFC 4301, section 3.2). */
public enum EncapsulationMode {
  /** A new outer header. */
  TUNNEL("tunnel"),
  /** The packet's own header stays. */
  TRANSPORT("transport");

  private final String iosName;

  EncapsulationMode(String iosName) {
    this.iosName = iosName;
  }

  /** The word of {@code mode}. */
  public String iosName() {
    return iosName;
  }
}
