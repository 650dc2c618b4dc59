package dev.zuido.router;

import dev.zuido.gre.GreTunnelConfig;
import dev.zuido.gre.GreTunnelTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The router's tunnels, looked up by the outer header of a packet. */
final class Tunnels {
  private List<TunnelLine> lines;
  private final GreTunnelTable<TunnelLine> table = new GreTunnelTable<>();

  /**
   * Takes the tunnels.
   *
   * @throws UnsupportedConfigurationException if a packet could belong to two of them
   */
  Tunnels(List<TunnelLine> lines) {
    this.lines = List.copyOf(lines);
    for (TunnelLine line : lines) {
      TunnelLine other = atSamePlace(line);
      if (other != null) {
        throw new UnsupportedConfigurationException(
            line.owner().config().section(),
            "another tunnel has the same source, destination and key: " + other.owner());
      }
      table.add(line.tunnel().config(), line);
    }
  }

  /**
   * Puts the line of a tunnel with another address in the place of the one before.
   *
   * @return the other tunnel to which its packets would belong as well: then the new line is not
   *     there, and gets no packets; null if all is well
   */
  @Nullable TunnelLine replace(TunnelLine line) {
    List<TunnelLine> changed = new ArrayList<>(lines);
    changed.removeIf(each -> each.owner() == line.owner());
    for (TunnelLine each : lines) {
      if (each.owner() == line.owner()) {
        table.remove(each);
      }
    }
    lines = List.copyOf(changed);
    TunnelLine other = atSamePlace(line);
    if (other == null) {
      changed.add(line);
      changed.sort(Comparator.comparingInt(each -> each.owner().number()));
      lines = List.copyOf(changed);
      table.add(line.tunnel().config(), line);
    }
    return other;
  }

  private @Nullable TunnelLine atSamePlace(TunnelLine line) {
    for (TunnelLine other : lines) {
      if (other != line && isSamePlace(line, other)) {
        return other;
      }
    }
    return null;
  }

  private static boolean isSamePlace(TunnelLine one, TunnelLine other) {
    GreTunnelConfig a = one.tunnel().config();
    GreTunnelConfig b = other.tunnel().config();
    return a.local().equals(b.local())
        && a.remote().equals(b.remote())
        && Objects.equals(a.key(), b.key());
  }

  List<TunnelLine> lines() {
    return lines;
  }

  /** The tunnel to which a well-formed IPv4 packet with GRE belongs, or null. */
  @Nullable TunnelLine find(byte[] bytes, int offset) {
    return table.find(bytes, offset);
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
