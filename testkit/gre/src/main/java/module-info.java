/** Generators for GRE. */
module dev.zuido.testkit.gre {
  requires transitive dev.zuido.gre;
  requires transitive dev.zuido.testkit;
  requires transitive net.jqwik.api;
  requires static org.jspecify;

  exports dev.zuido.testkit.gre;
}
