/** Sends a packet through a GRE tunnel. */
module dev.zuido.examples.minimal.gre {
  requires dev.zuido.gre;
}
