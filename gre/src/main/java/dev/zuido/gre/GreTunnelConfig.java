package dev.zuido.gre;

import dev.zuido.wire.IpAddress;
import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Header;
import dev.zuido.wire.Ipv6Fields;
import dev.zuido.wire.UdpFields;
import org.jspecify.annotations.Nullable;

/**
 * A point-to-point tunnel over IPv4 (RFC 2784) or IPv6 (RFC 7676).
 *
 * <p>The time to live is fixed and never taken from the payload: OSPF sends with 1, which would end
 * at the first router.
 *
 * <p>Over IPv6 nothing protects the outer addresses from damage on the way: the header has no
 * checksum, and GRE's does not cover them (RFC 7676 section 4.2). Where a payload that reaches a
 * wrong tunnel end does harm, let UDP's checksum ({@link #udp}) or IPsec cover it.
 *
 * @param local the outer source address
 * @param remote the outer destination address, of the same family
 * @param key the key that packets carry and have to carry, or null for none
 * @param checksum whether packets carry a checksum and have to
 * @param sequence whether packets carry sequence numbers, and those that arrive have to be in order
 * @param ttl the outer time to live or hop limit, 1 to 255
 * @param tosPolicy the outer type of service or traffic class
 * @param dfPolicy the outer "don't fragment" of IPv4
 * @param reservedBits how strict the receiver is
 * @param payload what the tunnel carries
 * @param flowLabel the outer flow label of IPv6
 * @param dscp what the receiver makes of the outer DSCP
 * @param udp how GRE is carried in UDP, or null for protocol 47
 * @param reorder how packets are sorted by their sequence numbers, or null to drop late ones
 * @param mtu how large outer packets may be
 */
