package dev.zuido.router.config;

import org.jspecify.annotations.Nullable;

/**
 * What is particular to a not-so-stubby area (RFC 3101).
 *
 * @param redistribution whether a border router imports what it redistributes into the area
 * @param defaultRoute the default route that is originated into the area, or null for none
 * @param translateAlways whether type 7 LSAs are translated whatever other border routers do
 */
public record OspfNssa(
    boolean redistribution, @Nullable OspfDefaultRoute defaultRoute, boolean translateAlways) {
  /** Redistribution, no default route, translation when elected. */
  public static final OspfNssa DEFAULT = new OspfNssa(true, null, false);
}
