package dev.zuido.testkit.ospf;

import dev.zuido.ospf.lsa.OpaqueLsa;
import dev.zuido.ospf.lsa.opaque.ExtendedLinkLsa;
import dev.zuido.ospf.lsa.opaque.ExtendedPrefixLsa;
import dev.zuido.ospf.lsa.opaque.GraceLsa;
import dev.zuido.ospf.lsa.opaque.OpaqueBody;
import dev.zuido.ospf.lsa.opaque.RouterInformationLsa;
import dev.zuido.ospf.lsa.opaque.TeLinkSubTlv;
import dev.zuido.ospf.lsa.opaque.TeLinkSubTlv.Bandwidth;
import dev.zuido.ospf.lsa.opaque.Tlv;
import dev.zuido.ospf.lsa.opaque.TrafficEngineeringLsa;
import dev.zuido.wire.BigEndian;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedReason;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Bodies of opaque LSAs: as sound routers send them, with what nobody knows, and broken. */
public final class OpaqueArbitraries {
  /** The rule that is broken. */
  public enum Rule {
    /** A TLV has a whole header. */
    TLV_HEADER(MalformedReason.TRUNCATED),
    /** A TLV ends within the body. */
    TLV_WITHIN_BODY(MalformedReason.BAD_LENGTH),
    /** A value that has one length has it. */
    VALUE_LENGTH(MalformedReason.BAD_LENGTH),
    /** A sub-TLV ends within its TLV. */
    SUB_TLV_WITHIN_TLV(MalformedReason.BAD_LENGTH),
    /** A prefix has at most 32 bits. */
    PREFIX_LENGTH(MalformedReason.BAD_VALUE),
    /** A grace-LSA has a grace period and a reason. */
    GRACE_PERIOD_AND_REASON(MalformedReason.BAD_VALUE);

    private final MalformedReason reason;

    Rule(MalformedReason reason) {
      this.reason = reason;
    }

    /** The reason for which a decoder refuses the body. */
    public MalformedReason reason() {
      return reason;
    }
  }

  /**
   * A body and the one rule that it breaks.
   *
   * @param rule the rule
   * @param opaqueType the opaque type
   * @param information the body
   */
  public record BrokenBody(Rule rule, int opaqueType, ByteString information) {}

  private OpaqueArbitraries() {}

  /** Bodies of all opaque types that have records. */
  public static Arbitrary<OpaqueBody> bodies() {
    return Arbitraries.oneOf(
        trafficEngineering().map(body -> body),
        graces().map(body -> body),
        routerInformation().map(body -> body),
        extendedPrefixes().map(body -> body),
        extendedLinks().map(body -> body));
  }

  /** Traffic engineering LSAs (RFC 3630). */
  public static Arbitrary<TrafficEngineeringLsa> trafficEngineering() {
    Arbitrary<TrafficEngineeringLsa.TopLevel> router =
        OspfArbitraries.addresses().map(TrafficEngineeringLsa.RouterAddress::new);
    Arbitrary<TrafficEngineeringLsa.TopLevel> link =
        linkSubTlvs().list().ofMaxSize(9).map(TrafficEngineeringLsa.Link::new);
    return Arbitraries.oneOf(router, link).map(tlv -> new TrafficEngineeringLsa(List.of(tlv)));
  }

  private static Arbitrary<TeLinkSubTlv> linkSubTlvs() {
    Arbitrary<Bandwidth> bandwidth = Arbitraries.integers().map(Bandwidth::new);
    Arbitrary<TeLinkSubTlv> type =
        Arbitraries.integers().between(0, 255).map(TeLinkSubTlv.LinkType::new);
    Arbitrary<TeLinkSubTlv> id = OspfArbitraries.addresses().map(TeLinkSubTlv.LinkId::new);
    Arbitrary<TeLinkSubTlv> local =
        OspfArbitraries.addresses().list().ofMaxSize(3).map(TeLinkSubTlv.LocalAddresses::new);
    Arbitrary<TeLinkSubTlv> remote =
        OspfArbitraries.addresses().list().ofMaxSize(3).map(TeLinkSubTlv.RemoteAddresses::new);
    Arbitrary<TeLinkSubTlv> metric =
        Arbitraries.longs().between(0, 0xffff_ffffL).map(TeLinkSubTlv.Metric::new);
    Arbitrary<TeLinkSubTlv> maximum = bandwidth.map(TeLinkSubTlv.MaximumBandwidth::new);
    Arbitrary<TeLinkSubTlv> reservable =
        bandwidth.map(TeLinkSubTlv.MaximumReservableBandwidth::new);
    Arbitrary<TeLinkSubTlv> unreserved =
        bandwidth.list().ofSize(8).map(TeLinkSubTlv.UnreservedBandwidth::new);
    Arbitrary<TeLinkSubTlv> group =
        Arbitraries.integers().map(TeLinkSubTlv.AdministrativeGroup::new);
    return Arbitraries.oneOf(
        List.of(type, id, local, remote, metric, maximum, reservable, unreserved, group));
  }

