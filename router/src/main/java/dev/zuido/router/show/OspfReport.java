package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf}: the process and its areas.
 *
 * @param rows the process; empty if there is none
 */
public record OspfReport(List<ProcessRow> rows) implements ShowReport {
  /**
   * A process.
   *
   * @param processId its number in the configuration
   * @param routerId its Router ID
   * @param areaBorderRouter whether it has several areas
   * @param asBoundaryRouter whether it tells routes of its own from outside
   * @param redistributes the lines that say which
   * @param rfc1583Compatible how external routes are preferred
   * @param opaqueCapable whether opaque LSAs are taken
   * @param stubRouter why transit traffic is kept away at the moment; empty if it is not
   * @param stubRouterLine the {@code max-metric} line, or null
   * @param spfStartMillis the first wait of the route calculation
   * @param spfHoldMillis the second
   * @param spfMaximumMillis the longest
   * @param lsaStartMillis the first wait of an own LSA
   * @param lsaHoldMillis the second
   * @param lsaMaximumMillis the longest
   * @param restarts whether the router restarts gracefully
   * @param restartSeconds how long others are asked to wait for it
   * @param helps whether it helps others that restart
   * @param helpsStrictly whether it stops helping when the topology changes
   * @param referenceBandwidthMbps the bandwidth of cost 1
   * @param maximumPaths how many next hops a route keeps
   * @param spfState {@code QUIET}, {@code SHORT_WAIT} or {@code LONG_WAIT} (RFC 8405)
   * @param spfRuns how often the routes were calculated
   * @param sinceSpfSeconds how long ago the last time was, or null if never
   * @param lsas LSAs in the database
   * @param lsaLimit how many of other routers there may be
   * @param lsasRefused how many were refused for that
   * @param lsasMissing how many are missing now for that
   * @param externalLsas AS-external-LSAs
   * @param externalChecksumSum the sum of their checksums
   * @param opaqueAsLsas opaque LSAs of the whole AS
   * @param opaqueAsChecksumSum the sum of their checksums
   * @param areas its areas, in their order
   */
  public record ProcessRow(
      int processId,
      Ipv4Address routerId,
      boolean areaBorderRouter,
      boolean asBoundaryRouter,
      List<String> redistributes,
      boolean rfc1583Compatible,
      boolean opaqueCapable,
      List<String> stubRouter,
      @Nullable String stubRouterLine,
      int spfStartMillis,
      int spfHoldMillis,
      int spfMaximumMillis,
      int lsaStartMillis,
      int lsaHoldMillis,
      int lsaMaximumMillis,
      boolean restarts,
      int restartSeconds,
      boolean helps,
      boolean helpsStrictly,
      int referenceBandwidthMbps,
      int maximumPaths,
      String spfState,
      long spfRuns,
      @Nullable Long sinceSpfSeconds,
      int lsas,
      int lsaLimit,
      long lsasRefused,
      int lsasMissing,
      int externalLsas,
      long externalChecksumSum,
      int opaqueAsLsas,
      long opaqueAsChecksumSum,
      List<Area> areas) {
    /** Copies the lists. */
    public ProcessRow {
      redistributes = List.copyOf(redistributes);
      stubRouter = List.copyOf(stubRouter);
      areas = List.copyOf(areas);
    }
  }

  /**
   * An area.
   *
   * @param areaId its ID
   * @param type {@code NORMAL}, {@code STUB} or {@code NSSA}
   * @param summaries whether a stub area or NSSA is told more than a default route
   * @param defaultCost the cost of that default route
   * @param translates whether this router translates the area's type 7 LSAs always; null if it is
   *     no NSSA
   * @param interfaces how many interfaces are in it
   * @param fullNeighbors how many neighbors in it are Full
   * @param authentication {@code none}, {@code simple} or {@code message-digest}
   * @param transitCapable whether a virtual link runs through it
   * @param ranges its ranges, as configured
   * @param lsas LSAs in its database
   * @param checksumSum the sum of their checksums
   * @param mismatches what does not match in the area, though it keeps no adjacency from forming
   */
  public record Area(
      Ipv4Address areaId,
      String type,
      boolean summaries,
      int defaultCost,
      @Nullable Boolean translates,
      int interfaces,
      int fullNeighbors,
      String authentication,
      boolean transitCapable,
      List<String> ranges,
      int lsas,
      long checksumSum,
      List<String> mismatches) {
    /** Copies the lists. */
    public Area {
      mismatches = List.copyOf(mismatches);
      ranges = List.copyOf(ranges);
    }
  }

  /** Copies the list. */
  public OspfReport {
    rows = List.copyOf(rows);
  }

