package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf database router} and the like: LSAs with what they say.
 *
 * @param process the OSPF process, or null if there is none
 * @param rows an LSA each: area by area, by type within, those of the whole AS last
 */
public record OspfLsaReport(@Nullable OspfProcessId process, List<LsaDetail> rows)
    implements ShowReport {
  /**
   * An LSA. Of the members from {@code router} on one at most is not null.
   *
   * @param header what every LSA has
   * @param options the letters of the options that are set, as {@code E} and {@code DC}
   * @param router what a router-LSA says
   * @param network what a network-LSA says
   * @param summary what a summary-LSA says
   * @param external what an AS-external-LSA or NSSA-LSA says
   * @param opaque what an opaque LSA says
   */
  public record LsaDetail(
      OspfDatabaseReport.LsaSummary header,
      List<String> options,
      @Nullable Router router,
      @Nullable Network network,
      @Nullable Summary summary,
      @Nullable External external,
      @Nullable Opaque opaque) {
    /** Copies the list. */
    public LsaDetail {
      options = List.copyOf(options);
    }
  }

  /**
   * A router-LSA.
   *
   * @param areaBorderRouter the B-bit
   * @param asBoundaryRouter the E-bit
   * @param virtualLinkEndpoint the V-bit
   * @param nssaTranslator the Nt-bit
   * @param links its links
   */
  public record Router(
      boolean areaBorderRouter,
      boolean asBoundaryRouter,
      boolean virtualLinkEndpoint,
      boolean nssaTranslator,
      List<Link> links) {
    /** Copies the list. */
    public Router {
      links = List.copyOf(links);
    }
  }

  /**
   * A link of a router-LSA.
   *
   * @param type 1 to 4
   * @param linkId the Link ID
   * @param linkData the Link Data
   * @param metric its cost
   */
  public record Link(int type, Ipv4Address linkId, Ipv4Address linkData, int metric) {}

  /**
   * A network-LSA.
   *
   * @param networkMask the network mask, which a router may have sent with holes
   * @param attachedRouters the Router IDs
   */
  public record Network(Ipv4Address networkMask, List<Ipv4Address> attachedRouters) {
    /** Copies the list. */
    public Network {
      attachedRouters = List.copyOf(attachedRouters);
    }
  }

  /**
   * A summary-LSA.
   *
   * @param networkMask the network mask, which a router may have sent with holes
   * @param metric the cost
   */
  public record Summary(Ipv4Address networkMask, int metric) {}

  /**
   * An AS-external-LSA or NSSA-LSA.
   *
   * @param networkMask the network mask, which a router may have sent with holes
   * @param type2 whether the metric is larger than any distance inside
   * @param metric the metric
   * @param forwardingAddress where packets are to go, 0.0.0.0 for the originator
   * @param tag the external route tag
   */
  public record External(
      Ipv4Address networkMask,
      boolean type2,
      int metric,
      Ipv4Address forwardingAddress,
      long tag) {}

  /**
   * An opaque LSA.
   *
   * @param opaqueType the first byte of the Link State ID
   * @param opaqueId the rest
   * @param lines what is known of its content, a line each
   */
  public record Opaque(int opaqueType, int opaqueId, List<String> lines) {
    /** Copies the list. */
    public Opaque {
      lines = List.copyOf(lines);
    }
  }

  /** Copies the list. */
  public OspfLsaReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    OspfProcessId id = process;
    if (id == null) {
      return "OSPF is not configured.\n";
    }
    Lines lines = new Lines().add("");
    lines.add(
        "            OSPF Router with ID (%s) (Process ID %d)", id.routerId(), id.processId());
    OspfDatabaseReport.LsaSummary before = null;
    for (LsaDetail each : rows) {
      OspfDatabaseReport.LsaSummary header = each.header;
      if (before == null
          || before.type() != header.type()
          || !Objects.equals(before.areaId(), header.areaId())) {
        lines.add("");
        lines.add("                %s", OspfDatabaseReport.title(header));
      }
      before = header;
      lines.add("");
      describe(lines, each);
    }
    return lines.toString();
  }

  private static void describe(Lines lines, LsaDetail each) {
    OspfDatabaseReport.LsaSummary header = each.header;
    lines.add("  LS age: %d%s", header.ageSeconds(), header.doNotAge() ? " (DoNotAge)" : "");
    lines.add("  Options: (%s)", String.join(", ", each.options));
    lines.add("  LS Type: %s", header.typeName());
    lines.add("  Link State ID: %s", header.linkStateId());
    lines.add("  Advertising Router: %s", header.advertisingRouter());
    lines.add("  LS Seq Number: %08X", header.sequence());
    lines.add("  Checksum: 0x%04X", header.checksum());
    lines.add("  Length: %d", header.lengthBytes());
    if (each.router != null) {
      router(lines, each.router);
    }
    if (each.network != null) {
      lines.add("  Network Mask: %s", each.network.networkMask);
      each.network.attachedRouters.forEach(router -> lines.add("    Attached Router: %s", router));
    }
    if (each.summary != null) {
      lines.add("  Network Mask: %s", each.summary.networkMask);
      lines.add("        MTID: 0         Metric: %d", each.summary.metric);
    }
    if (each.external != null) {
      external(lines, each.external);
    }
    if (each.opaque != null) {
      lines.add("  Opaque Type: %d", each.opaque.opaqueType);
      lines.add("  Opaque ID: %d", each.opaque.opaqueId);
      each.opaque.lines.forEach(line -> lines.add("    %s", line));
    }
  }

  private static void router(Lines lines, Router router) {
    if (router.areaBorderRouter) {
      lines.add("  Area Border Router");
    }
    if (router.asBoundaryRouter) {
      lines.add("  AS Boundary Router");
    }
    if (router.virtualLinkEndpoint) {
      lines.add("  Virtual Link Endpoint");
    }
    if (router.nssaTranslator) {
      lines.add("  NSSA Translator");
    }
    lines.add("  Number of Links: %d", router.links.size());
    for (Link link : router.links) {
      String[] words =
          switch (link.type) {
            case 1 ->
                new String[] {
                  "another Router (point-to-point)",
                  "Neighboring Router ID",
                  "Router Interface address"
                };
            case 2 ->
                new String[] {
                  "a Transit Network", "Designated Router address", "Router Interface address"
                };
            case 3 -> new String[] {"a Stub Network", "Network/subnet number", "Network Mask"};
            case 4 ->
                new String[] {
                  "a Virtual Link", "Neighboring Router ID", "Router Interface address"
                };
            default -> new String[] {"something of type " + link.type, "Link ID", "Link Data"};
          };
      lines.add("");
      lines.add("    Link connected to: %s", words[0]);
      lines.add("     (Link ID) %s: %s", words[1], link.linkId);
      lines.add("     (Link Data) %s: %s", words[2], link.linkData);
      lines.add("       TOS 0 Metrics: %d", link.metric);
    }
  }

  private static void external(Lines lines, External external) {
    lines.add("  Network Mask: %s", external.networkMask);
    lines.add(
        "        Metric Type: %s",
        external.type2
            ? "2 (Larger than any link state path)"
            : "1 (Comparable directly to link state metric)");
    lines.add("        Metric: %d", external.metric);
    lines.add("        Forward Address: %s", external.forwardingAddress);
    lines.add("        External Route Tag: %d", external.tag);
  }
}
