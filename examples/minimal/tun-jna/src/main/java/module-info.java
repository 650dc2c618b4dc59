/** Answers a ping that arrives at a TUN device. */
module dev.zuido.examples.minimal.tun {
  requires dev.zuido.tun;
}
