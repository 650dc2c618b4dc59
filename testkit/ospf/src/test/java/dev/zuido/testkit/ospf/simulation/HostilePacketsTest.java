package dev.zuido.testkit.ospf.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ospf.OspfAuthentication;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.packet.CryptographicKey;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Lan;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Link;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Member;
import dev.zuido.testkit.ospf.simulation.NetworkPlan.Stub;
import dev.zuido.wire.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** No hostile packet changes anything but a counter, authenticated or not. */
final class HostilePacketsTest {
  /** The field that no checksum covers, and that means nothing without authentication. */
  private static final int FIRST_UNUSED_BIT = 16 * 8;

  private static final int AFTER_UNUSED_BITS = 24 * 8;

  private static final NetworkPlan PLAN =
      NetworkPlan.ofBackbone(
          3,
          List.of(Link.of(0, 0, 1, 1)),
          List.of(new Lan(0, List.of(new Member(0, 1, 1), new Member(2, 1, 1)))),
          List.of(new Stub(0, 2, 2, 1)));

  private final List<Datagram> recorded = new ArrayList<>();

  private boolean recording;

  private SimulatedNetwork converged(UnaryOperator<OspfInterfaceConfig> change) {
    SimulatedNetwork network = new SimulatedNetwork(PLAN, 1, change);
    SimulatedRouter victim = network.router(0);
    network
        .simulation()
        .observe(
            new SimulationObserver() {
              @Override
              public void received(SimulatedRouter to, Datagram datagram, long now) {
                if (to == victim && recording) {
                  recorded.add(datagram);
                }
              }
            });
    recording = true;
    network.start();
    network.runUntilAgreed(120);
    network.run(5);
    recording = false;
    return network;
  }

  private static UnaryOperator<OspfInterfaceConfig> keyed(CryptographicKey.Algorithm algorithm) {
    ByteString secret = ByteString.of("sesame".getBytes(StandardCharsets.US_ASCII));
    return config ->
        config.withAuthentication(new OspfAuthentication.Cryptographic(3, algorithm, secret));
  }

  /** Two of each type of packet from each neighbor. */
  private List<Datagram> samples() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<Datagram> samples = new ArrayList<>();
    for (int i = recorded.size() - 1; i >= 0; i--) {
      Datagram each = recorded.get(i);
      if (counts.merge(each.source() + " " + each.packet().byteAt(1), 1, Integer::sum) <= 2) {
        samples.add(each);
      }
    }
    assertTrue(samples.size() >= 12, () -> "few packets: " + counts);
    return samples;
  }

  private static Datagram flipped(Datagram datagram, int bit) {
    byte[] bytes = datagram.packet().toArray();
    bytes[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return new Datagram(
        datagram.interfaceId(), datagram.source(), datagram.destination(), ByteString.of(bytes));
  }

  private static String image(SimulatedNetwork network) {
    return EngineImage.of(network.router(0).engine(), network.simulation().now());
  }

  @Test
  void eachBitOfTheRecordedPacketsCounts() {
    SimulatedNetwork network = converged(UnaryOperator.identity());
    String before = image(network);
    for (Datagram sample : samples()) {
      for (int bit = 0; bit < sample.packet().length() * 8; bit++) {
        if (bit < FIRST_UNUSED_BIT || bit >= AFTER_UNUSED_BITS) {
          network.simulation().inject(network.router(0), flipped(sample, bit));
          assertEquals(before, image(network), sample + " bit " + bit);
        }
      }
    }
  }

  @Test
  void eachBitOfTheRecordedPacketsIsAuthenticated() {
    for (CryptographicKey.Algorithm algorithm : CryptographicKey.Algorithm.values()) {
      recorded.clear();
      SimulatedNetwork network = converged(keyed(algorithm));
      String before = image(network);
      for (Datagram sample : samples()) {
        int bits = sample.packet().length() * 8;
        // Every bit of MD5's packets; of the others' every seventh, which reaches all fields.
        int step = algorithm == CryptographicKey.Algorithm.MD5 ? 1 : 7;
        for (int bit = 0; bit < bits; bit += step) {
          network.simulation().inject(network.router(0), flipped(sample, bit));
          assertEquals(before, image(network), algorithm + " " + sample + " bit " + bit);
        }
      }
    }
  }

  @Test
  void recordedPacketsThatAreReplayedChangeNothing() {
    SimulatedNetwork network = converged(keyed(CryptographicKey.Algorithm.HMAC_SHA_256));
    network.run(10);
    String before = image(network);
    int latest = recorded.size() - 2; // The last of each neighbor has the number that is expected.
    for (Datagram each : List.copyOf(recorded.subList(0, latest))) {
      network.simulation().inject(network.router(0), each);
      assertEquals(before, image(network), each.toString());
    }
  }

  @Property(tries = 300)
  void arbitraryBytesChangeNothing(@ForAll @Size(max = 200) byte[] bytes) {
    SimulatedNetwork network = network();
    String before = image(network);
    Datagram model = samples().get(0);
    network
        .simulation()
        .inject(
            network.router(0),
            new Datagram(
                model.interfaceId(), model.source(), model.destination(), ByteString.of(bytes)));
    assertEquals(before, image(network));
  }

  private SimulatedNetwork shared;

  private SimulatedNetwork network() {
    if (shared == null) {
      shared = converged(UnaryOperator.identity());
    }
    return shared;
  }

  /** Packets cut short or drawn out, with noise at the end. */
  @Test
  void packetsOfAnotherLengthChangeNothing() {
    SimulatedNetwork network = converged(UnaryOperator.identity());
    String before = image(network);
    Random random = new Random(1);
    for (Datagram sample : samples()) {
      byte[] whole = sample.packet().toArray();
      for (int length = 0; length < whole.length; length++) {
        give(network, sample, Arrays.copyOf(whole, length));
        assertEquals(before, image(network), sample + " cut to " + length);
      }
      byte[] longer = Arrays.copyOf(whole, whole.length + 1 + random.nextInt(40));
      if (whole[1] <= 2) { // Behind others nothing is looked at (RFC 5613).
        give(network, sample, longer);
        assertEquals(before, image(network), sample + " drawn out");
      }
    }
  }

  private static void give(SimulatedNetwork network, Datagram sample, byte[] bytes) {
    network
        .simulation()
        .inject(
            network.router(0),
            new Datagram(
                sample.interfaceId(), sample.source(), sample.destination(), ByteString.of(bytes)));
  }
}
