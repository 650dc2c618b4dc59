package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.WireTrace;
import dev.zuido.ike.transcript.Replay;
import dev.zuido.ike.transcript.Transcript;
import dev.zuido.ike.transcript.TranscriptRecorder;
import java.io.StringReader;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a router tells of its key exchange on request. */
class IkeDiagnosticsTest {
  private static TwoRouters run(IkeDiagnostics diagnostics) {
    TwoRouters both =
        new TwoRouters(TwoRouters.config("site-a"), TwoRouters.config("site-b"), diagnostics);
    both.runFor(Duration.ofSeconds(30));
    assertTrue(both.log().stream().anyMatch(line -> line.contains("IPSEC_SA_UP")));
    return both;
  }

  @Test
  void theFieldsOfMessagesAreEventsToo() {
    TwoRouters both = run(new IkeDiagnostics(WireTrace.FIELDS, null));
    assertTrue(
        both.log().stream()
            .anyMatch(line -> line.startsWith("a ") && line.contains("Hash Algorithm MD5")));
    assertTrue(
        both.log().stream()
            .noneMatch(line -> line.startsWith("b ") && line.contains("Hash Algorithm MD5")));
  }

  @Test
  void aRoutersTranscriptRepeatsByItsConfiguration() throws Exception {
    StringBuilder transcript = new StringBuilder();
    TwoRouters both = run(new IkeDiagnostics(WireTrace.NAMES, new TranscriptRecorder(transcript)));
    both.routerA().shutdown(Duration.ofSeconds(31).toNanos());
    IkeConfig config = both.routerA().ikeConfig();
    assertNotNull(config);
    Replay replay = Transcript.replay(new StringReader(transcript.toString()), config);
    assertTrue(replay.isSame() && replay.sameConfiguration(), replay::toString);
    assertTrue(transcript.toString().contains("command shutdown"));
    assertEquals(run(IkeDiagnostics.NONE).log(), run(IkeDiagnostics.NONE).log(), "one seed");
  }
}
