package dev.zuido.examples;

import dev.zuido.esp.AddressRange;
import dev.zuido.esp.AhInboundSa;
import dev.zuido.esp.AhIntegrity;
import dev.zuido.esp.AhKeys;
import dev.zuido.esp.AhOutboundSa;
import dev.zuido.esp.AhParameters;
import dev.zuido.esp.EspCrypto;
import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspIntegrity;
import dev.zuido.esp.EspKeys;
import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspSuite;
import dev.zuido.esp.InboundSa;
import dev.zuido.esp.OutboundSa;
import dev.zuido.esp.SaParameters;
import dev.zuido.esp.TfcPadding;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.esp.TunnelHeader;
import dev.zuido.esp.UdpEncapsulation;
import dev.zuido.wire.IpAddress;
import dev.zuido.wire.IpProtocol;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The SAs of {@code zuido esp-echo}, as its options say them. */
final class EspEchoOptions {
  /** Where the SPI stands behind the IP header in AH (RFC 4302 section 2). */
  private static final int AH_SPI = 4;

  /** A link without jumbo frames; what the packets of the kernel's tunnels never need more of. */
  private static final int ETHERNET_MTU = 1500;

  private static final TunnelHeader TUNNEL =
      new TunnelHeader(TunnelHeader.DontFragment.CLEAR, TunnelHeader.COPY_DSCP, 64);

  @Option(
      names = "--link",
      required = true,
      paramLabel = "LINK",
      description = "the network interface")
  private String link = "";

  @Option(
      names = "--mtu",
      paramLabel = "BYTES",
      description = "the link's MTU, 1280 or more: longer packets leave in fragments (1500)")
  private int mtu = ETHERNET_MTU;

  @Option(names = "--local", required = true, paramLabel = "ADDRESS", description = "our address")
  private String local = "";

  @Option(
      names = "--remote",
      required = true,
      paramLabel = "ADDRESS",
      description = "the peer's address")
  private String remote = "";

  @Option(names = "--mode", paramLabel = "MODE", description = "transport (the default) or tunnel")
  private String mode = "transport";

  @Option(
      names = "--inner-local",
      paramLabel = "ADDRESS",
      description = "our address inside the tunnel")
  private String innerLocal = "";

  @Option(
      names = "--inner-remote",
      paramLabel = "ADDRESS",
      description = "the peer's address inside the tunnel")
  private String innerRemote = "";

  @Option(
      names = "--suite",
      required = true,
      paramLabel = "SUITE",
      description =
          "AES_GCM_16_128, or with an integrity algorithm AES_CBC_256/HMAC_SHA2_256_128; with --ah"
              + " the integrity algorithm alone")
  private String suite = "";

  @Option(names = "--ah", description = "AH instead of ESP")
  private boolean ah;

  @Option(
      names = "--in-spi",
      required = true,
      paramLabel = "SPI",
      description = "of packets to us: 4097 or 0x1001")
  private String inSpi = "";

  @Option(
      names = "--out-spi",
      required = true,
      paramLabel = "SPI",
      description = "of packets to the peer")
  private String outSpi = "";

  @Option(
      names = "--in-key",
      required = true,
      paramLabel = "HEX",
      description = "encryption key, salt and integrity key of packets to us")
  private String inKey = "";

  @Option(
      names = "--out-key",
      required = true,
      paramLabel = "HEX",
      description = "the same of packets to the peer")
  private String outKey = "";

  @Option(names = "--esn", description = "sequence numbers of 64 bits")
  private boolean extended;

  @Option(
      names = "--replay-window",
      paramLabel = "PACKETS",
      description = "32 to 65536, or 0 for none (64)")
  private int replayWindow = SaParameters.DEFAULT_REPLAY_WINDOW;

  @Option(
      names = "--in-sequence",
      paramLabel = "NUMBER",
      description = "the last sequence number that the peer has used (0)")
  private long inSequence;

  @Option(
      names = "--out-sequence",
      paramLabel = "NUMBER",
      description = "the last sequence number that we have used (0)")
  private long outSequence;

  @Option(names = "--udp", description = "ESP in UDP port 4500 (RFC 3948)")
  private boolean udp;

  @Option(
      names = "--tfc",
      paramLabel = "BYTES",
      description =
          "pads packets in a tunnel to a multiple of so many bytes, as far as the MTU allows it"
              + " (RFC 4303 section 2.7)")
  private int tfc = 1;

  /** Set by the command line. */
  EspEchoOptions() {}

  /**
   * Makes both SAs.
   *
   * @throws IllegalArgumentException if an option is wrong, or two contradict each other
   */
  SaPair pair(long nowNanos) {
    checkTogether();
    return ah ? ahPair(nowNanos) : espPair(nowNanos);
  }

  private void checkTogether() {
    boolean tunnel = mode() == EspMode.TUNNEL;
    if (tunnel == innerLocal.isEmpty() || tunnel == innerRemote.isEmpty()) {
      throw new IllegalArgumentException(
          "--inner-local and --inner-remote go with --mode tunnel, and it with both");
    }
    if (tunnel && address(innerLocal).byteLength() != address(innerRemote).byteLength()) {
      throw new IllegalArgumentException("both inner addresses are IPv4 or both are IPv6");
    }
    if (mtu < EchoLink.MIN_MTU || mtu > 0xffff) {
      throw new IllegalArgumentException("--mtu is 1280 to 65535, not " + mtu);
    }
    if (ah && (udp || tfc != 1)) {
      throw new IllegalArgumentException("--udp and --tfc are not for AH");
    }
    if (tfc != 1 && !tunnel) {
      throw new IllegalArgumentException("--tfc goes with --mode tunnel: echoes name no length");
    }
  }

