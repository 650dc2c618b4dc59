package dev.zuido.router;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The router's tunnels, looked up by the outer header of a packet. */
final class Tunnels {
  private final List<TunnelLine> lines;

  Tunnels(List<TunnelLine> lines) {
    this.lines = List.copyOf(lines);
  }

  List<TunnelLine> lines() {
    return lines;
  }

  /** The tunnel to which a well-formed IPv4 packet with GRE belongs, or null. */
  @Nullable TunnelLine find(byte[] bytes, int offset) {
    for (TunnelLine line : lines) {
      if (line.tunnel().matches(bytes, offset)) {
        return line;
      }
    }
    return null;
  }

  @Nullable TunnelLine of(RouterInterface owner) {
    for (TunnelLine line : lines) {
      if (line.owner() == owner) {
        return line;
      }
    }
    return null;
  }

  long nextDeadline() {
    long deadline = Long.MAX_VALUE;
    for (TunnelLine line : lines) {
      deadline = Math.min(deadline, line.nextDeadline());
    }
    return deadline;
  }
}
