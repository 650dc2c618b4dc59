package dev.zuido.esp;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.Ipv6Address;
import dev.zuido.wire.Ipv6Fields;
import org.jspecify.annotations.Nullable;

/**
 * What an SA was negotiated to be, without its keys (RFC 4301 section 4.4.2.1). An SA has one
 * direction: the two of a pair have parameters of their own, each with its SPI, and the same {@code
 * local} and {@code remote}.
 *
 * <p>The addresses are those of the ESP packets, both IPv4 or both IPv6. What tunnel mode protects
 * may be of the other version.
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
 * @param tfcPadding what hides the lengths of packets; an inbound SA needs it in transport mode
 * @param initialSequence the last sequence number that was used under the keys before, 0 for fresh
 *     keys: see {@link #withInitialSequence}
 */
public record SaParameters(
    int spi,
    EspMode mode,
    EspSuite suite,
    IpAddress local,
    IpAddress remote,
    TrafficSelector selector,
    int replayWindow,
    boolean extendedSequenceNumbers,
    SaLifetime lifetime,
    @Nullable UdpEncapsulation udpEncapsulation,
    TunnelHeader tunnelHeader,
    TfcPadding tfcPadding,
    long initialSequence)
    implements IpsecParameters {
  /** The replay window unless another is asked for: RFC 4303 section 3.4.3. */
  public static final int DEFAULT_REPLAY_WINDOW = 64;

  /** The replay window of an SA whose sequence numbers are not looked at. */
  public static final int NO_REPLAY_PROTECTION = 0;

  private static final long MAX_SEQUENCE = 0xffff_ffffL;

  /** Checks what cannot be: see the parameters. */
  public SaParameters {
    if (spi == 0) {
      throw new IllegalArgumentException("the SPI 0 never stands in a packet");
    }
    if (local.byteLength() != remote.byteLength()) {
      throw new IllegalArgumentException("both ends of an SA are IPv4 or both are IPv6");
    }
    if (replayWindow == NO_REPLAY_PROTECTION) {
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
   * Parameters with a window of 64, 32-bit sequence numbers, no lifetime, no UDP encapsulation, and
   * the addresses' traffic of any protocol as the selector in transport mode, any traffic in tunnel
   * mode; the {@code with} methods change each.
   *
   * @throws IllegalArgumentException if one address is IPv4 and the other IPv6
   */
  public static SaParameters of(
      int spi, EspMode mode, EspSuite suite, IpAddress local, IpAddress remote) {
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
        TunnelHeader.DEFAULT,
        TfcPadding.NONE,
        0);
  }

  /** The same with another SPI. */
  public SaParameters withSpi(int newSpi) {
    Draft draft = new Draft(this);
    draft.spi = newSpi;
    return draft.finish();
  }

  /** The same in another mode. */
  public SaParameters withMode(EspMode newMode) {
    Draft draft = new Draft(this);
    draft.mode = newMode;
    return draft.finish();
  }

  /** The same for other traffic. */
  public SaParameters withSelector(TrafficSelector newSelector) {
    Draft draft = new Draft(this);
    draft.selector = newSelector;
    return draft.finish();
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
    Draft draft = new Draft(this);
    draft.replayWindow = packets;
    return draft.finish();
  }

  /** The same with 64-bit sequence numbers, or without. */
  public SaParameters withExtendedSequenceNumbers(boolean extended) {
    Draft draft = new Draft(this);
    draft.extendedSequenceNumbers = extended;
    return draft.finish();
  }

  /** The same with a lifetime. */
  public SaParameters withLifetime(SaLifetime newLifetime) {
    Draft draft = new Draft(this);
    draft.lifetime = newLifetime;
    return draft.finish();
  }

  /** The same with UDP encapsulation, or with null without. */
  public SaParameters withUdpEncapsulation(@Nullable UdpEncapsulation encapsulation) {
    Draft draft = new Draft(this);
    draft.udpEncapsulation = encapsulation;
    return draft.finish();
  }

  /** The same with another outer header. */
  public SaParameters withTunnelHeader(TunnelHeader header) {
    Draft draft = new Draft(this);
    draft.tunnelHeader = header;
    return draft.finish();
  }

  /** The same with padding against traffic analysis. */
  public SaParameters withTfcPadding(TfcPadding padding) {
    Draft draft = new Draft(this);
    draft.tfcPadding = padding;
    return draft.finish();
  }

  /**
   * The same for keys that have been used before, as keys set by hand are after a restart of a
   * sender that has kept its counter: outbound the next packet has the number behind this one,
   * inbound all numbers up to it count as left of the window.
   *
   * @param lastUsed the last sequence number that may have been used, 0 for none
   */
  public SaParameters withInitialSequence(long lastUsed) {
    Draft draft = new Draft(this);
    draft.initialSequence = lastUsed;
    return draft.finish();
  }

  /** The same SA as its other end sees it: what is local there is remote here. */
  public SaParameters mirrored() {
    Draft draft = new Draft(this);
    draft.local = remote;
    draft.remote = local;
    draft.selector = selector.mirrored();
    draft.udpEncapsulation = udpEncapsulation == null ? null : udpEncapsulation.mirrored();
    return draft.finish();
  }

  /** Whether the ESP packets are IPv6. */
  public boolean isIpv6() {
    return local instanceof Ipv6Address;
  }

  /** The length of the IP header before ESP: the outer one, without options or extensions. */
  int ipHeaderLength() {
    return isIpv6() ? Ipv6Fields.HEADER_LENGTH : Ipv4Fields.MIN_HEADER_LENGTH;
  }

  private int udpLength() {
    return udpEncapsulation == null ? 0 : EspSuite.UDP_HEADER_LENGTH;
  }

  /**
   * The length of the sealed form of a packet, see {@link EspSuite}: in transport mode of one
   * without IPv4 options or IPv6 extension headers, in tunnel mode of any. TFC padding is not
   * counted.
   *
   * @throws IllegalArgumentException if a packet cannot be so short
   */
  public int sealedLength(int innerLength) {
    int header = ipHeaderLength();
    int kept = mode == EspMode.TUNNEL ? 0 : header;
    int least = mode == EspMode.TUNNEL ? Ipv4Fields.MIN_HEADER_LENGTH : header;
    if (innerLength < least) {
      throw new IllegalArgumentException("a packet is not shorter than its header");
    }
    return header + udpLength() + suite.espLength(innerLength - kept);
  }

  /**
   * The longest packet whose sealed form fits an MTU: the inverse of {@link #sealedLength}.
   *
   * @return the length with the packet's IP header, or 0 if not even a header fits
   */
  public int maxInner(int mtu) {
    int header = ipHeaderLength();
    int payload = maxPayload(mtu, header);
    int inner = mode == EspMode.TUNNEL ? payload : payload + header;
    int least = mode == EspMode.TUNNEL ? Ipv4Fields.MIN_HEADER_LENGTH : header;
    return inner < least ? 0 : inner;
  }

  /** The same in transport mode, of packets that ESP has this {@link TransportPlace} in. */
  int maxInner(int mtu, long place) {
    int kept = TransportPlace.length(place);
    int payload = maxPayload(mtu, kept);
    return payload < 0 ? 0 : payload + kept;
  }

  /** The longest payload behind a header; below 0 if there is no room for any. */
  private int maxPayload(int mtu, int header) {
    int room =
        mtu
            - header
            - udpLength()
            - EspSuite.ESP_HEADER_LENGTH
            - suite.encryption().ivLength()
            - suite.icvLength();
    return Math.floorDiv(room, suite.alignment()) * suite.alignment() - EspSuite.TRAILER_LENGTH;
  }

  /** The SPI as displays show it: {@code 0x0000abcd}. */
  public String spiText() {
    return "0x%08x".formatted(spi);
  }

  /** The parameters with some of them changed. */
  private static final class Draft {
    int spi;
    EspMode mode;
    final EspSuite suite;
    IpAddress local;
    IpAddress remote;
    TrafficSelector selector;
    int replayWindow;
    boolean extendedSequenceNumbers;
    SaLifetime lifetime;
    @Nullable UdpEncapsulation udpEncapsulation;
    TunnelHeader tunnelHeader;
    TfcPadding tfcPadding;
    long initialSequence;

    Draft(SaParameters from) {
      spi = from.spi;
      mode = from.mode;
      suite = from.suite;
      local = from.local;
      remote = from.remote;
      selector = from.selector;
      replayWindow = from.replayWindow;
      extendedSequenceNumbers = from.extendedSequenceNumbers;
      lifetime = from.lifetime;
      udpEncapsulation = from.udpEncapsulation;
      tunnelHeader = from.tunnelHeader;
      tfcPadding = from.tfcPadding;
      initialSequence = from.initialSequence;
    }

    SaParameters finish() {
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
          tunnelHeader,
          tfcPadding,
          initialSequence);
    }
  }
}
