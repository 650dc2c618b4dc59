package dev.zuido.host;

import dev.zuido.tun.LinuxTunDevice;
import dev.zuido.tun.OperatingSystemException;
import dev.zuido.tun.PortPoller;
import dev.zuido.wire.PacketBatch;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One queue of a TUN device and the thread that reads and writes it, so that the work on
 * super-packets is done beside the router's thread.
 *
 * <p>Batches go round between the two threads, a fixed number in each direction. What the host has
 * sent waits in the kernel while the router is behind; what goes to the host and finds no batch is
 * dropped and counted, as by a network interface.
 */
final class QueueWorker implements AutoCloseable {
  private static final int BATCHES = 4;
  private static final int PACKETS = 64;
  private static final int USUAL_BYTES = 1_536;
  private static final long JOIN_MILLIS = 1_000;

  private final LinuxTunDevice device;
  private final Runnable wakeRouter;
  private final PortPoller poller = new PortPoller(1);
  private final Direction toRouter = new Direction();
  private final Direction toHost = new Direction();
  private final Thread thread;

  /** The batch that the router's thread takes packets from, or puts them into. */
  private @Nullable PacketBatch taking;

  private @Nullable PacketBatch filling;
  private int taken;
  private long drops;
  private volatile boolean waiting;
  private volatile boolean closed;
  private volatile @Nullable OperatingSystemException failure;

  /** The batches of one direction: with packets, and without. */
  private static final class Direction {
    final BlockingQueue<PacketBatch> full = new ArrayBlockingQueue<>(BATCHES);
    final BlockingQueue<PacketBatch> free = new ArrayBlockingQueue<>(BATCHES);

    Direction() {
      for (int i = 0; i < BATCHES; i++) {
        free.add(PacketBatch.compact(PACKETS, USUAL_BYTES, 0xffff));
      }
    }
  }

  /** Starts the thread; {@code wakeRouter} is called on it when there are packets. */
  QueueWorker(LinuxTunDevice device, int number, Runnable wakeRouter) {
    this.device = device;
    this.wakeRouter = wakeRouter;
    poller.add(device);
    thread = new Thread(this::run, "zuido-" + device.name() + "-" + number);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        boolean wrote = write();
        boolean read = read();
        if (!wrote && !read) {
          rest();
        }
      }
    } catch (OperatingSystemException e) {
      failure = e;
      wakeRouter.run();
    }
  }

  private boolean write() {
    PacketBatch batch = toHost.full.poll();
    if (batch == null) {
      return false;
    }
    device.send(batch);
    batch.clear();
    toHost.free.add(batch);
    if (toHost.full.isEmpty() && waiting) {
      wakeRouter.run();
    }
    return true;
  }

  private boolean read() {
    PacketBatch batch = toRouter.free.poll();
    if (batch == null) {
      return false;
    }
    boolean any = device.receive(batch) > 0;
    (any ? toRouter.full : toRouter.free).add(batch);
    if (any) {
      wakeRouter.run();
    }
    return any;
  }

  /** Waits for the host while there is a batch to read into, and for the router in any case. */
  private void rest() {
    if (!toRouter.free.isEmpty()) {
      poller.await(Long.MAX_VALUE);
      return;
    }
    synchronized (this) {
      while (!closed && toRouter.free.isEmpty() && toHost.full.isEmpty()) {
        try {
          wait();
        } catch (InterruptedException e) {
          closed = true;
        }
      }
    }
  }

  private void wakeWorker() {
    poller.wakeUp();
    synchronized (this) {
      notifyAll();
    }
  }

  // ---- The router's thread

  /**
   * Adds what the host has sent to a batch.
   *
   * @throws OperatingSystemException what the device has thrown, with which the thread has ended
   */
  int receive(PacketBatch into) {
    OperatingSystemException broken = failure;
    if (broken != null) {
      throw broken;
    }
    int before = into.size();
    while (!into.isFull()) {
      if (taking == null) {
        taking = toRouter.full.poll();
        taken = 0;
      }
      PacketBatch batch = taking;
      if (batch == null) {
        break;
      }
      while (taken < batch.size() && !into.isFull()) {
        into.add(batch, taken++);
      }
      if (taken == batch.size()) {
        batch.clear();
        toRouter.free.add(batch);
        taking = null;
        // Decided behind the addition: the thread may take the last one just before it.
        if (toRouter.free.size() == 1) {
          wakeWorker();
        }
      }
    }
    return into.size() - before;
  }

  /** Takes a packet to the host; it goes with {@link #flush()}, or before. */
  void put(PacketBatch from, int index) {
    PacketBatch batch = filling;
    if (batch != null && batch.isFull()) {
      toHost.full.add(batch);
      batch = null;
    }
    if (batch == null) {
      batch = toHost.free.poll();
      filling = batch;
    }
    if (batch == null) {
      drops++;
    } else {
      batch.add(from, index);
    }
  }

  /**
   * Hands the packets over. While the thread is behind, a batch that is not full waits for more,
   * and the thread has the router call again when it has caught up.
   */
  void flush() {
    PacketBatch batch = filling;
    if (batch == null) {
      return;
    }
    waiting = true;
    if (toHost.full.isEmpty() || batch.isFull()) {
      toHost.full.add(batch);
      filling = null;
      waiting = false;
    }
    wakeWorker();
  }

  /** Packets to the host that were dropped since the thread was behind. */
  long drops() {
    return drops;
  }

  @Override
  public void close() {
    closed = true;
    wakeWorker();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!thread.isAlive()) {
      poller.close();
    }
  }
}
