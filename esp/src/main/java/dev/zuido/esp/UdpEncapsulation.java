package dev.zuido.esp;

/**
 * UDP encapsulation of an SA's packets (RFC 3948), for a path with address translators.
 *
 * @param localPort our port, usually 4500
 * @param remotePort the peer's port as we see it; a translator may have changed it
 */
public record UdpEncapsulation(int localPort, int remotePort) {
  /** The port of IKE and ESP once a translator was found. */
  public static final int PORT = 4500;

  /** Both ends at 4500. */
  public static final UdpEncapsulation STANDARD = new UdpEncapsulation(PORT, PORT);

  /** Checks that both are ports. */
  public UdpEncapsulation {
    if (localPort < 1 || localPort > 0xffff || remotePort < 1 || remotePort > 0xffff) {
      throw new IllegalArgumentException("a UDP port is 1 to 65535");
    }
  }
}
