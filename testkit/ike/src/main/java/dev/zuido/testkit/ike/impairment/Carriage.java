package dev.zuido.testkit.ike.impairment;

import dev.zuido.wire.ByteString;
import java.util.ArrayList;
import java.util.List;

/** Sends the datagrams of one scripted peer, and knows those that were sent. */
public final class Carriage {
  private final DatagramPath path;
  private final List<ByteString> sent = new ArrayList<>();
  private final List<ByteString> held = new ArrayList<>();

  Carriage(DatagramPath path) {
    this.path = path;
  }

  /** Sends a datagram, and behind it those that were held back. */
  public void send(ByteString datagram) {
    path.send(datagram);
    sent.add(datagram);
    List<ByteString> late = List.copyOf(held);
    held.clear();
    late.forEach(this::send);
  }

  /** Holds a datagram back until the next one was sent. */
  public void hold(ByteString datagram) {
    held.add(datagram);
  }

  /** Whether a datagram is held back. */
  boolean holds() {
    return !held.isEmpty();
  }

  /** Sends a datagram from another address; see {@link DatagramPath#sendSpoofed}. */
  public boolean sendSpoofed(ByteString datagram) {
    return path.sendSpoofed(datagram);
  }

  /** Lets time pass. */
  public void pause(long nanos) {
    path.pause(nanos);
  }

  /** What was sent so far, oldest first. */
  public List<ByteString> sent() {
    return List.copyOf(sent);
  }
}
