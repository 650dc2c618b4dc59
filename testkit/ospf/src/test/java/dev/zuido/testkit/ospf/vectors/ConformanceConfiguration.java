package dev.zuido.testkit.ospf.vectors;

import dev.zuido.ospf.OspfCommand;
import dev.zuido.ospf.OspfInterfaceConfig;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Changes of the configuration in YANG terms, as our engine gets them. */
final class ConformanceConfiguration {
  private final ConformanceCase of;

  ConformanceConfiguration(ConformanceCase of) {
    this.of = of;
  }

  void change(Map<String, Object> input) {
    Map<String, Object> routing = Json.object(input.get("ietf-routing:routing"));
    for (Map<String, Object> protocol :
        Json.within(routing, "control-plane-protocols", "control-plane-protocol")) {
      Map<String, Object> ospf = Json.object(protocol.get("ietf-ospf:ospf"));
      for (Map<String, Object> area : Json.within(ospf, "areas", "area")) {
        changeArea(area);
        for (Map<String, Object> each : Json.within(area, "interfaces", "interface")) {
          changeInterface(each);
        }
      }
    }
  }

  private void changeInterface(Map<String, Object> changed) {
    int id = of.file.interfaceId(of.router.name(), Json.text(changed, "name"));
    OspfInterfaceConfig before = of.router.engine().interfaceConfig(id);
    if (changed.containsKey("cost")) {
      OspfInterfaceConfig after = before.withCost(Json.number(changed, "cost"));
      of.file.simulation().command(of.router, new OspfCommand.Configure(after));
    }
  }

  private static void changeArea(Map<String, Object> changed) {
    boolean area =
        changed.containsKey("default-cost")
            || changed.containsKey("summary")
            || changed.containsKey("ranges");
    Assumptions.assumeFalse(area, "areas do not change while they run");
  }
}
