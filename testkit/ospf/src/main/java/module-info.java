/** Generators for OSPFv2. */
module dev.zuido.testkit.ospf {
  requires transitive dev.zuido.ospf;
  requires transitive dev.zuido.testkit;
  requires transitive net.jqwik.api;
  requires static org.jspecify;

  exports dev.zuido.testkit.ospf;
  exports dev.zuido.testkit.ospf.simulation;
}
