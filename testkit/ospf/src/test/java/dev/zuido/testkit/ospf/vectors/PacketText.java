package dev.zuido.testkit.ospf.vectors;

import dev.zuido.ospf.lsa.AsExternalLsa;
import dev.zuido.ospf.lsa.Lsa;
import dev.zuido.ospf.lsa.LsaBody;
import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaKey;
import dev.zuido.ospf.lsa.NetworkLsa;
import dev.zuido.ospf.lsa.Options;
import dev.zuido.ospf.lsa.RouterLink;
import dev.zuido.ospf.lsa.RouterLsa;
import dev.zuido.ospf.lsa.SummaryLsa;
import dev.zuido.ospf.lsa.UnknownLsa;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateRequestPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Packets between our records and the way in which the behaviour cases write them. */
final class PacketText {
  private PacketText() {}

  /** What a packet is and says, to be compared: LSAs and acknowledged headers as a set. */
  static String kind(OspfPacket packet) {
    return packet instanceof LinkStateUpdatePacket
        ? "LsUpdate"
        : packet instanceof LinkStateAcknowledgmentPacket ? "LsAck" : packet.type().toString();
  }

  static TreeSet<String> contents(OspfPacket packet) {
    TreeSet<String> contents = new TreeSet<>();
    if (packet instanceof LinkStateUpdatePacket update) {
      update.lsas().forEach(lsa -> contents.add(LsaText.of(lsa, lsa.header().isMaxAge())));
    } else if (packet instanceof LinkStateAcknowledgmentPacket acknowledgment) {
      acknowledgment.lsaHeaders().forEach(each -> contents.add(each.key().toString()));
    }
    return contents;
  }

  static TreeSet<String> contents(String kind, Map<String, Object> packet) {
    TreeSet<String> contents = new TreeSet<>();
    Json.objects(packet, "lsas").forEach(lsa -> contents.add(LsaText.ofPacket(lsa)));
    for (Map<String, Object> header : Json.objects(packet, "lsa_hdrs")) {
      contents.add(key(header).toString());
    }
    return contents;
  }

  private static LsaKey key(Map<String, Object> header) {
    return new LsaKey(
        Json.number(header, "lsa_type"), address(header, "lsa_id"), address(header, "adv_rtr"));
  }

  /** The bytes of a packet. */
  static ByteString bytes(Map<String, Object> described) {
    String kind = described.keySet().iterator().next();
    OspfPacket packet = packet(kind, Json.object(described.get(kind)));
    ByteBuf out = Unpooled.buffer();
    packet.encode(out);
    return ByteString.read(out, out.readableBytes());
  }

  private static OspfPacket packet(String kind, Map<String, Object> of) {
    Map<String, Object> from = Json.object(of.get("hdr"));
    OspfHeader header = new OspfHeader(address(from, "router_id"), address(from, "area_id"));
    return switch (kind) {
      case "Hello" ->
          new HelloPacket(
              header,
              address(of, "network_mask"),
              Json.number(of, "hello_interval"),
              options(of),
              Json.number(of, "priority"),
              Json.number(of, "dead_interval"),
              address(of, "dr"),
              address(of, "bdr"),
              Json.list(of, "neighbors").stream()
                  .map(each -> Ipv4Address.parse(each.toString()))
                  .toList());
      case "DbDesc" ->
          new DatabaseDescriptionPacket(
              header,
              Json.number(of, "mtu"),
              options(of),
              flags(Json.text(of, "dd_flags")),
              (int) Json.big(of, "dd_seq_no"),
              Json.objects(of, "lsa_hdrs").stream().map(PacketText::header).toList());
      case "LsRequest" ->
          new LinkStateRequestPacket(
              header, Json.objects(of, "entries").stream().map(PacketText::key).toList());
      case "LsUpdate" ->
          new LinkStateUpdatePacket(
              header, Json.objects(of, "lsas").stream().map(PacketText::lsa).toList());
      case "LsAck" ->
          new LinkStateAcknowledgmentPacket(
              header, Json.objects(of, "lsa_hdrs").stream().map(PacketText::header).toList());
      default -> throw new AssertionError(kind);
    };
  }

