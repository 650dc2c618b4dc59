package dev.zuido.router;

/** What {@code show} commands print. */
public final class ShowCommands {
  private final RouterParts parts;

  ShowCommands(RouterParts parts) {
    this.parts = parts;
  }

  /** {@code show ip route}. */
  public String ipRoute() {
    return parts.routes().routes().toString();
  }
}
