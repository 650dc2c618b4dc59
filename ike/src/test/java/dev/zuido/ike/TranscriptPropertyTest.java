package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.transcript.Replay;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;

/** Whatever happens between two engines, the transcripts repeat it. */
class TranscriptPropertyTest {
  @Property(tries = 40)
  void everyRunIsRepeatedOnBothSides(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @DoubleRange(max = 0.3) double loss,
      @ForAll boolean hideA,
      @ForAll boolean bothInitiate)
      throws Exception {
    RecordedPair pair = RecordedPair.busy(seed, hideA);
    pair.net.loss = loss;
    pair.net.duplication = 0.2;
    pair.net.reordering = 0.3;
    pair.a.initiate(0);
    if (bothInitiate && !hideA) {
      pair.b.initiate(0);
    }
    pair.net.run(600 * Net.SECOND);
    pair.a.command(new IkeCommand.Shutdown(), pair.net.now);
    long inputs = 0;
    for (Replay replay : pair.replays()) {
      assertTrue(replay.isSame() && replay.sameConfiguration(), replay::toString);
      inputs += replay.inputs();
    }
    // Nearly everything to one side may be lost.
    assertTrue(inputs > 5);
  }

  @Property(tries = 10)
  void recordingChangesNothing(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    RecordedPair recorded = RecordedPair.busy(seed, false);
    Net net = new Net(seed);
    Site a = net.add(Site.A, recorded.configA, seed * 2 + 1);
    Site b = net.add(Site.B, recorded.configB, seed * 2 + 2);
    recorded.net.loss = 0.1;
    net.loss = 0.1;
    recorded.a.initiate(0);
    a.initiate(0);
    recorded.net.run(300 * Net.SECOND);
    net.run(300 * Net.SECOND);
    assertEquals(net.carried, recorded.net.carried);
    assertEquals(a.outputs.toString(), recorded.a.outputs.toString());
    assertEquals(b.outputs.toString(), recorded.b.outputs.toString());
  }
}
