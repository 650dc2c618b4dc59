package dev.zuido.testkit.esp;

import dev.zuido.esp.AddressRange;
import dev.zuido.esp.EspEncryption;
import dev.zuido.esp.EspIntegrity;
import dev.zuido.esp.EspMode;
import dev.zuido.esp.EspSuite;
import dev.zuido.esp.SaParameters;
import dev.zuido.esp.TrafficSelector;
import dev.zuido.esp.UdpEncapsulation;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.IpProtocol;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Suites, SAs and packets for properties about ESP. The SAs are for UDP between two hosts. */
public final class EspArbitraries {
  private static final Ipv4Address LOCAL = Ipv4Address.of(100, 1, 1, 1);
  private static final Ipv4Address REMOTE = Ipv4Address.of(200, 1, 1, 1);
  private static final int HEADER = Ipv4Fields.MIN_HEADER_LENGTH;

  private EspArbitraries() {}

  /** Every suite whose algorithms go together. */
  public static Arbitrary<EspSuite> suites() {
    List<EspSuite> suites = new ArrayList<>();
    for (EspEncryption encryption : EspEncryption.values()) {
      for (EspIntegrity integrity : EspIntegrity.values()) {
        if (encryption.isCombined() == (integrity == EspIntegrity.NONE)) {
          suites.add(new EspSuite(encryption, integrity));
        }
      }
    }
    return Arbitraries.of(suites);
  }

  /** Parameters of every suite, mode and encapsulation, with and without extended numbers. */
  public static Arbitrary<SaParameters> parameters() {
    Arbitrary<Boolean> flags = Arbitraries.of(false, true);
    Arbitrary<Integer> spis = Arbitraries.integers().filter(spi -> spi != 0 && spi != -1);
    Arbitrary<Integer> windows = Arbitraries.integers().between(32, 1024);
    return Combinators.combine(suites(), Arbitraries.of(EspMode.class), flags, flags, spis, windows)
        .as(
            (suite, mode, udp, extended, spi, window) ->
                SaParameters.of(spi, mode, suite, LOCAL, REMOTE)
                    .withSelector(selector(mode))
                    .withUdpEncapsulation(udp ? UdpEncapsulation.STANDARD : null)
                    .withExtendedSequenceNumbers(extended)
                    .withReplayWindow(window));
  }

  private static TrafficSelector selector(EspMode mode) {
    return mode == EspMode.TRANSPORT
        ? TrafficSelector.hosts(LOCAL, REMOTE, IpProtocol.UDP)
        : TrafficSelector.of(AddressRange.ANY, AddressRange.ANY, IpProtocol.UDP);
  }

  /** SAs with random keys. */
  public static Arbitrary<TestAssociation> associations() {
    return parameters()
        .flatMap(
            parameters ->
                Arbitraries.bytes()
                    .array(byte[].class)
                    .ofSize(parameters.suite().keyMaterialLength())
                    .filter(key -> isAllowed(parameters.suite(), key))
                    .map(key -> new TestAssociation(parameters, ByteString.of(key))));
  }

  /** 3DES takes no key with equal neighbours among its three (RFC 2451 section 2.3). */
  private static boolean isAllowed(EspSuite suite, byte[] key) {
    return suite.encryption() != EspEncryption.TRIPLE_DES_CBC
        || (differ(key, 0, 8) && differ(key, 8, 16));
  }

  private static boolean differ(byte[] key, int one, int other) {
    for (int i = 0; i < 8; i++) {
      if (((key[one + i] ^ key[other + i]) & 0xfe) != 0) { // the lowest bit is parity
        return true;
      }
    }
    return false;
  }

  /**
   * IPv4 packets that those SAs are for: 20 to 1 500 bytes, some of them with options, "don't
   * fragment" or every type of service, and random payload.
   */
  public static Arbitrary<ByteString> innerPackets() {
    return Combinators.combine(
            Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(1440),
            Arbitraries.integers().between(0, 10),
            Arbitraries.integers().between(0, 255),
            Arbitraries.of(0, Ipv4Fields.DONT_FRAGMENT))
        .as(EspArbitraries::innerPacket);
  }

  static ByteString innerPacket(byte[] payload, int optionWords, int tos, int flags) {
    int headerLength = HEADER + 4 * optionWords;
    byte[] packet = new byte[headerLength + payload.length];
    Ipv4Fields.write(
        packet,
        0,
        tos,
        packet.length,
        payload.length,
        flags,
        63,
        IpProtocol.UDP,
        LOCAL.value(),
        REMOTE.value());
    packet[0] = (byte) (0x40 | headerLength / 4);
    Arrays.fill(packet, HEADER, headerLength, (byte) 1); // no operation
    Ipv4Fields.updateChecksum(packet, 0);
    System.arraycopy(payload, 0, packet, headerLength, payload.length);
    return ByteString.of(packet);
  }

  /** Packets for a receiving end that are legal, the odd ones among them. */
  public static Arbitrary<EspCase> legalPackets() {
    return cases(Arrays.stream(EspRule.values()).filter(EspRule::isKept).toList());
  }

  /** Packets for a receiving end that break exactly one rule. */
  public static Arbitrary<EspCase> brokenPackets() {
    return cases(Arrays.stream(EspRule.values()).filter(rule -> !rule.isKept()).toList());
  }

  private static Arbitrary<EspCase> cases(List<EspRule> rules) {
    return Combinators.combine(
            Arbitraries.of(rules), associations(), innerPackets(), Arbitraries.integers())
        .as(EspRule::apply);
  }
}
