package dev.zuido.testkit;

/** A packet on its way, with the neighbour to whom a segment delivers it. */
final class Frame {
  private final byte[] bytes;
  private final int nextHop;
  private final long arrivalNanos;

  /**
   * A packet that is not under way yet.
   *
   * @param bytes the packet; nobody changes it any more
   * @param nextHop the neighbour's address as a number, 0 for the packet's destination itself
   */
  Frame(byte[] bytes, int nextHop) {
    this(bytes, nextHop, 0);
  }

  private Frame(byte[] bytes, int nextHop, long arrivalNanos) {
    this.bytes = bytes;
    this.nextHop = nextHop;
    this.arrivalNanos = arrivalNanos;
  }

  Frame arrivingAt(long nanos) {
    return new Frame(bytes, nextHop, nanos);
  }

  byte[] bytes() {
    return bytes;
  }

  int nextHop() {
    return nextHop;
  }

  long arrivalNanos() {
    return arrivalNanos;
  }
}