  /** Grace-LSAs (RFC 3623), with and without an address. */
  public static Arbitrary<GraceLsa> graces() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 0xffff_ffffL),
            Arbitraries.integers().between(0, 255),
            OspfArbitraries.addresses().injectNull(0.3))
        .as((period, reason, address) -> new GraceLsa(period, reason, address));
  }

  /** Router information LSAs (RFC 7770). */
  public static Arbitrary<RouterInformationLsa> routerInformation() {
    Arbitrary<List<Integer>> words = Arbitraries.integers().list().ofMinSize(1).ofMaxSize(2);
    Arbitrary<RouterInformationLsa.TopLevel> tlv =
        Arbitraries.oneOf(
            words.map(RouterInformationLsa.InformationalCapabilities::new),
            words.map(RouterInformationLsa.FunctionalCapabilities::new));
    return tlv.list().ofMaxSize(3).map(RouterInformationLsa::new);
  }

  /** Extended prefix LSAs (RFC 7684). */
  public static Arbitrary<ExtendedPrefixLsa> extendedPrefixes() {
    Arbitrary<ExtendedPrefixLsa.TopLevel> tlv =
        Combinators.combine(
                Arbitraries.integers().between(0, 255),
                Arbitraries.integers().between(0, 32),
                Arbitraries.integers().between(0, 255),
                OspfArbitraries.addresses(),
                unknownTlvs().list().ofMaxSize(2))
            .as(ExtendedPrefixLsa.ExtendedPrefix::new);
    return tlv.list().ofMaxSize(3).map(ExtendedPrefixLsa::new);
  }

  /** Extended link LSAs (RFC 7684). */
  public static Arbitrary<ExtendedLinkLsa> extendedLinks() {
    Arbitrary<ExtendedLinkLsa.TopLevel> tlv =
        Combinators.combine(
                Arbitraries.integers().between(0, 255),
                OspfArbitraries.addresses(),
                OspfArbitraries.addresses(),
                unknownTlvs().list().ofMaxSize(2))
            .as(ExtendedLinkLsa.ExtendedLink::new);
    return tlv.list().ofMaxSize(2).map(ExtendedLinkLsa::new);
  }

  /** TLVs of types that nobody has defined: odd but legal wherever a TLV may stand. */
  public static Arbitrary<Tlv> unknownTlvs() {
    return Combinators.combine(
            Arbitraries.integers().between(30_000, 0xffff), OspfArbitraries.bytes(0, 20))
        .as(Tlv::new);
  }

  /** Bodies with a TLV that nobody knows behind sound ones, and without the last padding. */
  public static Arbitrary<ByteString> oddBodies() {
    return Combinators.combine(bodies(), OspfArbitraries.bytes(1, 30))
        .as(
            (body, value) -> {
              byte[] sound = body.information().toArray();
              byte[] odd = Arrays.copyOf(sound, sound.length + 4 + value.length());
              BigEndian.putShort(odd, sound.length, 40_000);
              BigEndian.putShort(odd, sound.length + 2, value.length());
              System.arraycopy(value.toArray(), 0, odd, sound.length + 4, value.length());
              return ByteString.of(odd);
            });
  }

  /** Bodies that break each rule. */
  public static Arbitrary<BrokenBody> brokenBodies() {
    return Combinators.combine(
            Arbitraries.of(Rule.class), bodies(), Arbitraries.integers().between(0, 0xffff))
        .as(OpaqueArbitraries::broken);
  }

  private static BrokenBody broken(Rule rule, OpaqueBody body, int salt) {
    byte[] sound = body.information().toArray();
    int type = body.opaqueType();
    return switch (rule) {
      case TLV_HEADER -> {
        byte[] longer = Arrays.copyOf(sound, sound.length + 1 + salt % 3);
        yield new BrokenBody(rule, type, ByteString.of(longer));
      }
      case TLV_WITHIN_BODY -> {
        byte[] longer = Arrays.copyOf(sound, sound.length + 4);
        BigEndian.putShort(longer, sound.length, 40_000);
        BigEndian.putShort(longer, sound.length + 2, 1 + salt % 0xffff);
        yield new BrokenBody(rule, type, ByteString.of(longer));
      }
      case VALUE_LENGTH ->
          new BrokenBody(rule, OpaqueLsa.TRAFFIC_ENGINEERING, tlv(1, 5 + salt % 40));
      case SUB_TLV_WITHIN_TLV -> {
        byte[] link = tlv(2, 4).toArray();
        BigEndian.putShort(link, 4, 40_000);
        BigEndian.putShort(link, 6, 1 + salt % 0xffff);
        yield new BrokenBody(rule, OpaqueLsa.TRAFFIC_ENGINEERING, ByteString.of(link));
      }
      case PREFIX_LENGTH -> {
        byte[] prefix = tlv(1, 8).toArray();
        prefix[5] = (byte) (33 + salt % 223);
        yield new BrokenBody(rule, OpaqueLsa.EXTENDED_PREFIX, ByteString.of(prefix));
      }
      case GRACE_PERIOD_AND_REASON -> {
        ByteString alone = salt % 2 == 0 ? tlv(1, 4) : tlv(2, 1);
        yield new BrokenBody(rule, OpaqueLsa.GRACE, alone);
      }
    };
  }

  private static ByteString tlv(int type, int length) {
    byte[] bytes = new byte[4 + (length + 3) / 4 * 4];
    BigEndian.putShort(bytes, 0, type);
    BigEndian.putShort(bytes, 2, length);
    return ByteString.of(bytes);
  }
}
