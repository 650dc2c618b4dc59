/** A router as a process on Linux, beside the kernel's own forwarding. */
module dev.zuido.host {
  requires transitive dev.zuido.router;
  requires transitive dev.zuido.tun;
  requires static org.jspecify;

  exports dev.zuido.host;
}
