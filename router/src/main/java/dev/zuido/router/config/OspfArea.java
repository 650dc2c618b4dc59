package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The {@code area} lines of an area (RFC 2328, section C.2).
 *
 * @param id the area ID
 * @param authentication how its packets are authenticated, or null where that is not given
 * @param kind what it lets in
 * @param summaries whether a border router tells a stub area or NSSA more than a default route
 * @param defaultCost the cost of that default route, 0 to 16777214; 1 if empty
 * @param nssa what is particular to an NSSA
 * @param ranges its ranges, by prefix
 * @param virtualLinks the virtual links through it, by neighbour
 */
public record OspfArea(
    Ipv4Address id,
    @Nullable OspfAuthenticationType authentication,
    Kind kind,
    boolean summaries,
    OptionalInt defaultCost,
    OspfNssa nssa,
    List<OspfRange> ranges,
    List<OspfVirtualLink> virtualLinks) {
  /** The largest cost that an LSA of a reachable destination has. */
  public static final int LARGEST_COST = 0xfffffe;

  /** What an area lets in. */
  public enum Kind {
    /** External routes too. */
    NORMAL,
    /** No external routes. */
    STUB,
    /** External routes of its own alone (RFC 3101). */
    NSSA
  }

  /** Copies the lists and checks the cost. */
  public OspfArea {
    defaultCost.ifPresent(value -> Checks.range("a default cost", value, 0, LARGEST_COST));
    ranges = List.copyOf(ranges);
    virtualLinks = List.copyOf(virtualLinks);
  }

  /** An area of which nothing is said. */
  public static OspfArea plain(Ipv4Address id) {
    return new Builder(id).build();
  }

  /** Where an area is gathered. */
  public static final class Builder {
    private final Ipv4Address id;
    private @Nullable OspfAuthenticationType authentication;
    private Kind kind = Kind.NORMAL;
    private boolean summaries = true;
    private OptionalInt defaultCost = OptionalInt.empty();
    private OspfNssa nssa = OspfNssa.DEFAULT;
    private final TreeMap<Ipv4Prefix, OspfRange> ranges = new TreeMap<>();
    private final TreeMap<Ipv4Address, OspfInterfaceConfig.Builder> virtualLinks = new TreeMap<>();

    /** An area of which nothing is said. */
    public Builder(Ipv4Address id) {
      this.id = id;
    }

    /** Sets {@link OspfArea#authentication()}. */
    public Builder authentication(@Nullable OspfAuthenticationType value) {
      authentication = value;
      return this;
    }

    /** What {@link OspfArea#kind()} is so far. */
    public Kind kind() {
      return kind;
    }

    /** What {@link OspfArea#summaries()} is so far. */
    public boolean summaries() {
      return summaries;
    }

    /** Sets {@link OspfArea#kind()} and {@link OspfArea#summaries()}. */
    public Builder kind(Kind value, boolean withSummaries) {
      kind = value;
      summaries = withSummaries;
      return this;
    }

    /** Sets {@link OspfArea#defaultCost()}. */
    public Builder defaultCost(OptionalInt value) {
      defaultCost = value;
      return this;
    }

    /** Changes {@link OspfArea#nssa()}. */
    public Builder nssa(UnaryOperator<OspfNssa> change) {
      nssa = change.apply(nssa);
      return this;
    }

    /** Adds a range, in place of one of the same prefix. */
    public Builder range(OspfRange range) {
      ranges.put(range.prefix(), range);
      return this;
    }

    /** Removes a range; false if there is none such. */
    public boolean removeRange(Ipv4Prefix prefix) {
      return ranges.remove(prefix) != null;
    }

    /** The settings of the virtual link to a router, new if there was none. */
    public OspfInterfaceConfig.Builder virtualLink(Ipv4Address neighborId) {
      return virtualLinks.computeIfAbsent(neighborId, key -> new OspfInterfaceConfig.Builder());
    }

    /** Whether there is a virtual link to a router. */
    public boolean hasVirtualLink(Ipv4Address neighborId) {
      return virtualLinks.containsKey(neighborId);
    }

    /** Removes a virtual link; false if there is none such. */
    public boolean removeVirtualLink(Ipv4Address neighborId) {
      return virtualLinks.remove(neighborId) != null;
    }

    /** The immutable area. */
    public OspfArea build() {
      List<OspfVirtualLink> links = new ArrayList<>();
      virtualLinks.forEach((to, settings) -> links.add(new OspfVirtualLink(to, settings.build())));
      return new OspfArea(
          id,
          authentication,
          kind,
          summaries,
          defaultCost,
          nssa,
          List.copyOf(ranges.values()),
          links);
    }
  }
}
