package dev.zuido.host;

import dev.zuido.tun.LinuxTunDevice;
import dev.zuido.wire.BatchPort;
import dev.zuido.wire.Ipv4Fields;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * A TUN device with several queues as one port of the router.
 *
 * <p>The packets of two addresses always take the same queue to the host, so they stay in order;
 * and since the kernel sends a flow by the queue that has last sent of it, they come by that queue
 * too.
 */
final class QueuedDevice implements BatchPort, AutoCloseable {
  private final List<LinuxTunDevice> devices;
  private final QueueWorker[] workers;
  private int next;

  /**
   * Starts a thread for each device; {@code wakeRouter} is called on them.
   *
   * @throws dev.zuido.tun.OperatingSystemException if there are too many open files; the devices
   *     stay open then
   */
  QueuedDevice(List<LinuxTunDevice> devices, Runnable wakeRouter) {
    this.devices = List.copyOf(devices);
    List<QueueWorker> made = new ArrayList<>();
    try {
      for (LinuxTunDevice device : devices) {
        made.add(new QueueWorker(device, made.size(), wakeRouter));
      }
      workers = made.toArray(new QueueWorker[0]);
      made.clear();
    } finally {
      made.forEach(QueueWorker::close);
    }
  }

  @Override
  public int receive(PacketBatch into) {
    int before = into.size();
    for (QueueWorker worker : workers) {
      worker.flush();
    }
    // Begins with another queue each time, so that a flood on one starves no other.
    for (int i = 0; i < workers.length && !into.isFull(); i++) {
      workers[(next + i) % workers.length].receive(into);
    }
    next = (next + 1) % workers.length;
    return into.size() - before;
  }

  @Override
  public int send(PacketBatch from) {
    int sent = 0;
    for (int i = 0; i < from.size(); i++) {
      if (from.passes(i)) {
        workers[queueOf(from.slab(), from.offset(i))].put(from, i);
        sent++;
      }
    }
    for (QueueWorker worker : workers) {
      worker.flush();
    }
    return sent;
  }

  /** The same for both directions of a flow. */
  private int queueOf(byte[] bytes, int offset) {
    int both = Ipv4Fields.source(bytes, offset) ^ Ipv4Fields.destination(bytes, offset);
    return Math.floorMod((both * 0x9e3779b9) >>> 16, workers.length);
  }

  /** Packets to the host that were dropped since its queue's thread was behind. */
  long drops() {
    long sum = 0;
    for (QueueWorker worker : workers) {
      sum += worker.drops();
    }
    return sum;
  }

  @Override
  public int mtu() {
    return devices.get(0).mtu();
  }

  @Override
  public int maxReceiveBytes() {
    return devices.get(0).maxReceiveBytes();
  }

  /** Ends the threads, then closes the devices. */
  @Override
  public void close() {
    for (QueueWorker worker : workers) {
      worker.close();
    }
    devices.forEach(LinuxTunDevice::close);
  }
}
