package dev.zuido.ospf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The router as an AS boundary router: the external destinations that it announces, and which
 * external LSAs follow from them (RFC 2328 section 12.4.4, RFC 3101 section 2.4).
 */
final class ExternalOrigination {
  private final Core core;
  private final NavigableMap<Ipv4Prefix, ExternalDestination> announced = new TreeMap<>();
  private final ExternalRanges ranges = new ExternalRanges();
  private final ExternalLsas asWide;
  private final Map<Ipv4Address, ExternalLsas> nssas = new HashMap<>();
  private final NssaTranslation translation;
  private boolean reconsiderScheduled;

  /** The areas to which the router has an interface that is not down. */
  private Set<Ipv4Address> attached = Set.of();

  /** Whether one of them takes AS-external-LSAs. */
  private boolean reachesAsScope;

  ExternalOrigination(Core core) {
    this.core = core;
    this.asWide = new ExternalLsas(core, core.external, LsaType.AS_EXTERNAL);
    this.translation = new NssaTranslation(core, this);
  }

  /** Announces a destination in place of what was announced for its prefix. */
  void announce(ExternalDestination destination) {
    Ipv4Prefix prefix = destination.prefix();
    if (!announced.containsKey(prefix)
        && announced.size() >= core.config.limits().announcements()) {
      core.drop(0, null, DropReason.ANNOUNCEMENT_LIMIT);
      return;
    }
    ExternalDestination before = announced.put(prefix, destination);
    ranges.replace(before, destination);
    consider(prefix);
  }

  /** Withdraws a destination; nothing happens if it was not announced. */
  void withdraw(Ipv4Prefix prefix) {
    ExternalDestination before = announced.remove(prefix);
    if (before != null) {
      ranges.replace(before, null);
      consider(prefix);
    }
  }

  /** Sets the external address ranges in place of those before. */
  void setRanges(List<ExternalRange> newRanges) {
    SortedSet<Ipv4Prefix> concerned = new TreeSet<>(ranges.prefixes());
    ranges.configure(newRanges, announced.values());
    concerned.addAll(ranges.prefixes());
    concerned.addAll(announced.keySet());
    concerned.forEach(this::tell);
    translation.examineAll();
    core.origination.routerLsasMayDiffer();
  }

  /** What is announced for a prefix or a range may differ. */
  private void consider(Ipv4Prefix prefix) {
    tell(prefix);
    translation.announcedDiffers(prefix);
    ExternalRange range = ranges.rangeOf(prefix);
    if (range != null && !range.prefix().equals(prefix)) {
      tell(range.prefix());
      translation.announcedDiffers(range.prefix());
    }
    core.origination.routerLsasMayDiffer();
  }

  /** Interfaces, areas or the router's being an area border router may have changed. */
  void surroundingsMayDiffer() {
    if (!reconsiderScheduled) {
      reconsiderScheduled = true;
      core.schedule(this::reconsider);
    }
  }

  private void reconsider() {
    reconsiderScheduled = false;
    attached = core.areaConfiguration.attached();
    reachesAsScope = core.reachesAsScope();
    SortedSet<Ipv4Prefix> all = new TreeSet<>(announced.keySet());
    all.addAll(ranges.prefixes());
    all.add(Ipv4Prefix.DEFAULT);
    all.addAll(asWide.networks());
    all.addAll(translation.networks());
    nssas.values().forEach(each -> all.addAll(each.networks()));
    all.forEach(this::tell);
    translation.examineAll();
    core.origination.routerLsasMayDiffer();
  }

  /** The routes were calculated. */
  void routesCalculated() {
    translation.examine();
    asWide.reachabilityMayDiffer();
    nssas.values().forEach(ExternalLsas::reachabilityMayDiffer);
  }

  /** An external LSA of another router came, says something else, or went. */
  void othersChanged(HeldLsa lsa) {
    boolean own = lsa.key.advertisingRouter().equals(core.routerId);
    if (own || !(lsa.lsa().body() instanceof AsExternalLsa body)) {
      return;
    }
    Area area = lsa.database.area();
    if (area != null) {
      translation.lsaChanged(area);
    }
    ExternalLsas same = lsa.database == core.external ? asWide : nssas.get(lsa.database.areaId());
    Ipv4Prefix network = body.network(lsa.key.linkStateId());
    if (same != null && network != null) {
      same.othersChanged(network);
    }
  }

