package dev.zuido.router.config;

import dev.zuido.wire.Ipv4Address;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The GRE over IPv4 tunnel of a tunnel interface (RFC 2784, RFC 2890). A configuration without
 * errors has a source and a destination in each that is not shut down.
 *
 * @param source where outer packets come from
 * @param destination where they go
 * @param key the 32-bit key, if the header carries one
 * @param checksum whether the header carries a checksum
 * @param sequenceDatagrams whether the header carries a sequence number
 * @param keepalive GRE keepalives, if they are sent
 * @param tos the outer type of service, 0 to 255; where none is given it is the payload's
 * @param ttl the outer time to live, 1 to 255
 * @param pathMtu path MTU discovery, if it is on
 */
public record TunnelConfig(
    @Nullable TunnelSource source,
    @Nullable Ipv4Address destination,
    OptionalLong key,
    boolean checksum,
    boolean sequenceDatagrams,
    @Nullable TunnelKeepalive keepalive,
    OptionalInt tos,
    int ttl,
    @Nullable TunnelPathMtu pathMtu) {
  /** The last key. */
  public static final long LAST_KEY = 0xffff_ffffL;

  /** The outer time to live where none is given. */
  public static final int DEFAULT_TTL = 255;

  /** Nothing given. */
  public static final TunnelConfig NONE =
      new TunnelConfig(
          null,
          null,
          OptionalLong.empty(),
          false,
          false,
          null,
          OptionalInt.empty(),
          DEFAULT_TTL,
          null);

  /** Checks the key, the type of service and the time to live. */
  public TunnelConfig {
    if (key.isPresent()) {
      Checks.range("a tunnel key", key.getAsLong(), 0, LAST_KEY);
    }
    if (tos.isPresent()) {
      Checks.range("a tunnel tos", tos.getAsInt(), 0, 255);
    }
    Checks.range("a tunnel ttl", ttl, 1, 255);
  }

  /** The bytes of the GRE header with the optional fields that are configured. */
  public int greHeaderLength() {
    return 4 + (checksum ? 4 : 0) + (key.isPresent() ? 4 : 0) + (sequenceDatagrams ? 4 : 0);
  }

  /** The same with another source. */
  public TunnelConfig withSource(@Nullable TunnelSource value) {
    return new TunnelConfig(
        value, destination, key, checksum, sequenceDatagrams, keepalive, tos, ttl, pathMtu);
  }

  /** The same with another destination. */
  public TunnelConfig withDestination(@Nullable Ipv4Address value) {
    return new TunnelConfig(
        source, value, key, checksum, sequenceDatagrams, keepalive, tos, ttl, pathMtu);
  }

  /** The same with another key. */
  public TunnelConfig withKey(OptionalLong value) {
    return new TunnelConfig(
        source, destination, value, checksum, sequenceDatagrams, keepalive, tos, ttl, pathMtu);
  }

  /** The same with or without checksums. */
  public TunnelConfig withChecksum(boolean value) {
    return new TunnelConfig(
        source, destination, key, value, sequenceDatagrams, keepalive, tos, ttl, pathMtu);
  }

  /** The same with or without sequence numbers. */
  public TunnelConfig withSequenceDatagrams(boolean value) {
    return new TunnelConfig(
        source, destination, key, checksum, value, keepalive, tos, ttl, pathMtu);
  }

  /** The same with other keepalives. */
  public TunnelConfig withKeepalive(@Nullable TunnelKeepalive value) {
    return new TunnelConfig(
        source, destination, key, checksum, sequenceDatagrams, value, tos, ttl, pathMtu);
  }

  /** The same with another outer type of service. */
  public TunnelConfig withTos(OptionalInt value) {
    return new TunnelConfig(
        source, destination, key, checksum, sequenceDatagrams, keepalive, value, ttl, pathMtu);
  }

  /** The same with another outer time to live. */
  public TunnelConfig withTtl(int value) {
    return new TunnelConfig(
        source, destination, key, checksum, sequenceDatagrams, keepalive, tos, value, pathMtu);
  }

  /** The same with another path MTU discovery, or with none. */
  public TunnelConfig withPathMtu(@Nullable TunnelPathMtu value) {
    return new TunnelConfig(
        source, destination, key, checksum, sequenceDatagrams, keepalive, tos, ttl, value);
  }
}
