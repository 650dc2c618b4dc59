/**
 * The link state database (RFC 2328 sections 12.2, 13.2 and 14): one {@link
 * dev.zuido.ospf.lsdb.LsaStore} per interface for what has link-local scope, one per area and one
 * for what is flooded through the whole AS, under a common limit.
 *
 * <p>Nothing ticks: an entry knows when it was installed, so its age is a subtraction, and the
 * moment at which it reaches MaxAge is known from the start.
 *
 * <pre>{@code
 * var database = new LinkStateDatabase(10_000);
 * LsaStore area = database.addArea(areaId);
 * switch (area.install(lsa, nowNanos)) {
 *   case NEW, CHANGED -> ...                          // calculate the routes again
 *   case REFRESHED -> ...
 *   case REFUSED -> ...                               // the database is full
 * }
 * for (LsaEntry old = area.expireNext(nowNanos); old != null; old = area.expireNext(nowNanos)) {
 *   ...                                               // flood old.lsa(), whose age is MaxAge
 * }
 * }</pre>
 */
@NullMarked
package dev.zuido.ospf.lsdb;

import org.jspecify.annotations.NullMarked;
