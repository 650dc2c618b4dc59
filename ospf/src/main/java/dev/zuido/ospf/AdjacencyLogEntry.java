package dev.zuido.ospf;

/**
 * A line of the adjacency log.
 *
 * @param atNanos when, in the caller's time
 * @param change which neighbor, from which state to which, and why
 */
public record AdjacencyLogEntry(long atNanos, OspfOutput.NeighborChanged change) {}
