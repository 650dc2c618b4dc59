package dev.zuido.testkit;

import dev.zuido.wire.Ipv4Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A ping under way or at its end: see {@link VirtualHost#ping}. */
public final class Ping {
  /** Errors that are kept at most. */
  public static final int MAX_ERRORS = 64;

  private final PingRequest request;
  private final int identifier;
  private final byte[] data;
  private final List<Long> sentNanos = new ArrayList<>();
  private final List<IcmpError> errors = new ArrayList<>();
  private long dueNanos;
  private boolean done;
  private boolean answered;
  private long rttNanos;
  private int answeredProbe;

  Ping(PingRequest request, int identifier, long nowNanos) {
    this.request = request;
    this.identifier = identifier;
    this.dueNanos = nowNanos;
    this.data = new byte[request.totalBytes() - PingRequest.MIN_BYTES];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (i + identifier);
    }
  }

  /** What was asked for. */
  public PingRequest request() {
    return request;
  }

  /** Whether it was answered or given up. */
  public boolean isDone() {
    return done;
  }

  /** Whether the whole echo came back unchanged. */
  public boolean isAnswered() {
    return answered;
  }

  /** The time from the probe that was answered to its answer; 0 if none was. */
  public long rttNanos() {
    return rttNanos;
  }

  /** Which probe was answered, from 1; 0 if none was. */
  public int answeredProbe() {
    return answeredProbe;
  }

  /** How many probes were sent. */
  public int probesSent() {
    return sentNanos.size();
  }

  /** The ICMP errors that came in answer, the first {@value #MAX_ERRORS}. */
  public List<IcmpError> errors() {
    return List.copyOf(errors);
  }

  @Override
  public String toString() {
    String what = "ping " + request.destination() + " with " + request.totalBytes() + " bytes: ";
    if (answered) {
      return what + "answered in " + rttNanos / 1_000 + " us, probe " + answeredProbe;
    }
    return what + (done ? "no answer" : "waiting") + ", " + probesSent() + " probes, " + errors;
  }

  int identifier() {
    return identifier;
  }

  long dueNanos() {
    return done ? VirtualNode.NO_DEADLINE : dueNanos;
  }

  /** Sends the next probe, or gives up, if it is time. */
  void handleTimeout(VirtualHost host, long nowNanos) {
    if (done || nowNanos < dueNanos) {
      return;
    }
    if (sentNanos.size() == request.maxProbes()) {
      done = true;
      return;
    }
    sentNanos.add(nowNanos);
    dueNanos = nowNanos + request.timeoutNanos();
    host.send(
        Ipv4Packets.echo(
            Ipv4Packets.ECHO_REQUEST,
            host.address(),
            request.destination(),
            host.nextIdentification(),
            request.dontFragment() ? Ipv4Fields.DONT_FRAGMENT : 0,
            identifier,
            sentNanos.size(),
            data));
  }

  void handleReply(int sequence, byte[] packet, int dataOffset, long nowNanos) {
    boolean ours =
        sequence >= 1
            && sequence <= sentNanos.size()
            && Arrays.equals(packet, dataOffset, packet.length, data, 0, data.length);
    if (ours && !done) {
      done = true;
      answered = true;
      answeredProbe = sequence;
      rttNanos = nowNanos - sentNanos.get(sequence - 1);
    }
  }

  void handleError(IcmpError error) {
    if (!done && errors.size() < MAX_ERRORS) {
      errors.add(error);
    }
  }
}
