package dev.zuido.tun;

import dev.zuido.wire.PacketBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A device whose host is the program that made it: a test, a simulation, an application with a
 * network stack of its own.
 *
 * <p>The host side {@linkplain #inject injects} packets, which the port side receives, and
 * {@linkplain #drain() drains} packets that the port side has sent. Both queues are bounded; what
 * does not fit is dropped and counted. The two sides may be different threads.
 */
public final class InMemoryTunDevice implements TunDevice {
  /** The packets that each queue holds unless chosen otherwise. */
  public static final int DEFAULT_QUEUE_PACKETS = 256;

  private final Object lock = new Object();
  private final String name;
  private final int queuePackets;
  private final Deque<byte[]> fromHost = new ArrayDeque<>();
  private final Deque<byte[]> toHost = new ArrayDeque<>();
  private int mtu;
  private boolean open = true;
  private long receivedPackets;
  private long receivedBytes;
  private long receiveDrops;
  private long sentPackets;
  private long sentBytes;
  private long sendDrops;

  /** Makes an open device whose queues hold {@value #DEFAULT_QUEUE_PACKETS} packets each. */
  public InMemoryTunDevice(String name, int mtu) {
    this(name, mtu, DEFAULT_QUEUE_PACKETS);
  }

  /**
   * Makes an open device.
   *
   * @param mtu {@value TunDevice#MIN_MTU} to {@value TunDevice#MAX_MTU}
   * @param queuePackets the packets that each queue holds, at least 1
   */
  public InMemoryTunDevice(String name, int mtu, int queuePackets) {
    if (name.isEmpty() || queuePackets < 1) {
      throw new IllegalArgumentException("a device has a name and room for a packet");
    }
    this.name = name;
    this.mtu = checkMtu(mtu);
    this.queuePackets = queuePackets;
  }

  private static int checkMtu(int bytes) {
    if (bytes < MIN_MTU || bytes > MAX_MTU) {
      throw new IllegalArgumentException(
          "an MTU is " + MIN_MTU + " to " + MAX_MTU + ", not " + bytes);
    }
    return bytes;
  }

  /**
   * Host side: routes a packet to the device.
   *
   * @param packet a whole IP packet; it is copied
   * @return false if it was dropped and counted
   */
  public boolean inject(byte[] packet) {
    synchronized (lock) {
      if (!open || packet.length > mtu || fromHost.size() == queuePackets) {
        receiveDrops++;
        return false;
      }
      fromHost.add(packet.clone());
      return true;
    }
  }

  /** Host side: takes the oldest packet that the port side has sent, or null if there is none. */
  public byte @Nullable [] drain() {
    synchronized (lock) {
      return toHost.poll();
    }
  }

  @Override
  public int receive(PacketBatch into) {
    synchronized (lock) {
      int added = 0;
      while (!into.isFull()) {
        byte[] packet = fromHost.poll();
        if (packet == null) {
          break;
        }
        if (packet.length > into.maxPacketBytes(0)) {
          receiveDrops++;
          continue;
        }
        into.add(packet, 0, packet.length);
        added++;
        receivedPackets++;
        receivedBytes += packet.length;
      }
      return added;
    }
  }

  @Override
  public int send(PacketBatch from) {
    synchronized (lock) {
      int taken = 0;
      for (int i = 0; i < from.size(); i++) {
        if (!from.passes(i)) {
          continue;
        }
        if (!takes(from, i)) {
          sendDrops++;
          continue;
        }
        byte[] packet = from.copy(i);
        toHost.add(packet);
        taken++;
        sentPackets++;
        sentBytes += packet.length;
      }
      return taken;
    }
  }

  private boolean takes(PacketBatch from, int index) {
    int length = from.length(index);
    if (!open || length == 0 || length > mtu || toHost.size() == queuePackets) {
      return false;
    }
    int version = from.slab()[from.offset(index)] >>> 4 & 0xf;
    return version == 4 || version == 6;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int mtu() {
    synchronized (lock) {
      return mtu;
    }
  }

  @Override
  public void setMtu(int bytes) {
    synchronized (lock) {
      mtu = checkMtu(bytes);
    }
  }

  /** Whether the device has not been closed. */
  public boolean isOpen() {
    synchronized (lock) {
      return open;
    }
  }

  @Override
  public TunStatistics statistics() {
    synchronized (lock) {
      return new TunStatistics(
          receivedPackets, receivedBytes, receiveDrops, sentPackets, sentBytes, sendDrops);
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      open = false;
      fromHost.clear();
      toHost.clear();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
