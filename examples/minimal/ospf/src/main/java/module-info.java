/** Brings two OSPF routers to full adjacency. */
module dev.zuido.examples.minimal.ospf {
  requires dev.zuido.ospf;
}
