package dev.zuido.router;

import dev.zuido.ospf.AreaType;
import dev.zuido.ospf.GracefulRestartConfig;
import dev.zuido.ospf.NssaConfig;
import dev.zuido.ospf.OriginationThrottle;
import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfConfig;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.OspfLimits;
import dev.zuido.ospf.SpfBackoff;
import dev.zuido.ospf.StubRouterConfig;
import dev.zuido.ospf.VirtualLinkConfig;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.router.config.OspfArea;
import dev.zuido.router.config.OspfAuthenticationType;
import dev.zuido.router.config.OspfDefaultRoute;
import dev.zuido.router.config.OspfMaxMetric;
import dev.zuido.router.config.OspfNetworkType;
import dev.zuido.router.config.OspfOptions;
import dev.zuido.router.config.OspfProcess;
import dev.zuido.router.config.OspfRange;
import dev.zuido.router.config.OspfRestart;
import dev.zuido.router.config.OspfThrottle;
import dev.zuido.router.config.OspfVirtualLink;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a configuration's OSPF process and its areas mean to the OSPF engine. */
final class OspfMapping {
  /** The longest grace period that a neighbor is helped for. */
  private static final int LONGEST_GRACE_SECONDS = 1_800;

  private final RouterConfig config;
  private final OspfProcess process;

  private OspfMapping(RouterConfig config, OspfProcess process) {
    this.config = config;
    this.process = process;
  }

  /**
   * The OSPF process on those interfaces that its network lines match or that say so themselves, or
   * null without a process.
   */
  static @Nullable OspfConfig process(RouterConfig config, List<RouterInterface> interfaces) {
    OspfProcess process = config.ospf();
    return process == null ? null : new OspfMapping(config, process).map(interfaces);
  }

  private OspfConfig map(List<RouterInterface> interfaces) {
    Ipv4Address routerId =
        config
            .ospfRouterId()
            .orElseThrow(
                () ->
                    new UnsupportedConfigurationException(
                        process.section(), "there is no address to take the router ID from"));
    OspfInterfaceMapping mapping = new OspfInterfaceMapping(config, process);
    List<OspfInterfaceConfig> members = new ArrayList<>();
    for (RouterInterface each : interfaces) {
      Ipv4Address address = each.address();
      if (address != null) {
        config
            .ospfAreaOf(each.config())
            .ifPresent(area -> members.add(mapping.member(each, address, area)));
      } else if (each.config().addressNegotiated() && each.config().ospf().attachment() != null) {
        throw new UnsupportedConfigurationException(
            each.config().section(), "OSPF needs an address that is not negotiated");
      }
    }
    OspfOptions options = process.options();
    OspfThrottle lsa = lsaThrottle(options);
    OspfThrottle spf = spfThrottle(options);
    return OspfConfig.builder(routerId)
        .areas(process.areas().stream().map(this::area).toList())
        .interfaces(members)
        .rfc1583Compatibility(options.rfc1583())
        .maximumPaths(options.maximumPaths())
        .spfBackoff(
            new SpfBackoff(
                spf.startMillis(),
                spf.holdMillis(),
                spf.maximumMillis(),
                SpfBackoff.DEFAULT.timeToLearnMillis(),
                SpfBackoff.DEFAULT.holdDownMillis()))
        .originationThrottle(
            new OriginationThrottle(lsa.startMillis(), lsa.holdMillis(), lsa.maximumMillis()))
        .stubRouter(stubRouter(options.maxMetric()))
        .gracefulRestart(gracefulRestart(options.restart()))
        .opaqueCapable(options.opaque())
        .limits(limits(options))
        .build();
  }

  /** The waits of the route calculation: those that are given, or else the usual ones. */
  static OspfThrottle spfThrottle(OspfOptions options) {
    OspfThrottle given = options.spfThrottle();
    return given == null ? OspfThrottle.SPF : given;
  }

