package dev.zuido.esp;

import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * What an SA was negotiated to be, without its keys (RFC 4301 section 4.4.2.1). An SA has one
 * direction: the two of a pair have parameters of their own, each with its SPI, and the same {@code
 * local} and {@code remote}.
 *
 * @param spi the SPI, not 0. Key exchanges take none of 1 to 255, which IANA reserves (RFC 4303
 *     section 2.1); SAs keyed by hand are seen with them
 * @param mode transport or tunnel
 * @param suite the algorithms
 * @param local our address: outbound the outer source, inbound the outer destination
 * @param remote the peer's address
 * @param selector the traffic that the SA is for
 * @param replayWindow the replay window of an inbound SA in packets, 32 to 65 536, or {@link
 *     #NO_REPLAY_PROTECTION}; an outbound SA has none
 * @param extendedSequenceNumbers whether sequence numbers have 64 bits (RFC 4303 section 2.2.1)
 * @param lifetime soft and hard limits
 * @param udpEncapsulation UDP encapsulation, or null for ESP directly in IP
 * @param tunnelHeader how tunnel mode makes the outer header
 */
public record SaParameters(
    int spi,
    EspMode mode,
    EspSuite suite,
    Ipv4Address local,
    Ipv4Address remote,
    TrafficSelector selector,
    int replayWindow,
    boolean extendedSequenceNumbers,
    SaLifetime lifetime,
    @Nullable UdpEncapsulation udpEncapsulation,
    TunnelHeader tunnelHeader)
    implements IpsecParameters {
  /** The replay window unless another is asked for: RFC 4303 section 3.4.3. */
  public static final int DEFAULT_REPLAY_WINDOW = 64;

  /** The replay window of an SA whose sequence numbers are not looked at. */
  public static final int NO_REPLAY_PROTECTION = 0;

  /** Checks the SPI and the window, without which nothing completes extended sequence numbers. */
  public SaParameters {
    if (spi == 0) {
      throw new IllegalArgumentException("the SPI 0 never stands in a packet");
    }
    if (replayWindow == NO_REPLAY_PROTECTION) {
      if (extendedSequenceNumbers) {
        throw new IllegalArgumentException("extended sequence numbers need a replay window");
      }
    } else if (replayWindow < ReplayWindow.MIN_SIZE || replayWindow > ReplayWindow.MAX_SIZE) {
      throw new IllegalArgumentException(
          "a replay window is 32 to 65536, or 0 for none: " + replayWindow);
    }
  }

  /**
   * Parameters with a window of 64, 32-bit sequence numbers, no lifetime, no UDP encapsulation, and
   * the addresses' traffic of any protocol as the selector in transport mode, any traffic in tunnel
   * mode; the {@code with} methods change each.
   */
  public static SaParameters of(
      int spi, EspMode mode, EspSuite suite, Ipv4Address local, Ipv4Address remote) {
    TrafficSelector selector =
        mode == EspMode.TUNNEL
            ? TrafficSelector.ANY
            : TrafficSelector.hosts(local, remote, TrafficSelector.ANY_PROTOCOL);
    return new SaParameters(
        spi,
        mode,
        suite,
        local,
        remote,
        selector,
        DEFAULT_REPLAY_WINDOW,
        false,
        SaLifetime.UNLIMITED,
        null,
        TunnelHeader.DEFAULT);
  }

  /** The same with another SPI. */
  public SaParameters withSpi(int newSpi) {
    return new SaParameters(
        newSpi,
        mode,
        suite,
        local,
        remote,
        selector,
        replayWindow,
        extendedSequenceNumbers,
        lifetime,
        udpEncapsulation,
        tunnelHeader);
  }

  /** The same in another mode. */
  public SaParameters withMode(EspMode newMode) {
    return new SaParameters(
        spi,
        newMode,
        suite,
        local,
        remote,
        selector,
        replayWindow,
        extendedSequenceNumbers,
        lifetime,
        udpEncapsulation,
        tunnelHeader);
  }

  /** The same for other traffic. */
  public SaParameters withSelector(TrafficSelector newSelector) {
    return new SaParameters(
        spi,
        mode,
        suite,
        local,
        remote,
        newSelector,
        replayWindow,
        extendedSequenceNumbers,
        lifetime,
        udpEncapsulation,
        tunnelHeader);
  }

  /**
   * The same without replay protection: an inbound SA then accepts every authentic packet, whatever
   * its sequence number and however often (RFC 4303 section 3.4.3).
   *
   * <p>SAs that are keyed by hand need this. Their sender begins at 1 again whenever it starts
   * anew, while the key stays, and a window would refuse all that it sends; RFC 4303 section 5 says
   * that they "SHOULD NOT" have the service. AES-GCM is not for such keys, since its IVs come again
   * with the sequence numbers (RFC 4106 section 2).
   *
   * @throws IllegalArgumentException with extended sequence numbers, whose high half only a window
   *     can complete
   */
  public SaParameters withoutReplayProtection() {
    return withReplayWindow(NO_REPLAY_PROTECTION);
  }

  /** The same with another replay window, in packets. */
  public SaParameters withReplayWindow(int packets) {
    return new SaParameters(
        spi,
        mode,
        suite,
        local,
        remote,
        selector,
        packets,
        extendedSequenceNumbers,
        lifetime,
        udpEncapsulation,
        tunnelHeader);
  }

  /** The same with 64-bit sequence numbers, or without. */
  public SaParameters withExtendedSequenceNumbers(boolean extended) {
    return new SaParameters(
        spi,
        mode,
        suite,
        local,
        remote,
        selector,
        replayWindow,
        extended,
        lifetime,
        udpEncapsulation,
        tunnelHeader);
  }

  /** The same with a lifetime. */
  public SaParameters withLifetime(SaLifetime newLifetime) {
    return new SaParameters(
        spi,
        mode,
        suite,
        local,
        remote,
        selector,
        replayWindow,
        extendedSequenceNumbers,
        newLifetime,
        udpEncapsulation,
        tunnelHeader);
  }

  /** The same with UDP encapsulation, or with null without. */
  public SaParameters withUdpEncapsulation(@Nullable UdpEncapsulation encapsulation) {
    return new SaParameters(
        spi,
        mode,
        suite,
        local,
        remote,
        selector,
        replayWindow,
        extendedSequenceNumbers,
        lifetime,
        encapsulation,
        tunnelHeader);
  }

  /** The same with another outer header. */
  public SaParameters withTunnelHeader(TunnelHeader header) {
    return new SaParameters(
        spi,
        mode,
        suite,
        local,
        remote,
        selector,
        replayWindow,
        extendedSequenceNumbers,
        lifetime,
        udpEncapsulation,
        header);
  }

  /** The length of the sealed form of an IPv4 packet without options: see {@link EspSuite}. */
  public int sealedLength(int innerLength) {
    return suite.sealedLength(innerLength, mode, udpEncapsulation != null);
  }

  /** The longest IPv4 packet without options whose sealed form fits an MTU, with its header. */
  public int maxInner(int mtu) {
    return suite.maxInner(mtu, mode, udpEncapsulation != null);
  }

  /** The SPI as displays show it: {@code 0x0000abcd}. */
  public String spiText() {
    return "0x%08x".formatted(spi);
  }
}
