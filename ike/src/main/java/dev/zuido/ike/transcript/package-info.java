/**
 * Transcripts: all that goes into an engine and all that comes out of it, as a text, from which a
 * run is repeated byte by byte.
 *
 * <p><b>A transcript holds secrets</b>: the private Diffie-Hellman values of every exchange, so
 * that whoever has it and the pre-shared key can read all traffic. Nothing writes one unless it is
 * asked to; keep it like a key. Where it is a file, make it with the permissions 0600 and a name
 * that says so. The pre-shared keys and certificates themselves are not in it.
 *
 * <p>To record, let a {@link dev.zuido.ike.transcript.TranscriptRecorder} make the engine; it is an
 * engine like any other. To repeat, give what was written to {@link
 * dev.zuido.ike.transcript.Transcript#replay} with the same configuration:
 *
 * <pre>{@code
 * TranscriptRecorder recorder = new TranscriptRecorder(writer);
 * IkeEngine engine = recorder.engine(config, secrets, jitter, spis, traffic, IsakmpKeyLog.NONE);
 * ...
 * Replay replay = Transcript.replay(reader, config);
 * assert replay.isSame() : replay;
 * }</pre>
 *
 * <h2>The format</h2>
 *
 * <p>One line an event, in ASCII, each ended by a line feed. Empty lines and lines that begin with
 * {@code #} mean nothing. The first two lines are
 *
 * <pre>
 * zuido ike secret transcript 1
 * configuration 9f86d081884c7d65…
 * </pre>
 *
 * <p>the version of the format, and the SHA-256 of the configuration's text without its secrets.
 * Then come, in the order in which they happened, lines of four kinds:
 *
 * <pre>
 * &gt; TIME datagram LOCAL REMOTE HEX      an input, at a time in nanoseconds: a datagram,
 * &gt; TIME command NAME ARGUMENT…         a command,
 * &gt; TIME computed TASK                  the result of a task, which is computed anew,
 * &gt; TIME timeout                        or the time alone
 * ? secrets HEX                         the engine has drawn secret randomness
 * ? jitter KIND… VALUE                  it has drawn a number of another kind
 * ? spi SPI                             it was given an SPI; 0 if there was none
 * ? release SPI                         it has given one back
 * ? traffic SA TIME                     it has asked when an SA last carried a packet; -1: never
 * ? clock TIME                          it has asked for the date, in milliseconds since 1970
 * &lt; transmit LOCAL REMOTE HEX           an output: a datagram,
 * &lt; compute TASK "WHAT"                 a task,
 * &lt; install "SA" DIGEST                 an SA to install, with the SHA-256 of its keys,
 * &lt; event "TEXT"                        or anything else
 * = TIME                                there was no more output; the next deadline, or never
 * </pre>
 *
 * <p>Texts stand in double quotes; a quote, a backslash and what is not visible ASCII are escaped
 * as in Java ({@code \u005cu000a}). A line has at most 1 048 576 characters.
 *
 * <p>What makes no difference is not recorded: questions for snapshots, counters and deadlines, and
 * what a key log was told.
 */
@NullMarked
package dev.zuido.ike.transcript;

import org.jspecify.annotations.NullMarked;
