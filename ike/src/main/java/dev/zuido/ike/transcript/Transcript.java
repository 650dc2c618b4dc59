package dev.zuido.ike.transcript;

import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeEngine;
import java.io.IOException;
import java.io.Reader;

/** Repeats what a {@link TranscriptRecorder} has written. */
public final class Transcript {
  /** The longest line in characters. */
  public static final int MAX_LINE = 1 << 20;

  static final String FIRST_LINE = "zuido ike secret transcript 1";
  static final String CONFIGURATION = "configuration ";

  private Transcript() {}

  /**
   * Gives the inputs of a transcript to a new engine, answers its questions as they were answered,
   * and compares what comes out with what came out. It ends at the first difference.
   *
   * @param in the transcript; it is read line by line, and stays the caller's to close
   * @param config the configuration of the recording
   * @throws MalformedTranscriptException if the text is no transcript of this version
   * @throws IOException if it cannot be read
   */
  public static Replay replay(Reader in, IkeConfig config)
      throws IOException, MalformedTranscriptException {
    TranscriptReader lines = new TranscriptReader(in);
    lines.expectVersion();
    boolean same = lines.configuration().equals(OutputText.fingerprint(config));
    return new Player(lines, config, same).play();
  }

  /** The line of an engine that has nothing more to say. */
  static String drained(long nextDeadline) {
    return "= " + (nextDeadline == IkeEngine.NO_DEADLINE ? "never" : Long.toString(nextDeadline));
  }

  /** A number as a question has it. */
  static String number(String what, long value) {
    return what.equals("spi") ? Words.spi((int) value) : Long.toString(value);
  }
}
