/** Addresses, stateless header codecs, checksums, fragmentation and the packet batch. */
module dev.zuido.wire {
  requires transitive io.netty.buffer;
  requires static org.jspecify;

  exports dev.zuido.wire;
}
