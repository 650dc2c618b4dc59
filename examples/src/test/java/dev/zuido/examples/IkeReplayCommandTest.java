package dev.zuido.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.examples.CommandLineTest.Run;
import dev.zuido.ike.IkeCommand;
import dev.zuido.ike.IkeEngine;
import dev.zuido.ike.IsakmpKeyLog;
import dev.zuido.ike.SpiAllocator;
import dev.zuido.ike.TrafficClock;
import dev.zuido.ike.transcript.TranscriptRecorder;
import dev.zuido.router.Router;
import dev.zuido.router.RouterEnvironment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IkeReplayCommandTest {
  @TempDir private Path folder;

  /** The first message to the peer, and what becomes of it without an answer. */
  private Path transcript() throws IOException {
    var config =
        Objects.requireNonNull(
            ConfigFile.load(CommandLineTest.SITE_A, new PrintWriter(new StringWriter())));
    var ike =
        Objects.requireNonNull(
            Router.create(
                    config,
                    Map.of(),
                    new RouterEnvironment(
                        new SecureRandom(), new SplittableRandom(0), event -> {}, null))
                .ikeConfig());
    StringBuilder text = new StringBuilder();
    IkeEngine engine =
        new TranscriptRecorder(text)
            .engine(
                ike,
                new SecureRandom(),
                new SplittableRandom(1),
                new NoSpis(),
                TrafficClock.SILENT,
                IsakmpKeyLog.NONE);
    String peer = ike.peers().get(0).name();
    String child = ike.peers().get(0).children().get(0).name();
    engine.handle(new IkeCommand.Initiate(peer, child), 5);
    ByteBuf out = Unpooled.buffer(IkeEngine.MAX_DATAGRAM_LENGTH);
    while (engine.nextDeadline() != IkeEngine.NO_DEADLINE) {
      while (engine.poll(out.clear()) != null) {
        // All is in the transcript.
      }
      if (engine.nextDeadline() != IkeEngine.NO_DEADLINE) {
        engine.handleTimeout(engine.nextDeadline());
      }
    }
    return Files.writeString(folder.resolve("run.secret-transcript"), text);
  }

  private static final class NoSpis implements SpiAllocator {
    @Override
    public int allocate() {
      return 0;
    }

    @Override
    public void release(int spi) {}
  }

  @Test
  void saysThatAllIsTheSame() throws IOException {
    Run run = Run.of("ike-replay", transcript(), "--config", CommandLineTest.SITE_A);
    assertEquals(Zuido.OK, run.status(), () -> run.out() + run.err());
    assertTrue(run.out().startsWith("the same over 7 inputs"), run.out());
  }

  @Test
  void saysWhereTheDifferenceIs() throws IOException {
    Run run = Run.of("ike-replay", transcript(), "--config", CommandLineTest.SITE_B);
    assertEquals(Zuido.FAILED, run.status(), () -> run.out() + run.err());
    assertTrue(run.out().contains("the configuration is another"), run.out());
  }

  @Test
  void refusesWhatIsNoTranscript() throws IOException {
    Run.of("ike-replay", CommandLineTest.SITE_A, "--config", CommandLineTest.SITE_A)
        .refused("no transcript: line 1: ");
    Run.of("ike-replay", folder.resolve("none"), "--config", CommandLineTest.SITE_A)
        .refused("there is no such file");
    Run.of("ike-replay", transcript()).refused("--config");
  }
}
