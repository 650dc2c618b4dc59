package dev.zuido.router.show;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code show counters}: every counter of the router that has a name. The text leaves out those
 * that are 0.
 *
 * @param rows a group of counters each
 */
public record CounterReport(List<Group> rows) implements ShowReport {
  /**
   * Counters that belong together.
   *
   * @param scope what counts: {@code interface} (packets and bytes), {@code interfaceDrops}, {@code
   *     greSent}, {@code greReceived}, {@code espBoundary} (what the security policy decided),
   *     {@code negotiatedPolicies} (of peers of dynamic maps), {@code securityAssociations}, {@code
   *     keepalives} (of GRE), {@code ike}, {@code ikeDrops}, {@code ospf}, {@code ospfDrops},
   *     {@code reassembly} (of datagrams to the router itself), {@code icmpErrors}, {@code
   *     ownPackets} (what the engines wanted sent), {@code log}
   * @param name the interface, or null where the whole router counts
   * @param counters the counters by name
   */
  public record Group(String scope, @Nullable String name, Map<String, Long> counters) {
    /** Copies the map, keeping its order. */
    public Group {
      counters = Collections.unmodifiableMap(new LinkedHashMap<>(counters));
    }
  }

  /** Copies the list. */
  public CounterReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    for (Group group : rows) {
      if (group.counters.values().stream().anyMatch(count -> count != 0)) {
        lines.add("%s%s", Lines.words(group.scope), group.name == null ? "" : " " + group.name);
        lines.addCounters("    ", group.counters);
      }
    }
    return lines.orElse("All counters are 0.");
  }
}
