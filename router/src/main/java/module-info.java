/** The parts of a router of GRE, IPsec and OSPF, and the router made of them. */
module dev.zuido.router {
  requires transitive dev.zuido.gre;
  requires transitive dev.zuido.esp;
  requires transitive dev.zuido.ike;
  requires transitive dev.zuido.ospf;
  requires transitive dev.zuido.pppoe;
  requires static org.jspecify;

  exports dev.zuido.router;
  exports dev.zuido.router.config;
  exports dev.zuido.router.config.ios;
  exports dev.zuido.router.forwarding;
  exports dev.zuido.router.show;
}