public record GreTunnelConfig(
    IpAddress local,
    IpAddress remote,
    @Nullable Integer key,
    boolean checksum,
    boolean sequence,
    int ttl,
    TosPolicy tosPolicy,
    DfPolicy dfPolicy,
    GreHeader.ReservedBits reservedBits,
    Payload payload,
    FlowLabel flowLabel,
    ReceivedDscp dscp,
    @Nullable GreInUdp udp,
    @Nullable ReorderLimits reorder,
    GreMtu mtu) {

  /** Where the outer type of service comes from. */
  public sealed interface TosPolicy {
    /** From the payload: DSCP as in RFC 2983's uniform model, ECN as in RFC 6040's normal mode. */
    record Copy() implements TosPolicy {}

    /**
     * Always the same; unless its ECN field is set, RFC 6040's compatibility mode.
     *
     * @param tos the octet, 0 to 255
     */
    record Fixed(int tos) implements TosPolicy {
      /** Checks the range. */
      public Fixed {
        if (tos < 0 || tos > 0xff) {
          throw new IllegalArgumentException("tos is 0 to 255, not " + tos);
        }
      }
    }

    /**
     * Always the same DSCP, as in RFC 2983's pipe model; ECN as in RFC 6040's normal mode.
     *
     * @param dscp 0 to 63
     */
    record FixedDscp(int dscp) implements TosPolicy {
      /** Checks the range. */
      public FixedDscp {
        if (dscp < 0 || dscp > 0x3f) {
          throw new IllegalArgumentException("dscp is 0 to 63, not " + dscp);
        }
      }
    }
  }

  /** Where the outer "don't fragment" comes from; IPv6 has none and behaves like {@link #SET}. */
  public enum DfPolicy {
    /**
     * Never set: outer packets may be fragmented on the way (RFC 2784, known issues).
     * Identifications then repeat after 65 536 packets; a tunnel that is faster than 546 packets/s
     * should not rely on it without a checksum (RFC 6864 section 4.3).
     */
    CLEAR,
    /** From an IPv4 payload; always set for others: for path MTU discovery through the tunnel. */
    COPY,
    /** Always set. */
    SET
  }

  /** What a tunnel carries. */
  public enum Payload {
    /** IPv4 and IPv6 packets. */
    IP,
    /** Ethernet frames without their check sequence, protocol type 0x6558. */
    ETHERNET
  }

  /** Where the outer flow label of IPv6 comes from. */
  public enum FlowLabel {
    /** Always 0. */
    ZERO,
    /** A hash of the payload's addresses, protocol and ports (RFC 6438). */
    HASHED
  }

  /** What the receiver makes of the outer DSCP (RFC 2983 section 4). */
  public enum ReceivedDscp {
    /** Nothing; the payload keeps its own: the pipe model. */
    INNER,
    /** It replaces the payload's: the uniform model. */
    OUTER
  }

  /** The time to live that outer packets start with unless configured otherwise. */
  public static final int DEFAULT_TTL = 255;

  /** Bytes of the Ethernet header of a frame without tags. */
  public static final int ETHERNET_HEADER = 14;

  /** Checks that the endpoints are two unicast addresses and the rest within its range. */
  public GreTunnelConfig {
    if (!isUnicast(local) || !isUnicast(remote) || local.equals(remote)) {
      throw new IllegalArgumentException(
          "tunnel endpoints are two unicast addresses, not " + local + " and " + remote);
    }
    if (local.byteLength() != remote.byteLength()) {
      throw new IllegalArgumentException(
          "tunnel endpoints are of one family, not " + local + " and " + remote);
    }
    if (ttl < 1 || ttl > 255) {
      throw new IllegalArgumentException("ttl is 1 to 255, not " + ttl);
    }
    if (reorder != null && !sequence) {
      throw new IllegalArgumentException("there is nothing to sort by without sequence numbers");
    }
  }

  private static boolean isUnicast(IpAddress address) {
    return !address.isMulticast()
        && !address.isUnspecified()
        && !address.equals(Ipv4Address.BROADCAST);
  }

  /**
   * A tunnel without optional fields: ttl 255, the type of service copied, "don't fragment" clear,
   * IP inside, flow label 0, no MTU.
   */
  public static GreTunnelConfig of(IpAddress local, IpAddress remote) {
    return new Draft(local, remote).build();
  }

  /** This tunnel with a key, 32 bits, or null for none. */
  public GreTunnelConfig withKey(@Nullable Integer value) {
    Draft draft = new Draft(this);
    draft.key = value;
    return draft.build();
  }

  /** This tunnel with or without checksums. */
  public GreTunnelConfig withChecksum(boolean value) {
    Draft draft = new Draft(this);
    draft.checksum = value;
    return draft.build();
  }

  /** This tunnel with or without sequence numbers; without them nothing is sorted either. */
  public GreTunnelConfig withSequence(boolean value) {
    Draft draft = new Draft(this);
    draft.sequence = value;
    draft.reorder = value ? reorder : null;
    return draft.build();
  }

  /** This tunnel with sequence numbers, by which its receiver sorts the packets. */
  public GreTunnelConfig withReordering(ReorderLimits limits) {
    Draft draft = new Draft(this);
    draft.sequence = true;
    draft.reorder = limits;
    return draft.build();
  }

  /** This tunnel with another outer time to live. */
  public GreTunnelConfig withTtl(int value) {
    Draft draft = new Draft(this);
    draft.ttl = value;
    return draft.build();
  }

  /** This tunnel with another source of the outer type of service. */
  public GreTunnelConfig withTosPolicy(TosPolicy value) {
    Draft draft = new Draft(this);
    draft.tosPolicy = value;
    return draft.build();
  }

  /** This tunnel with another source of the outer "don't fragment". */
  public GreTunnelConfig withDfPolicy(DfPolicy value) {
    Draft draft = new Draft(this);
    draft.dfPolicy = value;
    return draft.build();
  }

  /** This tunnel with another strictness of its receiver. */
  public GreTunnelConfig withReservedBits(GreHeader.ReservedBits value) {
    Draft draft = new Draft(this);
    draft.reservedBits = value;
    return draft.build();
  }

  /** This tunnel with another kind of payload. */
  public GreTunnelConfig withPayload(Payload value) {
    Draft draft = new Draft(this);
    draft.payload = value;
    return draft.build();
  }

  /** This tunnel with another source of the outer flow label. */
  public GreTunnelConfig withFlowLabel(FlowLabel value) {
    Draft draft = new Draft(this);
    draft.flowLabel = value;
    return draft.build();
  }

  /** This tunnel with another use of the outer DSCP by its receiver. */
  public GreTunnelConfig withReceivedDscp(ReceivedDscp value) {
    Draft draft = new Draft(this);
    draft.dscp = value;
    return draft.build();
  }

  /** This tunnel in UDP, or with null over protocol 47. */
  public GreTunnelConfig withUdp(@Nullable GreInUdp value) {
    Draft draft = new Draft(this);
    draft.udp = value;
    return draft.build();
  }

  /** This tunnel with another limit of its outer packets. */
  public GreTunnelConfig withMtu(GreMtu value) {
    Draft draft = new Draft(this);
    draft.mtu = value;
    return draft.build();
  }

  /** The same tunnel as the other end configures it. */
  public GreTunnelConfig reversed() {
    Draft draft = new Draft(this);
    draft.local = remote;
    draft.remote = local;
    return draft.build();
  }

  /** Whether the outer packets are IPv4; else they are IPv6. */
  public boolean isOverIpv4() {
    return local.byteLength() == Ipv4Address.LENGTH;
  }

  /** Bytes that encapsulation adds: outer IP header, UDP header if there is one, GRE header. */
  public int overhead() {
    return (isOverIpv4() ? Ipv4Header.MIN_LENGTH : Ipv6Fields.HEADER_LENGTH)
        + (udp == null ? 0 : UdpFields.HEADER_LENGTH)
        + GreFields.headerLength(flags());
  }

  /**
   * The longest IP packet that needs no fragmentation of the outer packet. In a tunnel of Ethernet
   * frames 14 bytes of it are the frame's header.
   *
   * @param transportMtu the MTU of the way that the outer packets take, in bytes
   * @return what {@code ip mtu} of the tunnel should be; 0 if nothing fits
   */
  public int payloadMtu(int transportMtu) {
    int frame = payload == Payload.ETHERNET ? ETHERNET_HEADER : 0;
    return Math.max(0, transportMtu - overhead() - frame);
  }

  int flags() {
    return (checksum ? GreFields.CHECKSUM_PRESENT : 0)
        | (key != null ? GreFields.KEY_PRESENT : 0)
        | (sequence ? GreFields.SEQUENCE_PRESENT : 0);
  }

  /** The components, to be changed one by one. */
  private static final class Draft {
    private IpAddress local;
    private IpAddress remote;
    private @Nullable Integer key;
    private boolean checksum;
    private boolean sequence;
    private int ttl = DEFAULT_TTL;
    private TosPolicy tosPolicy = new TosPolicy.Copy();
    private DfPolicy dfPolicy = DfPolicy.CLEAR;
    private GreHeader.ReservedBits reservedBits = GreHeader.ReservedBits.RFC_2784;
    private Payload payload = Payload.IP;
    private FlowLabel flowLabel = FlowLabel.ZERO;
    private ReceivedDscp dscp = ReceivedDscp.INNER;
    private @Nullable GreInUdp udp;
    private @Nullable ReorderLimits reorder;
    private GreMtu mtu = GreMtu.NONE;

    Draft(IpAddress local, IpAddress remote) {
      this.local = local;
      this.remote = remote;
    }

    Draft(GreTunnelConfig from) {
      this(from.local, from.remote);
      key = from.key;
      checksum = from.checksum;
      sequence = from.sequence;
      ttl = from.ttl;
      tosPolicy = from.tosPolicy;
      dfPolicy = from.dfPolicy;
      reservedBits = from.reservedBits;
      payload = from.payload;
      flowLabel = from.flowLabel;
      dscp = from.dscp;
      udp = from.udp;
      reorder = from.reorder;
      mtu = from.mtu;
    }

    GreTunnelConfig build() {
      return new GreTunnelConfig(
          local,
          remote,
          key,
          checksum,
          sequence,
          ttl,
          tosPolicy,
          dfPolicy,
          reservedBits,
          payload,
          flowLabel,
          dscp,
          udp,
          reorder,
          mtu);
    }
  }
}
