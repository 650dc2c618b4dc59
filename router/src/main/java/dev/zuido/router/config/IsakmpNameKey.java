package dev.zuido.router.config;

/**
 * A pre-shared key by name ({@code crypto isakmp key … hostname}). In main mode the peer's address
 * chooses the key, so that it serves a peer whose address {@code ip host} gives; in aggressive mode
 * the name that the peer says does.
 *
 * @param key the key
 * @param hostname the peer's name, in full
 */
public record IsakmpNameKey(Secret key, String hostname) {
  /** Checks the name. */
  public IsakmpNameKey {
    hostname = new IsakmpIdentity.Host(hostname).name();
  }
}
