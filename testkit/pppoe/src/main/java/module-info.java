/** Generators for PPPoE and PPP, and a simulated access concentrator. */
module dev.zuido.testkit.pppoe {
  requires transitive dev.zuido.pppoe;
  requires transitive dev.zuido.testkit;
  requires static transitive net.jqwik.api;
  requires static org.jspecify;

  exports dev.zuido.testkit.pppoe;
}
