package dev.zuido.tun.netlink;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.Waitable;
import dev.zuido.tun.system.Descriptor;
import dev.zuido.tun.system.Libc;
import dev.zuido.tun.system.Linux;
import dev.zuido.tun.system.NativeBuffer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Follows the interfaces of the network namespace in which it was opened: that they appear, go up
 * and down, gain and lose their carrier, change their name or MTU, and disappear.
 *
 * <p>It becomes readable, for a {@link dev.zuido.tun.PortPoller} or {@link #awaitReadable}, when
 * the kernel has news; {@link #poll()} then says what has changed. Where the kernel had more news
 * than its queue holds, the interfaces are read anew, so that nothing is missed but what has
 * changed back meanwhile. One thread at a time polls; any thread may close.
 */
public final class LinkMonitor implements Waitable, AutoCloseable {
  /** The interfaces that are followed; what is beyond is counted in {@link #ignoredLinks()}. */
  public static final int MAX_LINKS = 16384;

  private static final int NETLINK_ROUTE = 0;
  private static final int RTMGRP_LINK = 1;
  private static final int ADDRESS_BYTES = 12;
  private static final int ADDRESS_GROUPS = 8;
  private static final int SO_RCVBUF = 8;
  private static final int QUEUE_BYTES = 1 << 18;
  private static final int BUFFER_BYTES = 1 << 16;

  private final Descriptor descriptor;
  private final NativeBuffer buffer = NativeBuffer.uninitialized(BUFFER_BYTES);
  private final Map<Integer, NetworkLink> links = new TreeMap<>();
  private long overflows;
  private long ignoredLinks;

  private LinkMonitor(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  /**
   * Subscribes, and reads what there is; that needs no privilege.
   *
   * @throws OperatingSystemException if the kernel refuses it
   * @throws UnsupportedOperationException if the platform is not supported
   */
  public static LinkMonitor open() {
    return open(QUEUE_BYTES);
  }

  /** The same with a chosen length of the kernel's queue. */
  static LinkMonitor open(int queueBytes) {
    Linux.require();
    int flags = Linux.SOCK_RAW | Linux.SOCK_CLOEXEC | Linux.SOCK_NONBLOCK;
    int number =
        Linux.check("open a netlink socket", Libc.socket(Linux.AF_NETLINK, flags, NETLINK_ROUTE));
    LinkMonitor monitor = new LinkMonitor(new Descriptor(number));
    try {
      Linux.option(
          number, "size the queue of link changes", Linux.SOL_SOCKET, SO_RCVBUF, queueBytes);
      monitor.subscribe();
      // After the subscription, so that no change falls between the two.
      monitor.readAll(new ArrayList<>());
      return monitor;
    } catch (OperatingSystemException e) {
      monitor.close();
      throw e;
    }
  }

  /** {@code struct sockaddr_nl}: family 2, 0 2, port 4, groups 4. */
  private void subscribe() {
    NativeBuffer address = new NativeBuffer(ADDRESS_BYTES);
    address.putShort(0, Linux.AF_NETLINK);
    address.putInt(ADDRESS_GROUPS, RTMGRP_LINK);
    try {
      Linux.check(
          "subscribe to link changes",
          Libc.bind(descriptor.number(), address.address(), ADDRESS_BYTES));
    } finally {
      Reference.reachabilityFence(address);
    }
  }

  /**
   * What has changed since the last call, in the order in which it happened; empty if nothing has,
   * and once the monitor is closed. It does not wait for news.
   *
   * @throws OperatingSystemException if the kernel refuses to say
   */
  public synchronized List<LinkChange> poll() {
    List<LinkChange> changes = new ArrayList<>();
    if (!descriptor.enter()) {
      return changes;
    }
    try {
      boolean missed = false;
      while (true) {
        int flags = Linux.MSG_DONTWAIT | Linux.MSG_TRUNC;
        long length = Libc.recv(descriptor.number(), buffer.address(), BUFFER_BYTES, flags);
        if (length > BUFFER_BYTES) {
          missed = true;
        } else if (length >= 0) {
          for (NetlinkReply news : split((int) length)) {
            apply(news, changes);
          }
        } else if (Linux.errno() == Errno.ENOBUFS.number()) {
          missed = true;
        } else if (Linux.errno() == Errno.EAGAIN.number()) {
          break;
        } else if (Linux.errno() != Errno.EINTR.number()) {
          throw new OperatingSystemException("receive link changes", Linux.errno());
        }
      }
      if (missed) {
        overflows++;
        readAll(changes);
      }
      return changes;
    } finally {
      descriptor.leave();
    }
  }

  private List<NetlinkReply> split(int length) {
    byte[] bytes = new byte[length];
    buffer.get(0, bytes, 0, length);
    return NetlinkSocket.split(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
  }

  private void apply(NetlinkReply news, List<LinkChange> changes) {
    if (!LinkMessage.isAboutALink(news)) {
      return;
    }
    if (news.type() == LinkMessage.RTM_DELLINK) {
      remove(LinkMessage.index(news), changes);
    } else {
      put(LinkMessage.decode(news), changes);
    }
  }

  private void put(NetworkLink now, List<LinkChange> changes) {
    NetworkLink before = links.get(now.index());
    if (before == null && links.size() == MAX_LINKS) {
      ignoredLinks++;
      return;
    }
    if (now.mtu() == 0 && before != null) {
      // Some news, those of wireless drivers, are without the MTU.
      now = new NetworkLink(now.index(), now.name(), before.mtu(), now.up(), now.running());
    }
    if (!now.equals(before)) {
      links.put(now.index(), now);
      changes.add(new LinkChange(now, false));
    }
  }

  private void remove(int index, List<LinkChange> changes) {
    NetworkLink last = links.remove(index);
    if (last != null) {
      NetworkLink down = new NetworkLink(index, last.name(), last.mtu(), false, false);
      changes.add(new LinkChange(down, true));
    }
  }

  private void readAll(List<LinkChange> changes) {
    List<NetworkLink> present;
    try (RouteNetlink netlink = RouteNetlink.open()) {
      present = netlink.links();
    }
    Set<Integer> gone = new HashSet<>(links.keySet());
    present.forEach(link -> gone.remove(link.index()));
    gone.stream().sorted().forEach(index -> remove(index, changes));
    present.forEach(link -> put(link, changes));
  }

  /** The interfaces as of the last {@link #poll()}, in the order of their numbers. */
  public synchronized List<NetworkLink> links() {
    return List.copyOf(links.values());
  }

  /** The interface of a name as of the last {@link #poll()}. */
  public synchronized Optional<NetworkLink> link(String name) {
    return links.values().stream().filter(link -> link.name().equals(name)).findFirst();
  }

  /** How often the kernel had more news than its queue holds, and all was read anew. */
  public synchronized long overflows() {
    return overflows;
  }

  /** The news of interfaces that were ignored, since there are more than {@value #MAX_LINKS}. */
  public synchronized long ignoredLinks() {
    return ignoredLinks;
  }

  /**
   * Waits until there is news, the time is over, or another thread closes the monitor.
   *
   * @param timeoutNanos how long to wait at most; 0 or less only looks
   * @return whether {@link #poll()} would hear something
   */
  public boolean awaitReadable(long timeoutNanos) {
    return descriptor.awaitReadable(timeoutNanos);
  }

  @Override
  public int fileDescriptor() {
    return descriptor.number();
  }

  @Override
  public boolean isOpen() {
    return descriptor.isOpen();
  }

  /** Unsubscribes and ends at once what waits for it. Closing again does nothing. */
  @Override
  public void close() {
    descriptor.close();
  }
}
