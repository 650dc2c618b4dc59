package dev.zuido.gre;

import dev.zuido.wire.Ipv4Address;
import dev.zuido.wire.Ipv4Header;
import org.jspecify.annotations.Nullable;

/**
 * A point-to-point tunnel over IPv4.
 *
 * <p>The time to live is fixed and never taken from the payload: OSPF sends with 1, which would end
 * at the first router.
 *
 * @param local the outer source address
 * @param remote the outer destination address
 * @param key the key that packets carry and have to carry, or null for none
 * @param checksum whether packets carry a checksum and have to
 * @param sequence whether packets carry sequence numbers, and those that arrive have to be in order
 * @param ttl the outer time to live, 1 to 255
 * @param tosPolicy the outer type of service
 * @param dfPolicy the outer "don't fragment"
 * @param reservedBits how strict the receiver is
 */
public record GreTunnelConfig(
    Ipv4Address local,
    Ipv4Address remote,
    @Nullable Integer key,
    boolean checksum,
    boolean sequence,
    int ttl,
    TosPolicy tosPolicy,
    DfPolicy dfPolicy,
    GreHeader.ReservedBits reservedBits) {

  /** Where the outer type of service comes from. */
  public sealed interface TosPolicy {
    /** From the payload: DSCP as in RFC 2983's uniform model, ECN as in RFC 6040's normal mode. */
    record Copy() implements TosPolicy {}

    /**
     * Always the same.
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
  }

  /** Where the outer "don't fragment" comes from. */
  public enum DfPolicy {
    /** Never set: outer packets may be fragmented on the way (RFC 2784, known issues). */
    CLEAR,
    /** From an IPv4 payload; always set for IPv6: for path MTU discovery through the tunnel. */
    COPY,
    /** Always set. */
    SET
  }

  /** The time to live that outer packets start with unless configured otherwise. */
  public static final int DEFAULT_TTL = 255;

  /** Checks that the endpoints are two unicast addresses and the rest within its range. */
  public GreTunnelConfig {
    if (!isUnicast(local) || !isUnicast(remote) || local.equals(remote)) {
      throw new IllegalArgumentException(
          "tunnel endpoints are two unicast addresses, not " + local + " and " + remote);
    }
    if (ttl < 1 || ttl > 255) {
      throw new IllegalArgumentException("ttl is 1 to 255, not " + ttl);
    }
  }

  private static boolean isUnicast(Ipv4Address address) {
    return !address.isMulticast()
        && !address.isUnspecified()
        && !address.equals(Ipv4Address.BROADCAST);
  }

  /**
   * A tunnel without optional fields: ttl 255, the type of service copied, "don't fragment" clear.
   */
  public static GreTunnelConfig of(Ipv4Address local, Ipv4Address remote) {
    return new GreTunnelConfig(
        local,
        remote,
        null,
        false,
        false,
        DEFAULT_TTL,
        new TosPolicy.Copy(),
        DfPolicy.CLEAR,
        GreHeader.ReservedBits.RFC_2784);
  }

  /** This tunnel with a key, 32 bits, or null for none. */
  public GreTunnelConfig withKey(@Nullable Integer value) {
    return new GreTunnelConfig(
        local, remote, value, checksum, sequence, ttl, tosPolicy, dfPolicy, reservedBits);
  }

  /** This tunnel with or without checksums. */
  public GreTunnelConfig withChecksum(boolean value) {
    return new GreTunnelConfig(
        local, remote, key, value, sequence, ttl, tosPolicy, dfPolicy, reservedBits);
  }

  /** This tunnel with or without sequence numbers. */
  public GreTunnelConfig withSequence(boolean value) {
    return new GreTunnelConfig(
        local, remote, key, checksum, value, ttl, tosPolicy, dfPolicy, reservedBits);
  }

  /** This tunnel with another outer time to live. */
  public GreTunnelConfig withTtl(int value) {
    return new GreTunnelConfig(
        local, remote, key, checksum, sequence, value, tosPolicy, dfPolicy, reservedBits);
  }

  /** This tunnel with another source of the outer type of service. */
  public GreTunnelConfig withTosPolicy(TosPolicy value) {
    return new GreTunnelConfig(
        local, remote, key, checksum, sequence, ttl, value, dfPolicy, reservedBits);
  }

  /** This tunnel with another source of the outer "don't fragment". */
  public GreTunnelConfig withDfPolicy(DfPolicy value) {
    return new GreTunnelConfig(
        local, remote, key, checksum, sequence, ttl, tosPolicy, value, reservedBits);
  }

  /** This tunnel with another strictness of its receiver. */
  public GreTunnelConfig withReservedBits(GreHeader.ReservedBits value) {
    return new GreTunnelConfig(
        local, remote, key, checksum, sequence, ttl, tosPolicy, dfPolicy, value);
  }

  /** The same tunnel as the other end configures it. */
  public GreTunnelConfig reversed() {
    return new GreTunnelConfig(
        remote, local, key, checksum, sequence, ttl, tosPolicy, dfPolicy, reservedBits);
  }

  /** Bytes that encapsulation adds: outer IPv4 header and GRE header, 24 to 36. */
  public int overhead() {
    return Ipv4Header.MIN_LENGTH + GreFields.headerLength(flags());
  }

  /**
   * The longest payload that needs no fragmentation of the outer packet.
   *
   * @param transportMtu the MTU of the way that the outer packets take, in bytes
   * @return what {@code ip mtu} of the tunnel should be; 0 if nothing fits
   */
  public int payloadMtu(int transportMtu) {
    return Math.max(0, transportMtu - overhead());
  }

  int flags() {
    return (checksum ? GreFields.CHECKSUM_PRESENT : 0)
        | (key != null ? GreFields.KEY_PRESENT : 0)
        | (sequence ? GreFields.SEQUENCE_PRESENT : 0);
  }
}
