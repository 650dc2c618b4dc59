package dev.zuido.router;

import dev.zuido.router.config.IosInterfaceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The router's dialled lines. */
final class Dialers {
  private final Map<IosInterfaceName, DialerLine> lines = new LinkedHashMap<>();

  void add(DialerLine line) {
    lines.put(line.plan().name(), line);
  }

  List<DialerLine> lines() {
    return new ArrayList<>(lines.values());
  }

  /** The line of a Dialer interface, or null if it dials none. */
  @Nullable DialerLine of(IosInterfaceName name) {
    return lines.get(name);
  }

  /** Says what time it is, for all that is sent until the next call. */
  void setNow(long nowNanos) {
    lines.values().forEach(line -> line.setNow(nowNanos));
  }

  /** Runs what is due. */
  void run(long nowNanos) {
    lines.values().forEach(line -> line.run(nowNanos));
  }

  /** Hangs up. */
  void shutdown(long nowNanos) {
    lines.values().forEach(line -> line.shutdown(nowNanos));
  }

  long nextDeadline() {
    long deadline = Long.MAX_VALUE;
    for (DialerLine line : lines.values()) {
      deadline = Math.min(deadline, line.nextDeadline());
    }
    return deadline;
  }
}
