/** Decodes an IPv4 packet with a UDP datagram inside. */
module dev.zuido.examples.minimal.wire {
  requires dev.zuido.wire;
}
