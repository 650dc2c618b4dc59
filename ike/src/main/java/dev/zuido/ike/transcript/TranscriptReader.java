package dev.zuido.ike.transcript;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** Reads a transcript line by line, and holds no more than one line. */
final class TranscriptReader {
  private final BufferedReader in;
  private final StringBuilder line = new StringBuilder();
  private int number;

  TranscriptReader(Reader in) {
    this.in = new BufferedReader(in);
  }

  /** The number of the line that was read last. */
  int number() {
    return number;
  }

  void expectVersion() throws IOException, MalformedTranscriptException {
    String first = take();
    if (first == null || !first.equals(Transcript.FIRST_LINE)) {
      throw malformed("'" + Transcript.FIRST_LINE + "' has to stand here");
    }
  }

  String configuration() throws IOException, MalformedTranscriptException {
    String second = take();
    if (second == null || !second.startsWith(Transcript.CONFIGURATION)) {
      throw malformed("'" + Transcript.CONFIGURATION + "' and a digest have to stand here");
    }
    return second.substring(Transcript.CONFIGURATION.length());
  }

  /** The next event's line, or null at the end. */
  @Nullable String event() throws IOException, MalformedTranscriptException {
    String event = take();
    if (event != null && (event.length() < 2 || ">?<=".indexOf(event.charAt(0)) < 0)) {
      throw malformed("a line begins with >, ?, <, = or #");
    }
    return event;
  }

  private @Nullable String take() throws IOException, MalformedTranscriptException {
    String taken;
    do {
      taken = read();
    } while (taken != null && (taken.isEmpty() || taken.startsWith("#")));
    return taken;
  }

  private @Nullable String read() throws IOException, MalformedTranscriptException {
    line.setLength(0);
    number++;
    while (true) {
      int c = in.read();
      if (c == '\n') {
        return line.toString();
      }
      if (c < 0 && line.length() == 0) {
        return null;
      }
      if (c < 0) {
        throw malformed("the line is cut off");
      }
      if (c < ' ' || c > '~') {
        throw malformed("a character that is not visible ASCII");
      }
      if (line.length() == Transcript.MAX_LINE) {
        throw malformed("a line of more than " + Transcript.MAX_LINE + " characters");
      }
      line.append((char) c);
    }
  }

  MalformedTranscriptException malformed(String problem) {
    return new MalformedTranscriptException(number, problem);
  }
}
