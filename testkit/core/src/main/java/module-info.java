/** Virtual clock, virtual network and pcapng writer. */
module dev.zuido.testkit {
  requires transitive dev.zuido.wire;
  requires static org.jspecify;

  exports dev.zuido.testkit;
}
