package dev.zuido.testkit.ospf.vectors;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * LSAs as text that can be compared, from our records and from the three ways in which the vectors
 * write them: topologies, packets, states.
 */
final class LsaText {
  private LsaText() {}

  /** The vectors leave segment routing and router information out of their origin's LSAs. */
  static boolean isCompared(int type) {
    return type >= LsaType.ROUTER && type <= LsaType.AS_EXTERNAL;
  }

  static String of(Lsa lsa, boolean maxAge) {
    LsaHeader header = lsa.header();
    String body;
    if (lsa.body() instanceof RouterLsa router) {
      TreeSet<String> links = new TreeSet<>();
      router
          .links()
          .forEach(
              link ->
                  links.add(
                      link(
                          link.type(),
                          link.linkId().toString(),
                          link.linkData().toString(),
                          link.metric())));
      body = (router.isBorder() ? "border " : "") + links;
    } else if (lsa.body() instanceof NetworkLsa network) {
      TreeSet<String> attached = new TreeSet<>();
      network.attachedRouters().forEach(each -> attached.add(each.toString()));
      body = network.networkMask() + " " + attached;
    } else if (lsa.body() instanceof SummaryLsa summary) {
      body =
          header.type() == LsaType.SUMMARY_ASBR
              ? summary(null, summary.metric())
              : summary(summary.networkMask().toString(), summary.metric());
    } else if (lsa.body() instanceof AsExternalLsa external) {
      body = external.networkMask() + " " + external.route().metric();
    } else {
      body = "";
    }
    return text(
        header.type(),
        header.linkStateId().toString(),
        header.advertisingRouter().toString(),
        body,
        maxAge);
  }

  /** An LSA of a topology. */
  static String ofTopology(Map<String, Object> lsa) {
    int type = Json.number(lsa, "type");
    String body =
        switch (type) {
          case LsaType.ROUTER -> {
            TreeSet<String> links = new TreeSet<>();
            for (Map<String, Object> each : Json.objects(lsa, "links")) {
              links.add(
                  link(
                      Json.number(each, "type"),
                      Json.text(each, "linkId"),
                      Json.text(each, "linkData"),
                      Json.number(each, "metric")));
            }
            yield (Json.list(lsa, "bits").contains("abr-bit") ? "border " : "") + links;
          }
          case LsaType.NETWORK ->
              Json.text(lsa, "networkMask") + " " + texts(Json.list(lsa, "attachedRouters"));
          default -> summary(Json.text(lsa, "networkMask"), Json.number(lsa, "metric"));
        };
    return text(type, Json.text(lsa, "lsId"), Json.text(lsa, "advRouter"), body, false);
  }

  /** An LSA of a packet. */
  static String ofPacket(Map<String, Object> lsa) {
    Map<String, Object> header = Json.object(lsa.get("hdr"));
    Map<String, Object> bodies = Json.object(lsa.get("body"));
    String kind = bodies.keySet().iterator().next();
    Map<String, Object> of = Json.object(bodies.get(kind));
    String body =
        switch (kind) {
          case "Router" -> {
            TreeSet<String> links = new TreeSet<>();
            for (Map<String, Object> each : Json.objects(of, "links")) {
              links.add(
                  link(
                      linkType(Json.text(each, "link_type")),
                      Json.text(each, "link_id"),
                      Json.text(each, "link_data"),
                      Json.number(each, "metric")));
            }
            yield (Json.text(of, "flags").contains("B") ? "border " : "") + links;
          }
          case "Network" -> Json.text(of, "mask") + " " + texts(Json.list(of, "attached_rtrs"));
          case "SummaryNetwork" -> summary(Json.text(of, "mask"), Json.number(of, "metric"));
          case "SummaryRouter" -> summary(null, Json.number(of, "metric"));
          case "AsExternal" -> Json.text(of, "mask") + " " + Json.number(of, "metric");
          default -> "";
        };
    boolean maxAge = header.containsKey("age") && Json.number(header, "age") == LsaHeader.MAX_AGE;
    return text(
        Json.number(header, "lsa_type"),
        Json.text(header, "lsa_id"),
        Json.text(header, "adv_rtr"),
        body,
        maxAge);
  }

  /** An LSA of a state, which is written in YANG terms. */
  static String ofState(int type, Map<String, Object> lsa) {
    Map<String, Object> ospf = Json.object(lsa.get("ospfv2"));
    Map<String, Object> bodies = Json.object(ospf.get("body"));
    String body =
        switch (type) {
          case LsaType.ROUTER -> {
            Map<String, Object> router = Json.object(bodies.get("router"));
            TreeSet<String> links = new TreeSet<>();
            for (Map<String, Object> each : Json.within(router, "links", "link")) {
              links.add(
                  link(
                      linkType(Json.text(each, "type")),
                      Json.text(each, "link-id"),
                      Json.text(each, "link-data"),
                      metric(each)));
            }
            boolean border = String.valueOf(router.get("router-bits")).contains("abr-bit");
            yield (border ? "border " : "") + links;
          }
          case LsaType.NETWORK -> {
            Map<String, Object> network = Json.object(bodies.get("network"));
            Map<String, Object> attached = Json.object(network.get("attached-routers"));
            yield Json.text(network, "network-mask")
                + " "
                + texts(Json.list(attached, "attached-router"));
          }
          case LsaType.AS_EXTERNAL -> {
            Map<String, Object> external = Json.object(bodies.get("external"));
            yield Json.text(external, "network-mask") + " " + metric(external);
          }
          default -> {
            Map<String, Object> summary = Json.object(bodies.get("summary"));
            String mask = type == LsaType.SUMMARY_ASBR ? null : Json.text(summary, "network-mask");
            yield summary(mask, metric(summary));
          }
        };
    boolean maxAge = Json.object(ospf.get("header")).containsKey("holo-ospf-dev:maxage");
    return text(type, Json.text(lsa, "lsa-id"), Json.text(lsa, "adv-router"), body, maxAge);
  }

  private static int metric(Map<String, Object> of) {
    return Json.number(Json.within(of, "topologies", "topology").get(0), "metric");
  }

  private static TreeSet<String> texts(List<Object> values) {
    TreeSet<String> texts = new TreeSet<>();
    values.forEach(each -> texts.add(each.toString()));
    return texts;
  }

  private static String summary(String mask, int metric) {
    return (mask == null ? "" : mask + " ") + metric;
  }

  static int linkType(String name) {
    return switch (name) {
      case "PointToPoint", "point-to-point-link" -> 1;
      case "TransitNetwork", "transit-network-link" -> 2;
      case "StubNetwork", "stub-network-link" -> 3;
      case "VirtualLink", "virtual-link" -> 4;
      default -> throw new AssertionError(name);
    };
  }

  private static String link(int type, String id, String data, int metric) {
    return type + " " + id + " " + data + " " + metric;
  }

  private static String text(int type, String id, String router, String body, boolean maxAge) {
    return type + " " + id + " " + router + " " + body + (maxAge ? " MaxAge" : "");
  }
}