  private SaPair espPair(long nowNanos) {
    EspSuite algorithms = suite();
    SaParameters base =
        SaParameters.of(spi(inSpi), mode(), algorithms, address(local), address(remote))
            .withSelector(selector())
            .withReplayWindow(replayWindow)
            .withExtendedSequenceNumbers(extended)
            .withTunnelHeader(TUNNEL)
            .withUdpEncapsulation(udp ? UdpEncapsulation.STANDARD : null);
    SaParameters in = base.withInitialSequence(inSequence);
    SaParameters out =
        base.withSpi(spi(outSpi))
            .withInitialSequence(outSequence)
            .withTfcPadding(new TfcPadding(tfc, tfc == 1 ? 0 : base.maxInner(mtu)));
    byte[] inBytes = hex("--in-key", inKey);
    byte[] outBytes = hex("--out-key", outKey);
    EspCrypto crypto = EspCrypto.platform();
    int distance = udp ? EspSuite.UDP_HEADER_LENGTH : 0;
    try (EspKeys inKeys = EspKeys.ofKeyMaterial(algorithms, inBytes);
        EspKeys outKeys = EspKeys.ofKeyMaterial(algorithms, outBytes)) {
      return new SaPair.Esp(
          new InboundSa(in, inKeys, crypto, nowNanos),
          new OutboundSa(out, outKeys, crypto, new SecureRandom(), nowNanos),
          new SaPair.SpiCheck(spi(inSpi), distance));
    }
  }

  private SaPair ahPair(long nowNanos) {
    AhIntegrity integrity = constant(AhIntegrity.class, suite);
    AhParameters base =
        AhParameters.of(spi(inSpi), mode(), integrity, address(local), address(remote))
            .withSelector(selector())
            .withReplayWindow(replayWindow)
            .withExtendedSequenceNumbers(extended)
            .withTunnelHeader(TUNNEL);
    AhParameters in = base.withInitialSequence(inSequence);
    AhParameters out = base.withSpi(spi(outSpi)).withInitialSequence(outSequence);
    byte[] inBytes = hex("--in-key", inKey);
    byte[] outBytes = hex("--out-key", outKey);
    EspCrypto crypto = EspCrypto.platform();
    try (AhKeys inKeys = AhKeys.ofKeyMaterial(integrity, inBytes);
        AhKeys outKeys = AhKeys.ofKeyMaterial(integrity, outBytes)) {
      return new SaPair.Ah(
          new AhInboundSa(in, inKeys, crypto, nowNanos),
          new AhOutboundSa(out, outKeys, crypto, new SecureRandom(), nowNanos),
          new SaPair.SpiCheck(spi(inSpi), AH_SPI));
    }
  }

  /** Opens the sockets for the packets of the SAs. */
  EchoLink open() {
    int protocol = ah ? IpProtocol.AH : IpProtocol.ESP;
    return EchoLink.open(link, mtu, address(local), protocol, udp ? UdpEncapsulation.PORT : 0);
  }

  /** Makes the host whose packets the SAs protect. */
  EchoHost host() {
    return new EchoHost(
        address(innerLocal.isEmpty() ? local : innerLocal),
        address(innerRemote.isEmpty() ? remote : innerRemote));
  }

  private TrafficSelector selector() {
    if (mode() == EspMode.TRANSPORT) {
      return TrafficSelector.hosts(address(local), address(remote), TrafficSelector.ANY_PROTOCOL);
    }
    return TrafficSelector.of(
        AddressRange.host(address(innerLocal)),
        AddressRange.host(address(innerRemote)),
        TrafficSelector.ANY_PROTOCOL);
  }

  private EspMode mode() {
    return constant(EspMode.class, mode);
  }

  private EspSuite suite() {
    String[] names = suite.trim().split("[ /]+", -1);
    if (names.length > 2) {
      throw new IllegalArgumentException("a suite is one algorithm or two, not '" + suite + "'");
    }
    EspEncryption encryption = constant(EspEncryption.class, names[0]);
    return names.length == 1
        ? EspSuite.combined(encryption)
        : new EspSuite(encryption, constant(EspIntegrity.class, names[1]));
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String name) {
    String wanted = name.toUpperCase(Locale.ROOT);
    for (E each : type.getEnumConstants()) {
      if (each.name().equals(wanted)) {
        return each;
      }
    }
    throw new IllegalArgumentException("unknown: '" + name + "'");
  }

  private static IpAddress address(String text) {
    return IpAddress.parse(text);
  }

  private static int spi(String text) {
    long value;
    try {
      value = Long.decode(text);
    } catch (NumberFormatException e) {
      value = 0;
    }
    if (value < 1 || value > 0xffff_ffffL) {
      throw new IllegalArgumentException("an SPI is 1 to 4294967295, not '" + text + "'");
    }
    return (int) value;
  }

  private static byte[] hex(String option, String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      // The key itself is to stand in no message.
      throw new IllegalArgumentException(option + " is not hexadecimal");
    }
  }
}
