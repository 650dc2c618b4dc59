package dev.zuido.router.show;

import dev.zuido.wire.Ipv4Address;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code show ip ospf database}: the link state database (RFC 2328 section 12).
 *
 * @param process the OSPF process, or null if there is none
 * @param rows an LSA each: area by area, by type within, those of the whole AS last
 */
public record OspfDatabaseReport(@Nullable OspfProcessId process, List<LsaSummary> rows)
    implements ShowReport {
  private static final int ROUTER = 1;
  private static final int NETWORK = 2;
  private static final int SUMMARY_NETWORK = 3;
  private static final int SUMMARY_ASBR = 4;
  private static final int AS_EXTERNAL = 5;
  private static final int NSSA = 7;
  private static final int OPAQUE_LINK = 9;
  private static final int OPAQUE_AREA = 10;
  private static final int OPAQUE_AS = 11;

  /**
   * An LSA in the database.
   *
   * @param areaId its area, or null if the whole AS has it
   * @param type the LS type, 1 to 5, 7, 9 to 11 or another of its registry
   * @param typeName the type as the RFC spells it: {@code router-LSA}
   * @param linkStateId the Link State ID
   * @param advertisingRouter the Router ID of the originator
   * @param ageSeconds the LS age now, at most 3600, without its DoNotAge bit
   * @param doNotAge whether the LSA does not age here (RFC 1793 section 2.2)
   * @param sequence the LS sequence number, unsigned: the first is 2 147 483 649, 0x80000001
   * @param checksum the LS checksum
   * @param lengthBytes the length with its header
   * @param links the number of links of a router-LSA, else null
   * @param tag the external route tag of an AS-external-LSA or NSSA-LSA, else null
   * @param interfaceName the interface whose link alone has it, else null
   */
  public record LsaSummary(
      @Nullable Ipv4Address areaId,
      int type,
      String typeName,
      Ipv4Address linkStateId,
      Ipv4Address advertisingRouter,
      int ageSeconds,
      boolean doNotAge,
      long sequence,
      int checksum,
      int lengthBytes,
      @Nullable Integer links,
      @Nullable Long tag,
      @Nullable String interfaceName) {
    /** The age, and whether it stands still. */
    private String age() {
      return String.format(Locale.ROOT, doNotAge ? "%-5d (DNA)" : "%d", ageSeconds);
    }
  }

  /** Copies the list. */
  public OspfDatabaseReport {
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
    LsaSummary before = null;
    for (LsaSummary lsa : rows) {
      if (before == null || before.type != lsa.type || !Objects.equals(before.areaId, lsa.areaId)) {
        title(lines, lsa);
      }
      before = lsa;
      lines.add(
          "%-15s %-15s %-11s 0x%08X 0x%06X %s",
          lsa.linkStateId,
          lsa.advertisingRouter,
          lsa.age(),
          lsa.sequence,
          lsa.checksum,
          lsa.links != null
              ? lsa.links
              : lsa.tag != null ? lsa.tag : lsa.interfaceName != null ? lsa.interfaceName : "");
    }
    return lines.toString();
  }

  /** What stands above the LSAs of a type. */
  static String title(LsaSummary first) {
    String name =
        switch (first.type) {
          case ROUTER -> "Router Link States";
          case NETWORK -> "Net Link States";
          case SUMMARY_NETWORK -> "Summary Net Link States";
          case SUMMARY_ASBR -> "Summary ASB Link States";
          case AS_EXTERNAL -> "Type-5 AS External Link States";
          case NSSA -> "Type-7 AS External Link States";
          case OPAQUE_LINK -> "Type-9 Link Local Opaque Link States";
          case OPAQUE_AREA -> "Type-10 Opaque Area Link States";
          case OPAQUE_AS -> "Type-11 Opaque AS Link States";
          default -> first.typeName;
        };
    Ipv4Address area = first.areaId;
    return name + (area == null ? "" : " (Area " + OspfProcessId.area(area) + ")");
  }

  private static void title(Lines lines, LsaSummary first) {
    lines.add("");
    lines.add("                %s", title(first));
    lines.add("");
    lines.add(
        "%-15s %-15s %-11s %-10s %-8s %s",
        "Link ID",
        "ADV Router",
        "Age",
        "Seq#",
        "Checksum",
        first.links != null
            ? "Link count"
            : first.tag != null ? "Tag" : first.interfaceName != null ? "Interface" : "");
  }
}
