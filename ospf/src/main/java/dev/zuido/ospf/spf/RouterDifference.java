package dev.zuido.ospf.spf;

import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * An area border or AS boundary router whose route through an area differs between two tables.
 *
 * @param routerId the router
 * @param areaId the area
 * @param before the route in the earlier table, or null
 * @param after the route in the later table, or null
 */
public record RouterDifference(
    Ipv4Address routerId,
    Ipv4Address areaId,
    @Nullable RouterRoute before,
    @Nullable RouterRoute after) {}
