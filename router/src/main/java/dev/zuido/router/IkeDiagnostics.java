package dev.zuido.router;

import dev.zuido.ike.WireTrace;
import dev.zuido.ike.transcript.TranscriptRecorder;
import org.jspecify.annotations.Nullable;

/**
 * What is told of the key exchange beyond its events.
 *
 * @param trace how much of each message
 * @param transcript records the engine from its beginning; null for none. <b>A transcript holds
 *     secrets</b>, see {@link dev.zuido.ike.transcript}
 */
public record IkeDiagnostics(WireTrace trace, @Nullable TranscriptRecorder transcript) {
  /** The names of payloads, and no transcript. */
  public static final IkeDiagnostics NONE = new IkeDiagnostics(WireTrace.NAMES, null);
}