  private static int flags(String text) {
    int flags = 0;
    for (String each : text.split(" \\| ", -1)) {
      flags |=
          switch (each) {
            case "I" -> DatabaseDescriptionPacket.INIT;
            case "M" -> DatabaseDescriptionPacket.MORE;
            case "MS" -> DatabaseDescriptionPacket.MASTER;
            default -> 0;
          };
    }
    return flags;
  }

  private static Options options(Map<String, Object> of) {
    return new Options(Json.text(of, "options").contains("E") ? Options.E : 0);
  }

  private static LsaHeader header(Map<String, Object> header) {
    return new LsaHeader(
        age(header),
        options(header),
        Json.number(header, "lsa_type"),
        address(header, "lsa_id"),
        address(header, "adv_rtr"),
        sequence(header),
        header.containsKey("cksum") ? Json.number(header, "cksum") : 0,
        Json.number(header, "length"));
  }

  private static int age(Map<String, Object> header) {
    return header.containsKey("age") ? Json.number(header, "age") : 0;
  }

  private static int sequence(Map<String, Object> header) {
    return header.containsKey("seq_no")
        ? (int) Json.big(header, "seq_no")
        : LsaHeader.INITIAL_SEQUENCE;
  }

  /** An LSA with the length and checksum that its contents have, unless a checksum is given. */
  private static Lsa lsa(Map<String, Object> lsa) {
    Map<String, Object> header = Json.object(lsa.get("hdr"));
    Lsa made =
        Lsa.originate(
                options(header),
                address(header, "lsa_id"),
                address(header, "adv_rtr"),
                sequence(header),
                body(Json.number(header, "lsa_type"), Json.object(lsa.get("body"))))
            .withAge(age(header));
    if (!header.containsKey("cksum")) {
      return made;
    }
    ByteBuf bytes = Unpooled.buffer();
    made.encode(bytes);
    bytes.setShort(16, Json.number(header, "cksum"));
    try {
      return Lsa.decode(bytes);
    } catch (MalformedPacketException e) {
      throw new AssertionError(e);
    }
  }

  private static LsaBody body(int type, Map<String, Object> bodies) {
    String kind = bodies.keySet().iterator().next();
    Map<String, Object> of = Json.object(bodies.get(kind));
    return switch (kind) {
      case "Router" -> {
        List<RouterLink> links = new ArrayList<>();
        for (Map<String, Object> each : Json.objects(of, "links")) {
          links.add(
              new RouterLink(
                  LsaText.linkType(Json.text(each, "link_type")),
                  address(each, "link_id"),
                  address(each, "link_data"),
                  Json.number(each, "metric")));
        }
        yield new RouterLsa(Json.text(of, "flags").contains("B") ? RouterLsa.BORDER : 0, links);
      }
      case "Network" ->
          new NetworkLsa(
              address(of, "mask"),
              Json.list(of, "attached_rtrs").stream()
                  .map(each -> Ipv4Address.parse(each.toString()))
                  .toList());
      case "SummaryNetwork" -> SummaryLsa.ofNetwork(address(of, "mask"), Json.number(of, "metric"));
      case "SummaryRouter" -> SummaryLsa.ofAsBoundaryRouter(Json.number(of, "metric"));
      case "AsExternal" ->
          AsExternalLsa.of(
              address(of, "mask"),
              Json.text(of, "flags").contains("E"),
              Json.number(of, "metric"),
              address(of, "fwd_addr"),
              Json.number(of, "tag"));
      default -> new UnknownLsa(type, ByteString.EMPTY);
    };
  }

  /** An address; 0.0.0.0 where there is none. */
  private static Ipv4Address address(Map<String, Object> object, String key) {
    Object text = object.get(key);
    return text == null ? Ipv4Address.UNSPECIFIED : Ipv4Address.parse(text.toString());
  }
}
