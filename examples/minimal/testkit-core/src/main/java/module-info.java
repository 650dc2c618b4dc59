/** Pings over a lossy link in virtual time. */
module dev.zuido.examples.minimal.testkit {
  requires dev.zuido.testkit;
}
