package dev.zuido.ospf;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsdb.LsaEntry;
import dev.zuido.ospf.spf.ExternalPaths;
import dev.zuido.ospf.spf.OspfRoute;
import dev.zuido.ospf.spf.RouteDifference;
import dev.zuido.ospf.spf.RoutingTable;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The translation of NSSA-LSAs into AS-external-LSAs (RFC 3101 sections 3.2 and 3.3). */
final class NssaTranslation {
  private final Core core;
  private final ExternalOrigination origination;
  private final SortedMap<Ipv4Address, NssaTranslator> translators = new TreeMap<>();
  private NavigableMap<Ipv4Prefix, ToldExternal> translations = new TreeMap<>();

  /** The routes by which the LSAs were looked at last. */
  private RoutingTable examined = RoutingTable.EMPTY;

  NssaTranslation(Core core, ExternalOrigination origination) {
    this.core = core;
    this.origination = origination;
  }

  /** What a network is told as by translation, or null. */
  @Nullable ToldExternal translated(Ipv4Prefix network) {
    return translations.get(network);
  }

  /** The networks that something is told of by translation, if the AS can be told at all. */
  Set<Ipv4Prefix> networks() {
    return Collections.unmodifiableSet(translations.keySet());
  }

  /** The router's state as a translator of an area. */
  NssaTranslatorState stateOf(Area area) {
    NssaTranslator translator = translators.get(area.id());
    return translator == null ? NssaTranslatorState.DISABLED : translator.state();
  }

  /** Whether bit Nt is set in the router-LSA of an area. */
  boolean isUnconditional(Area area) {
    return stateOf(area) == NssaTranslatorState.ENABLED;
  }

  /** Whether the router is a border router of any NSSA. */
  boolean isNssaBorder() {
    if (!core.isAreaBorder()) {
      return false;
    }
    for (Area area : core.areas()) {
      if (area.isNssa() && core.isActive(area)) {
        return true;
      }
    }
    return false;
  }

  /** An NSSA-LSA of an area came, says something else, or went. */
  void lsaChanged(Area area) {
    NssaTranslator translator = translators.get(area.id());
    if (translator != null) {
      translator.differs = true;
    }
  }

  /** What the router itself announces for a network differs: a range's metric depends on it. */
  void announcedDiffers(Ipv4Prefix network) {
    for (NssaTranslator translator : translators.values()) {
      for (ExternalRange range : translator.area().config().nssa().ranges()) {
        if (range.prefix().equals(network)) {
          examineAll();
          return;
        }
      }
    }
  }

  /** The areas, or what the router announces, are not what they were. */
  void examineAll() {
    translators.values().forEach(each -> each.differs = true);
    examine();
  }

  /** The routes were calculated. */
  void examine() {
    if (translators.isEmpty() && !hasNssa()) {
      return;
    }
    RoutingTable table = core.routes.table();
    boolean waysDiffer =
        !table.routerRoutes().equals(examined.routerRoutes())
            || !table.discards().equals(examined.discards());
    List<RouteDifference> routes = table.differences(examined);
    examined = table;
    boolean anyDiffers = false;
    for (Area area : core.areas()) {
      NssaTranslator translator = translators.get(area.id());
      if (translator == null && area.isNssa()) {
        translator = new NssaTranslator(core, area, this::examine);
        translators.put(area.id(), translator);
      }
      if (translator != null) {
        NssaTranslatorState before = translator.state();
        translator.elect();
        if (translator.state() != before) {
          core.origination.routerLsaMayDiffer(area);
        }
        if (translator.differs || waysDiffer || translator.dependsOn(routes)) {
          anyDiffers = true;
          translate(translator);
        }
      }
    }
    if (anyDiffers) {
      tellAll();
    }
  }

  private boolean hasNssa() {
    for (Area area : core.areas()) {
      if (area.isNssa()) {
        return true;
      }
    }
    return false;
  }

  private void tellAll() {
    NavigableMap<Ipv4Prefix, ToldExternal> found = new TreeMap<>();
    for (NssaTranslator translator : translators.values()) {
      merge(translator.translations, found);
    }
    NavigableMap<Ipv4Prefix, ToldExternal> before = translations;
    translations = found;
    SortedSet<Ipv4Prefix> all = new TreeSet<>(before.keySet());
    all.addAll(found.keySet());
    for (Ipv4Prefix network : all) {
      ToldExternal told = found.get(network);
      if (told == null || !told.equals(before.get(network))) {
        origination.translationDiffers(network);
      }
    }
  }

  /** The NSSA-LSAs that best match a range; the preferred one for each network. */
  private static final class Matching {
    private final @Nullable ExternalRange range;
    private final NavigableMap<Ipv4Prefix, Lsa> lsas = new TreeMap<>();

    Matching(@Nullable ExternalRange range) {
      this.range = range;
    }

    void add(Ipv4Prefix network, Lsa lsa) {
      lsas.merge(network, lsa, (first, second) -> isPreferred(second, first) ? second : first);
    }

    private static boolean isPreferred(Lsa lsa, Lsa present) {
      int order = ToldExternal.compare(toldBy(lsa), toldBy(present));
      return order != 0
          ? order < 0
          : lsa.key().advertisingRouter().compareTo(present.key().advertisingRouter()) > 0;
    }

