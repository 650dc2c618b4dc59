package dev.zuido.router.config;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The PPPoE client of an Ethernet interface (RFC 2516): the lines {@code pppoe enable} and {@code
 * pppoe-client}. A configuration without errors has it in no other kind of interface.
 *
 * @param group the group of {@code pppoe enable}, {@value #GLOBAL} where none was given; null while
 *     PPPoE is off here
 * @param dialPool the pool that the line serves, 1 to 255; empty if no Dialer can use it
 * @param dialOnDemand whether traffic raises the line, and its absence ends it; a line that is not
 *     on demand is dialled at once and kept
 * @param serviceName the service that is asked for, null for any (RFC 2516 section 5.1)
 * @param maxPayload the largest PPP payload that the client offers, in bytes, {@value
 *     #DEFAULT_PAYLOAD} to 1500 (RFC 4638); empty for {@value #DEFAULT_PAYLOAD} without the offer
 */
public record PppoeLineConfig(
    @Nullable String group,
    OptionalInt dialPool,
    boolean dialOnDemand,
    @Nullable String serviceName,
    OptionalInt maxPayload) {
  /** The group where none is given. */
  public static final String GLOBAL = "global";

  /** The largest PPP payload on an Ethernet of 1500 bytes (RFC 2516 section 7). */
  public static final int DEFAULT_PAYLOAD = 1492;

  /** The bytes of the PPPoE header and of PPP's protocol field. */
  public static final int OVERHEAD = 8;

  /** The smallest MTU of a PPP link that we dial, in bytes. */
  public static final int LEAST_PAYLOAD = 128;

  /** Nothing given. */
  public static final PppoeLineConfig NONE =
      new PppoeLineConfig(null, OptionalInt.empty(), false, null, OptionalInt.empty());

  /** Checks the numbers and the names. */
  public PppoeLineConfig {
    if (group != null) {
      Checks.name("a group", group);
    }
    if (dialPool.isPresent()) {
      Checks.range("a dial pool", dialPool.getAsInt(), 1, 255);
    } else if (dialOnDemand) {
      throw new IllegalArgumentException("a line without a pool is not dialled on demand");
    }
    if (serviceName != null) {
      Checks.name("a service name", serviceName);
    }
    if (maxPayload.isPresent()) {
      Checks.range("a PPP payload", maxPayload.getAsInt(), DEFAULT_PAYLOAD, 1500);
    }
  }

  /** Whether the client is on: PPPoE is enabled, and there is a pool that it serves. */
  public boolean isClient() {
    return group != null && dialPool.isPresent();
  }

  /** The largest PPP payload that the client may agree on, in bytes. */
  public int effectiveMaxPayload() {
    return maxPayload.orElse(DEFAULT_PAYLOAD);
  }

  /** The same with PPPoE on in a group, or off. */
  public PppoeLineConfig withGroup(@Nullable String value) {
    return new PppoeLineConfig(value, dialPool, dialOnDemand, serviceName, maxPayload);
  }

  /** The same for another pool, on demand or not. */
  public PppoeLineConfig withDialPool(OptionalInt pool, boolean onDemand) {
    return new PppoeLineConfig(group, pool, onDemand, serviceName, maxPayload);
  }

  /** The same for another service. */
  public PppoeLineConfig withServiceName(@Nullable String value) {
    return new PppoeLineConfig(group, dialPool, dialOnDemand, value, maxPayload);
  }

  /** The same with another largest payload. */
  public PppoeLineConfig withMaxPayload(OptionalInt value) {
    return new PppoeLineConfig(group, dialPool, dialOnDemand, serviceName, value);
  }
}
