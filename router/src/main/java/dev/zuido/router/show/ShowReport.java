package dev.zuido.router.show;

import java.util.List;

/** What a {@code show} command answers. */
public sealed interface ShowReport
    permits AccessListReport,
        CounterReport,
        CryptoMapReport,
        DialerReport,
        InterfaceReport,
        IpsecSaReport,
        IsakmpSaReport,
        KeyChainReport,
        OspfBorderRouterReport,
        OspfDatabaseReport,
        OspfInterfaceReport,
        OspfLsaReport,
        OspfNeighborReport,
        OspfReport,
        OspfRouteReport,
        OspfStatisticsReport,
        OspfSummaryAddressReport,
        OspfVirtualLinkReport,
        PppReport,
        PppoeSessionReport,
        RouteReport {
  /** The data: what the JSON is made of. */
  List<? extends Record> rows();

  /** The text that engineers know; each line ends with a line feed, and there is at least one. */
  String text();

  /** The rows as JSON, a list of objects, with a line feed at its end. */
  default String json() {
    return JsonText.of(rows());
  }
}
