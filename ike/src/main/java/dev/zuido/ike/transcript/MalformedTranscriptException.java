package dev.zuido.ike.transcript;

/** A text that is no transcript, or one of another version, with the line that is wrong. */
public final class MalformedTranscriptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  MalformedTranscriptException(int line, String problem) {
    super("line " + line + ": " + problem);
    this.line = line;
  }

  /** The line, from 1. */
  public int line() {
    return line;
  }
}
