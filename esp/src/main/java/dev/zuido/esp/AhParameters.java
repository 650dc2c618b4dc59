package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Fields;

/**
 * What an AH SA was negotiated to be, without its key (RFC 4301 section 4.4.2.1). An SA has one
 * direction: the two of a pair have parameters of their own, each with its SPI, and the same {@code
 * local} and {@code remote}.
 *
 * <p>The addresses' version is the version of the packets that carry AH. In tunnel mode the packets
 * inside may be of either.
 *
 * @param spi the SPI, not 0. Key exchanges take none of 1 to 255, which IANA reserves (RFC 4302
 *     section 2.4); SAs keyed by hand are seen with them
 * @param mode transport or tunnel
 * @param integrity the algorithm
 * @param local our address: outbound the outer source, inbound the outer destination
 * @param remote the peer's address, of the same version
 * @param selector the traffic that the SA is for
 * @param replayWindow the replay window of an inbound SA in packets, 32 to 65 536, or {@link
 *     SaParameters#NO_REPLAY_PROTECTION}; an outbound SA has none
 * @param extendedSequenceNumbers whether sequence numbers have 64 bits (RFC 4302 section 2.5.1)
 * @param lifetime soft and hard limits; the bytes are those of the packets with AH
 * @param tunnelHeader how tunnel mode makes the outer header
 */
public record AhParameters(
    int spi,
    EspMode mode,
    AhIntegrity integrity,
    IpAddress local,
    IpAddress remote,
    TrafficSelector selector,
    int replayWindow,
    boolean extendedSequenceNumbers,
    SaLifetime lifetime,
    TunnelHeader tunnelHeader)
    implements IpsecParameters {
  /** Checks SPI, addresses and window; nothing else completes extended sequence numbers. */
  public AhParameters {
    if (spi == 0) {
      throw new IllegalArgumentException("the SPI 0 never stands in a packet");
    }
    if (local.byteLength() != remote.byteLength()) {
      throw new IllegalArgumentException(local + " and " + remote + " are of two IP versions");
    }
    if (replayWindow == SaParameters.NO_REPLAY_PROTECTION) {
      if (extendedSequenceNumbers) {
        throw new IllegalArgumentException("extended sequence numbers need a replay window");
      }
    } else if (replayWindow < ReplayWindow.MIN_SIZE || replayWindow > ReplayWindow.MAX_SIZE) {
      throw new IllegalArgumentException(
          "a replay window is 32 to 65536, or 0 for none: " + replayWindow);
    }
  }

  /**
   * Parameters for traffic that the selector names, with a window of 64, 32-bit sequence numbers
   * and no lifetime; the {@code with} methods change each.
   */
  public static AhParameters of(
      int spi,
      EspMode mode,
      AhIntegrity integrity,
      IpAddress local,
      IpAddress remote,
      TrafficSelector selector) {
    return new AhParameters(
        spi,
        mode,
        integrity,
        local,
        remote,
        selector,
        SaParameters.DEFAULT_REPLAY_WINDOW,
        false,
        SaLifetime.UNLIMITED,
        TunnelHeader.DEFAULT);
  }

  /** The same with another SPI. */
  public AhParameters withSpi(int newSpi) {
    return new AhParameters(
        newSpi,
        mode,
        integrity,
        local,
        remote,
        selector,
        replayWindow,
        extendedSequenceNumbers,
        lifetime,
        tunnelHeader);
  }

  /** The same for other traffic. */
  public AhParameters withSelector(TrafficSelector newSelector) {
    return new AhParameters(
        spi,
        mode,
        integrity,
        local,
        remote,
        newSelector,
        replayWindow,
        extendedSequenceNumbers,
        lifetime,
        tunnelHeader);
  }

  /**
   * The same with another replay window, in packets, or with {@link
   * SaParameters#NO_REPLAY_PROTECTION}.
   */
  public AhParameters withReplayWindow(int packets) {
    return new AhParameters(
        spi,
        mode,
        integrity,
        local,
        remote,
        selector,
        packets,
        extendedSequenceNumbers,
        lifetime,
        tunnelHeader);
  }

  /**
   * The same without replay protection, which SAs keyed by hand need: see {@link
   * SaParameters#withoutReplayProtection}.
   *
   * @throws IllegalArgumentException with extended sequence numbers
   */
  public AhParameters withoutReplayProtection() {
    return withReplayWindow(SaParameters.NO_REPLAY_PROTECTION);
  }

  /** The same with 64-bit sequence numbers, or without. */
  public AhParameters withExtendedSequenceNumbers(boolean extended) {
    return new AhParameters(
        spi,
        mode,
        integrity,
        local,
        remote,
        selector,
        replayWindow,
        extended,
        lifetime,
        tunnelHeader);
  }

  /** The same with a lifetime. */
  public AhParameters withLifetime(SaLifetime newLifetime) {
    return new AhParameters(
        spi,
        mode,
        integrity,
        local,
        remote,
        selector,
        replayWindow,
        extendedSequenceNumbers,
        newLifetime,
        tunnelHeader);
  }

  /** The same with another outer header. */
  public AhParameters withTunnelHeader(TunnelHeader header) {
    return new AhParameters(
        spi,
        mode,
        integrity,
        local,
        remote,
        selector,
        replayWindow,
        extendedSequenceNumbers,
        lifetime,
        header);
  }

  /** The version of the packets that carry AH: 4 or 6. */
  public int ipVersion() {
    return local instanceof Ipv4Address ? 4 : 6;
  }

  /** What protection adds to every packet, in bytes: AH, and in tunnel mode the outer header. */
  public int overhead() {
    return integrity.headerLength(ipVersion()) + outerLength();
  }

  /** The length of the outer header of tunnel mode, 0 in transport mode. */
  int outerLength() {
    if (mode == EspMode.TRANSPORT) {
      return 0;
    }
    return ipVersion() == 4 ? Ipv4Fields.MIN_HEADER_LENGTH : Ipv6Fields.HEADER_LENGTH;
  }

  /** The longest packet whose protected form fits an MTU, with its header; 0 if there is none. */
  public int maxInner(int mtu) {
    int inner = mtu - overhead();
    return inner < Ipv4Fields.MIN_HEADER_LENGTH ? 0 : inner;
  }

  @Override
  public String spiText() {
    return "0x%08x".formatted(spi);
  }
}
