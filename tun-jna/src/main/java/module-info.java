/**
 * TUN devices, raw IP and UDP sockets, and the kernel's routing tables and packet filter, as batch
 * ports and values.
 */
module dev.zuido.tun {
  requires transitive dev.zuido.wire;
  requires static org.jspecify;
  requires com.sun.jna;

  exports dev.zuido.tun;
  exports dev.zuido.tun.firewall;
  exports dev.zuido.tun.netlink;
  exports dev.zuido.tun.offload;
  exports dev.zuido.tun.socket;
}
