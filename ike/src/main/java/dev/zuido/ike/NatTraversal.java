package dev.zuido.ike;

/**
 * NAT traversal with a peer (RFC 3947, RFC 3948).
 *
 * @param enabled whether it is offered and accepted; without it nothing is done about a translator,
 *     and what comes to port 4500 from the peer is not taken
 * @param forceEncapsulation whether the peer is made to see a translator in front of us, so that
 *     ESP goes in UDP where no translator is: for paths that let UDP pass and nothing else
 * @param keepaliveSeconds how long nothing may be sent through our translator before a keepalive is
 *     (RFC 3948 section 4), 1 to 3 600; 0: no keepalives
 */
public record NatTraversal(boolean enabled, boolean forceEncapsulation, int keepaliveSeconds) {
  /** RFC 3948's default interval: 20 s. */
  public static final int DEFAULT_KEEPALIVE_SECONDS = 20;

  /** Offered and accepted; a keepalive after 20 s. */
  public static final NatTraversal DEFAULT =
      new NatTraversal(true, false, DEFAULT_KEEPALIVE_SECONDS);

  /** Neither offered nor accepted. */
  public static final NatTraversal OFF = new NatTraversal(false, false, 0);

  /** Checks the range, and that nothing is forced that is not enabled. */
  public NatTraversal {
    if (keepaliveSeconds < 0 || keepaliveSeconds > 3_600) {
      throw new IllegalArgumentException("a keepalive is sent after 1 to 3600 seconds, or 0: none");
    }
    if (forceEncapsulation && !enabled) {
      throw new IllegalArgumentException("encapsulation is forced, but NAT traversal is off");
    }
  }
}