  /** The waits of own LSAs: those that are given, or else the usual ones. */
  static OspfThrottle lsaThrottle(OspfOptions options) {
    OspfThrottle given = options.lsaThrottle();
    return given == null ? OspfThrottle.LSA : given;
  }

  private static StubRouterConfig stubRouter(@Nullable OspfMaxMetric given) {
    return given == null
        ? StubRouterConfig.NEVER
        : new StubRouterConfig(
            given.always(),
            given.onStartupSeconds().orElse(0),
            given.onShutdownSeconds().orElse(0),
            given.includeStub(),
            given.summaryMetric().orElse(0),
            given.externalMetric().orElse(0));
  }

  private static GracefulRestartConfig gracefulRestart(OspfRestart given) {
    return new GracefulRestartConfig(
        given.restarts(),
        given.intervalSeconds(),
        given.helps(),
        given.strict(),
        LONGEST_GRACE_SECONDS);
  }

  private static OspfLimits limits(OspfOptions options) {
    return options.maxLsa().isEmpty()
        ? OspfLimits.DEFAULT
        : new OspfLimits(
            OspfLimits.DEFAULT.neighborsPerInterface(),
            options.maxLsa().getAsInt(),
            OspfLimits.DEFAULT.explanationsPerInterface());
  }

  // ---- Areas

  private OspfAreaConfig area(OspfArea area) {
    AreaType type =
        switch (area.kind()) {
          case NORMAL -> AreaType.NORMAL;
          case STUB -> AreaType.STUB;
          case NSSA -> AreaType.NSSA;
        };
    try {
      return OspfAreaConfig.builder(area.id(), type)
          .summaries(area.summaries())
          .defaultCost(defaultCost(area))
          .nssa(nssa(area))
          .ranges(area.ranges().stream().map(range -> range(area.id(), range)).toList())
          .virtualLinks(area.virtualLinks().stream().map(this::virtualLink).toList())
          .build();
    } catch (IllegalArgumentException e) {
      throw new UnsupportedConfigurationException(
          process.section(), String.valueOf(e.getMessage()));
    }
  }

  /** Of an NSSA with a default route of its own, that route's metric. */
  private static int defaultCost(OspfArea area) {
    OspfDefaultRoute route = area.nssa().defaultRoute();
    return route == null || area.kind() != OspfArea.Kind.NSSA
        ? area.defaultCost().orElse(1)
        : area.defaultCost().orElse(route.metric());
  }

  private static NssaConfig nssa(OspfArea area) {
    OspfDefaultRoute route = area.nssa().defaultRoute();
    return new NssaConfig(
        area.nssa().translateAlways()
            ? NssaConfig.TranslatorRole.ALWAYS
            : NssaConfig.TranslatorRole.CANDIDATE,
        NssaConfig.DEFAULT.stabilitySeconds(),
        route != null,
        area.nssa().redistribution(),
        route == null ? NssaConfig.DEFAULT.defaultType2() : route.type2(),
        List.of());
  }

  private static AreaRange range(Ipv4Address area, OspfRange range) {
    return new AreaRange(
        area, range.prefix(), range.advertise(), range.cost().orElse(AreaRange.LARGEST));
  }

  /** A link of the backbone: where it says nothing of authentication, the backbone's way holds. */
  private VirtualLinkConfig virtualLink(OspfVirtualLink link) {
    OspfInterfaceMapping mapping = new OspfInterfaceMapping(config, process);
    OspfAuthenticationType own = link.settings().authentication();
    OspfAuthenticationType backbone = process.area(OspfAreaConfig.BACKBONE).authentication();
    OspfAuthenticationType type =
        own != null ? own : backbone == null ? OspfAuthenticationType.NULL : backbone;
    return new VirtualLinkConfig(
        link.neighborId(),
        OspfInterfaceMapping.timers(link.settings(), OspfNetworkType.POINT_TO_POINT),
        mapping.authentication(type, link.settings()));
  }
}
