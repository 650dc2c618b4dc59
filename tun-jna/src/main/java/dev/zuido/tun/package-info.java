/**
 * TUN devices as {@linkplain dev.zuido.wire.BatchPort batch ports}.
 *
 * <p>{@link dev.zuido.tun.TunDevice} is the interface, {@link dev.zuido.tun.InMemoryTunDevice} a
 * device whose host is the program itself:
 *
 * <pre>{@code
 * try (var device = new InMemoryTunDevice("tun0", 1500)) {
 *   var batch =
 *       new PacketBatch(
 *           64, 1500, PacketBatch.DEFAULT_HEADROOM, PacketBatch.DEFAULT_TAILROOM);
 *   device.inject(packetOfTheHost);
 *   device.receive(batch);
 *   forward(batch);
 *   batch.clear();
 *   device.send(replies);
 *   byte[] packetForTheHost = device.drain();
 * }
 * }</pre>
 *
 * <p>{@link dev.zuido.tun.LinuxTunDevice} is an interface of the Linux kernel:
 *
 * <pre>{@code
 * try (var device = LinuxTunDevice.open("tun0", 1400);
 *     var poller = new PortPoller(8)) {
 *   device.addAddress(IpAddress.parse("192.0.2.1"), 30);
 *   device.setUp(true);
 *   poller.add(device);
 *   while (running) {
 *     poller.await(engine.nextDeadline() - now());
 *     batch.clear();
 *     device.receive(batch);
 *     forward(batch);
 *   }
 * }
 * }</pre>
 *
 * <p>Raw IP and UDP sockets, and ports for Ethernet frames, are in {@link dev.zuido.tun.socket},
 * interfaces, addresses and routes in {@link dev.zuido.tun.netlink}, the packet filter in {@link
 * dev.zuido.tun.firewall}, settings such as forwarding in {@link dev.zuido.tun.Sysctl}. Making an
 * interface, changing addresses and routes needs CAP_NET_ADMIN, raw sockets and Ethernet ports need
 * CAP_NET_RAW; what the kernel refuses ends in an {@link dev.zuido.tun.OperatingSystemException}
 * that says what to do.
 *
 * <p>Native calls go through JNA. From JDK 24 on the virtual machine warns of them unless it is
 * started with {@code --enable-native-access=com.sun.jna} (or {@code =ALL-UNNAMED}, where JNA is on
 * the class path); a later one will refuse them.
 *
 * <p>With {@link dev.zuido.tun.TunOptions} the host leaves TCP segmentation and checksums to the
 * device, which is what makes a TUN interface fast; see {@link dev.zuido.tun.offload}.
 *
 * <p>Supported is Linux on x86-64, arm64, riscv64 and loongarch64. {@link dev.zuido.tun.UtunDevice}
 * is for macOS; the project's tests do not run it. Not supported are UDP super-packets of a TUN
 * device, TAP interfaces, making interfaces persistent, and other operating systems.
 */
@NullMarked
package dev.zuido.tun;

import org.jspecify.annotations.NullMarked;