    /** Whether they are told one by one: there is no range, or the only network is the range. */
    boolean isDirect() {
      return range == null || (lsas.size() == 1 && lsas.firstKey().equals(range.prefix()));
    }
  }

  private void translate(NssaTranslator translator) {
    translator.beginTranslation();
    if (!translator.isTranslating()) {
      return;
    }
    NavigableMap<Ipv4Prefix, ToldExternal> direct = new TreeMap<>();
    for (Matching matching : installed(translator)) {
      ExternalRange range = matching.range;
      if (range == null || matching.isDirect()) {
        addDirect(translator, matching, direct);
      } else if (translator.mayAggregate()) {
        translator.translations.put(range.prefix(), aggregate(range, matching));
      }
    }
    merge(direct, translator.translations);
    translator.remember(direct.keySet());
  }

  /** The translatable LSAs that are installed, by range; those without a range are first. */
  private List<Matching> installed(NssaTranslator translator) {
    Area area = translator.area();
    ExternalPaths paths = core.routes.externalPaths();
    List<ExternalRange> ranges = area.config().nssa().ranges();
    Matching unmatched = new Matching(null);
    SortedMap<Ipv4Prefix, Matching> byRange = new TreeMap<>();
    for (LsaEntry entry : area.database.store().entriesOfType(LsaType.NSSA)) {
      Lsa lsa = entry.lsa();
      if (!entry.isMaxAgeAt(core.now)
          && isTranslatable(lsa)
          && lsa.body() instanceof AsExternalLsa body) {
        Ipv4Prefix network = body.network(entry.key().linkStateId());
        if (network != null) {
          translator.watch(network, body.route().forwardingAddress());
          if (paths.isInstalled(lsa, area.id())) {
            ExternalRange range = ExternalRange.mostSpecific(ranges, network);
            if (range == null) {
              unmatched.add(network, lsa);
            } else if (range.advertise()) {
              byRange
                  .computeIfAbsent(range.prefix(), absent -> new Matching(range))
                  .add(network, lsa);
            }
          }
        }
      }
    }
    List<Matching> all = new ArrayList<>();
    all.add(unmatched);
    all.addAll(byRange.values());
    return all;
  }

  /** Puts what is told together; of two for one network the better is told. */
  private static void merge(
      Map<Ipv4Prefix, ToldExternal> from, Map<Ipv4Prefix, ToldExternal> into) {
    from.forEach(
        (network, told) ->
            into.merge(network, told, (a, b) -> ToldExternal.compare(b, a) < 0 ? b : a));
  }

  /** Step 1. */
  private static boolean isTranslatable(Lsa lsa) {
    return lsa.header().options().has(Options.NP)
        && lsa.body() instanceof AsExternalLsa body
        && !body.route().forwardingAddress().isUnspecified();
  }

  /** Step 2. */
  private static void addDirect(
      NssaTranslator translator, Matching matching, Map<Ipv4Prefix, ToldExternal> direct) {
    matching.lsas.forEach(
        (network, lsa) -> {
          if (translator.mayTranslate(network)) {
            direct.put(network, toldBy(lsa));
          }
        });
  }

  private static ToldExternal toldBy(Lsa lsa) {
    if (lsa.body() instanceof AsExternalLsa body) {
      AsExternalLsa.Route route = body.route();
      AsExternalLsa translated =
          AsExternalLsa.of(
              body.networkMask(),
              route.type2(),
              route.metric(),
              route.forwardingAddress(),
              route.externalRouteTag());
      return new ToldExternal(translated, false);
    }
    throw new AssertionError("no NSSA-LSA: " + lsa);
  }

  /** Step 3: the path type and metric of a range, from the costs of the routes in it. */
  private ToldExternal aggregate(ExternalRange range, Matching matching) {
    boolean type2 = false;
    int type1Cost = 0;
    int type2Cost = 0;
    for (Map.Entry<Ipv4Prefix, Lsa> each : matching.lsas.entrySet()) {
      OspfRoute route = core.routes.table().route(each.getKey());
      boolean isType2 = toldBy(each.getValue()).body().route().type2();
      type2 |= isType2;
      if (route != null && isType2) {
        type2Cost = Math.max(type2Cost, route.type2Cost());
      } else if (route != null) {
        type1Cost = Math.max(type1Cost, route.cost());
      }
    }
    ToldExternal own = origination.announcedAsWide(range.prefix());
    if (own != null) {
      AsExternalLsa.Route route = own.body().route();
      type2 |= route.type2();
      type2Cost = route.type2() ? Math.max(type2Cost, route.metric()) : type2Cost;
      type1Cost = route.type2() ? type1Cost : Math.max(type1Cost, route.metric());
    }
    int metric = Math.min(type2 ? type2Cost + 1 : type1Cost, ExternalDestination.LARGEST_METRIC);
    return new ToldExternal(
        AsExternalLsa.of(
            range.prefix().mask(), type2, metric, Ipv4Address.UNSPECIFIED, range.tag()),
        false);
  }
}
