/** Dials in and sends a packet through the session. */
module dev.zuido.examples.minimal.pppoe {
  requires dev.zuido.pppoe;
}
