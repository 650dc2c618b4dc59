package dev.zuido.router;

import dev.zuido.wire.BatchPort;
import dev.zuido.wire.PacketBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A port whose other end is the test. */
final class QueuePort implements BatchPort {
  private final int mtu;
  private final Deque<byte[]> arriving = new ArrayDeque<>();
  private final List<byte[]> sent = new ArrayList<>();
  private boolean up = true;

  QueuePort(int mtu) {
    this.mtu = mtu;
  }

  /** Lets a packet arrive. */
  void arrive(byte[] packet) {
    arriving.add(packet);
  }

  void setUp(boolean isUp) {
    up = isUp;
  }

  /** What was sent since the last call. */
  List<byte[]> takeSent() {
    List<byte[]> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  @Override
  public int receive(PacketBatch into) {
    int count = 0;
    while (!into.isFull() && !arriving.isEmpty()) {
      byte[] packet = arriving.remove();
      into.add(packet, 0, packet.length);
      count++;
    }
    return count;
  }

  @Override
  public int send(PacketBatch from) {
    int count = 0;
    for (int i = 0; i < from.size(); i++) {
      if (from.passes(i)) {
        sent.add(from.copy(i));
        count++;
      }
    }
    return count;
  }

  @Override
  public int mtu() {
    return mtu;
  }

  @Override
  public int maxReceiveBytes() {
    return 0xffff;
  }

  @Override
  public boolean isUp() {
    return up;
  }
}
