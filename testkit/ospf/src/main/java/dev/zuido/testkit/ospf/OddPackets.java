package dev.zuido.testkit.ospf;

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
import dev.zuido.ospf.lsa.TosMetric;
import dev.zuido.ospf.lsa.UnknownLsa;
import dev.zuido.ospf.packet.DatabaseDescriptionPacket;
import dev.zuido.ospf.packet.HelloPacket;
import dev.zuido.ospf.packet.LinkLocalSignaling;
import dev.zuido.ospf.packet.LinkStateAcknowledgmentPacket;
import dev.zuido.ospf.packet.LinkStateRequestPacket;
import dev.zuido.ospf.packet.LinkStateUpdatePacket;
import dev.zuido.ospf.packet.OspfHeader;
import dev.zuido.ospf.packet.OspfPacket;
import dev.zuido.ospf.packet.PacketAuthentication;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.Ipv4Address;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/** Packets that a decoder has to take although few routers send them. */
public final class OddPackets {
  private static final Ipv4Address ZERO = Ipv4Address.UNSPECIFIED;

  /** What is odd about a packet. */
  public enum Oddity {
    /** Every field of a Hello is zero, the intervals too. */
    HELLO_OF_ZEROS,
    /** One neighbour is named many times. */
    REPEATED_NEIGHBOR,
    /** A Hello with a mask that is not contiguous. */
    MASK_WITH_HOLES,
    /** An LLS block with TLVs of unknown types. */
    UNKNOWN_LLS,
    /** The L bit is set and no block follows. */
    L_BIT_WITHOUT_LLS,
    /** Flags of a Database Description packet beyond I, M and MS. */
    RESERVED_FLAGS,
    /** An interface MTU of 0, as over virtual links. */
    NO_MTU,
    /** A request, update or acknowledgement that holds nothing. */
    EMPTY,
    /** A request for LS type 0 or 255. */
    REQUEST_OF_STRANGE_TYPE,
    /** An AuType that RFC 2328 does not define. */
    UNKNOWN_AUTHENTICATION,
    /** Null authentication with something in its field. */
    NULL_AUTHENTICATION_FIELD,
    /** Cryptographic authentication with a digest of no bytes. */
    EMPTY_DIGEST,
    /** An LSA older than MaxAge. */
    BEYOND_MAX_AGE,
    /** An LSA with ReservedSequenceNumber. */
    RESERVED_SEQUENCE,
    /** An LSA of a type that nobody has defined, of any length. */
    UNKNOWN_LSA_TYPE,
    /** A router-LSA with links of an unknown type and all flags. */
    UNKNOWN_LINK_TYPE,
    /** Metrics for types of service. */
    TYPES_OF_SERVICE,
    /** A network-LSA that names no router. */
    NETWORK_WITHOUT_ROUTERS
  }

  /**
   * A packet and what is odd about it.
   *
   * @param oddity the one thing
   * @param packet the packet
   */
  public record OddPacket(Oddity oddity, OspfPacket packet) {}

  private OddPackets() {}

  /** Packets with each oddity. */
  public static Arbitrary<OddPacket> packets() {
    return Combinators.combine(
            Arbitraries.of(Oddity.class),
            OspfArbitraries.addresses(),
            OspfArbitraries.addresses(),
            OspfArbitraries.bytes(1, 40))
        .as((oddity, a, b, bytes) -> new OddPacket(oddity, make(oddity, a, b, bytes)));
  }

