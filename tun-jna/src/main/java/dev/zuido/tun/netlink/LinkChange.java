package dev.zuido.tun.netlink;

/**
 * What a {@link LinkMonitor} has seen of an interface: that it is new, is other than before, or is
 * gone.
 *
 * @param link the interface as it is now; of one that is gone, as it was last, but down
 * @param removed whether it is gone from the network namespace
 */
public record LinkChange(NetworkLink link, boolean removed) {}
