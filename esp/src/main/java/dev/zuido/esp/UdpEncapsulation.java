package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * UDP encapsulation of an SA's packets (RFC 3948), for a path with address translators.
 *
 * <p>Over IPv4 the UDP checksum is sent as 0, as RFC 3948 section 2.1 wants it. Over IPv6 it is
 * computed: RFC 8200 section 8.1 forbids 0 but for tunnels that were set up for it, and translators
 * and firewalls drop it. A received checksum is not looked at, since the ICV says more.
 *
 * <p>In transport mode a translator changes addresses that the checksum of TCP and UDP covers, so
 * that an inbound SA has to know which ones the peer has computed it with: those of the NAT-OA
 * payloads that the peer has sent (RFC 3947 section 5.2). Of an initiator's payloads, NAT-OAi is
 * {@code originalRemote} and NAT-OAr is {@code originalLocal}; of a responder's, it is the other
 * way round. Tunnel mode and outbound SAs have no use for them.
 *
 * @param localPort our port, usually 4500
 * @param remotePort the peer's port as we see it; a translator may have changed it
 * @param originalLocal our address as the peer sees it, which is the destination that it puts into
 *     its packets; null if that is the one that they arrive with
 * @param originalRemote the peer's own address, which is the source that it puts into its packets;
 *     null if that is the one that they arrive with
 */
public record UdpEncapsulation(
    int localPort,
    int remotePort,
    @Nullable IpAddress originalLocal,
    @Nullable IpAddress originalRemote) {
  /**
   * The port of IKE and ESP once a translator was found (RFC 3948 section 2.1). SAs that a {@link
   * SecurityAssociationDatabase} holds receive at this port only.
   */
  public static final int PORT = 4500;

  /** Both ends at 4500. */
  public static final UdpEncapsulation STANDARD = new UdpEncapsulation(PORT, PORT);

  /** Checks that both are ports. */
  public UdpEncapsulation {
    if (localPort < 1 || localPort > 0xffff || remotePort < 1 || remotePort > 0xffff) {
      throw new IllegalArgumentException("a UDP port is 1 to 65535");
    }
  }

  /** Encapsulation where no checksum has to be corrected. */
  public UdpEncapsulation(int localPort, int remotePort) {
    this(localPort, remotePort, null, null);
  }

  /** The same as the other end sees it. */
  UdpEncapsulation mirrored() {
    return new UdpEncapsulation(
        /* localPort= */ remotePort,
        /* remotePort= */ localPort,
        /* originalLocal= */ originalRemote,
        /* originalRemote= */ originalLocal);
  }
}
