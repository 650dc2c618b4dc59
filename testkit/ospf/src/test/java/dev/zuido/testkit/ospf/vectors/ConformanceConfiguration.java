package dev.zuido.testkit.ospf.vectors;

import dev.zuido.ospf.OspfAreaConfig;
import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfInterfaceConfig;
import dev.zuido.ospf.spf.AreaRange;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Changes of the configuration in YANG terms, as our engine gets them. */
final class ConformanceConfiguration {
  private final ConformanceCase of;

  ConformanceConfiguration(ConformanceCase of) {
    this.of = of;
  }

  /** Makes a change; whether an area's own configuration changed. */
  boolean change(Map<String, Object> input) {
    boolean areaChanged = false;
    Map<String, Object> routing = Json.object(input.get("ietf-routing:routing"));
    for (Map<String, Object> protocol :
        Json.within(routing, "control-plane-protocols", "control-plane-protocol")) {
      Map<String, Object> ospf = Json.object(protocol.get("ietf-ospf:ospf"));
      for (Map<String, Object> area : Json.within(ospf, "areas", "area")) {
        areaChanged |= changeArea(area);
        for (Map<String, Object> each : Json.within(area, "interfaces", "interface")) {
          changeInterface(each);
        }
      }
    }
    return areaChanged;
  }

  private void changeInterface(Map<String, Object> changed) {
    int id = of.file.interfaceId(of.router.name(), Json.text(changed, "name"));
    OspfInterfaceConfig before = of.router.engine().interfaceConfig(id);
    if (changed.containsKey("cost")) {
      OspfInterfaceConfig after = before.withCost(Json.number(changed, "cost"));
      of.file.simulation().command(of.router, new OspfCommand.Configure(after));
    }
  }

  private boolean changeArea(Map<String, Object> changed) {
    Ipv4Address areaId = Ipv4Address.parse(Json.text(changed, "area-id"));
    OspfAreaConfig before = of.areaConfig(areaId);
    OspfAreaConfig.Builder builder = before.toBuilder();
    if (changed.containsKey("default-cost")) {
      builder.defaultCost(Json.number(changed, "default-cost"));
    }
    if (changed.containsKey("summary")) {
      builder.summaries((Boolean) changed.get("summary"));
    }
    List<AreaRange> ranges = new ArrayList<>(before.ranges());
    for (Map<String, Object> range : Json.within(changed, "ranges", "range")) {
      Ipv4Prefix prefix = Ipv4Prefix.parse(Json.text(range, "prefix"));
      ranges.removeIf(each -> each.prefix().equals(prefix));
      String operation = String.valueOf(Json.object(range.get("@")).get("yang:operation"));
      if (!operation.equals("delete")) {
        int cost = range.containsKey("cost") ? Json.number(range, "cost") : AreaRange.LARGEST;
        boolean advertise = !Boolean.FALSE.equals(range.get("advertise"));
        ranges.add(new AreaRange(areaId, prefix, advertise, cost));
      }
    }
    OspfAreaConfig after = builder.ranges(ranges).build();
    if (!after.equals(before)) {
      of.setAreaConfig(after);
      of.file.simulation().command(of.router, new OspfCommand.ConfigureArea(after));
    }
    return !after.equals(before);
  }
}
