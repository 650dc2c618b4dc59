package dev.zuido.esp;

import dev.zuido.wire.PacketBatch;

/**
 * Packets that wait for their SA, oldest first. Places and bytes are allocated once; who does not
 * find room takes that of the oldest.
 */
final class HoldQueue {
  private final int maxBytes;
  private final long maxAgeNanos;

  /** Twice what may wait, so that the bytes seldom have to move together. */
  private final byte[] store;

  /** A ring of packets; one that was taken out of the middle has no length until it is the head. */
  private final int[] starts;

  private final int[] lengths;
  private final long[] heldSince;
  private final int[] ingress;
  private final int[] nextHops;
  private final int[] ecns;
  private int head;
  private int places;
  private int waiting;
  private int bytes;
  private int end;

  HoldQueue(int maxPackets, int maxBytes, long maxAgeNanos) {
    if (maxPackets < 1 || maxBytes < 1 || maxBytes > 1 << 29 || maxAgeNanos < 1) {
      throw new IllegalArgumentException(
          "a hold queue takes at least a packet, a byte and a nanosecond, and at most 512 MiB");
    }
    this.maxBytes = maxBytes;
    this.maxAgeNanos = maxAgeNanos;
    this.store = new byte[2 * maxBytes];
    this.starts = new int[maxPackets];
    this.lengths = new int[maxPackets];
    this.heldSince = new long[maxPackets];
    this.ingress = new int[maxPackets];
    this.nextHops = new int[maxPackets];
    this.ecns = new int[maxPackets];
  }

  /** Whether a packet can be held at all: a plain one, not longer than the queue. */
  boolean takes(PacketBatch batch, int index) {
    return batch.length(index) <= maxBytes
        && batch.length(index) > 0
        && batch.gsoSize(index) == 0
        && batch.checksumState(index) != PacketBatch.ChecksumState.PARTIAL;
  }

  /**
   * Holds a packet that {@link #takes} has approved.
   *
   * @return how many older ones had to go
   */
  int hold(PacketBatch batch, int index, long nowNanos) {
    int length = batch.length(index);
    int dropped = 0;
    if (places == starts.length && waiting < places) {
      compact();
    }
    while (bytes + length > maxBytes || places == starts.length) {
      if (lengths[head] != 0) {
        dropped++;
      }
      remove(0);
    }
    if (end + length > store.length) {
      compact();
    }
    int slot = slot(places++);
    System.arraycopy(batch.slab(), batch.offset(index), store, end, length);
    starts[slot] = end;
    lengths[slot] = length;
    heldSince[slot] = nowNanos;
    ingress[slot] = batch.ingress(index);
    nextHops[slot] = batch.nextHop(index);
    ecns[slot] = batch.ecn(index);
    end += length;
    bytes += length;
    waiting++;
    return dropped;
  }

  /** Closes the gaps between places and between bytes. */
  private void compact() {
    int byteEnd = 0;
    int placeEnd = 0;
    for (int i = 0; i < places; i++) {
      int from = slot(i);
      int length = lengths[from];
      if (length != 0) {
        System.arraycopy(store, starts[from], store, byteEnd, length);
        int to = slot(placeEnd++);
        starts[to] = byteEnd;
        lengths[to] = length;
        heldSince[to] = heldSince[from];
        ingress[to] = ingress[from];
        nextHops[to] = nextHops[from];
        ecns[to] = ecns[from];
        byteEnd += length;
      }
    }
    places = placeEnd;
    end = byteEnd;
  }

  private int slot(int place) {
    int slot = head + place;
    return slot < starts.length ? slot : slot - starts.length;
  }

  /** Takes the packet at a place out; the places before and behind it stay. */
  void remove(int place) {
    int slot = slot(place);
    if (lengths[slot] != 0) {
      bytes -= lengths[slot];
      lengths[slot] = 0;
      waiting--;
    }
    while (places > 0 && lengths[head] == 0) {
      head = slot(1);
      places--;
    }
    if (places == 0) {
      end = 0;
    }
  }

  /**
   * Lets those go that have waited too long.
   *
   * @return how many there were
   */
  int expire(long nowNanos) {
    int expired = 0;
    while (places > 0 && nowNanos - heldSince[head] >= maxAgeNanos) {
      expired++;
      remove(0);
    }
    return expired;
  }

  /** How many packets wait. */
  int size() {
    return waiting;
  }

  /** The places, of which some may be empty; they change with each removal at the first. */
  int places() {
    return places;
  }

  /** Whether no packet is at a place any more. */
  boolean isEmpty(int place) {
    return lengths[slot(place)] == 0;
  }

  /** The bytes that {@link #offset} is about. */
  byte[] bytes() {
    return store;
  }

  int offset(int place) {
    return starts[slot(place)];
  }

  int length(int place) {
    return lengths[slot(place)];
  }

  /** Adds the packet at a place to a batch, and gives it back what was known of it. */
  int copy(int place, PacketBatch into) {
    int slot = slot(place);
    int index = into.add(store, starts[slot], lengths[slot]);
    into.setIngress(index, ingress[slot]);
    into.setNextHop(index, nextHops[slot]);
    into.setEcn(index, ecns[slot]);
    into.setArrivalNanos(index, heldSince[slot]);
    return index;
  }
}
