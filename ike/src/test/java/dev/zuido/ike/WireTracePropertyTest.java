package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/**
 * Whatever comes, telling it in full throws nothing and prints safely: CVE-2020-1763 and
 * CVE-2022-23094 were crashes in the lines of a log.
 */
class WireTracePropertyTest {
  @Property(tries = 60)
  void alteredMessagesAreToldSafely(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Net net = new Net(seed);
    Site a = net.add(Site.A, Site.config(true).withTrace(WireTrace.FIELDS), seed * 2 + 1);
    Site b = net.add(Site.B, Site.config(false).withTrace(WireTrace.FIELDS), seed * 2 + 2);
    SplittableRandom random = new SplittableRandom(seed);
    List<Site.Datagram> altered = new ArrayList<>();
    net.lose =
        datagram -> {
          byte[] bytes = datagram.bytes().toArray();
          for (int i = 0; i <= random.nextInt(3); i++) {
            // The lengths of datagram and header stay the same, so that more is read.
            bytes[16 + random.nextInt(bytes.length - 16)] = (byte) random.nextInt();
          }
          altered.add(new Site.Datagram(datagram.from(), datagram.to(), ByteString.of(bytes)));
          return false;
        };
    a.initiate(0);
    for (int round = 0; round < 30; round++) {
      net.run(Net.SECOND / 100);
      for (Site.Datagram each : altered) {
        (each.to().address().equals(Site.A) ? a : b).receive(each, net.now);
      }
      altered.clear();
    }
    for (Site site : List.of(a, b)) {
      for (IkeOutput output : site.outputs) {
        if (output instanceof IkeOutput.MessageReceived received) {
          assertSafe(received.message().detail());
        } else if (output instanceof IkeOutput.MessageSent sent) {
          assertSafe(sent.message().detail());
        }
      }
    }
  }

  private static void assertSafe(List<String> lines) {
    assertTrue(!lines.isEmpty());
    for (String line : lines) {
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
    }
  }
}