  /** What the translation of NSSA-LSAs says of a network may differ. */
  void translationDiffers(Ipv4Prefix network) {
    tell(network);
    core.origination.routerLsasMayDiffer();
  }

  private void tell(Ipv4Prefix network) {
    asWide.tell(network, toldAsWide(network));
    for (Area area : core.areas()) {
      if (area.isNssa() || nssas.containsKey(area.id())) {
        nssas
            .computeIfAbsent(area.id(), id -> new ExternalLsas(core, area.database, LsaType.NSSA))
            .tell(network, toldInNssa(network, area));
      }
    }
  }

  /** What the AS is told: the better of what this router announces and what it translates. */
  private @Nullable ToldExternal toldAsWide(Ipv4Prefix network) {
    if (!reachesAsScope) {
      return null;
    }
    ToldExternal own = announcedAsWide(network);
    ToldExternal translated = translation.translated(network);
    if (own == null || translated == null) {
      return own == null ? translated : own;
    }
    return ToldExternal.compare(translated, own) < 0 ? translated : own;
  }

  /** What the AS is told of a network that this router announces itself. */
  @Nullable ToldExternal announcedAsWide(Ipv4Prefix network) {
    ExternalRange range = ranges.rangeOf(network);
    if (range != null) {
      boolean isRange = range.prefix().equals(network);
      AsExternalLsa aggregate = isRange && range.advertise() ? ranges.aggregate(range) : null;
      return aggregate == null ? null : new ToldExternal(aggregate, false);
    }
    ExternalDestination destination = announced.get(network);
    if (destination == null) {
      return null;
    }
    Ipv4Address address = ForwardingAddresses.toldTo(core, null, destination);
    return new ToldExternal(destination.body(LsaType.AS_EXTERNAL, address), false);
  }

  /** Section 2.4 of RFC 3101. */
  private @Nullable ToldExternal toldInNssa(Ipv4Prefix network, Area area) {
    if (!area.isNssa() || !attached.contains(area.id())) {
      return null;
    }
    NssaConfig nssa = area.config().nssa();
    boolean border = attached.size() > 1;
    if (border && network.equals(Ipv4Prefix.DEFAULT) && !area.config().summaries()) {
      return null; // The default route is a summary (section 2.7).
    }
    if (border && network.equals(Ipv4Prefix.DEFAULT) && nssa.defaultRoute()) {
      AsExternalLsa body =
          AsExternalLsa.of(
              network.mask(),
              nssa.defaultType2(),
              area.config().defaultCost(),
              Ipv4Address.UNSPECIFIED,
              0);
      return new ToldExternal(body.asType(LsaType.NSSA), false);
    }
    ExternalDestination destination = announced.get(network);
    if (destination == null || (border && !nssa.redistribution())) {
      return null;
    }
    // A border router tells the other areas itself.
    boolean propagate = !destination.nssaOnly() && !(border && reachesAsScope);
    Ipv4Address address = ForwardingAddresses.toldTo(core, area, destination);
    if (propagate && address.isUnspecified()) {
      address = ForwardingAddresses.own(core, area);
      if (address.isUnspecified()) {
        return null;
      }
    }
    return new ToldExternal(destination.body(LsaType.NSSA, address), propagate);
  }

  /** The bits of the router-LSA of an area that say what the router is to external destinations. */
  int routerLsaFlags(Area area) {
    int flags = isAsBoundary(area) ? RouterLsa.EXTERNAL : 0;
    return flags | (translation.isUnconditional(area) ? RouterLsa.NSSA_TRANSLATOR : 0);
  }

  /**
   * Bit E. RFC 3101 section 3.1: a border router of an NSSA has it in all areas that take
   * AS-external-LSAs, so that the others see it there. In a stub area there is no AS boundary
   * router.
   */
  private boolean isAsBoundary(Area area) {
    if (area.isNssa()) {
      ExternalLsas own = nssas.get(area.id());
      return own != null && !own.isEmpty();
    }
    return !area.isStub()
        && (!asWide.isEmpty() || core.opaque.announcesAsWide() || translation.isNssaBorder());
  }

  /** What is announced, in the order of the prefixes. */
  List<ExternalDestination> announced() {
    return new ArrayList<>(announced.values());
  }

  NssaTranslation translation() {
    return translation;
  }
}
