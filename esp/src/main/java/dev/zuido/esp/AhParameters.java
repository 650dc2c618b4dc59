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
 * @param initialSequence the last sequence number that was used under the key before, 0 for a fresh
 *     key: see {@link SaParameters#withInitialSequence}
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
    TunnelHeader tunnelHeader,
    long initialSequence)
    implements IpsecParameters {
  private static final long MAX_SEQUENCE = 0xffff_ffffL;

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
    if (initialSequence < 0 || (!extendedSequenceNumbers && initialSequence > MAX_SEQUENCE)) {
      throw new IllegalArgumentException("not a sequence number: " + initialSequence);
    }
  }

  /**
   * Parameters with a window of 64, 32-bit sequence numbers, no lifetime, and the addresses'
   * traffic of any protocol as the selector in transport mode, any traffic in tunnel mode; the
   * {@code with} methods change each.
   *
   * @throws IllegalArgumentException if one address is IPv4 and the other IPv6
   */
  public static AhParameters of(
      int spi, EspMode mode, AhIntegrity integrity, IpAddress local, IpAddress remote) {
    TrafficSelector selector =
        mode == EspMode.TUNNEL
            ? TrafficSelector.ANY
            : TrafficSelector.hosts(local, remote, TrafficSelector.ANY_PROTOCOL);
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
        TunnelHeader.DEFAULT,
        0);
  }

  /** The same with another SPI. */
  public AhParameters withSpi(int newSpi) {
    Draft draft = new Draft(this);
    draft.spi = newSpi;
    return draft.finish();
  }

  /** The same in another mode. */
  public AhParameters withMode(EspMode newMode) {
    Draft draft = new Draft(this);
    draft.mode = newMode;
    return draft.finish();
  }

  /** The same for other traffic. */
  public AhParameters withSelector(TrafficSelector newSelector) {
    Draft draft = new Draft(this);
    draft.selector = newSelector;
    return draft.finish();
  }

  /**
   * The same with another replay window, in packets, or with {@link
   * SaParameters#NO_REPLAY_PROTECTION}.
   */
  public AhParameters withReplayWindow(int packets) {
    Draft draft = new Draft(this);
    draft.replayWindow = packets;
    return draft.finish();
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
    Draft draft = new Draft(this);
    draft.extendedSequenceNumbers = extended;
    return draft.finish();
  }

  /** The same with a lifetime. */
  public AhParameters withLifetime(SaLifetime newLifetime) {
    Draft draft = new Draft(this);
    draft.lifetime = newLifetime;
    return draft.finish();
  }

  /** The same with another outer header. */
  public AhParameters withTunnelHeader(TunnelHeader header) {
    Draft draft = new Draft(this);
    draft.tunnelHeader = header;
    return draft.finish();
  }

  /** The same for a key that has been used before: see {@link SaParameters#withInitialSequence}. */
  public AhParameters withInitialSequence(long lastUsed) {
    Draft draft = new Draft(this);
    draft.initialSequence = lastUsed;
    return draft.finish();
  }

  /** The same SA as its other end sees it: what is local there is remote here. */
  public AhParameters mirrored() {
    Draft draft = new Draft(this);
    draft.local = remote;
    draft.remote = local;
    draft.selector = selector.mirrored();
    return draft.finish();
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

  /** The SPI as displays show it: {@code 0x0000abcd}. */
  public String spiText() {
    return "0x%08x".formatted(spi);
  }

  /** The parameters with some of them changed. */
  private static final class Draft {
    int spi;
    EspMode mode;
    final AhIntegrity integrity;
    IpAddress local;
    IpAddress remote;
    TrafficSelector selector;
    int replayWindow;
    boolean extendedSequenceNumbers;
    SaLifetime lifetime;
    TunnelHeader tunnelHeader;
    long initialSequence;

    Draft(AhParameters from) {
      spi = from.spi;
      mode = from.mode;
      integrity = from.integrity;
      local = from.local;
      remote = from.remote;
      selector = from.selector;
      replayWindow = from.replayWindow;
      extendedSequenceNumbers = from.extendedSequenceNumbers;
      lifetime = from.lifetime;
      tunnelHeader = from.tunnelHeader;
      initialSequence = from.initialSequence;
    }

    AhParameters finish() {
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
          tunnelHeader,
          initialSequence);
    }
  }
}
