package dev.zuido.examples;

import dev.zuido.host.SecretFile;
import dev.zuido.ike.transcript.TranscriptRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of a transcript while a router runs, or none. */
final class IkeTranscript implements AutoCloseable {
  private final @Nullable Path file;
  private final @Nullable Writer writer;
  private final @Nullable TranscriptRecorder recorder;
  private final PrintWriter err;

  private IkeTranscript(@Nullable Path file, @Nullable Writer writer, PrintWriter err) {
    this.file = file;
    this.writer = writer;
    this.recorder = writer == null ? null : new TranscriptRecorder(writer);
    this.err = err;
  }

  /**
   * Makes the file.
   *
   * @param file where, or null for no transcript
   * @throws IOException if it cannot be made, or it is there and secrets must not be written there
   */
  static IkeTranscript create(@Nullable Path file, PrintWriter err) throws IOException {
    if (file == null) {
      return new IkeTranscript(null, null, err);
    }
    IkeTranscript made = new IkeTranscript(file, SecretFile.create(file), err);
    err.println(
        "zuido: the key exchange is recorded in "
            + file
            + ", with its secrets: whoever has the file and the pre-shared key can read all"
            + " traffic");
    return made;
  }

  /** What writes it, or null. */
  @Nullable TranscriptRecorder recorder() {
    return recorder;
  }

  /** Writes what is left, and says whether the transcript has come to its end before. */
  @Override
  public void close() throws IOException {
    if (writer != null && recorder != null) {
      recorder
          .failure()
          .ifPresent(e -> err.println("zuido: " + file + " is not complete: " + e.getMessage()));
      writer.close();
    }
  }
}