  private static OspfPacket make(Oddity oddity, Ipv4Address a, Ipv4Address b, ByteString bytes) {
    OspfHeader header = new OspfHeader(a, b);
    int number = bytes.byteAt(0) & 0xff;
    return switch (oddity) {
      case HELLO_OF_ZEROS ->
          new HelloPacket(header, ZERO, 0, Options.NONE, 0, 0, ZERO, ZERO, List.of());
      case REPEATED_NEIGHBOR -> hello(header, ZERO, Collections.nCopies(number + 2, a), null);
      case MASK_WITH_HOLES -> hello(header, Ipv4Address.of(255, 0, 255, 0), List.of(), null);
      case UNKNOWN_LLS -> hello(header, ZERO, List.of(a), unknownLls(bytes));
      case L_BIT_WITHOUT_LLS ->
          new DatabaseDescriptionPacket(header, 1500, new Options(Options.L), 0, number, List.of());
      case RESERVED_FLAGS ->
          new DatabaseDescriptionPacket(header, 1500, Options.NONE, 0xff, number, List.of());
      case NO_MTU -> new DatabaseDescriptionPacket(header, 0, Options.NONE, 7, number, List.of());
      case EMPTY ->
          switch (number % 3) {
            case 0 -> new LinkStateRequestPacket(header, List.of());
            case 1 -> new LinkStateUpdatePacket(header, List.of());
            default -> new LinkStateAcknowledgmentPacket(header, List.of());
          };
      case REQUEST_OF_STRANGE_TYPE ->
          new LinkStateRequestPacket(header, List.of(new LsaKey(number % 2 == 0 ? 0 : 255, a, b)));
      case UNKNOWN_AUTHENTICATION ->
          new LinkStateRequestPacket(
              header.withAuthentication(new PacketAuthentication.Unknown(4 + number, number)),
              List.of());
      case NULL_AUTHENTICATION_FIELD ->
          new LinkStateRequestPacket(
              header.withAuthentication(new PacketAuthentication.Null(1 + number)), List.of());
      case EMPTY_DIGEST ->
          new LinkStateRequestPacket(
              header.withAuthentication(
                  new PacketAuthentication.Cryptographic(number, number, ByteString.EMPTY)),
              List.of());
      case BEYOND_MAX_AGE ->
          new LinkStateAcknowledgmentPacket(
              header,
              List.of(
                  new LsaHeader(LsaHeader.MAX_AGE + 1 + number, Options.NONE, 1, a, a, 1, 1, 24)));
      default -> new LinkStateUpdatePacket(header, List.of(lsa(oddity, a, b, bytes)));
    };
  }

  private static Lsa lsa(Oddity oddity, Ipv4Address a, Ipv4Address b, ByteString bytes) {
    int number = bytes.byteAt(0) & 0xff;
    int sequence =
        oddity == Oddity.RESERVED_SEQUENCE
            ? LsaHeader.RESERVED_SEQUENCE
            : LsaHeader.INITIAL_SEQUENCE;
    List<TosMetric> tos = List.of(new TosMetric(number, number));
    LsaBody body =
        switch (oddity) {
          case UNKNOWN_LSA_TYPE -> new UnknownLsa(12 + number % 200, bytes);
          case UNKNOWN_LINK_TYPE ->
              new RouterLsa(0xff, List.of(new RouterLink(5 + number % 200, a, b, number)));
          case NETWORK_WITHOUT_ROUTERS -> new NetworkLsa(b, List.of());
          case TYPES_OF_SERVICE ->
              switch (number % 3) {
                case 0 -> new RouterLsa(0, List.of(new RouterLink(1, a, b, 1, tos)));
                case 1 -> new SummaryLsa(3, b, 1, tos);
                default -> {
                  var route = new AsExternalLsa.Route(true, number & 0x7f, number, a, number);
                  yield new AsExternalLsa(b, List.of(route, route));
                }
              };
          default -> new RouterLsa(0, List.of());
        };
    return Lsa.originate(Options.NONE, a, b, sequence, body);
  }

  private static HelloPacket hello(
      OspfHeader header,
      Ipv4Address mask,
      List<Ipv4Address> neighbors,
      @Nullable LinkLocalSignaling lls) {
    Options options = new Options(lls == null ? 0 : Options.L);
    return new HelloPacket(header, mask, 10, options, 1, 40, ZERO, ZERO, neighbors, lls);
  }

  private static LinkLocalSignaling unknownLls(ByteString bytes) {
    byte[] tlvs = new byte[(bytes.length() + 3) / 4 * 4];
    System.arraycopy(bytes.toArray(), 0, tlvs, 0, bytes.length());
    return LinkLocalSignaling.of(ByteString.of(tlvs));
  }
}
