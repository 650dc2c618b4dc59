/** TUN devices: the only module that meets the operating system. */
module dev.zuido.tun {
  requires transitive dev.zuido.wire;
  requires com.sun.jna;
  requires static org.jspecify;

  exports dev.zuido.tun;
}