  @Override
  public String text() {
    Lines lines = new Lines();
    for (ProcessRow each : rows) {
      describe(lines, each);
      each.areas.forEach(area -> describe(lines, area));
    }
    return lines.orElse("OSPF is not configured.");
  }

  private static void describe(Lines lines, ProcessRow each) {
    lines.add(" Routing Process \"ospf %d\" with ID %s", each.processId, each.routerId);
    if (each.opaqueCapable) {
      lines.add(" Supports opaque LSA");
    }
    if (each.areaBorderRouter || each.asBoundaryRouter) {
      lines.add(
          " It is an %s router",
          !each.asBoundaryRouter
              ? "area border"
              : each.areaBorderRouter
                  ? "area border and autonomous system boundary"
                  : "autonomous system boundary");
    }
    if (!each.redistributes.isEmpty()) {
      lines.add(" Redistributing External Routes from,");
      each.redistributes.forEach(line -> lines.add("    %s", line));
    }
    if (each.stubRouterLine != null || !each.stubRouter.isEmpty()) {
      lines.add(
          " Originating router-LSAs with maximum metric: %s%s",
          each.stubRouter.isEmpty() ? "not now" : String.join(", ", each.stubRouter),
          each.stubRouterLine == null ? "" : " (" + each.stubRouterLine + ")");
    }
    lines.add(" Initial SPF schedule delay %d msecs", each.spfStartMillis);
    lines.add(" Minimum hold time between two consecutive SPFs %d msecs", each.spfHoldMillis);
    lines.add(" Maximum wait time between two consecutive SPFs %d msecs", each.spfMaximumMillis);
    lines.add(" Initial LSA throttle delay %d msecs", each.lsaStartMillis);
    lines.add(" Minimum hold time for LSA throttle %d msecs", each.lsaHoldMillis);
    lines.add(" Maximum wait time for LSA throttle %d msecs", each.lsaMaximumMillis);
    lines.add(
        " Maximum number of LSAs of others %d, current number of LSAs %d%s",
        each.lsaLimit, each.lsas, each.lsasMissing == 0 ? "" : ", missing " + each.lsasMissing);
    lines.add(
        " Number of external LSA %d. Checksum Sum 0x%06X",
        each.externalLsas, each.externalChecksumSum);
    lines.add(
        " Number of opaque AS LSA %d. Checksum Sum 0x%06X",
        each.opaqueAsLsas, each.opaqueAsChecksumSum);
    lines.add(
        " Number of areas in this router is %d. %d normal %d stub %d nssa",
        each.areas.size(), count(each, "NORMAL"), count(each, "STUB"), count(each, "NSSA"));
    lines.add(
        " IETF NSF %s%s, helper support %s%s",
        Lines.onOff(each.restarts),
        each.restarts ? ", restart-interval " + each.restartSeconds + " secs" : "",
        Lines.onOff(each.helps),
        each.helps && each.helpsStrictly ? ", strict-lsa-checking" : "");
    lines.add(" Reference bandwidth unit is %d mbps", each.referenceBandwidthMbps);
    lines.add(" Maximum number of paths %d", each.maximumPaths);
    lines.add(" RFC1583 compatibility %s", Lines.onOff(each.rfc1583Compatible));
    lines.add(
        " SPF algorithm executed %d times, last %s ago, state %s",
        each.spfRuns, Lines.clock(each.sinceSpfSeconds), each.spfState);
  }

  private static long count(ProcessRow process, String type) {
    return process.areas.stream().filter(area -> area.type.equals(type)).count();
  }

  private static void describe(Lines lines, Area area) {
    boolean backbone = area.areaId.isUnspecified();
    lines.add("    Area %s", backbone ? "BACKBONE(0)" : OspfProcessId.area(area.areaId));
    lines.add("        Number of interfaces in this area is %d", area.interfaces);
    lines.add("        Number of fully adjacent neighbors in this area is %d", area.fullNeighbors);
    if (!area.type.equals("NORMAL")) {
      lines.add(
          "        It is %s area%s, default cost %d",
          area.type.equals("STUB") ? "a stub" : "a NSSA",
          area.summaries ? "" : ", no summary LSA in this area",
          area.defaultCost);
    }
    if (Boolean.TRUE.equals(area.translates)) {
      lines.add("        Translates type 7 LSAs always");
    }
    if (area.transitCapable) {
      lines.add("        This area has transit capability: virtual link through it");
    }
    lines.add(
        "        Area has %s authentication",
        area.authentication.equals("none") ? "no" : area.authentication);
    if (!area.ranges.isEmpty()) {
      lines.add("        Area ranges are");
      area.ranges.forEach(range -> lines.add("           %s", range));
    }
    lines.add("        Number of LSA %d. Checksum Sum 0x%06X", area.lsas, area.checksumSum);
    area.mismatches.forEach(each -> lines.add("        %s", each));
  }
}
