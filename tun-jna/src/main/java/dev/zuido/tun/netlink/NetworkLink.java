package dev.zuido.tun.netlink;

/**
 * A network interface as the kernel sees it.
 *
 * @param index its number, at least 1
 * @param name its name
 * @param mtu its MTU in bytes
 * @param up whether it was brought up (IFF_UP)
 * @param running whether it also has a carrier (IFF_RUNNING)
 */
public record NetworkLink(int index, String name, int mtu, boolean up, boolean running) {}
