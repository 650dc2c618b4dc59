package dev.zuido.ospf;

import static dev.zuido.ospf.Configs.link;
import static dev.zuido.ospf.Configs.stub;
import static dev.zuido.ospf.SimulatedNet.MILLI;
import static dev.zuido.ospf.SimulatedNet.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.zuido.ospf.SimulatedNet.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far apart the instances of one LSA are. */
final class OriginationThrottleTest {
  private final SimulatedNet net = new SimulatedNet(4);

  /** When instances go out, in milliseconds, while the cost changes every 10 ms. */
  private List<Long> instances(OriginationThrottle throttle, long durationMillis) {
    Node node =
        net.add(
            "a",
            OspfConfig.builder(Configs.routerId(1))
                .interfaces(List.of(link(1, 1, 1), stub(2, 1)))
                .originationThrottle(throttle)
                .build());
    net.up(node);
    net.run(60 * SECOND);
    node.log.clear();
    long begin = net.now;
    List<Long> times = new ArrayList<>();
    for (int i = 0; i * 10L < durationMillis; i++) {
      int cost = 1 + i % 60_000;
      net.command(node, new OspfCommand.Configure(stub(2, 1).withCost(cost)));
      note(node, begin, times);
      for (int step = 0; step < 10; step++) {
        net.run(MILLI);
        note(node, begin, times);
      }
    }
    return times;
  }

  private void note(Node node, long begin, List<Long> times) {
    if (!node.log(OspfOutput.LsaOriginated.class).isEmpty()) {
      times.add((net.now - begin) / MILLI);
      node.log.clear();
    }
  }

  @Test
  void byDefaultMinLsIntervalAndNothingElse() {
    assertEquals(
        List.of(0L, 5_000L, 10_000L, 15_000L), instances(OriginationThrottle.DEFAULT, 18_000));
  }

  @Test
  void eachFurtherWaitIsTwiceTheOneBeforeUpToTheLongest() {
    assertEquals(
        List.of(10L, 210L, 610L, 1_410L, 2_410L, 3_410L),
        instances(new OriginationThrottle(10, 200, 1_000), 4_000));
  }

  @Test
  void twiceTheLongestWaitWithoutAChangeBeginsAnew() {
    OriginationThrottle throttle = new OriginationThrottle(0, 100, 800);
    OriginationPacing pacing = new OriginationPacing();
    assertEquals(0, pacing.earliest(throttle, 0));
    pacing.originated(throttle, 0);
    assertEquals(100 * MILLI, pacing.earliest(throttle, 50 * MILLI));
    pacing.originated(throttle, 100 * MILLI);
    assertEquals(300 * MILLI, pacing.earliest(throttle, 150 * MILLI));
    pacing.originated(throttle, 300 * MILLI);
    assertEquals(1_900 * MILLI, pacing.earliest(throttle, 1_900 * MILLI));
    pacing.originated(throttle, 1_900 * MILLI);
    assertEquals(2_000 * MILLI, pacing.earliest(throttle, 1_950 * MILLI), "the first wait again");
  }
}
