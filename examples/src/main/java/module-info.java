/** The two-site router and small programs. */
module dev.zuido.examples {
  requires dev.zuido.router;
  requires dev.zuido.host;
  requires dev.zuido.testkit;
  requires dev.zuido.testkit.pppoe;
  requires info.picocli;
  requires static org.jspecify;

  // The command line reads the options that its annotations declare.
  opens dev.zuido.examples to
      info.picocli;
}
