package dev.zuido.ospf;

import dev.zuido.ospf.lsa.Options;
import dev.zuido.wire.Ipv4Address;
import org.jspecify.annotations.Nullable;

/**
 * A neighbor as {@code show ip ospf neighbor} sees it.
 *
 * @param interfaceId the interface
 * @param routerId the neighbor's Router ID
 * @param address the neighbor's address
 * @param priority its Router Priority
 * @param state the state of the conversation
 * @param designatedRouter the address that it declares Designated Router
 * @param backupDesignatedRouter the address that it declares Backup
 * @param deadNanos nanoseconds until the Inactivity Timer fires
 * @param master whether the neighbor is the master of the database exchange
 * @param retransmissions LSAs that it has not acknowledged
 * @param requests LSAs that it has still to send
 * @param summaries LSA headers that have still to be described to it
 * @param stateChanges how often the state changed
 * @param mismatch why no adjacency forms, or why it is of no use, if known
 * @param areaId the area of the conversation
 * @param helloOptions the Options of its last Hello
 * @param descriptionOptions the Options of its Database Description packets; none before the
 *     exchange
 * @param inStateNanos nanoseconds since the state changed last
 * @param retransmittedLsas how many LSAs were sent to it again, ever
 * @param lastCause why the state changed last
 * @param helper its graceful restart, if it is helped; it counts as Full then
 * @param extendedOptions the Extended Options and Flags of its last Hello (RFC 5613 section 2.4)
 * @param configured whether the configuration names it; such a neighbor is listed when it is down
 *     too, with the Router ID 0.0.0.0 until it was heard
 */
public record NeighborSnapshot(
    int interfaceId,
    Ipv4Address routerId,
    Ipv4Address address,
    int priority,
    NeighborState state,
    Ipv4Address designatedRouter,
    Ipv4Address backupDesignatedRouter,
    long deadNanos,
    boolean master,
    int retransmissions,
    int requests,
    int summaries,
    int stateChanges,
    @Nullable Mismatch mismatch,
    Ipv4Address areaId,
    Options helloOptions,
    Options descriptionOptions,
    long inStateNanos,
    long retransmittedLsas,
    NeighborCause lastCause,
    @Nullable HelperSnapshot helper,
    int extendedOptions,
    boolean configured) {}
