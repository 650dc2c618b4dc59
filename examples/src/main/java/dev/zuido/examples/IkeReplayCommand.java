package dev.zuido.examples;

import dev.zuido.host.HostFiles;
import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.transcript.MalformedTranscriptException;
import dev.zuido.ike.transcript.Replay;
import dev.zuido.ike.transcript.Transcript;
import dev.zuido.ospf.OspfStore;
import dev.zuido.router.Computations;
import dev.zuido.router.IkeDiagnostics;
import dev.zuido.router.Router;
import dev.zuido.router.RouterEnvironment;
import dev.zuido.router.UnsupportedConfigurationException;
import dev.zuido.router.config.RouterConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Repeats a key exchange that {@code zuido run} has recorded. */
@Command(
    name = "ike-replay",
    mixinStandardHelpOptions = true,
    description = {
      "Repeats a key exchange that 'zuido run --ike-transcript-with-secrets' has recorded,",
      "and says where what comes out is no longer what came out then."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0: the same bytes",
      "1: a difference",
      "2: no transcript, or a configuration that cannot be used"
    })
final class IkeReplayCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "the transcript")
  private @Nullable Path file;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "SITE.cfg",
      description = "the configuration that the router had")
  private @Nullable Path configuration;

  @Override
  public Integer call() {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter err = commandLine.getErr();
    RouterConfig config = ConfigFile.load(Objects.requireNonNull(configuration), err);
    IkeConfig ike = config == null ? null : ikeConfig(config, err);
    if (ike == null) {
      return Zuido.USAGE;
    }
    Path transcript = Objects.requireNonNull(file);
    try (Reader in = Files.newBufferedReader(transcript, StandardCharsets.US_ASCII)) {
      Replay replay = Transcript.replay(in, ike);
      commandLine.getOut().println(replay);
      return replay.isSame() ? Zuido.OK : Zuido.FAILED;
    } catch (NoSuchFileException e) {
      err.println(transcript + ": there is no such file");
    } catch (MalformedTranscriptException e) {
      err.println(transcript + ": no transcript: " + e.getMessage());
    } catch (IOException e) {
      err.println(transcript + ": cannot be read: " + e.getMessage());
    }
    return Zuido.USAGE;
  }

  /** Where the paths in the configuration start, as for {@code zuido run}. */
  private Path folder() {
    Path parent = Objects.requireNonNull(configuration).toAbsolutePath().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private @Nullable IkeConfig ikeConfig(RouterConfig config, PrintWriter err) {
    RouterEnvironment nothing =
        new RouterEnvironment(
            new SecureRandom(),
            new SplittableRandom(0),
            event -> {},
            null,
            OspfStore.inMemory(),
            new HostFiles(folder()),
            Computations.onTheSpot(),
            IkeDiagnostics.NONE);
    try {
      IkeConfig ike = Router.create(config, Map.of(), nothing).ikeConfig();
      if (ike == null) {
        err.println(configuration + ": there is no key exchange in it");
      }
      return ike;
    } catch (UnsupportedConfigurationException e) {
      err.println(configuration + ": " + e.getMessage());
      return null;
    }
  }
}
