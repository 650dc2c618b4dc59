package dev.zuido.ike;

import dev.zuido.wire.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * One IPsec SA, of ESP or of AH, as the driver installs it.
 *
 * @param id names the SA in commands and outputs; never used again by the engine
 * @param direction which way its packets go
 * @param peer the peer's name: {@link PeerConfig#name}, and for a template's peer its address
 *     behind it
 * @param peerConfig {@link PeerConfig#name}: the same as {@code peer} for a fixed peer, for a
 *     template's peer the template
 * @param child {@link ChildConfig#name}
 * @param spi the SPI as 32 bits: of our choice inbound, of the peer's outbound
 * @param source where the packets come from
 * @param destination where they go to
 * @param mode transport or tunnel
 * @param suite the negotiated suite: an {@link EspProposal} or an {@link AhProposal}, which says
 *     whose SA it is. A driver refuses with {@link IkeCommand.SaRefused} what it does not have
 * @param extendedSequenceNumbers whether 64-bit sequence numbers were negotiated (RFC 4304)
 * @param local what the pair carries, our side: what was configured, or within a template what the
 *     peer asked for. In transport mode through a translator it names the addresses that packets
 *     have here, whatever the peer calls them
 * @param remote what the pair carries, the peer's side, in the same way
 * @param udpEncapsulation the UDP ports if NAT was found (RFC 3948), else null
 * @param originalAddresses of an inbound SA in transport mode through a translator: the addresses
 *     that the peer's packets had when it sent them, for TCP's and UDP's checksums (RFC 3948
 *     section 3.1.2); else null
 * @param lifetimeSeconds the engine removes the SA after so long
 * @param lifetimeKilobytes the driver reports {@link IkeCommand.LifetimeExceeded} after so much; 0:
 *     no limit
 * @param keys the keys, valid until the install is answered
 */
public record SaParameters(
    long id,
    Direction direction,
    String peer,
    String peerConfig,
    String child,
    int spi,
    IpAddress source,
    IpAddress destination,
    EncapsulationMode mode,
    IpsecProposal suite,
    boolean extendedSequenceNumbers,
    TrafficSelector local,
    TrafficSelector remote,
    @Nullable UdpEncapsulation udpEncapsulation,
    @Nullable OriginalAddresses originalAddresses,
    long lifetimeSeconds,
    long lifetimeKilobytes,
    SaKeys keys) {

  /**
   * Whose SA it is: {@link dev.zuido.ike.message.ProtocolId#ESP} or {@link
   * dev.zuido.ike.message.ProtocolId#AH}.
   */
  public int protocolId() {
    return suite.protocolId();
  }

  /** The same with other ends of UDP encapsulation. */
  SaParameters movedTo(Endpoint newSource, Endpoint newDestination) {
    return new SaParameters(
        id,
        direction,
        peer,
        peerConfig,
        child,
        spi,
        newSource.address(),
        newDestination.address(),
        mode,
        suite,
        extendedSequenceNumbers,
        local,
        remote,
        new UdpEncapsulation(newSource.port(), newDestination.port()),
        originalAddresses,
        lifetimeSeconds,
        lifetimeKilobytes,
        keys);
  }

  /** Which way the packets of an SA go. */
  public enum Direction {
    /** From the peer to us. */
    INBOUND,
    /** From us to the peer. */
    OUTBOUND
  }

  /**
   * The UDP ports around ESP (RFC 3948).
   *
   * @param sourcePort the source port of the ESP packets
   * @param destinationPort their destination port
   */
  public record UdpEncapsulation(int sourcePort, int destinationPort) {}

  /**
   * The addresses of the peer's packets before any translation: what its NAT-OA payloads said (RFC
   * 3947 section 5.2).
   *
   * @param source the source address when the peer sent the packet
   * @param destination its destination address then
   */
  public record OriginalAddresses(IpAddress source, IpAddress destination) {}
}
