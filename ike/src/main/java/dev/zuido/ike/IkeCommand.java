package dev.zuido.ike;

import dev.zuido.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/** What the driver tells or asks an {@link IkeEngine}. A command that fits nothing is dropped. */
public sealed interface IkeCommand {

  /**
   * Make SAs for a child: a packet needs them, or a person asked. Nothing happens if they are there
   * or being made; shortly after a failure the attempt waits for a hold-off of a few seconds.
   *
   * @param peer {@link PeerConfig#name}
   * @param child {@link ChildConfig#name}
   */
  record Initiate(String peer, String child) implements IkeCommand {}

  /**
   * Answer to {@link IkeOutput.InstallSa}: the SA is in place.
   *
   * @param saId {@link SaParameters#id}
   */
  record SaInstalled(long saId) implements IkeCommand {}

  /**
   * Answer to {@link IkeOutput.InstallSa}: the SA cannot be installed. The quick mode fails.
   *
   * @param saId {@link SaParameters#id}
   * @param reason why, for the log
   */
  record SaRefused(long saId, String reason) implements IkeCommand {}

  /**
   * The first packet was accepted on an inbound SA. Optional: it lets the initiator of a rekey
   * change to the new outbound SA before two seconds have passed, and stands for the third message
   * of a quick mode where that was lost.
   *
   * @param saId {@link SaParameters#id}
   */
  record SaUsed(long saId) implements IkeCommand {}

  /**
   * An authenticated ESP packet came on an inbound SA with UDP encapsulation from another endpoint
   * than before: a translator has changed its mapping (RFC 3947 section 7). Optional: the engine
   * finds it out by the peer's next message too. {@link IkeOutput.MoveSa} follows where it is
   * believed.
   *
   * @param saId {@link SaParameters#id}
   * @param remote where the packet came from
   */
  record PeerSeenAt(long saId, Endpoint remote) implements IkeCommand {}

  /**
   * An SA has carried as many bytes as its lifetime allows, or its sequence numbers run out.
   *
   * @param saId {@link SaParameters#id}
   * @param hard false: a successor is needed; true: it must not be used any more
   */
  record LifetimeExceeded(long saId, boolean hard) implements IkeCommand {}

  /**
   * An ESP packet came with an SPI that no inbound SA has. The peer is told under an ISAKMP SA, at
   * most once a second; where there is none, {@link PeerOptions#invalidSpiRecovery} says whether a
   * phase 1 begins for it.
   *
   * @param local where it was sent to
   * @param remote where it came from
   * @param remotePort the UDP port that it came from, which tells peers behind one translator
   *     apart; 0 if it was not in UDP
   * @param spi the SPI as 32 bits
   */
  record InvalidSpi(IpAddress local, IpAddress remote, int remotePort, int spi)
      implements IkeCommand {
    /** A packet that was not in UDP. */
    public InvalidSpi(IpAddress local, IpAddress remote, int spi) {
      this(local, remote, 0, spi);
    }
  }

  /**
   * Remove the SAs of a child, or all of a peer, and tell the peer.
   *
   * @param peer {@link PeerConfig#name}
   * @param child {@link ChildConfig#name}, or null for all and the ISAKMP SAs too
   */
  record Terminate(String peer, @Nullable String child) implements IkeCommand {}

  /** Remove everything, tell each peer, wipe every secret. The engine drops what comes after. */
  record Shutdown() implements IkeCommand {}
}
