/** TUN devices as batch ports. */
module dev.zuido.tun {
  requires transitive dev.zuido.wire;
  requires static transitive org.jspecify;

  exports dev.zuido.tun;
}
