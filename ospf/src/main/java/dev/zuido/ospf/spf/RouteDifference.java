package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Prefix;
import org.jspecify.annotations.Nullable;

/**
 * A network whose route differs between two tables.
 *
 * @param prefix the network
 * @param before its route in the earlier table, or null
 * @param after its route in the later table, or null
 */
public record RouteDifference(
    Ipv4Prefix prefix, @Nullable OspfRoute before, @Nullable OspfRoute after) {}
