/** The two-site router and small programs. */
module dev.zuido.examples {
  requires dev.zuido.router;
  requires dev.zuido.tun;
  requires dev.zuido.testkit;
  requires info.picocli;
  requires static transitive org.jspecify;
}
