/** Generators for PPPoE and PPP, and a simulated access concentrator. */
module dev.zuido.testkit.pppoe {
  requires transitive dev.zuido.pppoe;
  requires transitive dev.zuido.testkit;
  // Who uses the generators requires it too; the simulated concentrator runs without it.
  requires static net.jqwik.api;
  requires static org.jspecify;

  exports dev.zuido.testkit.pppoe;
}
